package meeting

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// AnswerInvitation is a guest's word.
type AnswerInvitation struct {
	Meeting ID
	Guest   int // its place, from 0
	Reply   Reply
	Reason  string // of declining
}

// AnswerInvitation accepts or declines for one guest: its own people do, and the committee writes down what those without
// accounts said. The same answer again changes nothing.
func (s *Service) AnswerInvitation(ctx context.Context, actor identity.Actor, cmd AnswerInvitation) (View, error) {
	m, err := s.meetings.Read(ctx, actor, string(cmd.Meeting))
	if err != nil {
		return View{}, err
	}
	if cmd.Guest < 0 || cmd.Guest >= len(m.Guests) {
		return View{}, errNoGuest
	}
	ok, noted := speaksFor(actor, m.Place(), m.Guests[cmd.Guest].Party)
	if !ok {
		return View{}, identity.ErrDenied.With("verb", identity.AnswerMeeting)
	}
	why, err := reason(cmd.Reason)
	if err != nil {
		return View{}, err
	}
	place := m.Place().On(m.Guests[cmd.Guest].Board)
	who, err := s.Topics.AuthorOf(ctx, actor, place)
	if err != nil {
		return View{}, err
	}
	h, now := handOf(actor, place, who), s.Now()
	m, err = s.meetings.Update(ctx, string(m.ID), func(m *Meeting) ([]docstore.Fact, error) {
		return m.Answer(cmd.Guest, cmd.Reply, why, noted, h, now)
	})
	if err != nil {
		return View{}, err
	}
	return s.show(ctx, actor, m)
}
