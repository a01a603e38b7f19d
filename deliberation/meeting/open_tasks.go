package meeting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"jushou/internal/calendar"
	"jushou/internal/docstore"
)

// OpenTasks makes the tasks of minutes that were published. It is a relay's handler and may be given the event any number
// of times: there is one task for each decision. Where the calendar ends, the task begins without a due instant, which
// the sweep completes.
func (s *Service) OpenTasks(ctx context.Context, e docstore.Event) error {
	if e.Type != EventPublished {
		return nil
	}
	var n News
	if err := json.Unmarshal(e.Data, &n); err != nil {
		return fmt.Errorf("meeting: read %s %s: %w", e.Type, e.ID, err)
	}
	return s.OpenTasksOf(ctx, n.Meeting)
}

// OpenTasksOf is OpenTasks for one meeting; nothing is opened before its minutes are published.
func (s *Service) OpenTasksOf(ctx context.Context, id ID) error {
	m, _, err := s.meetings.Get(ctx, string(id))
	if err != nil || m.State != Published {
		return err
	}
	current, _ := m.Current()
	for i := range current.Decisions {
		t, err := openTask(m, i+1, s.Calendar)
		if errors.Is(err, calendar.ErrBeyond) {
			s.Log.Error("a promise waits for the next year's calendar", slog.String("task", string(t.ID)), slog.Any("err", err))
		} else if err != nil {
			return err
		}
		opened := docstore.Fact{Type: EventTaskOpened, Actor: watching.Ref(), At: m.PublishedAt, Data: t.news()}
		if _, err := s.tasks.Add(ctx, string(t.ID), t, opened); err != nil {
			return err
		}
	}
	return nil
}
