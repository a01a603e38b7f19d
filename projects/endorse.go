package projects

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Endorsement is one resident's support, 附议. Its key is project and person.
type Endorsement struct {
	Project   ID                   `json:"project"`
	Community community.ID         `json:"community"`
	Account   identity.AccountID   `json:"account"`
	Household identity.HouseholdID `json:"household,omitempty"`
	Lives     community.BuildingID `json:"lives,omitempty"`
	Name      string               `json:"name"` // masked
	Building  string               `json:"building,omitempty"`
	At        time.Time            `json:"at"`
}

func endorsementKey(p ID, who identity.AccountID) string { return string(p) + "/" + string(who) }

// maxCounted is where counting stops.
const maxCounted = 99_999

// Endorse supports a project, or takes that back; twice is once. Nobody supports what they proposed.
func (s *Service) Endorse(ctx context.Context, actor identity.Actor, id ID, on bool) error {
	p, by, err := s.projects.For(ctx, actor, string(id), identity.EndorseProject)
	if err != nil {
		return err
	}
	if p.Interested(actor.ID) {
		return errPartnerOwn
	}
	if err := p.may(MoveEndorse); err != nil {
		return err
	}
	now := s.Now()
	home := homeOf(actor, p.Community)
	e := Endorsement{
		Project: p.ID, Community: p.Community, Account: actor.ID, Household: home.Household, Lives: home.Building, Name: by.Name, Building: by.Building, At: now,
	}
	told := docstore.Fact{Type: Endorsed, Actor: string(actor.ID), At: now, Data: Endorsing{p.about(), on}}
	key := endorsementKey(p.ID, actor.ID)
	if on {
		_, err = s.endorsements.Add(ctx, key, e, told)
		return err
	}
	old, at, err := s.endorsements.Get(ctx, key)
	if err == nil {
		err = s.endorsements.Delete(ctx, key, docstore.Want(at), old, told)
	}
	if errors.Is(err, docstore.ErrConflict) || errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	return err
}

// homeOf returns the membership by which somebody lives in the community.
func homeOf(a identity.Actor, in community.ID) identity.Membership {
	for _, m := range a.Memberships {
		if m.Community == in && m.Status == identity.MemberVerified {
			return m
		}
	}
	return identity.Membership{}
}

// serves reports whether the project is for those who live in a building.
func (p Project) serves(b community.BuildingID) bool {
	return len(p.For.Buildings) == 0 || slices.Contains(p.For.Buildings, b)
}

// Count follows endorsements; the relay gives it their events at least once and in any order. It counts what there is,
// remembers up to which place of the feed that reaches, and lets the project go on once the support is enough.
func (s *Service) Count(ctx context.Context, e docstore.Event) error {
	if e.Type != Endorsed {
		return nil
	}
	data, err := deliberation.Decode[Endorsing](e)
	if err != nil {
		return err
	}
	return s.recount(ctx, data.Project, data.Community, e.Seq)
}

func (s *Service) recount(ctx context.Context, id ID, in community.ID, seq int64) error {
	head, err := s.Store.Head(ctx, string(in)) // before counting, so that the count covers at least this place
	if err != nil {
		return err
	}
	p, _, err := s.projects.Get(ctx, string(id))
	if err != nil {
		return err
	}
	n, err := s.voices(ctx, p)
	if err != nil {
		return fmt.Errorf("count endorsements: %w", err)
	}
	seq, now := max(seq, head), s.Now()
	_, err = s.projects.Update(ctx, string(id), func(p *Project) ([]docstore.Fact, error) {
		if seq <= p.CountedSeq {
			return nil, docstore.ErrUnchanged
		}
		p.Endorsed, p.CountedSeq = n, seq
		return append([]docstore.Fact{p.told(Counted, counting, "", now)}, p.gather(now)...), nil
	})
	return err
}

// voices counts persons, or households where the preset asks for a share of them. One without a household is none of them.
func (s *Service) voices(ctx context.Context, p Project) (int, error) {
	q := docstore.Query{Index: byProject, Equal: []any{string(p.ID)}}
	if !p.Preset.Endorse.ByHousehold() {
		return s.endorsements.Count(ctx, q, maxCounted)
	}
	homes := map[identity.HouseholdID]bool{}
	err := s.endorsements.Each(ctx, q, func(e Endorsement) error {
		if e.Household != "" && p.serves(e.Lives) {
			homes[e.Household] = true
		}
		return nil
	})
	return len(homes), err
}
