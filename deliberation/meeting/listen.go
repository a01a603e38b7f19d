package meeting

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Listen keeps a seat for a resident, or gives it back.
func (s *Service) Listen(ctx context.Context, actor identity.Actor, id ID, comes bool) (View, error) {
	m, err := s.load(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	h, err := s.hand(ctx, actor, m.Place(), identity.AttendMeeting)
	if err != nil {
		return View{}, err
	}
	now := s.now()
	m, err = s.meetings.Update(ctx, string(id), func(m *Meeting) ([]docstore.Fact, error) { return m.Listen(h.who, comes, now) })
	if err != nil {
		return View{}, err
	}
	return s.show(ctx, actor, m)
}
