package meeting

import (
	"context"
	"errors"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// owner returns the hand of somebody who carries the task out, or writes it down for those without accounts.
func (s *Service) owner(ctx context.Context, actor identity.Actor, id TaskID) (Task, hand, bool, error) {
	t, err := s.tasks.Read(ctx, actor, string(id))
	if err != nil {
		return t, hand{}, false, err
	}
	ok, noted := speaksFor(actor, t.Place(), t.Owner)
	if !ok {
		return t, hand{}, false, identity.ErrDenied.With("verb", identity.AnswerMeeting)
	}
	place := t.Place().On(t.Owner.Board)
	who, err := s.Topics.AuthorOf(ctx, actor, place)
	return t, handOf(actor, place, who), noted, err
}

// ReportTask says how far a task has come, or that it is done.
type ReportTask struct {
	ID   string // the form's token
	Task TaskID
	Text string
	Done bool
}

// ReportTask adds a report, which everybody reads.
func (s *Service) ReportTask(ctx context.Context, actor identity.Actor, cmd ReportTask) (TaskView, error) {
	t, h, noted, err := s.owner(ctx, actor, cmd.Task)
	if err != nil {
		return TaskView{}, err
	}
	text := deliberation.Clean(cmd.Text)
	if err := deliberation.Joined(within("text", text, MaxReport), deliberation.CheckToken(cmd.ID)); err != nil {
		return TaskView{}, err
	}
	r := Report{ID: cmd.ID, Text: text, Done: cmd.Done, By: h.who, Noted: noted, At: s.Now()}
	return s.changeTask(ctx, actor, t.ID, func(t *Task) ([]docstore.Fact, error) { return t.Report(r, h) })
}

// AskLater asks for a later date.
type AskLater struct {
	Task   TaskID
	To     calendar.Date
	Reason string
}

// AskLater asks for a later date with a reason; somebody else decides.
func (s *Service) AskLater(ctx context.Context, actor identity.Actor, cmd AskLater) (TaskView, error) {
	t, h, _, err := s.owner(ctx, actor, cmd.Task)
	if err != nil {
		return TaskView{}, err
	}
	why, err := reason(cmd.Reason)
	if err != nil {
		return TaskView{}, err
	}
	now := s.Now()
	return s.changeTask(ctx, actor, t.ID, func(t *Task) ([]docstore.Fact, error) {
		return t.AskLater(s.Calendar, cmd.To, why, h, now)
	})
}

// DecideLater grants or refuses a later date that somebody else asked for.
func (s *Service) DecideLater(ctx context.Context, actor identity.Actor, id TaskID, grant bool, note string) (TaskView, error) {
	t, who, err := s.tasks.For(ctx, actor, string(id), identity.ExtendClock)
	if err != nil {
		return TaskView{}, err
	}
	if note, err = reason(note); err != nil {
		return TaskView{}, err
	}
	now := s.Now()
	return s.changeTask(ctx, actor, t.ID, func(t *Task) ([]docstore.Fact, error) {
		return t.Decide(s.Calendar, grant, note, handOf(actor, t.Place(), who), now)
	})
}

func (s *Service) changeTask(ctx context.Context, actor identity.Actor, id TaskID, step func(*Task) ([]docstore.Fact, error)) (TaskView, error) {
	t, err := s.tasks.Update(ctx, string(id), step)
	if errors.Is(err, calendar.ErrBeyond) {
		return TaskView{}, errBeyond
	}
	if err != nil {
		return TaskView{}, err
	}
	return taskView(actor, t, s.Now()), nil
}

// errBeyond means that the date asked for lies beyond the calendar of working days.
var errBeyond = fault.New(fault.Invalid, "meeting.beyond_calendar").On("to")
