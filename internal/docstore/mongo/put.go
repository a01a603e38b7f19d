package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"golang.org/x/sync/errgroup"

	"jushou/internal/docstore"
)

// Put implements docstore.Store.
func (s *Store) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	if err := s.schema.CheckWrite(w); err != nil {
		return 0, err
	}
	if err := docstore.CheckEvents(events); err != nil {
		return 0, err
	}
	if err := s.begin(ctx); err != nil {
		return 0, err
	}
	defer s.use.RUnlock()
	p, err := s.prepare(w, events)
	if err != nil {
		return 0, err
	}
	if err := s.claim(ctx, w.Claims); err != nil {
		return 0, err
	}
	version, err := p.run(ctx)
	if err == nil && len(events) > 0 {
		s.mover.nudge()
	}
	return version, err
}

// put is one Put on its way.
type put struct {
	docstore.Write
	store      *Store
	collection *mongo.Collection
	body       bson.D
	fields     bson.D
	events     []docstore.Event
	data       []bson.D // of events
	ticket     int64
}

func (s *Store) prepare(w docstore.Write, events []docstore.Event) (*put, error) {
	p := &put{Write: w, store: s, collection: s.collection(w.Key), events: events, fields: bson.D{}, data: make([]bson.D, len(events))}
	var err error
	if !w.Delete {
		if p.body, err = encodeBody(w.Body); err != nil {
			return nil, err
		}
	}
	for name, v := range w.Fields {
		p.fields = append(p.fields, bson.E{Key: name, Value: v})
	}
	for i, e := range events {
		if e.Data == nil {
			continue
		}
		if p.data[i], err = encodeBody(e.Data); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// run tries the write at the version its caller saw, or, for Any, at whatever version there is
// until nobody comes in between.
func (p *put) run(ctx context.Context) (int64, error) {
	if p.Want != docstore.Any {
		return p.try(ctx, int64(p.Want))
	}
	for {
		was, err := p.version(ctx)
		if err != nil {
			return 0, err
		}
		version, err := p.try(ctx, was)
		if !errors.Is(err, errMoved) {
			return version, err
		}
	}
}

// errMoved is the conflict of a version, as opposed to that of an event id.
var errMoved = fmt.Errorf("mongo: another write was first: %w", docstore.ErrConflict)

func (p *put) version(ctx context.Context) (int64, error) {
	raw, err := p.collection.FindOne(ctx, byID(p.ID), options.FindOne().SetProjection(bson.D{{Key: "v", Value: 1}})).Raw()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return 0, nil
	}
	if err != nil {
		return 0, translate(ctx, err)
	}
	return raw.Lookup("v").AsInt64(), nil
}

// try makes the write if the document is at version was. The ticket is drawn anew each time: it must be
// later than whatever made that version.
func (p *put) try(ctx context.Context, was int64) (version int64, err error) {
	if err := p.admit(ctx); err != nil {
		return 0, err
	}
	switch {
	case was > 0 && p.Delete:
		err = p.remove(ctx, was)
	case was > 0:
		version, err = was+1, p.update(ctx, was)
	case p.Delete:
		err = p.removeNothing(ctx)
	default:
		version, err = 1, p.create(ctx)
	}
	if err != nil {
		return 0, err
	}
	return version, nil
}

// admit draws the ticket and refuses events that the feed has.
func (p *put) admit(ctx context.Context) error {
	if len(p.events) == 0 {
		return nil
	}
	group, within := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		p.ticket, err = p.store.tickets.next(within)
		return err
	})
	group.Go(func() error {
		known, err := p.store.known(within, p.events)
		if err == nil && len(known) > 0 {
			err = docstore.ErrConflict
		}
		return err
	})
	err := group.Wait()
	if errors.Is(err, docstore.ErrConflict) {
		return docstore.ErrConflict
	}
	return translate(ctx, err)
}

// known returns which of the events are in the feed.
func (s *Store) known(ctx context.Context, events []docstore.Event) (map[string]bool, error) {
	ids := make(bson.A, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	cursor, err := s.feed.Find(ctx, bson.D{{Key: "id", Value: bson.D{{Key: "$in", Value: ids}}}},
		options.Find().SetProjection(bson.D{{Key: "id", Value: 1}}))
	if err != nil {
		return nil, err
	}
	defer cursor.Close(context.WithoutCancel(ctx))
	known := map[string]bool{}
	for cursor.Next(ctx) {
		known[cursor.Current.Lookup("id").StringValue()] = true
	}
	return known, cursor.Err()
}

// create inserts the document, or brings a tombstone back to life whose events are still to be told.
func (p *put) create(ctx context.Context) error {
	doc := bson.D{{Key: "_id", Value: p.ID}, {Key: "v", Value: int64(1)}, {Key: "body", Value: p.body}, {Key: "f", Value: p.fields}}
	revive := bson.D{
		{Key: "$set", Value: bson.D{{Key: "v", Value: int64(1)}, {Key: "body", Value: p.body}, {Key: "f", Value: p.fields}}},
		{Key: "$unset", Value: bson.D{{Key: "gone", Value: ""}}},
	}
	return p.insert(ctx, doc, revive)
}

// removeNothing leaves a tombstone for the events of a delete that found nothing.
func (p *put) removeNothing(ctx context.Context) error {
	if len(p.events) > 0 {
		doc := bson.D{{Key: "_id", Value: p.ID}, {Key: "v", Value: int64(1)}, {Key: "gone", Value: true}}
		return p.insert(ctx, doc, nil)
	}
	version, err := p.version(ctx)
	if err == nil && version > 0 {
		err = errMoved
	}
	return err
}

// insert inserts doc with the events; where there is a tombstone, it applies change to that instead.
func (p *put) insert(ctx context.Context, doc, change bson.D) error {
	outbox := bson.A{}
	if len(p.events) > 0 {
		outbox = append(outbox, p.entry(1))
		doc = append(doc, bson.E{Key: "pend", Value: p.ticket})
	}
	doc = append(doc, bson.E{Key: "outbox", Value: outbox})
	for {
		_, err := p.collection.InsertOne(ctx, doc)
		if !mongo.IsDuplicateKeyError(err) {
			return translate(ctx, err)
		}
		tombstone := bson.D{{Key: "_id", Value: p.ID}, {Key: "gone", Value: true}}
		err = p.change(ctx, tombstone, change, 1)
		if !errors.Is(err, errMoved) {
			return err
		}
		// Neither absent nor a tombstone: a live document, unless the tombstone was cleared just now.
		if version, err := p.version(ctx); err != nil {
			return err
		} else if version > 0 {
			return errMoved
		}
	}
}

func (p *put) update(ctx context.Context, was int64) error {
	set := bson.D{{Key: "v", Value: was + 1}, {Key: "body", Value: p.body}, {Key: "f", Value: p.fields}}
	return p.change(ctx, p.at(was), bson.D{{Key: "$set", Value: set}}, was+1)
}

// remove deletes the document at once if it has nothing to tell, and makes it a tombstone otherwise.
func (p *put) remove(ctx context.Context, was int64) error {
	if len(p.events) == 0 {
		res, err := p.collection.DeleteOne(ctx, append(p.at(was), silent))
		if err != nil || res.DeletedCount == 1 {
			return translate(ctx, err)
		}
	}
	bury := bson.D{
		{Key: "$set", Value: bson.D{{Key: "v", Value: was + 1}, {Key: "gone", Value: true}}},
		{Key: "$unset", Value: bson.D{{Key: "body", Value: ""}, {Key: "f", Value: ""}}},
	}
	if len(p.events) == 0 {
		// The mover may have emptied the outbox a moment ago; the mark lets it find the tombstone.
		bury = append(bury, bson.E{Key: "$min", Value: bson.D{{Key: "pend", Value: int64(0)}}})
		defer p.store.mover.nudge()
	}
	return p.change(ctx, p.at(was), bury, was+1)
}

// silent selects documents that have no events to tell.
var silent = bson.E{Key: "outbox", Value: bson.D{{Key: "$size", Value: 0}}}

func (p *put) at(version int64) bson.D {
	return bson.D{{Key: "_id", Value: p.ID}, {Key: "v", Value: version}, {Key: "gone", Value: missing}}
}

// change applies change, and appends the events, to the document that is as expected.
func (p *put) change(ctx context.Context, expected, change bson.D, version int64) error {
	if len(p.events) > 0 {
		change = append(change,
			bson.E{Key: "$push", Value: bson.D{{Key: "outbox", Value: p.entry(version)}}},
			bson.E{Key: "$min", Value: bson.D{{Key: "pend", Value: p.ticket}}})
	}
	res, err := p.collection.UpdateOne(ctx, expected, change)
	if err != nil {
		return translate(ctx, err)
	}
	if res.MatchedCount == 0 {
		return errMoved
	}
	return nil
}

// entry is what one write puts into the outbox.
func (p *put) entry(version int64) bson.D {
	list := make(bson.A, len(p.events))
	for i, e := range p.events {
		event := bson.D{
			{Key: "id", Value: e.ID}, {Key: "scope", Value: p.Scope}, {Key: "type", Value: e.Type},
			{Key: "kind", Value: string(p.Kind)}, {Key: "doc", Value: p.ID}, {Key: "ver", Value: version},
			{Key: "actor", Value: e.Actor}, {Key: "at", Value: primitive.DateTime(e.At.UnixMilli())},
		}
		if p.data[i] != nil {
			event = append(event, bson.E{Key: "data", Value: p.data[i]})
		}
		list[i] = event
	}
	return bson.D{{Key: "t", Value: p.ticket}, {Key: "e", Value: list}}
}
