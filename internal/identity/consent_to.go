package identity

import (
	"context"

	"jushou/internal/docstore"
)

// ConsentTo records that the actor agreed to the text of a version for a purpose.
func (s *Service) ConsentTo(ctx context.Context, actor Actor, p Purpose, version string) error {
	now := s.clock.Now()
	return s.keep(ctx, actor, func(a Account) (Account, []docstore.Fact, error) { return a.Consent(p, version, now) })
}

// WithdrawConsent takes the actor's consent to a purpose back.
func (s *Service) WithdrawConsent(ctx context.Context, actor Actor, p Purpose) error {
	now := s.clock.Now()
	return s.keep(ctx, actor, func(a Account) (Account, []docstore.Fact, error) { return a.Withdraw(p, now) })
}

// keep changes the actor's own account.
func (s *Service) keep(ctx context.Context, actor Actor, t transition) error {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return err
	}
	_, err := s.change(ctx, actor.ID, t)
	return err
}
