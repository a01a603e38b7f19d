package whistle

import (
	"context"
	"time"

	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
)

// Supervise is one run of the sweep: it records which units had not answered when they had to, each with its true
// instant, and completes instants that the calendar did not reach. Killed and run again it does nothing twice. It
// returns how many whistles it looked at.
func (s *Service) Supervise(ctx context.Context) (int, error) {
	now := s.Now()
	return room.Watch(ctx, s.whistles.Table, byNext, now, Whistle.key, func(w *Whistle) ([]docstore.Fact, error) {
		completed, err := w.complete(s.Calendar)
		if err != nil {
			return nil, err
		}
		facts := w.catchUp(now)
		if len(facts) == 0 && !completed {
			return nil, docstore.ErrUnchanged
		}
		return facts, nil
	})
}

// complete fixes the instants that were beyond the calendar when the units were called.
func (w *Whistle) complete(days *calendar.Calendar) (bool, error) {
	term, done := ordinary, false
	if w.Urgent {
		term = urgent
	}
	units := append([]Unit{}, w.Units...)
	for i, u := range units {
		if u.Reply != Asked || !u.DueAt.IsZero() {
			continue
		}
		due, err := term.After(days, u.AskedAt)
		if err != nil {
			return false, err
		}
		units[i].DueAt, done = due.UTC().Truncate(time.Second), true
	}
	w.Units = units
	return done, nil
}
