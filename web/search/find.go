package search

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/search"
	"jushou/web/story"
)

// Ask is what somebody looks for in a community.
type Ask struct {
	Community community.ID
	Text      string
	Board     string // "" for all
	State     string // one of States, "" for all
	Period    string // one of Periods, "" for all
	After     string
	Limit     int // 0 for the index's own
}

// States are the groups by which results are narrowed, each with the states it holds.
func States() []string { return []string{"waiting", "answered", "working", "done"} }

func statuses(group string) []deliberation.Status {
	switch group {
	case "waiting":
		return []deliberation.Status{deliberation.Waiting}
	case "answered":
		return []deliberation.Status{deliberation.Responded, deliberation.Refused, deliberation.Merged}
	case "working":
		return []deliberation.Status{
			deliberation.Accepted, deliberation.Dispatched, deliberation.InHand, deliberation.Reported, deliberation.Disputed, deliberation.Deliberating,
		}
	case "done":
		return []deliberation.Status{deliberation.Resolved, deliberation.Closed}
	}
	return nil
}

// Periods are how far back a search may be narrowed to.
func Periods() []string { return []string{"month", "year"} }

func since(period string, now time.Time) time.Time {
	switch period {
	case "month":
		return now.AddDate(0, -1, 0)
	case "year":
		return now.AddDate(-1, 0, 0)
	}
	return time.Time{}
}

// errNarrow refuses a board, state or period that there is not.
var errNarrow = fault.New(fault.Invalid, "search.bad_filter")

// Found is a page of results.
type Found struct {
	Cards []Card
	Next  string
	// PublicOnly is set for a reader who is no member and finds notices only.
	PublicOnly bool
}

// Find looks for a text and returns what the actor may see of what was found, the best match first. A page may be shorter
// than asked for and yet have a Next.
func (s Services) Find(ctx context.Context, actor identity.Actor, ask Ask, now time.Time) (Found, error) {
	node, err := s.Directory.Node(ctx, ask.Community)
	if err != nil {
		return Found{}, err
	}
	if node.Level != community.LevelCommunity {
		return Found{}, deliberation.ErrNotFound.With("community", ask.Community)
	}
	q, err := query(ask, now)
	if err != nil {
		return Found{}, err
	}
	found := Found{}
	if refusal := identity.Can(actor, identity.ReadCommunity, identity.At(node).On(ask.Board)); refusal != nil {
		if err := identity.Can(actor, identity.ReadPublic, identity.At(node)); err != nil {
			return Found{}, refusal
		}
		q.Facets = append(q.Facets, []string{deliberation.FacetKind + string(deliberation.KindNotice)})
		found.PublicOnly = true
	}
	page, err := s.Index.Find(ctx, q)
	if err != nil {
		return Found{}, err
	}
	found.Next = page.Next
	found.Cards, err = s.cards(ctx, actor, page.Hits)
	return found, err
}

func query(ask Ask, now time.Time) (search.Query, error) {
	q := search.Query{Scope: string(ask.Community), Text: ask.Text, After: ask.After, Limit: ask.Limit, From: since(ask.Period, now)}
	if ask.Board != "" {
		if _, err := deliberation.BoardOf(deliberation.BoardKey(ask.Board)); err != nil {
			return q, err
		}
		q.Facets = append(q.Facets, []string{deliberation.FacetBoard + ask.Board})
	}
	if ask.State != "" {
		var group []string
		for _, st := range statuses(ask.State) {
			group = append(group, deliberation.FacetState+string(st))
		}
		q.Facets = append(q.Facets, group)
		if len(group) == 0 {
			return q, errNarrow.On("state")
		}
	}
	if ask.Period != "" && !slices.Contains(Periods(), ask.Period) {
		return q, errNarrow.On("period")
	}
	return q, nil
}

// cards loads what was found, in its order.
func (s Services) cards(ctx context.Context, actor identity.Actor, hits []search.Hit) ([]Card, error) {
	byKind := map[docstore.Kind][]string{}
	for _, h := range hits {
		byKind[h.Kind] = append(byKind[h.Kind], h.ID)
	}
	loaded := map[docstore.Kind]map[string]Card{}
	for kind, ids := range byKind {
		load := s.topicCards
		if i := slices.IndexFunc(s.Shelves, func(x Shelf) bool { return x.Source.Kind == kind }); i >= 0 {
			load = s.Shelves[i].cards
		}
		var err error
		if loaded[kind], err = load(ctx, actor, ids); err != nil {
			return nil, err
		}
	}
	var cards []Card
	for _, h := range hits {
		if c, ok := loaded[h.Kind][h.ID]; ok {
			c.Tier = h.Tier
			cards = append(cards, c)
		}
	}
	return cards, nil
}

// topicCards loads topics.
func (s Services) topicCards(ctx context.Context, actor identity.Actor, ids []string) (map[string]Card, error) {
	names := make([]deliberation.TopicID, len(ids))
	for i, id := range ids {
		names[i] = deliberation.TopicID(id)
	}
	found, err := s.Topics.TopicsFound(ctx, actor, names)
	if err != nil {
		return nil, err
	}
	cards := make(map[string]Card, len(found))
	for _, t := range found {
		c := story.Card(t)
		cards[string(t.ID)] = Card{ID: string(t.ID), Kind: string(t.Kind), Title: t.Title, Text: c.Text, Topic: c, View: &t}
	}
	return cards, nil
}
