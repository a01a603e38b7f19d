package meeting

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Listen keeps a seat for a resident, or gives it back.
func (s *Service) Listen(ctx context.Context, actor identity.Actor, id ID, comes bool) (View, error) {
	return s.step(ctx, actor, id, identity.AttendMeeting, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		return m.Listen(h.who, comes, now)
	})
}
