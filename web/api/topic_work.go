package api

import (
	"jushou/deliberation"
	"jushou/internal/deadline"
)

// Promise is a date that was promised after the answer: of acceptance or of resolution.
type Promise struct {
	Phase       deadline.Phase `json:"phase"`
	StartedAt   Instant        `json:"started_at"`
	DueAt       Instant        `json:"due_at,omitzero" doc:"Left out while the calendar does not reach it."`
	MetAt       Instant        `json:"met_at,omitzero"`
	LateSeconds int64          `json:"late_seconds"`
	Workdays    int            `json:"workdays" doc:"Counted from the day after it began."`
	Question    string         `json:"question,omitempty" doc:"The clock waits for the author's reply."`
	ResumesAt   Instant        `json:"resumes_at,omitzero" doc:"It runs again then, reply or none."`
	Breaches    []Instant      `json:"breaches" doc:"Dates that passed; they stay, whatever came after."`
	Extended    []Extension    `json:"extended" doc:"Dates that were put off."`
}

// Extension is a date that was put off, with the one before it.
type Extension struct {
	Was    Instant `json:"was"`
	DueAt  Instant `json:"due_at"`
	Reason string  `json:"reason"`
	Asked  string  `json:"asked" doc:"Who asked."`
	By     string  `json:"by" doc:"Who granted it."`
}

// Work is what became of an accepted topic.
type Work struct {
	Department string              `json:"department,omitempty" doc:"The key of the department that has it."`
	Name       string              `json:"department_name,omitempty"`
	Item       string              `json:"item,omitempty"`
	First      string              `json:"first,omitempty" doc:"The department it was sent to first."`
	Why        string              `json:"why,omitempty"`
	Dispatches int                 `json:"dispatches"`
	Contested  bool                `json:"contested" doc:"The department says that it is not its business."`
	Handler    *Moment             `json:"handler,omitempty" doc:"Who has it in hand."`
	Reports    []Report            `json:"reports"`
	Checks     []Finding           `json:"checks"`
	Ending     deliberation.Ending `json:"ending,omitempty"`
	Disputed   bool                `json:"disputed" doc:"The author has disputed the result, which is possible once."`
}

// Report says what was done.
type Report struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Title  string  `json:"title,omitempty"`
	Body   string  `json:"body"`
	Photos []Photo `json:"photos"`
	At     Instant `json:"at"`
}

// Finding is what somebody found who did not handle it.
type Finding struct {
	Name   string  `json:"name"`
	Title  string  `json:"title,omitempty"`
	Passed bool    `json:"passed"`
	Reason string  `json:"reason,omitempty"`
	At     Instant `json:"at"`
}

// TopicLink names what grew out of a topic, or what it was merged with.
type TopicLink struct {
	Kind  deliberation.LinkKind `json:"kind"`
	ID    string                `json:"id"`
	Title string                `json:"title"`
	What  string                `json:"what" doc:"The latest step that concerned the topic."`
	At    Instant               `json:"at"`
}

func showPromise(c deadline.Clock, e deadline.Explanation) *Promise {
	if c.IsZero() {
		return nil
	}
	return &Promise{
		Phase: e.Phase, StartedAt: instant(e.StartedAt), DueAt: instant(e.DueAt), MetAt: instant(e.MetAt), LateSeconds: seconds(e.Late),
		Workdays: e.Counted.Workdays, Question: e.Question, ResumesAt: instant(e.ResumesAt),
		Breaches: each(c.Breaches, func(b deadline.Breach) Instant { return instant(b.At) }),
		Extended: each(e.Extended, func(p deadline.Promise) Extension {
			return Extension{instant(p.Was), instant(p.DueAt), p.Reason, p.AskedBy.Name, p.By.Name}
		}),
	}
}

func showWork(t deliberation.TopicView) *Work {
	w := t.Work
	if w == nil {
		return nil
	}
	shown := &Work{
		Why: w.Why, Dispatches: w.Dispatches, Contested: t.Contested(), Ending: w.Ending, Disputed: w.Disputed,
		Reports: each(w.Reports, func(r deliberation.Report) Report {
			return Report{r.ID, r.By.Name, r.By.Title, r.Body, showPhotos(t.ID, r.Photos), instant(r.By.At)}
		}),
		Checks: each(w.Checks, func(c deliberation.Check) Finding {
			return Finding{c.By.Name, c.By.Title, c.Passed, c.Reason, instant(c.By.At)}
		}),
	}
	if w.Errand != nil {
		shown.Department, shown.Name, shown.Item = w.Errand.Department, w.Errand.DepartmentName, w.Errand.ItemName
	}
	if w.First != nil {
		shown.First = w.First.DepartmentName
	}
	if h := w.Handler; h != nil {
		shown.Handler = &Moment{What: deliberation.TopicTaken, Name: h.Name, Title: h.Title, At: instant(h.At)}
	}
	return shown
}

func showLinks(links []deliberation.Link) []TopicLink {
	return each(links, func(l deliberation.Link) TopicLink { return TopicLink{l.Kind, l.ID, l.Title, l.What, instant(l.At)} })
}
