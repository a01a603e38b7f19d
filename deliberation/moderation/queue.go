package moderation

import (
	"context"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// QueuePage is how many cases a page of the queue holds.
const QueuePage = 30

// MaxCount is where counting stops; a page then says "999+".
const MaxCount = 999

// Item is a case with its thing, as one moderator may work on it.
type Item struct {
	Case  Case
	Thing Thing
	// Barred tells why this moderator may not decide it: it is their own, or against their own decision.
	Barred error
}

// Queue is one page of what waits.
type Queue struct {
	Items []Item
	Total int // counted up to MaxCount
	Next  docstore.Cursor
}

// Queue lists what waits in a community: raised cases first, then the rest, each the oldest first. Of a town it lists
// the appeals that its communities cannot decide themselves. A page costs the same however much waits.
func (s *Service) Queue(ctx context.Context, actor identity.Actor, at community.ID, after docstore.Cursor) (Queue, error) {
	q, err := s.query(ctx, actor, at)
	if err != nil {
		return Queue{}, err
	}
	var found Queue
	if found.Total, err = s.cases.Count(ctx, q, MaxCount); err != nil {
		return Queue{}, err
	}
	q.Limit, q.After = QueuePage, after
	cases, next, err := s.cases.Find(ctx, q)
	if err != nil {
		return Queue{}, err
	}
	found.Next = next
	found.Items, err = s.items(ctx, actor, cases)
	return found, err
}

// Count tells how many cases wait, up to MaxCount.
func (s *Service) Count(ctx context.Context, actor identity.Actor, at community.ID) (int, error) {
	q, err := s.query(ctx, actor, at)
	if err != nil {
		return 0, err
	}
	return s.cases.Count(ctx, q, MaxCount)
}

func (s *Service) query(ctx context.Context, actor identity.Actor, at community.ID) (docstore.Query, error) {
	node, err := s.directory.Node(ctx, at)
	if err != nil {
		return docstore.Query{}, fmt.Errorf("moderate in %q: %w", at, err)
	}
	if err := identity.Can(actor, identity.HoldTopic, identity.At(node)); err != nil {
		return docstore.Query{}, err
	}
	q := docstore.Query{Index: byQueue, Equal: []any{string(at)}}
	if node.Level != community.LevelCommunity {
		q.Index = byTown
	}
	return q, nil
}

// items reads the things of cases, with one call to each room. A thing that is no more is left out.
func (s *Service) items(ctx context.Context, actor identity.Actor, cases []Case) ([]Item, error) {
	ids := map[Kind][]string{}
	for _, c := range cases {
		ids[c.Kind] = append(ids[c.Kind], c.ID)
	}
	things := map[string]Thing{}
	for kind, wanted := range ids {
		room, ok := s.rooms[kind]
		if !ok {
			continue
		}
		found, err := room.Look(ctx, wanted)
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			things[t.key()] = t
		}
	}
	var items []Item
	for _, c := range cases {
		if t, ok := things[c.key()]; ok {
			items = append(items, Item{Case: c.unsigned(), Thing: t, Barred: c.barred(t, actor)})
		}
	}
	return items, nil
}

// unsigned is the case without who reported.
func (c Case) unsigned() Case {
	c.Reports = append([]Report(nil), c.Reports...)
	for i := range c.Reports {
		c.Reports[i].By = ""
	}
	return c
}
