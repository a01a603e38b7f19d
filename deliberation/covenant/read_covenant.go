package covenant

import (
	"context"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Pages of lists.
const (
	CovenantsPage = 20
	CommentsPage  = 30
	maxCounted    = 9999
)

// View is a covenant as one person may see it at an instant.
type View struct {
	Covenant
	// Phases are those of the editions, by place.
	Phases []Phase
	// Holds is the number of the edition in force, 0 if there is none.
	Holds int
	// Owed counts the comments on the last edition without an answer.
	Owed int
	// Speak, Keep and Pass say what a page should offer. The use cases ask again.
	Speak, Keep, Pass bool
}

// EditionView is one edition with what it changes against the one it was made from.
type EditionView struct {
	Covenant View
	Edition  Edition
	Phase    Phase
	// Against is the number of the edition compared with, 0 for none.
	Against int
	Changes []Change
}

// view leaves out what is not for the actor: editions that are still on their keeper's desk.
func view(actor identity.Actor, c Covenant, now time.Time) View {
	v := View{Covenant: c, Phases: make([]Phase, len(c.Editions))}
	for i := range c.Editions {
		v.Phases[i] = c.PhaseOf(i+1, now)
	}
	if e, ok := c.InForce(now); ok {
		v.Holds = e.N
	}
	v.Keep = identity.Can(actor, identity.KeepCovenant, c.Place()) == nil
	v.Pass = identity.Can(actor, identity.PassCovenant, c.Place()) == nil
	v.Speak = identity.Can(actor, identity.SpeakHall, c.Place()) == nil
	if v.Keep || v.Pass {
		return v
	}
	n := len(c.Editions)
	for n > 0 && !c.Shown(c.Editions[n-1]) {
		n-- // only the last one can be on the desk: a further one needs it done with
	}
	v.Editions, v.Phases = c.Editions[:n], v.Phases[:n]
	v.History = slices.DeleteFunc(slices.Clone(c.History), func(s Step) bool { return s.Edition > n })
	return v
}

// Covenant returns a covenant.
func (s *Service) Covenant(ctx context.Context, actor identity.Actor, id ID) (View, error) {
	c, err := s.covenants.Read(ctx, actor, string(id))
	if err != nil {
		return View{}, err
	}
	v := view(actor, c, s.Now())
	v.Owed, err = s.owed(ctx, id, len(v.Editions))
	return v, err
}

// Covenants lists a community's covenants, the latest first.
func (s *Service) Covenants(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]View, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, errNotFound); err != nil {
		return nil, "", err
	}
	return s.list(ctx, actor, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: CovenantsPage, After: after})
}

// OutOf lists the covenants that came out of a deliberation.
func (s *Service) OutOf(ctx context.Context, actor identity.Actor, session string) ([]View, error) {
	found, _, err := s.list(ctx, actor, docstore.Query{Index: bySession, Equal: []any{session}, Limit: CovenantsPage})
	return found, err
}

func (s *Service) list(ctx context.Context, actor identity.Actor, q docstore.Query) ([]View, docstore.Cursor, error) {
	found, next, err := s.covenants.Find(ctx, q)
	views, now := []View{}, s.Now()
	for _, c := range found {
		if s.covenants.Knows(actor, c) == nil {
			views = append(views, view(actor, c, now))
		}
	}
	return views, next, err
}

// Edition returns edition n with what it changes. One that is not shown to the actor is not there.
func (s *Service) Edition(ctx context.Context, actor identity.Actor, id ID, n int) (EditionView, error) {
	v, err := s.Covenant(ctx, actor, id)
	if err != nil {
		return EditionView{}, err
	}
	if n < 1 || n > len(v.Editions) {
		return EditionView{}, errNoEdition.With("edition", n)
	}
	e := v.Editions[n-1]
	shown := EditionView{Covenant: v, Edition: e, Phase: v.Phases[n-1], Against: e.Base}
	for _, x := range v.Editions {
		if e.Version > 1 && x.Version == e.Version-1 {
			shown.Against = x.N // a version is compared with the one before it
		}
	}
	var before []Clause
	if shown.Against > 0 {
		before = v.Covenant.Editions[shown.Against-1].Clauses
	}
	shown.Changes = Compare(before, e.Clauses)
	return shown, nil
}

// Comments returns a page of the comments on an edition, oldest first.
func (s *Service) Comments(ctx context.Context, actor identity.Actor, id ID, edition int, after docstore.Cursor) ([]Comment, docstore.Cursor, error) {
	c, err := s.covenants.Read(ctx, actor, string(id))
	if err != nil {
		return nil, "", err
	}
	found, next, err := s.comments.Find(ctx, docstore.Query{Index: byEdition, Equal: []any{editionKey(id, edition)}, Limit: CommentsPage, After: after})
	keep := identity.Can(actor, identity.KeepCovenant, c.Place()) == nil
	for i, x := range found {
		found[i] = x.seenBy(actor.ID, keep)
	}
	return found, next, err
}
