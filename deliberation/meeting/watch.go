package meeting

import (
	"context"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/docstore"
)

// Watch is one run of the sweep: it records which minutes and tasks have fallen due. Run late, it records the true instants;
// run twice, it records nothing the second time. Where the calendar ends it goes on with what is known and returns the
// calendar's fault. It returns how many documents it looked at.
func (s *Service) Watch(ctx context.Context) (int, error) {
	now := s.Now()
	meetings, err := room.Watch(ctx, s.meetings.Table, byNext, now, Meeting.key, func(m *Meeting) ([]docstore.Fact, error) {
		err := m.Record.Complete(s.Calendar)
		return m.due(now), err
	})
	tasks, err2 := room.Watch(ctx, s.tasks.Table, byNext, now, Task.key, func(t *Task) ([]docstore.Fact, error) { return t.watch(s.Calendar, now) })
	return meetings + tasks, deliberation.Joined(err, err2)
}
