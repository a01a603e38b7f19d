package mongo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/bson/primitive"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"jushou/internal/docstore"
)

// stored is an event as the outbox and the feed hold it.
type stored struct {
	Seq   int64              `bson:"_id"`
	ID    string             `bson:"id"`
	Scope string             `bson:"scope"`
	Type  string             `bson:"type"`
	Kind  string             `bson:"kind"`
	Doc   string             `bson:"doc"`
	Ver   int64              `bson:"ver"`
	Actor string             `bson:"actor"`
	At    primitive.DateTime `bson:"at"`
	Data  bson.Raw           `bson:"data,omitempty"`
}

func (e stored) event() (docstore.Event, error) {
	event := docstore.Event{
		Seq: e.Seq, ID: e.ID, Scope: e.Scope, Type: e.Type, Doc: docstore.Key{Kind: docstore.Kind(e.Kind), ID: e.Doc},
		Ver: e.Ver, Actor: e.Actor, At: time.UnixMilli(int64(e.At)),
	}
	if e.Data == nil {
		return event, nil
	}
	var err error
	if event.Data, err = decodeBody(e.Data); err != nil {
		return docstore.Event{}, fmt.Errorf("mongo: event %s: %w", e.ID, err)
	}
	return event, nil
}

// Events implements docstore.Store.
func (s *Store) Events(ctx context.Context, after int64, limit int) ([]docstore.Event, error) {
	if err := docstore.CheckLimit(limit); err != nil {
		return nil, err
	}
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	defer s.use.RUnlock()
	cursor, err := s.feed.Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$gt", Value: after}}}},
		options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetLimit(int64(limit)))
	if err != nil {
		return nil, translate(ctx, err)
	}
	defer cursor.Close(context.WithoutCancel(ctx))
	var events []docstore.Event
	for cursor.Next(ctx) {
		var e stored
		if err := cursor.Decode(&e); err != nil {
			return nil, fmt.Errorf("mongo: read the feed after %d: %w", after, err)
		}
		event, err := e.event()
		if err != nil {
			return nil, err
		}
		events = append(events, event)
	}
	if err := cursor.Err(); err != nil {
		return nil, translate(ctx, err)
	}
	return events, nil
}

// Head implements docstore.Store.
func (s *Store) Head(ctx context.Context, scope string) (int64, error) {
	if err := s.begin(ctx); err != nil {
		return 0, err
	}
	defer s.use.RUnlock()
	var filter bson.D
	if scope != "" {
		filter = bson.D{{Key: "scope", Value: scope}}
	}
	seq, err := s.head(ctx, filter)
	return seq, translate(ctx, err)
}

func (s *Store) head(ctx context.Context, filter bson.D) (int64, error) {
	if filter == nil {
		filter = bson.D{}
	}
	raw, err := s.feed.FindOne(ctx, filter, options.FindOne().
		SetSort(bson.D{{Key: "_id", Value: -1}}).SetProjection(bson.D{{Key: "_id", Value: 1}})).Raw()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return raw.Lookup("_id").AsInt64(), nil
}
