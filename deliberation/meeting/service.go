package meeting

import (
	"context"
	"log/slog"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/catalogue"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Departments names a town's departments; *catalogue.Service implements it.
type Departments interface {
	Departments(ctx context.Context, town community.ID) ([]catalogue.Department, error)
}

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	Departments Departments
	Calendar    *calendar.Calendar
	Screener    deliberation.Screener
	Log         *slog.Logger
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	meetings room.Room[Meeting]
	tasks    room.Room[Task]
	opinions room.Room[Opinion]
}

// New returns a Service over a store that was opened with Collections.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{
		Deps: d, meetings: room.Open(d.Ground, MeetingKind, meetingFields, ErrNotFound, knows),
		tasks: room.Open(d.Ground, TaskKind, taskFields, errNoTask, nil), opinions: room.Open(d.Ground, OpinionKind, opinionFields, errNoOpinion, nil),
	}
}

// works reports whether the actor prepares meetings at a place, and so reads those that nobody has announced.
func works(actor identity.Actor, p identity.Place) bool {
	return identity.Can(actor, identity.CallMeeting, p) == nil || identity.Can(actor, identity.ConfirmMinutes, p) == nil
}

// knows reports whether somebody who reads the community knows of a meeting: everybody of what was announced, those who
// prepare it and those invited of everything.
func knows(actor identity.Actor, m Meeting) bool {
	return m.Shown() || actor.System || works(actor, m.Place()) || len(speaks(actor, m)) > 0
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

// handOf is the hand of somebody who acts at a place.
func handOf(actor identity.Actor, p identity.Place, who deliberation.Author) hand {
	return hand{actor: actor, who: who, secretary: holds(actor, identity.RoleSecretary, p)}
}

// step changes a meeting as somebody who may do the verb.
func (s *Service) step(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb, change func(*Meeting, hand, time.Time) ([]docstore.Fact, error)) (View, error) {
	m, err := s.meetings.Step(ctx, actor, string(id), verb, func(m *Meeting, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return change(m, handOf(actor, m.Place(), by), now)
	})
	if err != nil {
		return View{}, err
	}
	return s.show(ctx, actor, m)
}

// reason cleans the reason of a step and checks its bound.
func reason(text string) (string, error) {
	text = deliberation.Line(text)
	return text, within("reason", text, MaxReason)
}
