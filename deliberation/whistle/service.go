package whistle

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation/catalogue"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Kind is the kind of documents.
const Kind docstore.Kind = "whistle"

const (
	byCommunity = "community" // a community's whistles by time
	byTown      = "town"      // a town's by time
	byOpen      = "open"      // sparse: a town's that are not over
	byNext      = "next_step" // sparse: what the sweep has to look at, by time
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{{
		Kind: Kind,
		Fields: []docstore.Field{
			{Name: "community"}, {Name: "town"}, {Name: "open"}, {Name: "called", Type: docstore.Int}, {Name: "next_step", Type: docstore.Int},
		},
		Indexes: []docstore.Index{
			{Name: byCommunity, Fields: []string{"community", "called"}}, {Name: byTown, Fields: []string{"town", "called"}},
			{Name: byOpen, Fields: []string{"open", "called"}}, {Name: byNext, Fields: []string{"next_step"}},
		},
	}}
}

func fieldsOf(w Whistle) docstore.Fields {
	f := docstore.Fields{"community": string(w.Community), "town": string(w.Town()), "called": w.CalledAt.UnixMilli()}
	if w.Status == Open {
		f["open"] = string(w.Town())
	}
	if at, ok := w.NextStep(); ok {
		f["next_step"] = at.UnixMilli()
	}
	return f
}

// Departments names a town's departments; *catalogue.Service implements it.
type Departments interface {
	Departments(ctx context.Context, town community.ID) ([]catalogue.Department, error)
}

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	Departments Departments
	Calendar    *calendar.Calendar
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	whistles room.Room[Whistle]
}

// New returns a Service over a store that was opened with Collections.
func New(d Deps) *Service {
	return &Service{Deps: d, whistles: room.Open(d.Ground, Kind, fieldsOf, ErrNotFound, nil)}
}

// Terms within which a unit answers. They are ours: the laws of the field name the duty and no hours.
var (
	ordinary = deadline.Term{N: 1, Unit: deadline.WorkingDays}
	urgent   = deadline.Term{N: 120, Unit: deadline.WorkingMinutes}
)

// due returns by when a unit that is called at an instant has to answer; zero where the calendar does not reach so
// far, which the sweep makes good.
func (s *Service) due(pressing bool, at time.Time) (time.Time, error) {
	term := ordinary
	if pressing {
		term = urgent
	}
	due, err := term.After(s.Calendar, at)
	if errors.Is(err, calendar.ErrBeyond) {
		return time.Time{}, nil
	}
	return due.UTC(), err
}

// speaks returns the hand of somebody who answers for a unit: its own people, or for a unit without accounts those
// who may call, who then write down what it said.
func (s *Service) speaks(ctx context.Context, actor identity.Actor, w Whistle, n int) (hand, error) {
	if n < 0 || n >= len(w.Units) {
		return hand{}, errNoUnit
	}
	verb, place := identity.AnswerWhistle, w.Place().On(w.Units[n].Board)
	noted := w.Units[n].Board == ""
	if noted {
		verb, place = identity.CallWhistle, w.Place()
	}
	by, err := s.Author(ctx, actor, place, verb)
	return hand{actor, by, noted}, err
}

// View is a whistle with what the reader may do about it.
type View struct {
	Whistle
	// Call is set for those who conclude, evaluate and cancel; Supervise for the town.
	Call, Supervise bool
	// Speaks lists the units, by place, that the reader answers for.
	Speaks []int
}

// view adds what the actor may do. What other readers get names no account.
func (s *Service) view(actor identity.Actor, w Whistle) View {
	v := View{
		Whistle: w, Call: identity.Can(actor, identity.CallWhistle, w.Place()) == nil,
		Supervise: identity.Can(actor, identity.WatchWhistle, w.Place()) == nil,
	}
	for n, u := range w.Units {
		own := u.Board != "" && identity.Can(actor, identity.AnswerWhistle, w.Place().On(u.Board)) == nil
		if own || u.Board == "" && v.Call {
			v.Speaks = append(v.Speaks, n)
		}
	}
	v.Caller.Account = ""
	v.History = slices.Clone(w.History)
	for i := range v.History {
		v.History[i].Actor = ""
	}
	return v
}
