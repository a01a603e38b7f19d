package hall

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Directory is what this package asks of the tenant tree.
type Directory interface {
	// Node returns a tenant, or a fault of kind NotFound.
	Node(ctx context.Context, id community.ID) (community.Node, error)
}

// Topics is what this package asks of the topics; *deliberation.Service implements it.
type Topics interface {
	Topic(ctx context.Context, actor identity.Actor, id deliberation.TopicID) (deliberation.TopicView, error)
	AuthorOf(ctx context.Context, a identity.Actor, p identity.Place) (deliberation.Author, error)
}

// Deps are what a Service stands on.
type Deps struct {
	Store     docstore.Store
	Clock     clock.Clock
	Directory Directory
	Topics    Topics
	Screener  deliberation.Screener
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	sessions  docstore.Table[Session]
	arguments docstore.Table[Argument]
	supports  docstore.Table[support]
	days      docstore.Table[Day]
	questions docstore.Table[Question]
	joins     docstore.Table[join]
}

// New returns a Service.
func New(d Deps) *Service {
	return &Service{
		Deps: d, sessions: sessionTable(d.Store), arguments: argumentTable(d.Store), supports: supportTable(d.Store),
		days: dayTable(d.Store), questions: questionTable(d.Store), joins: joinTable(d.Store),
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

// now is the instant of a use case, in UTC and whole milliseconds as stores keep it.
func (s *Service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Millisecond) }

// place returns the community where the actor may do the verb.
func (s *Service) place(ctx context.Context, actor identity.Actor, id community.ID, verb identity.Verb) (community.Node, error) {
	node, err := s.Directory.Node(ctx, id)
	if err != nil {
		return node, fmt.Errorf("find community %q: %w", id, err)
	}
	if node.Level != community.LevelCommunity {
		return node, errNotFound.With("community", id)
	}
	return node, identity.Can(actor, verb, identity.At(node))
}

// session returns a session the actor may do the verb on. Whoever may not read its community learns only that there is
// no such session.
func (s *Service) session(ctx context.Context, actor identity.Actor, id SessionID, verb identity.Verb) (Session, error) {
	x, _, err := s.sessions.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return x, errNotFound.With("session", id)
	}
	if err != nil {
		return x, err
	}
	if err := reads(actor, x.Place()); err != nil {
		return Session{}, err
	}
	return x, identity.Can(actor, verb, x.Place())
}

// reads returns nil for members; others are told to sign in, or that there is nothing.
func reads(actor identity.Actor, p identity.Place) error {
	err := identity.Can(actor, identity.ReadCommunity, p)
	if err == nil || !actor.Known() {
		return err
	}
	for _, m := range actor.Memberships {
		if m.Community == p.Community() && m.Status == identity.MemberPending {
			return err // verify first
		}
	}
	return errNotFound
}

// step changes a session as somebody who facilitates here.
func (s *Service) step(ctx context.Context, actor identity.Actor, id SessionID, change func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error)) (Session, error) {
	x, err := s.session(ctx, actor, id, identity.HoldHall)
	if err != nil {
		return Session{}, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, x.Place())
	if err != nil {
		return Session{}, err
	}
	now := s.now()
	return s.sessions.Update(ctx, string(id), func(x *Session) ([]docstore.Fact, error) { return change(x, by, now) })
}

// screen returns what the word list finds. Whoever facilitates is not screened.
func (s *Service) screen(actor identity.Actor, p identity.Place, text string) []string {
	if identity.Can(actor, identity.HoldHall, p) == nil {
		return nil
	}
	return s.Screener.Screen(text)
}

var errLong = fault.New(fault.Invalid, "hall.too_long")

// text cleans what somebody wrote into field and checks its bound in runes.
func text(field, typed string, most int) (string, error) {
	typed = deliberation.Clean(typed)
	return typed, deliberation.Within(typed, most, errLong.On(field))
}

// line is text on one line.
func line(field, typed string, most int) (string, error) {
	typed = strings.Join(strings.Fields(deliberation.Clean(typed)), " ")
	return typed, deliberation.Within(typed, most, errLong.On(field))
}
