package api

import (
	"jushou/deliberation/meeting"
	"jushou/internal/calendar"
)

// NewMeetingReport says how far a task has come.
type NewMeetingReport struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text string `json:"text" doc:"At most 500 characters, for everybody to read."`
	Done bool   `json:"done,omitempty" doc:"It is done."`
}

// reportTask says it.
func (a *Actions) reportTask(c *Call, in NewMeetingReport) (MeetingTask, error) {
	return tasked(a.Meetings.ReportTask(c.Context(), c.Actor, meeting.ReportTask{
		ID: c.token(in.ID), Task: meeting.TaskID(c.Param("task")), Text: in.Text, Done: in.Done,
	}))
}

// askTaskLater asks for a later day.
func (a *Actions) askTaskLater(c *Call, in MoreTime) (MeetingTask, error) {
	to, err := calendar.ParseDate(in.To)
	if err != nil {
		return MeetingTask{}, errTime.On("to").With("field", "to").Because(err)
	}
	return tasked(a.Meetings.AskLater(c.Context(), c.Actor, meeting.AskLater{Task: meeting.TaskID(c.Param("task")), To: to, Reason: in.Reason}))
}

// decideTaskLater grants or refuses it.
func (a *Actions) decideTaskLater(c *Call, in MoreTimeDecision) (MeetingTask, error) {
	return tasked(a.Meetings.DecideLater(c.Context(), c.Actor, meeting.TaskID(c.Param("task")), in.Grant, in.Reason))
}
