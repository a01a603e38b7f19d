package meeting

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// May says what the reader may do about a meeting; the state decides besides.
type May struct {
	Call    bool // announce, invite, postpone, hold, write, publish
	Confirm bool // the last version of the minutes, which somebody else wrote
	Attend  bool // say what they think, come to listen
	Hide    bool // opinions
}

// View is a meeting as a reader sees it.
type View struct {
	Meeting
	May May
	// Speaks lists the guests, by place, that the reader answers for.
	Speaks []int
	// Listens is set for a resident who has a seat; Listening is how many have.
	Listens   bool
	Listening int
	// residents are the places of guests who are residents.
	residents []int
	Tasks     []TaskView
	Record    deadline.Explanation
}

// TaskView is a task as a reader sees it.
type TaskView struct {
	Task
	// Report is set for those who report on it, Extend for those who decide about a later date that somebody else asked for.
	Report, Extend bool
	Explain        deadline.Explanation
}

// Waits is the request for a later date that nobody has decided about.
func (t TaskView) Waits() (deadline.Request, bool) { return t.Clock.Asked() }

// show adds what the actor may do, and leaves out what residents do not read: accounts, and minutes before they are
// published.
func (s *Service) show(ctx context.Context, actor identity.Actor, m Meeting) (View, error) {
	now := s.Now()
	v := s.view(actor, m, now)
	if m.State != Published {
		return v, nil
	}
	tasks, _, err := s.tasks.Find(ctx, docstore.Query{Index: byMeeting, Equal: []any{string(m.ID)}, Limit: MaxDecisions})
	if err != nil {
		return View{}, err
	}
	for _, t := range tasks {
		v.Tasks = append(v.Tasks, taskView(actor, t, now))
	}
	return v, nil
}

func (s *Service) view(actor identity.Actor, m Meeting, now time.Time) View {
	can := func(verb identity.Verb) bool { return identity.Can(actor, verb, m.Place()) == nil }
	v := View{Meeting: m, Record: m.Record.Explain(now), Listening: len(m.Listeners)}
	v.May = May{Call: can(identity.CallMeeting), Confirm: can(identity.ConfirmMinutes), Attend: can(identity.AttendMeeting), Hide: can(identity.HoldTopic)}
	if last, _ := m.Latest(); !m.Waits() || last.By.Account == actor.ID {
		v.May.Confirm = false
	}
	for n, g := range m.Guests {
		if ok, _ := speaksFor(actor, m.Place(), g.Party); ok {
			v.Speaks = append(v.Speaks, n)
		}
	}
	v.Listens = slices.ContainsFunc(m.Listeners, func(a deliberation.Author) bool { return a.Account == actor.ID && actor.ID != "" })
	v.strip(works(actor, m.Place()) || actor.System)
	return v
}

// Resident reports whether a guest, by place, stands for residents.
func (v View) Resident(n int) bool { return slices.Contains(v.residents, n) }

// strip leaves out accounts, and what is not public for those who only read.
func (v *View) strip(inside bool) {
	v.Caller.Account, v.Listeners = "", nil
	v.Guests, v.Minutes, v.History = slices.Clone(v.Guests), slices.Clone(v.Minutes), slices.Clone(v.History)
	for i := range v.Guests {
		if v.Guests[i].Resident() {
			v.residents = append(v.residents, i)
		}
		v.Guests[i].Account = ""
	}
	for i := range v.Minutes {
		v.Minutes[i].By.Account, v.Minutes[i].Checked.Account = "", ""
	}
	for i := range v.History {
		v.History[i].Actor = ""
	}
	if inside {
		return
	}
	if v.State != Published {
		v.Minutes = nil
	}
	v.Minutes = slices.DeleteFunc(v.Minutes, func(x Version) bool { return x.Why != "" && !x.Confirmed })
	v.History = slices.DeleteFunc(v.History, func(e Entry) bool { return !Public(e.What) })
}

// Public reports whether a step of the record is for everybody: not who was asked to mend which version.
func Public(what string) bool {
	switch what {
	case EventCalled, EventAnnounced, EventPostponed, EventRescheduled, EventCancelled, EventHeld, EventConfirmed, EventPublished, EventCorrected:
		return true
	}
	return false
}

func taskView(actor identity.Actor, t Task, now time.Time) TaskView {
	v := TaskView{Task: t, Explain: t.Clock.Explain(now)}
	v.Report, _ = speaksFor(actor, t.Place(), t.Owner)
	r, asked := t.Clock.Asked()
	v.Extend = asked && r.By.ID != string(actor.ID) && identity.Can(actor, identity.ExtendClock, t.Place()) == nil
	v.Report = v.Report && !t.Done()
	v.Caller = ""
	v.Reports = slices.Clone(t.Reports)
	for i := range v.Reports {
		v.Reports[i].By.Account = ""
	}
	v.Clock.Requests, v.Clock.Promises = slices.Clone(t.Clock.Requests), slices.Clone(t.Clock.Promises)
	for i := range v.Clock.Requests {
		v.Clock.Requests[i].By.ID, v.Clock.Requests[i].DecidedBy.ID = "", ""
	}
	for i := range v.Clock.Promises {
		v.Clock.Promises[i].By.ID, v.Clock.Promises[i].AskedBy.ID = "", ""
	}
	return v
}

// Meeting returns one meeting with its tasks.
func (s *Service) Meeting(ctx context.Context, actor identity.Actor, id ID) (View, error) {
	m, err := s.meetings.Read(ctx, actor, string(id))
	if err != nil {
		return View{}, err
	}
	return s.show(ctx, actor, m)
}

// Task returns one task.
func (s *Service) Task(ctx context.Context, actor identity.Actor, id TaskID) (TaskView, error) {
	t, err := s.tasks.Read(ctx, actor, string(id))
	if err != nil {
		return TaskView{}, err
	}
	return taskView(actor, t, s.Now()), nil
}

// Page is one page of meetings, the latest first.
type Page struct {
	Items []View
	Next  docstore.Cursor
}

// Meetings returns a community's meetings, the latest first: what was announced or published, and everything for those who
// prepare meetings there.
func (s *Service) Meetings(ctx context.Context, actor identity.Actor, c community.ID, after docstore.Cursor) (Page, error) {
	node, err := s.Community(ctx, actor, c, identity.ReadCommunity, ErrNotFound)
	if err != nil {
		return Page{}, err
	}
	q := docstore.Query{Index: byShown, Equal: []any{string(c)}, Desc: true, Limit: PageSize, After: after}
	if works(actor, identity.At(node)) {
		q.Index = byCommunity
	}
	found, next, err := s.meetings.Find(ctx, q)
	p, now := Page{Next: next}, s.Now()
	for _, m := range found {
		p.Items = append(p.Items, s.view(actor, m, now))
	}
	return p, err
}

// Desk is what somebody has to do with meetings.
type Desk struct {
	// Meetings are those to come that the reader answers an invitation of, the earliest first.
	Meetings []View
	// Tasks are those that are not done, the earliest due first.
	Tasks []TaskView
}

// mostOnDesk bounds what one look goes through. A town meets a few times a week.
const mostOnDesk = docstore.MaxLimit

// TaskDesk returns a community's tasks that are not done, the earliest due first: all of them for those who prepare
// meetings, to others what they carry out.
func (s *Service) TaskDesk(ctx context.Context, actor identity.Actor, c community.ID) ([]TaskView, error) {
	node, err := s.Community(ctx, actor, c, identity.ReadCommunity, ErrNotFound)
	if err != nil {
		return nil, err
	}
	tasks, _, err := s.tasks.Find(ctx, docstore.Query{Index: byOpen, Equal: []any{string(c)}, Limit: mostOnDesk})
	return s.mine(actor, tasks, works(actor, identity.At(node))), err
}

func (s *Service) mine(actor identity.Actor, tasks []Task, all bool) []TaskView {
	var own []TaskView
	now := s.Now()
	for _, t := range tasks {
		if v := taskView(actor, t, now); all || v.Report {
			own = append(own, v)
		}
	}
	return own
}

// TownDesk returns what concerns the actor in a town: invitations, and tasks; the town's own people see every task.
func (s *Service) TownDesk(ctx context.Context, actor identity.Actor, town community.ID) (Desk, error) {
	node, err := s.Town(ctx, actor, town, identity.SeeDepartment, ErrNotFound)
	if err != nil {
		return Desk{}, err
	}
	now := s.Now()
	coming, _, err := s.meetings.Find(ctx, docstore.Query{Index: byTown, Equal: []any{string(town)}, From: now.UnixMilli(), Limit: mostOnDesk})
	if err != nil {
		return Desk{}, err
	}
	var d Desk
	for _, m := range coming {
		if m.State.Coming() && len(speaks(actor, m)) > 0 {
			d.Meetings = append(d.Meetings, s.view(actor, m, now))
		}
	}
	tasks, _, err := s.tasks.Find(ctx, docstore.Query{Index: byTownOpen, Equal: []any{string(town)}, Limit: mostOnDesk})
	d.Tasks = s.mine(actor, tasks, holds(actor, identity.RoleTown, identity.At(node)))
	return d, err
}

// Concerned returns those whom it concerns what came of a meeting: the authors of the topics on its agenda, the residents
// who stood for others, and those who came to listen. It is for the feed and not for pages.
func (s *Service) Concerned(ctx context.Context, id ID) ([]identity.AccountID, error) {
	m, _, err := s.meetings.Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	all, err := s.AuthorsOf(ctx, m.topics())
	add := func(who identity.AccountID) {
		if who != "" && !slices.Contains(all, who) {
			all = append(all, who)
		}
	}
	for _, g := range m.Guests {
		add(g.Account)
	}
	for _, l := range m.Listeners {
		add(l.Account)
	}
	return all, err
}
