package owners

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Record is what a form says of a local rule.
type Record struct {
	ID        BasisID // the form's token
	Community community.ID

	Rule, Clause              string
	AdoptedAt                 time.Time
	Photos                    []deliberation.PhotoID
	Silence, Parking, Warning string
	Ways                      []string
}

var errBasisTaken = fault.New(fault.Conflict, "basis.taken")

// RecordBasis writes a local rule down; a second person confirms it. The same form again returns what it made.
func (s *Service) RecordBasis(ctx context.Context, actor identity.Actor, cmd Record) (Basis, error) {
	node, by, err := s.keeper(ctx, actor, cmd.Community)
	if err != nil {
		return Basis{}, err
	}
	now := s.Now()
	b := Basis{ID: cmd.ID, Community: node.ID, Path: node.Path, By: by, At: now}
	if err := deliberation.Joined(deliberation.CheckToken(string(cmd.ID)), b.write(cmd, now)); err != nil {
		return Basis{}, err
	}
	_, err = s.bases.Put(ctx, string(b.ID), docstore.Absent, b, b.facts(BasisRecorded, by, now)...)
	if errors.Is(err, docstore.ErrConflict) {
		first, _, err := s.bases.Get(ctx, string(b.ID))
		if err == nil && (first.By.Account != by.Account || first.Community != b.Community || first.Rule != b.Rule) {
			return Basis{}, errBasisTaken
		}
		return first, err
	}
	return b, err
}

// ConfirmBasis says as a second person that the record is what the document says.
func (s *Service) ConfirmBasis(ctx context.Context, actor identity.Actor, id BasisID) (Basis, error) {
	return s.bases.Step(ctx, actor, string(id), identity.KeepOwners, func(b *Basis, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return b.confirm(by, now)
	})
}

// RevokeBasis ends it for later votes.
func (s *Service) RevokeBasis(ctx context.Context, actor identity.Actor, id BasisID, why string) (Basis, error) {
	why, err := written.Line("reason", why, maxClause)
	if err := deliberation.Joined(err, fault.When(why == "", errBasisReason)); err != nil {
		return Basis{}, err
	}
	return s.bases.Step(ctx, actor, string(id), identity.KeepOwners, func(b *Basis, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return b.revoke(why, by, now)
	})
}

// Basis returns one that the actor may know of.
func (s *Service) Basis(ctx context.Context, actor identity.Actor, id BasisID) (Basis, error) {
	return s.bases.Read(ctx, actor, string(id))
}

// basesPage is how many are listed.
const basesPage = 50

// Bases lists a community's, the latest first.
func (s *Service) Bases(ctx context.Context, actor identity.Actor, c community.ID) ([]Basis, error) {
	if _, err := s.Community(ctx, actor, c, identity.ReadCommunity, ErrNoBasis); err != nil {
		return nil, err
	}
	all, _, err := s.bases.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(c)}, Desc: true, Limit: basesPage})
	return all, err
}
