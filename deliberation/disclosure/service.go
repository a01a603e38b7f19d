package disclosure

import (
	"context"
	"log/slog"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Communities lists those under a node, all of them for ""; *community.Directory implements it.
type Communities interface {
	Communities(ctx context.Context, under community.ID) ([]community.Node, error)
}

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	Communities Communities
	Calendar    *calendar.Calendar
	Screener    deliberation.Screener
	Log         *slog.Logger
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	items       room.Room[Item]
	questions   room.Room[Question]
	obligations docstore.Table[Obligation]
	schedules   docstore.Table[Schedule]
}

// New returns a Service.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{
		Deps:  d,
		items: room.Open(d.Ground, ItemKind, itemFields, ErrNotFound, knows), questions: room.Open(d.Ground, QuestionKind, questionFields, ErrNotFound, nil),
		obligations: docstore.Table[Obligation]{Store: d.Store, Kind: ObligationKind, Fields: obligationFields,
			Scope: func(o Obligation) string { return string(o.Community) }},
		schedules: docstore.Table[Schedule]{Store: d.Store, Kind: ScheduleKind,
			Scope: func(s Schedule) string { return string(s.Community) }},
	}
}

// Today is the day that clocks in the communities show.
func (s *Service) Today() calendar.Date { return s.Calendar.DateAt(s.Now()) }

// knows reports whether somebody who reads the community knows of an item: everybody of what was published.
func knows(actor identity.Actor, i Item) bool {
	_, shown := i.Current()
	return shown || Works(actor, i.Place())
}

// Works reports whether the actor enters or reviews items at a place, and so reads what is not published yet.
func Works(actor identity.Actor, p identity.Place) bool {
	return identity.Can(actor, identity.ReviewAffairs, p) == nil || identity.Can(actor, identity.EnterAffairs, p) == nil
}

// logBeyond writes down that the calendar ended before a promise did; the watch tries again.
func (s *Service) logBeyond(what string, err error) {
	s.Log.Error("a promise waits for the next year's calendar", slog.String("what", what), slog.Any("err", err))
}
