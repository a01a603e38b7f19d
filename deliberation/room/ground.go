package room

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Directory is what rooms ask of the tenant tree.
type Directory interface {
	// Node returns a tenant, or a fault of kind NotFound.
	Node(ctx context.Context, id community.ID) (community.Node, error)
	// Communities lists those under a town or district.
	Communities(ctx context.Context, under community.ID) ([]community.Node, error)
}

// Topics is what rooms ask of the topics; *deliberation.Service implements it.
type Topics interface {
	AuthorOf(ctx context.Context, a identity.Actor, p identity.Place) (deliberation.Author, error)
	Topic(ctx context.Context, actor identity.Actor, id deliberation.TopicID) (deliberation.TopicView, error)
}

// Ground is what a room stands on.
type Ground struct {
	Store     docstore.Store
	Clock     clock.Clock
	Directory Directory
	Topics    Topics
}

// Now is the instant of a use case, in UTC and whole milliseconds as stores keep it.
func (g Ground) Now() time.Time { return g.Clock.Now().UTC().Truncate(time.Millisecond) }

// Community returns a community in which the actor may do the verb. A tenant of another level is missing.
func (g Ground) Community(ctx context.Context, actor identity.Actor, id community.ID, verb identity.Verb, missing error) (community.Node, error) {
	return g.tenant(ctx, actor, id, community.LevelCommunity, verb, missing)
}

// CommunityFor is Community with the actor as others will see them there.
func (g Ground) CommunityFor(ctx context.Context, actor identity.Actor, id community.ID, verb identity.Verb, missing error) (community.Node, deliberation.Author, error) {
	n, err := g.Community(ctx, actor, id, verb, missing)
	if err != nil {
		return n, deliberation.Author{}, err
	}
	by, err := g.Topics.AuthorOf(ctx, actor, identity.At(n))
	return n, by, err
}

// Town is Community for a town.
func (g Ground) Town(ctx context.Context, actor identity.Actor, id community.ID, verb identity.Verb, missing error) (community.Node, error) {
	return g.tenant(ctx, actor, id, community.LevelTown, verb, missing)
}

func (g Ground) tenant(ctx context.Context, actor identity.Actor, id community.ID, level community.Level, verb identity.Verb, missing error) (community.Node, error) {
	n, err := g.Directory.Node(ctx, id)
	if err != nil {
		return n, fmt.Errorf("find %s %q: %w", level, id, err)
	}
	if n.Level != level {
		return n, missing
	}
	return n, identity.Can(actor, verb, identity.At(n))
}

// Author describes somebody who may do the verb at a place, as others will see them.
func (g Ground) Author(ctx context.Context, actor identity.Actor, p identity.Place, verb identity.Verb) (deliberation.Author, error) {
	if err := identity.Can(actor, verb, p); err != nil {
		return deliberation.Author{}, err
	}
	return g.Topics.AuthorOf(ctx, actor, p)
}

// Topic returns a topic of the community that the actor may read; any other is refused.
func (g Ground) Topic(ctx context.Context, actor identity.Actor, in community.ID, id deliberation.TopicID, refusal *fault.Error) (deliberation.TopicView, error) {
	t, err := g.Topics.Topic(ctx, actor, id)
	if errors.Is(err, deliberation.ErrNotFound) || err == nil && t.Community != in {
		return deliberation.TopicView{}, refusal.With("topic", id)
	}
	return t, err
}

// AuthorsOf returns those who wrote any of the topics, each once, for telling them what becomes of it. It is for the feed and
// not for pages.
func (g Ground) AuthorsOf(ctx context.Context, topics []deliberation.TopicID) ([]identity.AccountID, error) {
	var all []identity.AccountID
	for _, id := range topics {
		t, err := g.Topics.Topic(ctx, watching, id)
		if err != nil {
			return nil, err
		}
		if who := t.Author.Account; who != "" && !slices.Contains(all, who) {
			all = append(all, who)
		}
	}
	return all, nil
}

// watching is the hand that reads topics with their authors.
var watching = identity.System("patrol")

// Reads returns nil for those who may read what lies at a place. To others it is missing, except that they are told to
// sign in, or that their membership waits.
func Reads(actor identity.Actor, p identity.Place, missing error) error {
	err := identity.Can(actor, identity.ReadCommunity, p)
	if err == nil || !actor.Known() {
		return err
	}
	for _, m := range actor.Memberships {
		if m.Community == p.Community() && m.Status == identity.MemberPending {
			return err
		}
	}
	return missing
}
