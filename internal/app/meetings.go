package app

import (
	"context"
	"time"

	"jushou/deliberation/meeting"
	"jushou/internal/clock"
	"jushou/internal/eventlog"
	"jushou/internal/identity"
	"jushou/internal/patrol"
)

// meetingsBy returns the use cases of meetings by a clock.
func (a *App) meetingsBy(c clock.Clock) *meeting.Service {
	return meeting.New(meeting.Deps{
		Ground: a.roomsBy(c), Departments: a.Catalogue, Calendar: a.days, Screener: a.words, Log: a.log,
	})
}

// meetingRelays follow the feed for meetings.
func (a *App) meetingRelays() []eventlog.Relay {
	return []eventlog.Relay{
		{Name: "meeting_tasks", Types: []string{meeting.EventPublished}, Handle: a.Meetings.OpenTasks, Concurrency: 2},
		{Name: "meeting_forget", Types: []string{identity.EventErased}, Handle: a.Meetings.Forget, Timeout: 5 * time.Minute},
	}
}

// meetingSweep records which minutes and tasks have fallen due.
func (a *App) meetingSweep() patrol.Sweep {
	return patrol.Sweep{Name: "meetings", Spec: "@every 30s", Timeout: 5 * time.Minute, Run: func(ctx context.Context, _ patrol.Window) (int, error) {
		return a.Meetings.Watch(ctx)
	}}
}
