package covenant

import (
	"context"
	"slices"
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
	covenants room.Room[Covenant]
	comments  docstore.Table[Comment]
}

// New returns a Service.
func New(d Deps) *Service {
	return &Service{Deps: d, covenants: room.Open(d.Ground, CovenantKind, covenantFields, errNotFound, knows), comments: commentTable(d.Store)}
}

// knows reports whether somebody who reads the community knows of a covenant: who keeps it of a first draft too.
func knows(actor identity.Actor, c Covenant) bool {
	return slices.ContainsFunc(c.Editions, c.Shown) || keeps(actor, c)
}

// keeps reports whether the actor works on the covenant: drafts it, or confirms what colleagues record.
func keeps(actor identity.Actor, c Covenant) bool {
	return identity.Can(actor, identity.KeepCovenant, c.Place()) == nil || identity.Can(actor, identity.PassCovenant, c.Place()) == nil
}

// step changes a covenant as somebody who may do the verb.
func (s *Service) step(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb, change func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error)) (Covenant, error) {
	return s.covenants.Step(ctx, actor, string(id), verb, change)
}

// owed counts the comments on an edition that have no answer.
func (s *Service) owed(ctx context.Context, id ID, edition int) (int, error) {
	return s.comments.Count(ctx, docstore.Query{Index: byOwed, Equal: []any{editionKey(id, edition)}}, maxCounted)
}

// written takes what is typed here.
var written = deliberation.Written{TooLong: fault.New(fault.Invalid, "covenant.too_long")}
