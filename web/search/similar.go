package search

import (
	"context"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/search"
)

// How similar topics are looked for.
const (
	similarMost  = 3
	similarSince = 180 * 24 * time.Hour
	// similarText is how much of what somebody types is compared: the first sentences say what it is about.
	similarText = 80
	// StrongShare is from how much in common on a topic is held up to somebody who is about to post.
	StrongShare = 70
	// strongLetters is how much text must be there to be held up at all: two short sentences are soon alike.
	strongLetters = 8
)

// Like is a topic that says much the same.
type Like struct {
	Card
	Share  int
	Strong bool
}

// Similar returns the few topics of late that say much the same as a text and that the actor may read.
func (s Services) Similar(ctx context.Context, actor identity.Actor, in community.ID, text string, now time.Time) ([]Like, error) {
	node, err := s.Directory.Node(ctx, in)
	if err != nil {
		return nil, err
	}
	if err := identity.Can(actor, identity.ReadCommunity, identity.At(node)); err != nil {
		return nil, err
	}
	text = beginning(text)
	found, err := s.Index.Similar(ctx, search.Query{
		Scope: string(in), Text: text, From: now.Add(-similarSince), Limit: similarMost,
		Facets: [][]string{{deliberation.FacetKind + string(deliberation.KindProblem), deliberation.FacetKind + string(deliberation.KindSuggestion)}},
	})
	if err != nil {
		return nil, err
	}
	hits, shares := make([]search.Hit, len(found)), map[string]int{}
	for i, f := range found {
		hits[i], shares[f.ID] = f.Hit, f.Share
	}
	cards, err := s.cards(ctx, actor, hits)
	if err != nil {
		return nil, err
	}
	likes := make([]Like, len(cards))
	for i, c := range cards {
		share := shares[c.ID]
		likes[i] = Like{Card: c, Share: share, Strong: share >= StrongShare && len([]rune(text)) >= strongLetters}
	}
	return likes, nil
}

// beginning cuts a text after its first sentences.
func beginning(text string) string {
	chars := []rune(strings.Join(strings.Fields(text), " "))
	return string(chars[:min(len(chars), similarText)])
}
