package identity

import (
	"context"
	"time"

	"jushou/internal/docstore"
)

// MoveHouse ends the actor's membership at from and takes the claim to the new home in one change: the old
// community is lost even while the new one is still pending.
func (s *Service) MoveHouse(ctx context.Context, actor Actor, from HouseholdID, cmd RegisterResident) (Membership, error) {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return Membership{}, err
	}
	c, err := s.claim(ctx, cmd)
	if err != nil {
		return Membership{}, err
	}
	return s.settleIn(ctx, actor.ID, c, func(a Account, now time.Time) (Account, []docstore.Fact, error) {
		return a.Move(s.box, from, c, now)
	})
}
