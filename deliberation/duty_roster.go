package deliberation

import (
	"context"
	"errors"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Duty is who to turn to now.
type Duty struct {
	Roster       DutyRoster
	Person, Next DutyPerson // zero where the roster names nobody
}

// Duty returns a community's roster and who is on duty now. A community without a roster has an empty one.
func (s *Service) Duty(ctx context.Context, actor identity.Actor, in community.ID) (Duty, error) {
	node, err := s.community(ctx, in)
	if err != nil {
		return Duty{}, err
	}
	if err := identity.Can(actor, identity.SeeDesk, identity.At(node)); err != nil {
		return Duty{}, err
	}
	return s.duty(ctx, in)
}

func (s *Service) duty(ctx context.Context, in community.ID) (Duty, error) {
	roster, _, err := s.rosters.Get(ctx, string(in))
	if err != nil && !errors.Is(err, docstore.ErrNotFound) {
		return Duty{}, err
	}
	roster.Community = in
	d := Duty{Roster: roster}
	d.Person, d.Next = roster.OnDuty(s.now().In(s.calendar.Zone()))
	return d, nil
}

// Rounds returns the Rounds of a community that found something, the latest first.
func (s *Service) Rounds(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]Round, docstore.Cursor, error) {
	node, err := s.community(ctx, in)
	if err != nil {
		return nil, "", err
	}
	if err := identity.Can(actor, identity.SeeDesk, identity.At(node)); err != nil {
		return nil, "", err
	}
	return s.rounds.Find(ctx, docstore.Query{
		Index: byRound, Equal: []any{string(in)}, Desc: true, Limit: FeedPage, After: after,
	})
}
