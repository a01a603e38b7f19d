package meeting

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ConfirmMinutes lets a version hold. Whoever wrote it may not, and a version that was overtaken is refused.
func (s *Service) ConfirmMinutes(ctx context.Context, actor identity.Actor, id ID, version int) (View, error) {
	return s.step(ctx, actor, id, identity.ConfirmMinutes, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		return m.Confirm(version, h, now)
	})
}

// ReturnMinutes gives a version back to be rewritten.
func (s *Service) ReturnMinutes(ctx context.Context, actor identity.Actor, id ID, version int, why string) (View, error) {
	why, err := reason(why)
	if err != nil {
		return View{}, err
	}
	return s.step(ctx, actor, id, identity.ConfirmMinutes, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		return m.Return(version, why, h, now)
	})
}

// PublishMinutes shows the confirmed version to everybody. What was decided becomes tasks.
func (s *Service) PublishMinutes(ctx context.Context, actor identity.Actor, id ID, version int) (View, error) {
	return s.step(ctx, actor, id, identity.CallMeeting, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		return m.Publish(version, h, now)
	})
}
