package whistle

import (
	"context"
	"errors"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/docstore"
)

// Supervise is one run of the sweep: it records which units had not answered when they had to, each with its true
// instant, and completes instants that the calendar did not reach. Killed and run again it does nothing twice. It
// returns how many whistles it wrote.
func (s *Service) Supervise(ctx context.Context) (int, error) {
	now, written := s.now(), 0
	var failed error
	due, _, err := s.whistles.Find(ctx, docstore.Query{Index: byNext, To: now.UnixMilli() + 1, Limit: docstore.MaxLimit})
	if err != nil {
		return 0, err
	}
	for _, w := range due {
		_, err := s.change(ctx, w.ID, func(w *Whistle) ([]docstore.Fact, error) {
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
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		written++
	}
	return written, failed
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
