package meeting

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// AnnounceMeeting tells everybody of the community.
func (s *Service) AnnounceMeeting(ctx context.Context, actor identity.Actor, id ID) (View, error) {
	return s.step(ctx, actor, id, identity.CallMeeting, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		if m.State == Announced {
			return nil, docstore.ErrUnchanged
		}
		return m.Announce(s.Calendar, h, now)
	})
}

// Postpone gives a date up.
type Postpone struct {
	Meeting ID
	Was     time.Time // the date that the form showed
	Reason  string
	// StartsAt is the next date, zero while there is none. A meeting that is postponed already is given it without a reason.
	StartsAt time.Time
}

// PostponeMeeting gives the date up, and gives the next one where it is known.
func (s *Service) PostponeMeeting(ctx context.Context, actor identity.Actor, cmd Postpone) (View, error) {
	why, err := reason(cmd.Reason)
	if err != nil {
		return View{}, err
	}
	next := cmd.StartsAt.UTC().Truncate(time.Minute)
	return s.step(ctx, actor, cmd.Meeting, identity.CallMeeting, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		switch {
		case m.State == Called && !next.IsZero() && m.StartsAt.Equal(next):
			return nil, docstore.ErrUnchanged // the same form again
		case !m.StartsAt.Equal(cmd.Was):
			return nil, errStale.With("version", m.StartsAt.UTC().Format(time.RFC3339))
		}
		var facts []docstore.Fact
		if m.State != Postponed || next.IsZero() {
			var err error
			if facts, err = m.Postpone(why, h, now); err != nil || next.IsZero() {
				return facts, err
			}
		}
		more, err := m.Reschedule(next, h, now)
		return append(facts, more...), err
	})
}

// CancelMeeting ends it.
func (s *Service) CancelMeeting(ctx context.Context, actor identity.Actor, id ID, why string) (View, error) {
	why, err := reason(why)
	if err != nil {
		return View{}, err
	}
	return s.step(ctx, actor, id, identity.CallMeeting, func(m *Meeting, h hand, now time.Time) ([]docstore.Fact, error) {
		return m.Cancel(why, h, now)
	})
}
