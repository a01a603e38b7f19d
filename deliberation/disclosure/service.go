package disclosure

import (
	"context"
	"errors"
	"log/slog"
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
	// Communities lists those under a node, all of them for "".
	Communities(ctx context.Context, under community.ID) ([]community.Node, error)
}

// Authors describes who acts, as others will see it; *deliberation.Service implements it.
type Authors interface {
	AuthorOf(ctx context.Context, a identity.Actor, p identity.Place) (deliberation.Author, error)
}

// Deps are what a Service stands on.
type Deps struct {
	Store     docstore.Store
	Clock     clock.Clock
	Directory Directory
	Authors   Authors
	Calendar  *calendar.Calendar
	Screener  deliberation.Screener
	Log       *slog.Logger
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	items       docstore.Table[Item]
	questions   docstore.Table[Question]
	obligations docstore.Table[Obligation]
	schedules   docstore.Table[Schedule]
}

// New returns a Service.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{
		Deps: d,
		items: docstore.Table[Item]{Store: d.Store, Kind: ItemKind, Fields: itemFields,
			Scope: func(i Item) string { return string(i.Community) }},
		questions: docstore.Table[Question]{Store: d.Store, Kind: QuestionKind, Fields: questionFields,
			Scope: func(q Question) string { return string(q.Community) }},
		obligations: docstore.Table[Obligation]{Store: d.Store, Kind: ObligationKind, Fields: obligationFields,
			Scope: func(o Obligation) string { return string(o.Community) }},
		schedules: docstore.Table[Schedule]{Store: d.Store, Kind: ScheduleKind,
			Scope: func(s Schedule) string { return string(s.Community) }},
	}
}

// now is the instant of a use case, in UTC and whole milliseconds as stores keep it.
func (s *Service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Millisecond) }

// Today is the day that clocks in the communities show.
func (s *Service) Today() calendar.Date { return s.Calendar.DateAt(s.now()) }

// at returns the community if the actor may do the verb in it.
func (s *Service) at(ctx context.Context, actor identity.Actor, id community.ID, verb identity.Verb) (community.Node, error) {
	n, err := s.Directory.Node(ctx, id)
	if err != nil {
		return n, err
	}
	if n.Level != community.LevelCommunity {
		return n, ErrNotFound
	}
	return n, identity.Can(actor, verb, identity.At(n))
}

// item returns an item on which the actor may do the verb. Whoever may not read its community, or what nobody has
// published yet, learns nothing but that there is none.
func (s *Service) item(ctx context.Context, actor identity.Actor, id ItemID, verb identity.Verb) (Item, error) {
	i, _, err := s.items.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Item{}, ErrNotFound
	}
	if err != nil {
		return Item{}, err
	}
	err = identity.Can(actor, identity.ReadCommunity, i.Place())
	if fault.KindOf(err) == fault.Unauthenticated {
		return Item{}, err
	}
	_, shown := i.Current()
	if err != nil || !shown && !Works(actor, i.Place()) {
		return Item{}, ErrNotFound
	}
	return i, identity.Can(actor, verb, i.Place())
}

// Works reports whether the actor enters or reviews items at a place, and so reads what is not published yet.
func Works(actor identity.Actor, p identity.Place) bool {
	return identity.Can(actor, identity.ReviewAffairs, p) == nil || identity.Can(actor, identity.EnterAffairs, p) == nil
}

// logBeyond writes down that the calendar ended before a promise did; the watch tries again.
func (s *Service) logBeyond(what string, err error) {
	s.Log.Error("a promise waits for the next year's calendar", slog.String("what", what), slog.Any("err", err))
}

// absent puts a new document; one that is there already is left alone.
func absent[T any](ctx context.Context, t docstore.Table[T], id string, value T, facts ...docstore.Fact) error {
	_, err := t.Put(ctx, id, docstore.Absent, value, facts...)
	if errors.Is(err, docstore.ErrConflict) {
		return nil
	}
	return err
}
