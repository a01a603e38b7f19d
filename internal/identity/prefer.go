package identity

import (
	"context"

	"jushou/internal/docstore"
)

// Prefer changes the actor's own settings.
func (s *Service) Prefer(ctx context.Context, actor Actor, p Preferences) error {
	now := s.clock.Now()
	return s.keep(ctx, actor, func(a Account) (Account, []docstore.Fact, error) {
		if a.Preferences == p || a.IsErased() {
			return a, nil, nil
		}
		a.Preferences = p
		return a, []docstore.Fact{a.fact(EventChanged, string(a.ID), now, AccountEvent{})}, nil
	})
}
