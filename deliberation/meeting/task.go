package meeting

import (
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// TaskID identifies a task: the meeting and the place of the decision in its minutes, so that there is one for each.
type TaskID string

// taskID names the task of the n-th decision, from 1.
func taskID(m ID, n int) TaskID { return TaskID(fmt.Sprintf("%s-%d", m, n)) }

// Report says how far a task has come.
type Report struct {
	ID    string              `json:"id"` // the form's token
	Text  string              `json:"text"`
	Done  bool                `json:"done,omitempty"`
	By    deliberation.Author `json:"by"`
	Noted bool                `json:"noted,omitempty"` // written down by staff
	At    time.Time           `json:"at"`
}

// Task is something that a meeting decided, until it is done. Everybody who reads the minutes reads it.
type Task struct {
	ID        TaskID               `json:"id"`
	Meeting   ID                   `json:"meeting"`
	Title     string               `json:"title"` // of the meeting
	Kind      Kind                 `json:"kind"`
	N         int                  `json:"n"`
	Community community.ID         `json:"community"`
	Path      []community.ID       `json:"path"`
	What      string               `json:"what"`
	Owner     Party                `json:"owner"`
	Topic     deliberation.TopicID `json:"topic,omitempty"`
	// Caller called the meeting, and is told what becomes of what was decided.
	Caller  identity.AccountID `json:"caller,omitempty"`
	Clock   deadline.Clock     `json:"clock"`
	Reports []Report           `json:"reports,omitempty"`
}

// Bounds.
const (
	MaxReport  = 500 // runes
	MaxReports = 40
)

var (
	errNoTask   = fault.New(fault.NotFound, "meeting.no_task")
	errNoReport = fault.New(fault.Invalid, "meeting.report_needed").On("text")
	errReports  = fault.New(fault.Conflict, "meeting.too_many_reports")
	errDone     = fault.New(fault.Conflict, "meeting.task_done")
)

func (t Task) key() string { return string(t.ID) }

// Place is where permissions of the task are asked.
func (t Task) Place() identity.Place { return identity.Place{Path: t.Path} }

// Done reports whether it is done.
func (t Task) Done() bool { return !t.Clock.MetAt.IsZero() }

// openTask makes the task of a decision; its promise runs from when the minutes were published. An error of the
// calendar comes with a task that has no due instant yet.
func openTask(m Meeting, n int, cal *calendar.Calendar) (Task, error) {
	current, _ := m.Current()
	d := current.Decisions[n-1]
	t := Task{
		ID: taskID(m.ID, n), Meeting: m.ID, Title: m.Title, Kind: m.Kind, N: n, Community: m.Community, Path: m.Path, What: d.What, Owner: d.Owner,
		Topic: m.Agenda[d.Item].Topic, Caller: m.Caller.Account,
	}
	var err error
	t.Clock, err = deadline.Start(policy(d.Days), TaskClock, cal, m.PublishedAt)
	return t, err
}

func (t *Task) news() News {
	return News{
		Meeting: t.Meeting, Task: t.ID, Community: t.Community, Town: townOf(t.Path), Kind: t.Kind, Subject: t.What, Caller: t.Caller, Party: t.Owner, DueAt: t.Clock.DueAt,
	}
}

func (t *Task) fact(what string, h hand, words string, at time.Time) docstore.Fact {
	n := t.news()
	n.By, n.BySecretary, n.Words = h.actor.ID, h.secretary, excerpt(words)
	return docstore.Fact{Type: what, Actor: h.actor.Ref(), At: at, Data: n}
}

// due records what has fallen due. Every step begins with it.
func (t *Task) due(now time.Time) []docstore.Fact {
	return stepped(t.Clock.Record(now), EventTaskLate, t.news(), t.Clock, now)
}

// Report says how far it is. A report that it is done stops the clock; how late that was stays to be read. The same report
// sent again changes nothing.
func (t *Task) Report(r Report, h hand) ([]docstore.Fact, error) {
	switch {
	case slices.ContainsFunc(t.Reports, func(x Report) bool { return x.ID == r.ID }):
		return nil, docstore.ErrUnchanged
	case t.Done():
		return nil, errDone
	case r.Text == "":
		return nil, errNoReport
	case len(t.Reports) >= MaxReports:
		return nil, errReports.With("max", MaxReports)
	}
	facts := t.due(r.At)
	t.Reports = append(slices.Clip(t.Reports), r)
	if !r.Done {
		return append(facts, t.fact(EventTaskReported, h, r.Text, r.At)), nil
	}
	t.Clock.Meet(r.At)
	f := t.fact(EventTaskDone, h, r.Text, r.At)
	if t.Topic != "" {
		n := f.Data.(News)
		n.Linked = linked(t.Meeting, []deliberation.TopicID{t.Topic}, t.Title+"："+excerpt(t.What), h)
		f.Data = n
	}
	return append(facts, f), nil
}

// AskLater asks for a later date, with a reason that everybody reads. The clock runs on until somebody else grants it.
func (t *Task) AskLater(cal *calendar.Calendar, to calendar.Date, reason string, h hand, now time.Time) ([]docstore.Fact, error) {
	facts := t.due(now)
	if err := t.Clock.AskExtension(cal, to, reason, h.person(t.Owner.Name), now); err != nil {
		return nil, err
	}
	return append(facts, t.fact(EventTaskAsked, h, reason, now)), nil
}

// Decide grants or refuses the later date that was asked for. The old date stays to be read, and if it has passed so does
// that it was missed.
func (t *Task) Decide(cal *calendar.Calendar, grant bool, note string, h hand, now time.Time) ([]docstore.Fact, error) {
	facts := t.due(now)
	r, asked := t.Clock.Asked()
	what := EventTaskMoved
	if grant {
		if _, err := t.Clock.GrantExtension(cal, h.person(h.who.Title), now); err != nil {
			return nil, err
		}
	} else {
		what = EventTaskRefused
		if err := t.Clock.RefuseExtension(note, h.person(h.who.Title), now); err != nil {
			return nil, err
		}
	}
	f := t.fact(what, h, note, now)
	if asked {
		n := f.Data.(News)
		n.To = identity.AccountID(r.By.ID)
		f.Data = n
	}
	return append(facts, f), nil
}

// watch completes the clock and records what has fallen due. An error of the calendar comes with what could be recorded.
func (t *Task) watch(cal *calendar.Calendar, now time.Time) ([]docstore.Fact, error) {
	beyond := t.Clock.Complete(cal)
	return t.due(now), beyond
}

// Missed are the dates that passed without it being done. They are facts and stay.
func (t Task) Missed() []time.Time {
	var all []time.Time
	for _, b := range t.Clock.Breaches {
		all = append(all, b.At)
	}
	return all
}
