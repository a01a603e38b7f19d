package meeting

import (
	"context"
	"errors"

	"jushou/internal/calendar"
	"jushou/internal/docstore"
)

// Watch is one run of the sweep: it records which minutes and tasks have fallen due. Run late, it records the true instants;
// run twice, it records nothing the second time. Where the calendar ends it goes on with what is known and returns the
// calendar's fault. It returns how many documents it looked at.
func (s *Service) Watch(ctx context.Context) (int, error) {
	now, n := s.now(), 0
	var beyond error
	due := docstore.Query{Index: byNext, To: now.UnixMilli() + 1}
	err := s.meetings.Each(ctx, due, func(m Meeting) error {
		n++
		_, err := s.meetings.Update(ctx, string(m.ID), func(m *Meeting) ([]docstore.Fact, error) {
			late := m.Record.Incomplete
			err := m.Record.Complete(s.Calendar)
			facts := m.due(now)
			return facts, watched(late && !m.Record.Incomplete, facts, err, &beyond)
		})
		return err
	})
	if err != nil {
		return n, err
	}
	err = s.tasks.Each(ctx, due, func(t Task) error {
		n++
		_, err := s.tasks.Update(ctx, string(t.ID), func(t *Task) ([]docstore.Fact, error) {
			late := t.Clock.Incomplete
			facts, err := t.watch(s.Calendar, now)
			return facts, watched(late && !t.Clock.Incomplete, facts, err, &beyond)
		})
		return err
	})
	return n, errors.Join(err, beyond)
}

// watched keeps the calendar's end for the end of the run, and writes nothing where nothing changed.
func watched(completed bool, facts []docstore.Fact, err error, beyond *error) error {
	if errors.Is(err, calendar.ErrBeyond) {
		*beyond, err = err, nil
	}
	if err == nil && len(facts) == 0 && !completed {
		return docstore.ErrUnchanged
	}
	return err
}
