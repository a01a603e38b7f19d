package notify

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// People finds the persons an Audience means. internal/app joins the duty rosters of deliberation and
// the roles of identity into one.
type People interface {
	// OnDuty returns who is on duty in the community at the instant, "" if nobody is.
	OnDuty(ctx context.Context, c community.ID, at time.Time) (identity.AccountID, error)
	// Holders returns who holds the role at exactly this node; board narrows partners and departments.
	Holders(ctx context.Context, role identity.Role, node community.ID, board string) ([]identity.AccountID, error)
}

// Tell writes the notices of one event. It is the relay's handler: at least once, any number of
// replicas, and still one notice a person.
func (s *Service) Tell(ctx context.Context, e docstore.Event) error {
	shares, err := Plan(e)
	if err != nil {
		return err
	}
	for _, share := range shares {
		people, err := s.resolve(ctx, e, share)
		if err != nil {
			return fmt.Errorf("notify %s: %w", e.ID, err)
		}
		for _, person := range people {
			d := share.Draft
			d.Person = person
			if err := s.write(ctx, e, d); err != nil {
				return fmt.Errorf("notify %s: %w", e.ID, err)
			}
		}
	}
	return nil
}

// resolve names the persons of a share. A duty nobody has falls to the secretaries, because work that
// concerns nobody is work that is never done.
func (s *Service) resolve(ctx context.Context, e docstore.Event, share Share) ([]identity.AccountID, error) {
	to := share.To
	var people []identity.AccountID
	var err error
	switch {
	case to.Person != "":
		people = []identity.AccountID{to.Person}
	case to.Role != "":
		people, err = s.people.Holders(ctx, to.Role, to.Node, to.Board)
	case to.Duty != "":
		people, err = s.onDuty(ctx, to.Duty, e.At)
	case to.Circle != "":
		people, err = s.circle(ctx, to.Circle, to.ID)
	}
	if err != nil {
		return nil, err
	}
	if len(people) == 0 && to.Role == identity.RolePartner {
		people, err = s.onDuty(ctx, to.Node, e.At)
	}
	people = slices.DeleteFunc(without(people, share.But), func(p identity.AccountID) bool { return slices.Contains(share.Nor, p) })
	if len(people) == 0 && share.Else != nil && err == nil {
		share.To, share.Else = *share.Else, nil
		return s.resolve(ctx, e, share)
	}
	return people, err
}

func (s *Service) onDuty(ctx context.Context, c community.ID, at time.Time) ([]identity.AccountID, error) {
	person, err := s.people.OnDuty(ctx, c, at)
	if err != nil {
		return nil, err
	}
	if person != "" {
		return []identity.AccountID{person}, nil
	}
	return s.people.Holders(ctx, identity.RoleSecretary, c, "")
}

func without(people []identity.AccountID, one identity.AccountID) []identity.AccountID {
	kept := make([]identity.AccountID, 0, len(people))
	seen := map[identity.AccountID]bool{one: one != "", "": true}
	for _, p := range people {
		if !seen[p] {
			seen[p] = true
			kept = append(kept, p)
		}
	}
	return kept
}
