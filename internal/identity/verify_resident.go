package identity

import (
	"context"

	"jushou/internal/docstore"
)

// VerifyResident confirms a pending claim. Two members of staff who confirm at once do it once.
func (s *Service) VerifyResident(ctx context.Context, actor Actor, whom AccountID, home HouseholdID) error {
	now := s.clock.Now()
	return s.decide(ctx, actor, whom, home, func(a Account) (Account, []docstore.Fact, error) {
		return a.Verify(home, actor.Ref(), now)
	})
}

// RejectResident refuses a pending claim. The reason is shown to the person, who may claim again.
func (s *Service) RejectResident(ctx context.Context, actor Actor, whom AccountID, home HouseholdID, reason string) error {
	now := s.clock.Now()
	return s.decide(ctx, actor, whom, home, func(a Account) (Account, []docstore.Fact, error) {
		return a.Reject(home, actor.Ref(), reason, now)
	})
}

// decide asks the permission of the community that the address names, and of nobody else's. People do not
// decide about themselves.
func (s *Service) decide(ctx context.Context, actor Actor, whom AccountID, home HouseholdID, t transition) error {
	p, err := s.place(ctx, home.Community())
	if err != nil {
		return err
	}
	if err := Can(actor, VerifyResident, p); err != nil {
		return err
	}
	if actor.ID == whom {
		return ErrOwnAffair
	}
	_, err = s.change(ctx, whom, t)
	return err
}

// Recheck is for the event relay: when a household's roster changed, the claims that wait there and that the
// roster now knows are verified by it, so that staff need not confirm what they have just imported.
func (s *Service) Recheck(ctx context.Context, e docstore.Event) error {
	if e.Type != EventHouseholdChanged {
		return nil
	}
	h, _, err := s.households.Get(ctx, e.Doc.ID)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	q := docstore.Query{Index: "pending_home", Equal: []any{e.Doc.ID}}
	return s.accounts.Each(ctx, q, func(a Account) error { return s.recheck(ctx, a.ID, h) })
}

func (s *Service) recheck(ctx context.Context, id AccountID, h Household) error {
	now := s.clock.Now()
	_, err := s.change(ctx, id, func(a Account) (Account, []docstore.Fact, error) {
		name, err := a.RealName(s.box)
		if err != nil {
			return a, nil, err
		}
		phone, err := a.RealPhone(s.box)
		if err != nil {
			return a, nil, err
		}
		p, waits := a.Pending()
		known, err := h.Knows(s.box, name, phone)
		if err != nil || !known || !waits || p.Household != h.ID {
			return a, nil, err
		}
		return a.Verify(h.ID, byRoster, now)
	})
	return err
}
