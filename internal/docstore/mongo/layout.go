package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"jushou/internal/docstore"
)

// pendIndex finds the documents whose outbox holds events, also those of processes that died.
const pendIndex = "pend"

// layOut creates what the schema needs and the database lacks.
func (s *Store) layOut(ctx context.Context) error {
	if err := s.checkLayout(ctx); err != nil {
		return err
	}
	for _, c := range s.schema {
		models := []mongo.IndexModel{{
			Keys: bson.D{{Key: "pend", Value: 1}}, Options: options.Index().SetName("_" + pendIndex).SetSparse(true),
		}}
		for _, x := range c.Indexes {
			models = append(models, indexModel(x))
		}
		for _, m := range models {
			if err := createIndex(ctx, s.db.Collection(string(c.Kind)), m); err != nil {
				return fmt.Errorf("index %s of %s: %w", *m.Options.Name, c.Kind, err)
			}
		}
	}
	for _, m := range []mongo.IndexModel{
		{Keys: bson.D{{Key: "id", Value: 1}}, Options: options.Index().SetName("id").SetUnique(true)},
		{Keys: bson.D{{Key: "scope", Value: 1}, {Key: "_id", Value: 1}}, Options: options.Index().SetName("scope")},
	} {
		if err := createIndex(ctx, s.feed, m); err != nil {
			return fmt.Errorf("index %s of the feed: %w", *m.Options.Name, err)
		}
	}
	_, err := s.db.Collection(ticketName).InsertOne(ctx, bson.D{{Key: "_id", Value: ticketID}, {Key: "n", Value: int64(0)}})
	return unlessDuplicate(err)
}

func (s *Store) checkLayout(ctx context.Context) error {
	meta := s.db.Collection(metaName)
	_, err := meta.InsertOne(ctx, bson.D{{Key: "_id", Value: "layout"}, {Key: "version", Value: int64(layoutVersion)}})
	if !mongo.IsDuplicateKeyError(err) {
		return err
	}
	var layout struct {
		Version int64 `bson:"version"`
	}
	if err := meta.FindOne(ctx, bson.D{{Key: "_id", Value: "layout"}}).Decode(&layout); err != nil {
		return err
	}
	if layout.Version > layoutVersion {
		return fmt.Errorf("%w: layout %d, this program knows %d", ErrNewer, layout.Version, layoutVersion)
	}
	return nil
}

// indexModel is a declared index: its fields, then the document id, which orders equal keys. It is
// partial: a document that lacks a field is not in it.
func indexModel(x docstore.Index) mongo.IndexModel {
	var keys, present bson.D
	for _, f := range x.Fields {
		keys = append(keys, bson.E{Key: "f." + f, Value: 1})
		present = append(present, bson.E{Key: "f." + f, Value: exists})
	}
	keys = append(keys, bson.E{Key: "_id", Value: 1})
	return mongo.IndexModel{Keys: keys, Options: options.Index().SetName(x.Name).SetPartialFilterExpression(present)}
}

var (
	exists  = bson.D{{Key: "$exists", Value: true}}
	missing = bson.D{{Key: "$exists", Value: false}}
)

// Error codes of createIndexes.
const (
	notImplemented      = 238
	indexOptionConflict = 85
	indexKeyConflict    = 86
)

// createIndex creates an index unless it is there, and makes it anew when its declaration changed.
// Where a server has no partial indexes, a whole one serves: queries ask for the fields to exist.
func createIndex(ctx context.Context, c *mongo.Collection, m mongo.IndexModel) error {
	_, err := c.Indexes().CreateOne(ctx, m)
	if hasCode(err, notImplemented) {
		m.Options.PartialFilterExpression = nil
		_, err = c.Indexes().CreateOne(ctx, m)
	}
	if hasCode(err, indexOptionConflict) || hasCode(err, indexKeyConflict) {
		if _, err := c.Indexes().DropOne(ctx, *m.Options.Name); err != nil {
			return err
		}
		_, err = c.Indexes().CreateOne(ctx, m)
	}
	return err
}

func hasCode(err error, code int) bool {
	var server mongo.ServerError
	return errors.As(err, &server) && server.HasErrorCode(code)
}

func unlessDuplicate(err error) error {
	if mongo.IsDuplicateKeyError(err) {
		return nil
	}
	return err
}
