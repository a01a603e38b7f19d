package identity

import (
	"context"

	"jushou/internal/docstore"
)

// LeaveCommunity ends one of the actor's memberships, or withdraws a pending claim.
func (s *Service) LeaveCommunity(ctx context.Context, actor Actor, home HouseholdID) error {
	now := s.clock.Now()
	return s.keep(ctx, actor, func(a Account) (Account, []docstore.Fact, error) { return a.Leave(home, now) })
}
