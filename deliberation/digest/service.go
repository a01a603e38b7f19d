package digest

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Periods is what this package asks of the topics of a period; *deliberation.Service implements it.
type Periods interface {
	// TopicsFound returns those of the topics that are public, as the actor may see them, in the order of ids.
	TopicsFound(ctx context.Context, actor identity.Actor, ids []deliberation.TopicID) ([]deliberation.TopicView, error)
	TopicsIn(ctx context.Context, actor identity.Actor, in community.ID, w deliberation.Window, board deliberation.BoardKey, after docstore.Cursor) (deliberation.TopicPage, error)
	CountIn(ctx context.Context, in community.ID, w deliberation.Window, board deliberation.BoardKey, most int) (int, error)
}

// Deps are what a Service stands on. Log may be nil.
type Deps struct {
	room.Ground
	Periods  Periods
	Calendar *calendar.Calendar
	Log      *slog.Logger
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	digests room.Room[Digest]
}

// New returns a Service over a store that was opened with Collections.
func New(d Deps) *Service {
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{Deps: d, digests: room.Open(d.Ground, Kind, fieldsOf, ErrNotFound, knows)}
}

// collecting is the hand that reads topics with their authors, to count people once. What it reads is shown to nobody.
var collecting = identity.System("digest")

// Works reports whether the actor sorts digests at a place, and so reads what is not passed up yet.
func Works(actor identity.Actor, p identity.Place) bool {
	return identity.Can(actor, identity.WriteDigest, p) == nil
}

// knows reports whether somebody who reads the community knows of a digest: everybody of what was passed up.
func knows(actor identity.Actor, d Digest) bool { return d.Public() || Works(actor, d.Place()) }

// at returns a digest on which the actor may do the verb, and the hand that does it.
func (s *Service) at(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb) (Digest, hand, error) {
	d, by, err := s.digests.For(ctx, actor, string(id), verb)
	return d, hand{actor, by}, err
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
	now := s.Now()
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

var errLong = fault.New(fault.Invalid, "digest.reason_too_long").On("words")

// reason cleans the reason of a step.
func reason(s string) (string, error) {
	s = deliberation.Clean(s)
	return s, deliberation.Within(s, MaxReason, errLong)
}
