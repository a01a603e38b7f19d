package mongo

import (
	"context"
	"math"
	"slices"
	"sync"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"golang.org/x/sync/errgroup"

	"jushou/internal/docstore"
)

const (
	// lookLimit bounds the documents one look takes from a collection. What it leaves has larger tickets.
	lookLimit = 500
	// lookWidth is how many collections are looked at together.
	lookWidth = 8
)

// box is the outbox of one document as a look found it.
type box struct {
	Kind    docstore.Kind `bson:"-"`
	ID      string        `bson:"_id"`
	Gone    bool          `bson:"gone"`
	Pend    int64         `bson:"pend"`
	Entries []entry       `bson:"outbox"`
}

// entry is what one Put left.
type entry struct {
	Ticket int64    `bson:"t"`
	Events []stored `bson:"e"`
	// place is the largest ticket up to this entry of its document: a document's own order counts for
	// more than the tickets, which a writer draws before it knows that it will succeed.
	place int64
}

// due is the number of the box's entries whose place is within bound. They come first.
func (b box) due(bound int64) int {
	n := 0
	for n < len(b.Entries) && b.Entries[n].place <= bound {
		n++
	}
	return n
}

// complete looks until two looks agree on all entries up to a ticket, and returns the second look and
// that ticket.
func (m *mover) complete(ctx context.Context) ([]box, int64, error) {
	before, bound, err := m.look(ctx)
	if err != nil || len(before) == 0 {
		return nil, 0, err
	}
	for {
		after, covered, err := m.look(ctx)
		if err != nil {
			return nil, 0, err
		}
		bound = min(bound, covered)
		if slices.Equal(tickets(before, bound), tickets(after, bound)) {
			return after, bound, nil
		}
		before = after
	}
}

// look reads every outbox that holds something. Covered is the largest ticket it saw or, where a
// collection held more than it read, the largest up to which it read all.
func (m *mover) look(ctx context.Context) (boxes []box, covered int64, err error) {
	var mu sync.Mutex
	most, cut := int64(0), int64(math.MaxInt64)
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(lookWidth)
	for _, c := range m.store.schema {
		group.Go(func() error {
			found, err := m.lookInto(within, c.Kind)
			mu.Lock()
			defer mu.Unlock()
			boxes = append(boxes, found...)
			if len(found) == lookLimit {
				cut = min(cut, found[len(found)-1].Pend)
			}
			for _, b := range found {
				for _, e := range b.Entries {
					most = max(most, e.place)
				}
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, 0, err
	}
	return boxes, min(most, cut), nil
}

// lookInto reads the pending documents of a kind, those with the smallest tickets first.
func (m *mover) lookInto(ctx context.Context, kind docstore.Kind) ([]box, error) {
	cursor, err := m.store.db.Collection(string(kind)).Find(ctx,
		bson.D{{Key: "pend", Value: bson.D{{Key: "$gte", Value: int64(0)}}}},
		options.Find().SetSort(bson.D{{Key: "pend", Value: 1}}).SetLimit(lookLimit).
			SetProjection(bson.D{{Key: "gone", Value: 1}, {Key: "pend", Value: 1}, {Key: "outbox", Value: 1}}))
	if err != nil {
		return nil, err
	}
	var found []box
	if err := cursor.All(ctx, &found); err != nil {
		return nil, err
	}
	for i := range found {
		found[i].Kind = kind
		place := int64(0)
		for j := range found[i].Entries {
			e := &found[i].Entries[j]
			place = max(place, e.Ticket)
			e.place = place
		}
	}
	return found, nil
}

// tickets returns the tickets of the entries within bound, sorted.
func tickets(boxes []box, bound int64) []int64 {
	var list []int64
	for _, b := range boxes {
		for _, e := range b.Entries[:b.due(bound)] {
			list = append(list, e.Ticket)
		}
	}
	slices.Sort(list)
	return list
}

// inOrder returns the events within bound in the order of their places.
func inOrder(boxes []box, bound int64) []stored {
	var due []entry
	for _, b := range boxes {
		due = append(due, b.Entries[:b.due(bound)]...)
	}
	// Stable, because entries of one document may share a place, and then their own order counts.
	slices.SortStableFunc(due, func(a, b entry) int { return int(min(max(a.place-b.place, -1), 1)) })
	var events []stored
	for _, e := range due {
		events = append(events, e.Events...)
	}
	return events
}

// knownIDs returns which of the events are in the feed.
func (s *Store) knownIDs(ctx context.Context, events []stored) (map[string]bool, error) {
	list := make([]docstore.Event, len(events))
	for i, e := range events {
		list[i].ID = e.ID
	}
	return s.known(ctx, list)
}

// clear takes the moved entries out of their outboxes.
func (m *mover) clear(ctx context.Context, boxes []box, bound int64) error {
	kinds := map[docstore.Kind][]box{}
	for _, b := range boxes {
		if b.due(bound) > 0 || len(b.Entries) == 0 {
			kinds[b.Kind] = append(kinds[b.Kind], b)
		}
	}
	for kind, boxes := range kinds {
		if err := m.clearKind(ctx, m.store.db.Collection(string(kind)), boxes, bound); err != nil {
			return err
		}
	}
	return nil
}

// clearKind empties the outboxes that are still as they were seen. From one that has grown, only
// the moved entries are taken, one by one from its front.
func (m *mover) clearKind(ctx context.Context, c *mongo.Collection, boxes []box, bound int64) error {
	whole := make([]mongo.WriteModel, 0, len(boxes))
	for _, b := range boxes {
		if b.due(bound) == len(b.Entries) {
			whole = append(whole, b.settle())
		}
	}
	unordered := options.BulkWrite().SetOrdered(false)
	if len(whole) > 0 {
		res, err := c.BulkWrite(ctx, whole, unordered)
		if err != nil {
			return err
		}
		if res.MatchedCount+res.DeletedCount == int64(len(boxes)) {
			return nil
		}
	}
	var pops []mongo.WriteModel
	for _, b := range boxes {
		for _, e := range b.Entries[:b.due(bound)] {
			first := bson.D{{Key: "_id", Value: b.ID}, {Key: "outbox.0.t", Value: e.Ticket}}
			pops = append(pops, mongo.NewUpdateOneModel().SetFilter(first).
				SetUpdate(bson.D{{Key: "$pop", Value: bson.D{{Key: "outbox", Value: -1}}}}))
		}
	}
	if len(pops) == 0 {
		return nil
	}
	_, err := c.BulkWrite(ctx, pops)
	return err
}

// settle empties the outbox if nobody has added to it, and removes a tombstone for good. Only movers
// take from an outbox, so the same first ticket and the same length mean the same entries.
func (b box) settle() mongo.WriteModel {
	same := bson.D{{Key: "_id", Value: b.ID}, {Key: "outbox", Value: bson.D{{Key: "$size", Value: len(b.Entries)}}}}
	if len(b.Entries) > 0 {
		same = append(same, bson.E{Key: "outbox.0.t", Value: b.Entries[0].Ticket})
	}
	if b.Gone {
		return mongo.NewDeleteOneModel().SetFilter(append(same, bson.E{Key: "gone", Value: true}))
	}
	return mongo.NewUpdateOneModel().SetFilter(append(same, bson.E{Key: "gone", Value: missing})).SetUpdate(bson.D{
		{Key: "$set", Value: bson.D{{Key: "outbox", Value: bson.A{}}}}, {Key: "$unset", Value: bson.D{{Key: "pend", Value: ""}}},
	})
}
