package meeting

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/catalogue"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Directory is what this package asks of the tenant tree.
type Directory interface {
	Node(ctx context.Context, id community.ID) (community.Node, error)
}

// Topics is what this package asks of topics; *deliberation.Service implements it.
type Topics interface {
	AuthorOf(ctx context.Context, a identity.Actor, p identity.Place) (deliberation.Author, error)
	Topic(ctx context.Context, actor identity.Actor, id deliberation.TopicID) (deliberation.TopicView, error)
}

// Departments names a town's departments; *catalogue.Service implements it.
type Departments interface {
	Departments(ctx context.Context, town community.ID) ([]catalogue.Department, error)
}

// Deps are what a Service stands on.
type Deps struct {
	Store       docstore.Store
	Clock       clock.Clock
	Directory   Directory
	Topics      Topics
	Departments Departments
	Calendar    *calendar.Calendar
	Screener    deliberation.Screener
	Log         *slog.Logger
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	meetings docstore.Table[Meeting]
	tasks    docstore.Table[Task]
	opinions docstore.Table[Opinion]
}

// New returns a Service over a store that was opened with Collections.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{
		Deps: d,
		meetings: docstore.Table[Meeting]{Store: d.Store, Kind: MeetingKind, Fields: meetingFields,
			Scope: func(m Meeting) string { return string(m.Community) }},
		tasks: docstore.Table[Task]{Store: d.Store, Kind: TaskKind, Fields: taskFields,
			Scope: func(t Task) string { return string(t.Community) }},
		opinions: docstore.Table[Opinion]{Store: d.Store, Kind: OpinionKind, Fields: opinionFields,
			Scope: func(o Opinion) string { return string(o.Community) }},
	}
}

// now is the instant of a use case, in UTC and whole milliseconds as stores keep it.
func (s *Service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Millisecond) }

// at returns the community if the actor may do the verb in it.
func (s *Service) at(ctx context.Context, actor identity.Actor, id community.ID, verb identity.Verb) (community.Node, error) {
	n, err := s.Directory.Node(ctx, id)
	if err != nil {
		return n, fmt.Errorf("find community %q: %w", id, err)
	}
	if n.Level != community.LevelCommunity {
		return n, ErrNotFound
	}
	return n, identity.Can(actor, verb, identity.At(n))
}

// works reports whether the actor prepares meetings at a place, and so reads those that nobody has announced.
func works(actor identity.Actor, p identity.Place) bool {
	return identity.Can(actor, identity.CallMeeting, p) == nil || identity.Can(actor, identity.ConfirmMinutes, p) == nil
}

// load returns a meeting that the actor may read: members of the community what was announced, those who prepare it and
// those invited everything. Whoever may not learns only that there is none.
func (s *Service) load(ctx context.Context, actor identity.Actor, id ID) (Meeting, error) {
	m, _, err := s.meetings.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Meeting{}, ErrNotFound
	}
	if err != nil {
		return Meeting{}, err
	}
	if err := identity.Can(actor, identity.ReadCommunity, m.Place()); err != nil {
		if !actor.Known() {
			return Meeting{}, err
		}
		return Meeting{}, ErrNotFound
	}
	if !m.Shown() && !actor.System && !works(actor, m.Place()) && len(speaks(actor, m)) == 0 {
		return Meeting{}, ErrNotFound
	}
	return m, nil
}

// speaksFor reports whether the actor is, or answers for, a party at a place; the committee answers for those without
// accounts, and then writes down what they said.
func speaksFor(actor identity.Actor, p identity.Place, who Party) (ok, noted bool) {
	switch {
	case who.Account != "":
		return actor.ID == who.Account && identity.Can(actor, identity.AttendMeeting, p) == nil, false
	case who.Board != "":
		return identity.Can(actor, identity.AnswerMeeting, p.On(who.Board)) == nil && holds(actor, roleOf(who.Board), p.On(who.Board)), false
	case who.Role != "":
		return identity.Can(actor, identity.AnswerMeeting, p) == nil && holds(actor, who.Role, p), false
	}
	return identity.Can(actor, identity.CallMeeting, p) == nil, true
}

func holds(actor identity.Actor, role identity.Role, p identity.Place) bool {
	_, ok := actor.Holds(role, p)
	return ok
}

// roleOf is the role of those who answer on a board or desk.
func roleOf(board string) identity.Role {
	if _, ok := identity.Department(board); ok {
		return identity.RoleDepartment
	}
	return identity.RolePartner
}

// speaks lists the guests, by place, for which the actor answers as one of theirs.
func speaks(actor identity.Actor, m Meeting) []int {
	var own []int
	for n, g := range m.Guests {
		if ok, noted := speaksFor(actor, m.Place(), g.Party); ok && !noted {
			own = append(own, n)
		}
	}
	return own
}

// hand returns the hand of somebody who may do the verb at a place.
func (s *Service) hand(ctx context.Context, actor identity.Actor, p identity.Place, verb identity.Verb) (hand, error) {
	if err := identity.Can(actor, verb, p); err != nil {
		return hand{}, err
	}
	return s.handOf(ctx, actor, p)
}

func (s *Service) handOf(ctx context.Context, actor identity.Actor, p identity.Place) (hand, error) {
	who, err := s.Topics.AuthorOf(ctx, actor, p)
	_, secretary := actor.Holds(identity.RoleSecretary, p)
	return hand{actor: actor, who: who, secretary: secretary}, err
}

// step changes a meeting as somebody who may do the verb.
func (s *Service) step(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb, change func(*Meeting, hand, time.Time) ([]docstore.Fact, error)) (View, error) {
	m, err := s.load(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	h, err := s.hand(ctx, actor, m.Place(), verb)
	if err != nil {
		return View{}, err
	}
	now := s.now()
	m, err = s.meetings.Update(ctx, string(id), func(m *Meeting) ([]docstore.Fact, error) { return change(m, h, now) })
	if err != nil {
		return View{}, err
	}
	return s.show(ctx, actor, m)
}

// reason cleans the reason of a step and checks its bound.
func reason(text string) (string, error) {
	text = line(text)
	return text, within("reason", text, MaxReason)
}

// absent puts a new document; one that is there already is left alone.
func absent[T any](ctx context.Context, t docstore.Table[T], id string, value T, facts ...docstore.Fact) error {
	_, err := t.Put(ctx, id, docstore.Absent, value, facts...)
	if errors.Is(err, docstore.ErrConflict) {
		return nil
	}
	return err
}
