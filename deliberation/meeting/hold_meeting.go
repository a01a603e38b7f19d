package meeting

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// HoldMeeting writes down that a meeting took place and who was there; sent again it mends who was there, until the
// minutes hold.
func (s *Service) HoldMeeting(ctx context.Context, actor identity.Actor, id ID, p Presence) (View, error) {
	return s.step(ctx, actor, id, identity.CallMeeting, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		if m.State.Coming() {
			return m.Hold(p, s.Calendar, h, now)
		}
		return m.Correct(p, h, now)
	})
}
