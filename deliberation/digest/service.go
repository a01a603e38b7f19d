package digest

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Directory is what this package asks of the tenant tree.
type Directory interface {
	Node(ctx context.Context, id community.ID) (community.Node, error)
}

// Topics is what this package asks of topics; *deliberation.Service implements it.
type Topics interface {
	AuthorOf(ctx context.Context, a identity.Actor, p identity.Place) (deliberation.Author, error)
	// TopicsFound returns those of the topics that are public, as the actor may see them, in the order of ids.
	TopicsFound(ctx context.Context, actor identity.Actor, ids []deliberation.TopicID) ([]deliberation.TopicView, error)
	TopicsIn(ctx context.Context, actor identity.Actor, in community.ID, w deliberation.Window, board deliberation.BoardKey, after docstore.Cursor) (deliberation.TopicPage, error)
	CountIn(ctx context.Context, in community.ID, w deliberation.Window, board deliberation.BoardKey, most int) (int, error)
}

// Deps are what a Service stands on. Log may be nil.
type Deps struct {
	Store     docstore.Store
	Clock     clock.Clock
	Directory Directory
	Topics    Topics
	Calendar  *calendar.Calendar
	Log       *slog.Logger
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	digests docstore.Table[Digest]
}

// New returns a Service over a store that was opened with Collections.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{Deps: d, digests: docstore.Table[Digest]{
		Store: d.Store, Kind: Kind, Fields: fieldsOf, Scope: func(d Digest) string { return string(d.Community) },
	}}
}

// now is the instant of a use case, in UTC and whole milliseconds as stores keep it.
func (s *Service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Millisecond) }

// collecting is the hand that reads topics with their authors, to count people once. What it reads is shown to nobody.
var collecting = identity.System("digest")

// Works reports whether the actor sorts digests at a place, and so reads what is not passed up yet.
func Works(actor identity.Actor, p identity.Place) bool {
	return identity.Can(actor, identity.WriteDigest, p) == nil
}

// load returns a digest that the actor may read. Whoever may not learns only that there is none.
func (s *Service) load(ctx context.Context, actor identity.Actor, id ID) (Digest, error) {
	d, _, err := s.digests.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Digest{}, ErrNotFound
	}
	if err != nil {
		return Digest{}, err
	}
	err = identity.Can(actor, identity.ReadCommunity, d.Place())
	if fault.KindOf(err) == fault.Unauthenticated {
		return Digest{}, err
	}
	if err != nil || !d.Public() && !Works(actor, d.Place()) {
		return Digest{}, ErrNotFound
	}
	return d, nil
}

// at returns a digest on which the actor may do the verb, and the hand that does it.
func (s *Service) at(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb) (Digest, hand, error) {
	d, err := s.load(ctx, actor, id)
	if err != nil {
		return Digest{}, hand{}, err
	}
	if err := identity.Can(actor, verb, d.Place()); err != nil {
		return Digest{}, hand{}, err
	}
	author, err := s.Topics.AuthorOf(ctx, actor, d.Place())
	return d, hand{actor, author}, err
}

// step lets somebody who may do the verb change a digest.
func (s *Service) step(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb, change func(*Digest, hand, time.Time) ([]docstore.Fact, error)) (View, error) {
	_, h, err := s.at(ctx, actor, id, verb)
	if err != nil {
		return View{}, err
	}
	return s.save(ctx, actor, id, h, change)
}

// save commits a change. Where the calendar ends before a promise, what is known is saved and the log tells.
func (s *Service) save(ctx context.Context, actor identity.Actor, id ID, h hand, change func(*Digest, hand, time.Time) ([]docstore.Fact, error)) (View, error) {
	now := s.now()
	d, err := s.digests.Update(ctx, string(id), func(d *Digest) ([]docstore.Fact, error) {
		facts, err := change(d, h, now)
		if errors.Is(err, calendar.ErrBeyond) {
			s.Log.Error("a promise waits for the next year's calendar", slog.String("digest", string(id)), slog.Any("err", err))
			err = nil
		}
		return facts, err
	})
	if err != nil {
		return View{}, err
	}
	return s.view(actor, d), nil
}

// line makes one line of a text.
func line(s string) string { return strings.Join(strings.Fields(deliberation.Clean(s)), " ") }

// when returns the refusal if it is called for.
func when(bad bool, refusal *fault.Error) error {
	if bad {
		return refusal
	}
	return nil
}

var errLong = fault.New(fault.Invalid, "digest.reason_too_long").On("words")

// reason cleans the reason of a step.
func reason(s string) (string, error) {
	s = deliberation.Clean(s)
	return s, deliberation.Within(s, MaxReason, errLong)
}
