package meeting

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Invite invites more guests to a meeting that has not taken place.
func (s *Service) Invite(ctx context.Context, actor identity.Actor, id ID, whom Whom) (View, error) {
	m, err := s.meetings.Read(ctx, actor, string(id))
	if err != nil {
		return View{}, err
	}
	node, err := s.Community(ctx, actor, m.Community, identity.CallMeeting, ErrNotFound)
	if err != nil {
		return View{}, err
	}
	parties, err := s.parties(ctx, actor, node, whom)
	if err != nil {
		return View{}, err
	}
	return s.step(ctx, actor, id, identity.CallMeeting, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		return m.Invite(parties, h, now)
	})
}
