package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	Screener deliberation.Screener
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	sessions  room.Room[Session]
	arguments docstore.Table[Argument]
	supports  docstore.Table[support]
	days      room.Room[Day]
	questions docstore.Table[Question]
	joins     docstore.Table[join]
}

// New returns a Service.
func New(d Deps) *Service {
	return &Service{
		Deps: d, sessions: room.Open(d.Ground, SessionKind, sessionFields, errNotFound, nil), arguments: argumentTable(d.Store),
		supports: supportTable(d.Store), days: room.Open(d.Ground, DayKind, dayFields, errNoDay, nil), questions: questionTable(d.Store), joins: joinTable(d.Store),
	}
}

// The platform's own hands, as events name them.
var (
	keeping    = identity.System("hall")
	counting   = identity.System("counting")
	forgetting = identity.System("forgetting")
)

// errNotFound means that there is no such session, or none that the actor may know of.
var errNotFound = fault.New(fault.NotFound, "hall.not_found")

// step changes a session as somebody who facilitates here.
func (s *Service) step(ctx context.Context, actor identity.Actor, id SessionID, change func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error)) (Session, error) {
	return s.sessions.Step(ctx, actor, string(id), identity.HoldHall, change)
}

// screen returns what the word list finds. Whoever facilitates is not screened.
func (s *Service) screen(actor identity.Actor, p identity.Place, text string) []string {
	if identity.Can(actor, identity.HoldHall, p) == nil {
		return nil
	}
	return s.Screener.Screen(text)
}

// written takes what is typed here.
var written = deliberation.Written{TooLong: fault.New(fault.Invalid, "hall.too_long")}
