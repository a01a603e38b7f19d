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
