package covenant

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
	covenants docstore.Table[Covenant]
	comments  docstore.Table[Comment]
}

// New returns a Service.
func New(d Deps) *Service {
	return &Service{Deps: d, covenants: covenantTable(d.Store), comments: commentTable(d.Store)}
}

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

// covenant returns a covenant the actor may do the verb on. Whoever may not read its community, or meets a first draft
// that is not theirs to keep, learns only that there is no such covenant.
func (s *Service) covenant(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb) (Covenant, error) {
	c, _, err := s.covenants.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return c, errNotFound.With("covenant", id)
	}
	if err != nil {
		return c, err
	}
	if err := reads(actor, c); err != nil {
		return Covenant{}, err
	}
	return c, identity.Can(actor, verb, c.Place())
}

func reads(actor identity.Actor, c Covenant) error {
	err := identity.Can(actor, identity.ReadCommunity, c.Place())
	if err == nil {
		shown := false
		for _, e := range c.Editions {
			shown = shown || c.Shown(e)
		}
		return check(!shown && !keeps(actor, c), errNotFound.With("covenant", c.ID))
	}
	if !actor.Known() {
		return err
	}
	for _, m := range actor.Memberships {
		if m.Community == c.Community && m.Status == identity.MemberPending {
			return err // verify first
		}
	}
	return errNotFound.With("covenant", c.ID)
}

// keeps reports whether the actor works on the covenant: drafts it, or confirms what colleagues record.
func keeps(actor identity.Actor, c Covenant) bool {
	return identity.Can(actor, identity.KeepCovenant, c.Place()) == nil || identity.Can(actor, identity.PassCovenant, c.Place()) == nil
}

// step changes a covenant as somebody who may do the verb.
func (s *Service) step(ctx context.Context, actor identity.Actor, id ID, verb identity.Verb, change func(c *Covenant, by deliberation.Author, now time.Time) ([]docstore.Fact, error)) (Covenant, error) {
	c, err := s.covenant(ctx, actor, id, verb)
	if err != nil {
		return Covenant{}, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, c.Place())
	if err != nil {
		return Covenant{}, err
	}
	now := s.now()
	return s.covenants.Update(ctx, string(id), func(c *Covenant) ([]docstore.Fact, error) { return change(c, by, now) })
}

// owed counts the comments on an edition that have no answer.
func (s *Service) owed(ctx context.Context, id ID, edition int) (int, error) {
	return s.comments.Count(ctx, docstore.Query{Index: byOwed, Equal: []any{editionKey(id, edition)}}, maxCounted)
}

var errLong = fault.New(fault.Invalid, "covenant.too_long")

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
