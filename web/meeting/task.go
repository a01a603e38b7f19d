package meeting

import (
	"jushou/deliberation/meeting"
	"jushou/internal/calendar"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// workTask is a task as those who carry it out see it.
type workTask struct {
	readView
	T taskView
}

// Task shows one task with its steps.
func (p *Pages) Task(v *page.Visit) error {
	return p.task(v, readView{Problems: view.Problems{Status: 200}})
}

func (p *Pages) task(v *page.Visit, shown readView) error {
	t, err := p.Meetings.Task(v.Context(), v.Actor, meeting.TaskID(v.Param("task")))
	if err != nil {
		return err
	}
	r, base, err := p.from(v, t.Path)
	if err != nil {
		return err
	}
	w := workTask{readView: shown, T: taskView{TaskView: t}}
	w.To, w.Token, w.Now = "/desk/mt/"+string(t.ID), ids.New(v.Now), v.Now
	if typed := shown.Typed["token"]; ids.Valid(typed) {
		w.Token = typed
	}
	d, err := p.Within(v, r, "meetings", v.T("meeting.task"), base)
	if err != nil {
		return err
	}
	return v.ShowAs(w.Problems.Status, TaskPage(d, w))
}

func (p *Pages) taskStep(v *page.Visit, form, said string, err error, fields ...string) error {
	if err != nil {
		return p.task(v, back(v, err, form, fields...))
	}
	return v.GoSaying("/desk/mt/"+v.Param("task"), said)
}

// Report says how far it is, or that it is done.
func (p *Pages) Report(v *page.Visit) error {
	_, err := p.Meetings.ReportTask(v.Context(), v.Actor, meeting.ReportTask{
		ID: v.Field("token"), Task: meeting.TaskID(v.Param("task")), Text: v.Field("text"), Done: v.Field("done") != "",
	})
	return p.taskStep(v, "report", "meeting.done_report", err, "token", "text", "done")
}

// Later asks for a later day.
func (p *Pages) Later(v *page.Visit) error {
	to, err := calendar.ParseDate(v.Field("to"))
	if err != nil {
		to = calendar.Date{Year: 1, Month: 1, Day: 1} // not later than anything: told by the use case
	}
	_, err = p.Meetings.AskLater(v.Context(), v.Actor, meeting.AskLater{Task: meeting.TaskID(v.Param("task")), To: to, Reason: v.Field("reason")})
	return p.taskStep(v, "later", "meeting.done_later", err, "to", "reason")
}

// Decide grants or refuses a later day that somebody else asked for.
func (p *Pages) Decide(v *page.Visit) error {
	_, err := p.Meetings.DecideLater(v.Context(), v.Actor, meeting.TaskID(v.Param("task")), v.Field("grant") == "1", v.Field("note"))
	return p.taskStep(v, "decide", "meeting.done_decide", err, "grant", "note")
}
