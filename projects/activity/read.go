package activity

import (
	"context"
	"errors"
	"slices"
	"time"

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
