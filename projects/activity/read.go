package activity

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Bounds of lists.
const (
	ListPage  = 20
	deskMost  = 50
	mineMost  = 50
	rosterTop = MaxSeats
)

// Phase is what an activity is for who looks at it now.
type Phase string

// Phases.
const (
	PhaseWaits     Phase = "waits"
	PhaseReturned  Phase = "returned"
	PhaseCancelled Phase = "cancelled"
	PhaseOpen      Phase = "open"    // people sign up
	PhaseFull      Phase = "full"    // they are put on the waiting list
	PhaseClosed    Phase = "closed"  // nobody signs up any more
	PhaseRunning   Phase = "running" // it has begun
	PhaseOver      Phase = "over"
)

// PhaseAt says what it is at an instant, whatever a sweep has recorded.
func (a Activity) PhaseAt(now time.Time) Phase {
	switch {
	case a.Status == Waits:
		return PhaseWaits
	case a.Status == Returned:
		return PhaseReturned
	case a.Status == Cancelled:
		return PhaseCancelled
	case !now.Before(a.EndsAt):
		return PhaseOver
	case !now.Before(a.StartsAt):
		return PhaseRunning
	case !now.Before(a.Until):
		return PhaseClosed
	case a.Queued() > 0 || !a.fits(1):
		return PhaseFull
	}
	return PhaseOpen
}

// View is an activity as one person may see it at an instant: who has signed up is for the host and the desk.
type View struct {
	Activity
	Phase Phase
	// Mine is set for the host, Desk for who confirms activities here.
	Mine, Desk bool
	// Seated and Waits are persons; Free is room for how many more, -1 without a bound.
	Seated, Waits, Free int
	// Seat is the reader's own, nil for who has none now; Ahead is how many persons wait before them.
	Seat  *Seat
	Ahead int
	// MayCome says that a page should offer signing up; Elsewhere that it is not for the reader's building.
	MayCome, Elsewhere bool
	// MayNote and MayTell say that who came, and a recap, can be written now.
	MayNote, MayTell bool
	// Turned is how many persons came, 0 where nothing was written down.
	Turned int
}

// Guest is one line of the roster.
type Guest struct {
	Seat     int // its place in Activity.Seats
	Name     string
	Building string
	Persons  int
	Status   SeatStatus
	Came     int
}

// Activity returns an activity as the actor may see it.
func (s *Service) Activity(ctx context.Context, actor identity.Actor, id ID) (View, error) {
	a, err := s.activities.Read(ctx, actor, string(id))
	if err != nil {
		return View{}, err
	}
	return view(actor, a, s.Now()), nil
}

// ViewOf is an activity that a step returned, as the actor may see it.
func (s *Service) ViewOf(actor identity.Actor, a Activity) View { return view(actor, a, s.Now()) }

func view(actor identity.Actor, a Activity, now time.Time) View {
	v := View{
		Activity: a, Phase: a.PhaseAt(now), Mine: a.Led(actor.ID), Desk: tends(actor, a.Place()), Seated: a.Taken(), Waits: a.Queued(), Free: -1, Turned: a.Came(),
	}
	if a.Capacity > 0 {
		v.Free = a.Capacity - v.Seated
	}
	if x, ok := a.SeatOf(actor.ID); ok && x.Status != Left {
		v.Seat, v.Ahead = &x, a.Ahead(actor.ID)
	}
	joins := v.Seat == nil && !v.Mine && identity.Can(actor, identity.JoinActivity, a.Place()) == nil
	refusal := a.mayCome(actor, 1, now)
	v.MayCome = joins && refusal == nil
	v.Elsewhere = joins && errors.Is(refusal, errNotForYou)
	leads := v.Mine && identity.Can(actor, identity.HostActivity, a.Place()) == nil
	v.MayNote, v.MayTell = (leads || v.Desk) && a.begun(now) == nil, leads && a.begun(now) == nil
	if v.Seat == nil && !v.Mine && !v.Desk {
		v.Sayings = nil // they are for those who signed up
	}
	v.Seats = nil
	if !v.Desk {
		v.hide()
	}
	return v
}

// hide takes accounts out.
func (v *View) hide() {
	v.By.Account = ""
	v.History = slices.Clone(v.History)
	for i := range v.History {
		v.History[i].Actor = ""
	}
}

// Roster lists who has signed up, in their order, for the host and the desk.
func (s *Service) Roster(ctx context.Context, actor identity.Actor, id ID) ([]Guest, error) {
	a, err := s.activities.Read(ctx, actor, string(id))
	if err != nil {
		return nil, err
	}
	if !a.Led(actor.ID) && !tends(actor, a.Place()) {
		return nil, errNotYours
	}
	known := map[identity.AccountID]Signup{}
	found, _, err := s.signups.Find(ctx, docstore.Query{Index: byOf, Equal: []any{string(id)}, Limit: rosterTop})
	if err != nil {
		return nil, err
	}
	for _, x := range found {
		known[x.Account] = x
	}
	var all []Guest
	for i, x := range a.Seats {
		if x.Status == Left {
			continue
		}
		g := Guest{Seat: i, Name: identity.ErasedName, Persons: x.Persons, Status: x.Status, Came: x.Came}
		if w, ok := known[x.Who]; ok && x.Who != "" {
			g.Name, g.Building = w.Name, w.Building
		}
		all = append(all, g)
	}
	return all, nil
}

// Questions returns those about an activity that the actor may read: the host and the desk all, others their own.
func (s *Service) Questions(ctx context.Context, actor identity.Actor, id ID) ([]Asking, error) {
	a, err := s.activities.Read(ctx, actor, string(id))
	if err != nil || !actor.Known() {
		return nil, err
	}
	q := docstore.Query{Index: byAsker, Equal: []any{askerKey(id, actor.ID)}, Limit: ListPage}
	if a.Led(actor.ID) || tends(actor, a.Place()) {
		q = docstore.Query{Index: byOf, Equal: []any{string(id)}, Limit: deskMost, Desc: true}
	}
	found, _, err := s.questions.Find(ctx, q)
	for i := range found {
		found[i].By.Account = ""
	}
	return found, err
}

// Page is a stretch of activities.
type Page struct {
	Items []View
	Next  docstore.Cursor
}

// Coming lists a community's activities that are not over, the next to end first, for its members.
func (s *Service) Coming(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) (Page, error) {
	return s.listed(ctx, actor, in, identity.ReadCommunity, docstore.Query{From: s.Now().UnixMilli() + 1}, after)
}

// Past lists those that are over, the latest first, for its members.
func (s *Service) Past(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) (Page, error) {
	return s.listed(ctx, actor, in, identity.ReadCommunity, docstore.Query{To: s.Now().UnixMilli() + 1, Desc: true}, after)
}

func (s *Service) listed(ctx context.Context, actor identity.Actor, in community.ID, verb identity.Verb, q docstore.Query, after docstore.Cursor) (Page, error) {
	if _, err := s.Community(ctx, actor, in, verb, ErrNotFound); err != nil {
		return Page{}, err
	}
	q.Index, q.Equal, q.Limit, q.After = byShown, []any{string(in)}, ListPage, after
	found, next, err := s.activities.Find(ctx, q)
	return Page{s.views(actor, found), next}, err
}

func (s *Service) views(actor identity.Actor, found []Activity) []View {
	now := s.Now()
	all := make([]View, 0, len(found))
	for _, a := range found {
		all = append(all, view(actor, a, now))
	}
	return all
}

// Entry is an activity as everybody may know of it: nobody's name is in it.
type Entry struct {
	Title, Where     string
	Field            Field
	StartsAt, EndsAt time.Time
	Phase            Phase
	Capacity, Free   int
	Came             int
	Words            string // of the recap
}

// Open lists a community's activities for everybody: what comes, and what was lately.
func (s *Service) Open(ctx context.Context, in community.ID) (coming, past []Entry, err error) {
	ahead, err := s.listed(ctx, identity.Actor{}, in, identity.ReadPublic, docstore.Query{From: s.Now().UnixMilli() + 1}, "")
	if err != nil {
		return nil, nil, err
	}
	behind, err := s.listed(ctx, identity.Actor{}, in, identity.ReadPublic, docstore.Query{To: s.Now().UnixMilli() + 1, Desc: true}, "")
	return entries(ahead.Items), entries(behind.Items), err
}

func entries(views []View) []Entry {
	all := make([]Entry, 0, len(views))
	for _, v := range views {
		e := Entry{Title: v.Title, Where: v.Where, Field: v.Field, StartsAt: v.StartsAt, EndsAt: v.EndsAt, Phase: v.Phase, Capacity: v.Capacity, Free: v.Free, Came: v.Turned}
		if v.Recap != nil {
			e.Words = v.Recap.Text
		}
		all = append(all, e)
	}
	return all
}

// OfProject lists what belongs to a project, the latest first, as far as the actor may know of it.
func (s *Service) OfProject(ctx context.Context, actor identity.Actor, project string) ([]View, error) {
	found, _, err := s.activities.Find(ctx, docstore.Query{Index: byProject, Equal: []any{project}, Desc: true, Limit: ListPage})
	found = slices.DeleteFunc(found, func(a Activity) bool { return s.activities.Knows(actor, a) != nil })
	return s.views(actor, found), err
}

// HostView is a host as one person may see them.
type HostView struct {
	Host
	// Mine is set for the host, Desk for who confirms hosts; Mate is the reader's own place in the team, nil for others.
	Mine, Desk, MayAsk bool
	Mate               *Mate
	Activities         []View // the latest first
}

// HostView returns a host with what they hold, as the actor may see them.
func (s *Service) HostView(ctx context.Context, actor identity.Actor, id HostID) (HostView, error) {
	h, err := s.hosts.Read(ctx, actor, string(id))
	if err != nil {
		return HostView{}, err
	}
	v := s.hostView(actor, h)
	found, _, err := s.activities.Find(ctx, docstore.Query{Index: byHost, Equal: []any{string(id)}, Desc: true, Limit: ListPage})
	found = slices.DeleteFunc(found, func(a Activity) bool { return s.activities.Knows(actor, a) != nil })
	v.Activities = s.views(actor, found)
	return v, err
}

func (s *Service) hostView(actor identity.Actor, h Host) HostView {
	v := HostView{Host: h, Mine: h.Is(actor.ID), Desk: tends(actor, h.Place())}
	if i := h.mate(actor.ID); i >= 0 {
		m := h.Mates[i]
		v.Mate = &m
	}
	v.MayAsk = h.Status == Confirmed && !v.Mine && v.Mate == nil && identity.Can(actor, identity.JoinActivity, h.Place()) == nil
	v.Mates = slices.DeleteFunc(slices.Clone(v.Mates), func(m Mate) bool { return !m.Agreed() && !v.Mine })
	for i := range v.Mates {
		v.Mates[i].By.Account = ""
	}
	if !v.Desk {
		v.Person = deliberation.Author{Name: v.Person.Name, Building: v.Person.Building, Title: v.Person.Title}
	}
	v.Token = ""
	return v
}

// Hosts is a stretch of hosts.
type Hosts struct {
	Items []HostView
	Next  docstore.Cursor
}

// Hosts lists a community's hosts, all or those who do one thing, whoever published an activity last first. Nothing ranks them.
func (s *Service) Hosts(ctx context.Context, actor identity.Actor, in community.ID, field Field, after docstore.Cursor) (Hosts, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNoHost); err != nil {
		return Hosts{}, err
	}
	q := docstore.Query{Index: byList, Equal: []any{string(in)}, Desc: true, Limit: ListPage, After: after}
	if slices.Contains(Fields(), field) {
		q.Index, q.Equal = byField, []any{string(in) + "/" + string(field)}
	}
	found, next, err := s.hosts.Find(ctx, q)
	h := Hosts{Next: next}
	for _, x := range found {
		h.Items = append(h.Items, s.hostView(actor, x))
	}
	return h, err
}

// Mine is what somebody holds and goes to.
type Mine struct {
	Hosts []HostView // one a community
	Goes  []View     // what they signed up for, the latest wish first
	Holds []View     // what they hold, the latest first
}

// Mine returns what the actor holds and goes to.
func (s *Service) Mine(ctx context.Context, actor identity.Actor) (Mine, error) {
	var m Mine
	if err := identity.Can(actor, identity.KeepAccount, identity.Place{}); err != nil {
		return m, err
	}
	own := docstore.Query{Index: byPerson, Equal: []any{string(actor.ID)}, Desc: true, Limit: mineMost}
	hosts, _, err := s.hosts.Find(ctx, own)
	if err != nil {
		return m, err
	}
	for _, h := range hosts {
		m.Hosts = append(m.Hosts, s.hostView(actor, h))
		held, _, err := s.activities.Find(ctx, docstore.Query{Index: byHost, Equal: []any{string(h.ID)}, Desc: true, Limit: mineMost})
		if err != nil {
			return m, err
		}
		m.Holds = append(m.Holds, s.views(actor, held)...)
	}
	wishes, _, err := s.signups.Find(ctx, own)
	if err != nil {
		return m, err
	}
	ids := make([]string, 0, len(wishes))
	for _, x := range wishes {
		ids = append(ids, string(x.Activity))
	}
	found, err := s.activities.GetMany(ctx, ids)
	for _, id := range ids {
		if a, ok := found[id]; ok {
			if v := view(actor, a, s.Now()); v.Seat != nil {
				m.Goes = append(m.Goes, v)
			}
		}
	}
	return m, err
}

// HostHere returns what the actor is as a host of a community; nil for who never applied.
func (s *Service) HostHere(ctx context.Context, actor identity.Actor, in community.ID) (*HostView, error) {
	h, _, err := s.hosts.Get(ctx, string(HostOf(in, actor.ID)))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && !h.Is(actor.ID) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v := s.hostView(actor, h)
	return &v, nil
}

// Desk is what waits for staff in a community, the oldest first.
type Desk struct {
	Hosts      []HostView
	Activities []View
}

// Desk lists what waits for staff.
func (s *Service) Desk(ctx context.Context, actor identity.Actor, in community.ID) (Desk, error) {
	var d Desk
	if _, err := s.Community(ctx, actor, in, identity.TendActivities, ErrNotFound); err != nil {
		return d, err
	}
	q := docstore.Query{Index: byDesk, Equal: []any{string(in)}, Limit: deskMost}
	hosts, _, err := s.hosts.Find(ctx, q)
	if err != nil {
		return d, err
	}
	for _, h := range hosts {
		d.Hosts = append(d.Hosts, s.hostView(actor, h))
	}
	found, _, err := s.activities.Find(ctx, q)
	d.Activities = s.views(actor, found)
	return d, err
}

// DeskCount counts what waits for staff, up to a bound.
func (s *Service) DeskCount(ctx context.Context, actor identity.Actor, in community.ID) (int, error) {
	if _, err := s.Community(ctx, actor, in, identity.TendActivities, ErrNotFound); err != nil {
		return 0, err
	}
	q := docstore.Query{Index: byDesk, Equal: []any{string(in)}}
	n, err := s.hosts.Count(ctx, q, deskMost)
	if err != nil {
		return 0, err
	}
	m, err := s.activities.Count(ctx, q, deskMost)
	return n + m, err
}

// Attending are those who have a seat or wait for one: whom it concerns what becomes of it.
func (s *Service) Attending(ctx context.Context, id ID) ([]identity.AccountID, error) {
	return s.those(ctx, id, func(x Seat) bool { return x.Status != Left })
}

// Seated are those who have a seat.
func (s *Service) Seated(ctx context.Context, id ID) ([]identity.AccountID, error) {
	return s.those(ctx, id, func(x Seat) bool { return x.Status == Seated })
}

func (s *Service) those(ctx context.Context, id ID, which func(Seat) bool) ([]identity.AccountID, error) {
	a, _, err := s.activities.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil, nil
	}
	var all []identity.AccountID
	for _, x := range a.Seats {
		if x.Who != "" && which(x) {
			all = append(all, x.Who)
		}
	}
	return all, err
}
