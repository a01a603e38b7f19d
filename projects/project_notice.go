package projects

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Notice is a 公示: what was decided, shown to everybody for the preset's days before it holds. It is a copy of what was
// decided, with numbers that name a person made unreadable. It starts when it is published. While an objection is open its
// clock stands; what ends it is the stored instant alone.
type Notice struct {
	N      int       `json:"n"`
	Text   string    `json:"text"`
	Amount money.Fen `json:"amount"`
	Weeks  int       `json:"weeks,omitempty"`
	Lines  []Line    `json:"lines,omitempty"`
	Lead   string    `json:"lead"`

	Terms       preset.Notice       `json:"terms"`
	Calendar    string              `json:"calendar"` // version
	By          deliberation.Author `json:"by"`
	PublishedAt time.Time           `json:"published_at"`
	// DueAt is when it is over, unless an objection is open. It is only ever moved to a later instant.
	DueAt      time.Time   `json:"due_at"`
	Stops      []Stop      `json:"stops,omitempty"`
	Objections []Objection `json:"objections,omitempty"`
	// OverAt is DueAt once a sweep has recorded that it passed.
	OverAt time.Time `json:"over_at,omitzero"`
	// EndedAt is when another notice or a step back took its place, and Why.
	EndedAt time.Time `json:"ended_at,omitzero"`
	Why     string    `json:"why,omitempty"`
}

// Stop is a time in which the clock stood: [From, To). To is zero while it does.
type Stop struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"`
}

// Objection is 异议: what a resident says against it, and the answer.
type Objection struct {
	ID   string              `json:"id"` // the form's token
	By   deliberation.Author `json:"by"`
	Text string              `json:"text"`
	At   time.Time           `json:"at"`
	// Hits is what the word list found; the text is then shown to its author and the desk only.
	Hits   []string `json:"hits,omitempty"`
	Answer string   `json:"answer,omitempty"`
	// Upheld says that the objection is right: the project is changed, sent back or given up before it can be established.
	Upheld     bool                `json:"upheld,omitempty"`
	AnsweredBy deliberation.Author `json:"answered_by,omitzero"`
	AnsweredAt time.Time           `json:"answered_at,omitzero"`
}

// Open reports whether nobody has answered yet.
func (o Objection) Open() bool { return o.AnsweredAt.IsZero() }

// NoticePhase is where a notice stands at an instant.
type NoticePhase string

// Phases.
const (
	NoticeRunning NoticePhase = "running"
	NoticeStopped NoticePhase = "stopped" // an objection is open
	NoticeUpheld  NoticePhase = "upheld"  // an objection was right; a change is owed
	NoticeDone    NoticePhase = "done"    // it ran its days
	NoticeEnded   NoticePhase = "ended"   // another took its place
)

// Phase says where the notice stands, whatever a sweep has recorded.
func (n Notice) Phase(now time.Time) NoticePhase {
	switch {
	case !n.EndedAt.IsZero():
		return NoticeEnded
	case n.Owed() > 0:
		return NoticeStopped
	case slices.ContainsFunc(n.Objections, func(o Objection) bool { return o.Upheld }):
		return NoticeUpheld
	case now.Before(n.DueAt):
		return NoticeRunning
	}
	return NoticeDone
}

// Owed counts the objections nobody has answered.
func (n Notice) Owed() int {
	owed := 0
	for _, o := range n.Objections {
		if o.Open() {
			owed++
		}
	}
	return owed
}

// Notice returns the notice that counts now, nil if none is published.
func (p Project) Notice() *Notice {
	if i := len(p.Notices) - 1; i >= 0 && p.Notices[i].EndedAt.IsZero() {
		return &p.Notices[i]
	}
	return nil
}

var (
	errNoNotice    = fault.New(fault.Conflict, "project.no_notice")
	errNoticeRuns  = fault.New(fault.Conflict, "project.notice_runs")
	errNoticeOver  = fault.New(fault.TooLate, "project.notice_over")
	errObjection   = fault.New(fault.Invalid, "project.no_objection_text").On("text")
	errObjected    = fault.New(fault.Conflict, "project.objected_already")
	errNoObjection = fault.New(fault.NotFound, "project.no_objection")
	errNotOver     = fault.New(fault.Conflict, "project.notice_not_over")
	errOpen        = fault.New(fault.Conflict, "project.objections_open")
	errUpheld      = fault.New(fault.Conflict, "project.objection_upheld")
	errMore        = fault.New(fault.Conflict, "project.more_than_decided").On("lines")
	errAnswer      = fault.New(fault.Invalid, "project.no_answer").On("answer")
)

// PublishNotice shows what was decided. Its clock begins at now.
func (p *Project) PublishNotice(days *calendar.Calendar, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if p.Notice() != nil {
		return nil, errNoticeRuns
	}
	if p.Stage == preset.Noticing && p.Lead == nil {
		return nil, errNoLead
	}
	return p.publish(NoticePublished, MovePublish, "", days, by, now)
}

func (p *Project) publish(what string, m Move, reason string, days *calendar.Calendar, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	due, err := noticeDue(days, p.Preset.Notice, now)
	if err != nil {
		return nil, err
	}
	if err := p.take(m, what, by, reason, now); err != nil {
		return nil, err
	}
	n := Notice{
		N: len(p.Notices) + 1, Text: masked(p.Plan.Text), Amount: p.Plan.Total(), Weeks: p.Plan.Weeks, Lines: slices.Clone(p.Plan.Lines), Lead: p.leadName(),
		Terms: p.Preset.Notice, Calendar: days.Version(), By: by, PublishedAt: now, DueAt: due,
	}
	for i := range n.Lines {
		n.Lines[i].What, n.Lines[i].Quote = masked(n.Lines[i].What), masked(n.Lines[i].Quote)
	}
	p.Notices = append(slices.Clip(p.Notices), n)
	return []docstore.Fact{p.noticeStep(what, n, reason, by, now)}, nil
}

func (p Project) leadName() string {
	if p.Lead == nil {
		return ""
	}
	if p.Lead.Body != "" {
		return p.Lead.Body
	}
	return p.Lead.By.Name
}

func (p Project) noticeStep(what string, n Notice, reason string, by deliberation.Author, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: NoticeStep{
		About: p.about(), Linked: p.linked(by), Notice: n.N, DueAt: n.DueAt, Reason: reason,
	}}
}

// noticeDue is when a notice that is published now is over: the day of publication does not count; days end at midnight,
// working days with the business hours of the last of them (Civil Code Art. 201, 203).
func noticeDue(days *calendar.Calendar, terms preset.Notice, now time.Time) (time.Time, error) {
	if terms.Working {
		return days.AddWorkdays(now, terms.Days)
	}
	return days.DateAt(now).AddDays(terms.Days).At(calendar.EndOfDay, days.Zone()).UTC(), nil
}

// Object stops the clock until the objection is answered. The same form again changes nothing.
func (p *Project) Object(o Objection, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveObject); err != nil {
		return nil, err
	}
	n := p.Notice()
	switch {
	case n == nil:
		return nil, errNoNotice
	case slices.ContainsFunc(n.Objections, func(x Objection) bool { return x.ID == o.ID && x.By.Account == o.By.Account }):
		return nil, docstore.ErrUnchanged
	case slices.ContainsFunc(n.Objections, func(x Objection) bool { return x.ID == o.ID }):
		return nil, errTaken
	case n.Owed() == 0 && !now.Before(n.DueAt):
		return nil, errNoticeOver
	case slices.ContainsFunc(n.Objections, func(x Objection) bool { return x.Open() && x.By.Account == o.By.Account }):
		return nil, errObjected
	case len(n.Objections) >= MaxObjections:
		return nil, errFull.With("max", MaxObjections)
	}
	if err := p.take(MoveObject, Objected, anonymous(o.By), "", now); err != nil {
		return nil, err
	}
	c := p.current()
	o.At = now
	if c.Owed() == 0 {
		c.Stops = append(c.Stops, Stop{From: now})
	}
	c.Objections = append(c.Objections, o)
	return []docstore.Fact{p.objectionStep(Objected, o, o.By, now)}, nil
}

// anonymous is how the history names who objects: somebody of the neighbourhood. The objection itself has the masked name.
func anonymous(by deliberation.Author) deliberation.Author {
	return deliberation.Author{Account: by.Account, Name: by.Name}
}

// current returns the current notice for a change: the project's own copy of the list.
func (p *Project) current() *Notice {
	p.Notices = slices.Clone(p.Notices)
	n := &p.Notices[len(p.Notices)-1]
	n.Stops, n.Objections = slices.Clone(n.Stops), slices.Clone(n.Objections)
	return n
}

// AnswerObjection answers one. With the last open one the clock goes on: the notice is over later by as long as it stood.
func (p *Project) AnswerObjection(id, answer string, upheld bool, days *calendar.Calendar, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveAnswer); err != nil {
		return nil, err
	}
	n := p.Notice()
	if n == nil {
		return nil, errNoNotice
	}
	i := slices.IndexFunc(n.Objections, func(o Objection) bool { return o.ID == id })
	switch {
	case i < 0:
		return nil, errNoObjection
	case n.Objections[i].By.Account == by.Account || p.Interested(by.Account):
		return nil, errOwnAffair
	case !n.Objections[i].Open():
		return nil, docstore.ErrUnchanged
	}
	due, err := n.resumed(days, now)
	if err != nil {
		return nil, err
	}
	if err := p.take(MoveAnswer, ObjectionTold, by, "", now); err != nil {
		return nil, err
	}
	c := p.current()
	o := &c.Objections[i]
	o.Answer, o.Upheld, o.AnsweredBy, o.AnsweredAt, o.Hits = answer, upheld, by, now, nil
	if c.Owed() == 0 {
		c.Stops[len(c.Stops)-1].To, c.DueAt = now, due
	}
	return []docstore.Fact{p.objectionStep(ObjectionTold, *o, by, now)}, nil
}

// resumed returns when the notice is over if its clock goes on at now. Of days the time it stood is added, to the end of
// the day it then ends on; of working days the working time that was left runs from now. Never earlier than before.
func (n Notice) resumed(days *calendar.Calendar, now time.Time) (time.Time, error) {
	stop := n.Stops[len(n.Stops)-1].From
	var due time.Time
	if n.Terms.Working {
		left, err := days.Within(stop, n.DueAt)
		if err != nil {
			return due, err
		}
		if due, err = days.Add(now, left); err != nil {
			return due, err
		}
	} else {
		last := n.DueAt.Add(now.Sub(stop)).Add(-time.Nanosecond)
		due = days.DateAt(last).At(calendar.EndOfDay, days.Zone()).UTC()
	}
	if due.Before(n.DueAt) {
		due = n.DueAt
	}
	return due, nil
}

func (p Project) objectionStep(what string, o Objection, by deliberation.Author, now time.Time) docstore.Fact {
	n := p.Notices[len(p.Notices)-1]
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: ObjectionStep{
		About: p.about(), Notice: n.N, Objection: o.ID, Whose: o.By.Account, Upheld: o.Upheld, Answer: o.Answer, DueAt: n.DueAt,
	}}
}

// AmendNotice is a material change: the plan is written anew and its notice starts over, with all its days. It may cost
// less than what was decided, never more; for more it goes back to the plan.
func (p *Project) AmendNotice(plan Plan, seen int, reason string, days *calendar.Calendar, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveAmend); err != nil {
		return nil, err
	}
	n := p.Notice()
	switch {
	case n == nil:
		return nil, errNoNotice
	case n.Owed() > 0:
		return nil, errOpen
	case seen != p.Plan.Revision:
		return nil, errStale
	case plan.Text == "" || len(plan.Lines) == 0:
		return nil, errUnready
	case plan.Total() > p.Decision.Amount:
		return nil, errMore.With("amount", p.Decision.Amount)
	}
	before, notices := p.Plan, p.Notices
	plan.Revision, plan.By, plan.At = seen+1, by, now
	p.Plan = plan
	p.stopNotice(reason, now)
	facts, err := p.publish(NoticeRestarted, MoveAmend, reason, days, by, now)
	if err != nil {
		p.Plan, p.Notices = before, notices
	}
	return facts, err
}

// stopNotice ends the current notice before its time.
func (p *Project) stopNotice(why string, now time.Time) {
	if p.Notice() == nil {
		return
	}
	c := p.current()
	c.EndedAt, c.Why = now, why
	if i := len(c.Stops) - 1; i >= 0 && c.Stops[i].To.IsZero() {
		c.Stops[i].To = now
	}
}

// noticeOver records, once, that the notice ran its days.
func (p *Project) noticeOver(now time.Time) []docstore.Fact {
	n := p.Notice()
	if p.Stage != preset.Noticing || n == nil || !n.OverAt.IsZero() || n.Phase(now) != NoticeDone {
		return nil
	}
	if p.take(MoveNoticeEnded, NoticeOver, keeping, "", n.DueAt) != nil {
		return nil
	}
	c := p.current()
	c.OverAt = c.DueAt
	return []docstore.Fact{p.noticeStep(NoticeOver, *c, "", keeping, now)}
}

// Establish is 立项: the notice is over, nothing stands against it, and this much may be spent.
func (p *Project) Establish(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := deliberation.Joined(p.may(MoveEstablish), p.disinterested(by)); err != nil {
		return nil, err
	}
	if err := p.unopposed(now); err != nil {
		return nil, err
	}
	facts := p.noticeOver(now)
	if err := p.take(MoveEstablish, Established, by, "", now); err != nil {
		return nil, err
	}
	p.Approved, p.EstablishedAt = p.Plan.Total(), now
	return append(facts, p.decided(Established, "", by, now)), nil
}

// unopposed refuses to go on while the notice runs, an objection is open, or one was right and nothing has been changed.
func (p Project) unopposed(now time.Time) error {
	n := p.Notice()
	if n == nil {
		return errNoNotice
	}
	switch n.Phase(now) {
	case NoticeStopped:
		return errOpen
	case NoticeUpheld:
		return errUpheld
	case NoticeRunning:
		return errNotOver.With("due", n.DueAt.UTC().Format(time.RFC3339))
	}
	return fault.When(p.Lead == nil, errNoLead)
}

// personal finds numbers long enough to name a person: mobile numbers, identity cards, bank cards.
var personal = regexp.MustCompile(`[0-9]{11,19}[xX]?`)

// masked leaves three digits in front and two at the end of such a number.
func masked(s string) string {
	return personal.ReplaceAllStringFunc(s, func(n string) string { return n[:3] + strings.Repeat("*", len(n)-5) + n[len(n)-2:] })
}
