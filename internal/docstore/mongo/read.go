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

// content is what a reader needs of a document.
var content = bson.D{{Key: "v", Value: 1}, {Key: "body", Value: 1}, {Key: "f", Value: 1}}

func byID(id any) bson.D {
	return bson.D{{Key: "_id", Value: id}, {Key: "gone", Value: missing}}
}

// Get implements docstore.Store.
func (s *Store) Get(ctx context.Context, key docstore.Key) (docstore.Doc, error) {
	if err := s.schema.CheckKey(key); err != nil {
		return docstore.Doc{}, err
	}
	if err := s.begin(ctx); err != nil {
		return docstore.Doc{}, err
	}
	defer s.use.RUnlock()
	raw, err := s.collection(key).FindOne(ctx, byID(key.ID), options.FindOne().SetProjection(content)).Raw()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return docstore.Doc{}, docstore.ErrNotFound
	}
	if err != nil {
		return docstore.Doc{}, translate(ctx, err)
	}
	return decodeDoc(key.Kind, raw)
}

func (s *Store) collection(key docstore.Key) *mongo.Collection {
	return s.db.Collection(string(key.Kind))
}

// GetMany implements docstore.Store.
func (s *Store) GetMany(ctx context.Context, keys []docstore.Key) ([]docstore.Doc, error) {
	if err := s.schema.CheckKeys(keys); err != nil {
		return nil, err
	}
	if err := s.begin(ctx); err != nil {
		return nil, err
	}
	defer s.use.RUnlock()
	kinds := map[docstore.Kind]bson.A{}
	for _, k := range keys {
		kinds[k.Kind] = append(kinds[k.Kind], k.ID)
	}
	var docs []docstore.Doc
	for kind, ids := range kinds {
		cursor, err := s.db.Collection(string(kind)).Find(ctx, byID(bson.D{{Key: "$in", Value: ids}}), options.Find().SetProjection(content))
		if err != nil {
			return nil, translate(ctx, err)
		}
		if docs, err = appendDocs(ctx, docs, kind, cursor); err != nil {
			return nil, err
		}
	}
	return docs, nil
}

// appendDocs reads a cursor to its end and closes it.
func appendDocs(ctx context.Context, docs []docstore.Doc, kind docstore.Kind, cursor *mongo.Cursor) ([]docstore.Doc, error) {
	defer cursor.Close(context.WithoutCancel(ctx))
	for cursor.Next(ctx) {
		doc, err := decodeDoc(kind, cursor.Current)
		if err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, translate(ctx, cursor.Err())
}

func decodeDoc(kind docstore.Kind, raw bson.Raw) (docstore.Doc, error) {
	id, ok := raw.Lookup("_id").StringValueOK()
	version, ok2 := raw.Lookup("v").AsInt64OK()
	sub, ok3 := raw.Lookup("body").DocumentOK()
	if !ok || !ok2 || !ok3 {
		return docstore.Doc{}, fmt.Errorf("mongo: a document of %s without _id, v or body: %s", kind, raw.Lookup("_id"))
	}
	body, err := decodeBody(sub)
	if err != nil {
		return docstore.Doc{}, fmt.Errorf("mongo: %s %q: %w", kind, id, err)
	}
	return docstore.Doc{Key: docstore.Key{Kind: kind, ID: id}, Version: version, Body: body}, nil
}

// Find implements docstore.Store.
func (s *Store) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	if err := docstore.CheckLimit(q.Limit); err != nil {
		return docstore.Page{}, err
	}
	plan, err := s.schema.Plan(q)
	if err != nil {
		return docstore.Page{}, err
	}
	if err := s.begin(ctx); err != nil {
		return docstore.Page{}, err
	}
	defer s.use.RUnlock()
	opts := options.Find().SetProjection(content).SetSort(order(plan)).SetLimit(int64(q.Limit) + 1).SetHint(hint(plan))
	cursor, err := s.db.Collection(string(q.Kind)).Find(ctx, filter(plan), opts)
	if err != nil {
		return docstore.Page{}, translate(ctx, err)
	}
	return readPage(ctx, cursor, plan)
}

// readPage reads up to the limit of p and learns from one more document whether there is a next page.
func readPage(ctx context.Context, cursor *mongo.Cursor, p docstore.Plan) (docstore.Page, error) {
	defer cursor.Close(context.WithoutCancel(ctx))
	var page docstore.Page
	var last docstore.Place
	for cursor.Next(ctx) {
		if len(page.Docs) == p.Limit {
			page.Next = p.Cursor(last)
			break
		}
		doc, err := decodeDoc(p.Kind, cursor.Current)
		if err != nil {
			return docstore.Page{}, err
		}
		page.Docs = append(page.Docs, doc)
		if len(page.Docs) == p.Limit {
			last = readPlace(cursor.Current, p, doc.ID)
		}
	}
	if err := cursor.Err(); err != nil {
		return docstore.Page{}, translate(ctx, err)
	}
	return page, nil
}

func readPlace(raw bson.Raw, p docstore.Plan, id string) docstore.Place {
	place := docstore.Place{ID: id, Values: make([]any, len(p.Order))}
	for i, f := range p.Order {
		v := raw.Lookup("f", f.Name)
		if f.Type == docstore.Int {
			place.Values[i], _ = v.AsInt64OK()
		} else {
			place.Values[i], _ = v.StringValueOK()
		}
	}
	return place
}

// Count implements docstore.Store.
func (s *Store) Count(ctx context.Context, q docstore.Query, most int) (int, error) {
	q.After = ""
	plan, err := s.schema.Plan(q)
	if err != nil {
		return 0, err
	}
	if err := s.begin(ctx); err != nil {
		return 0, err
	}
	defer s.use.RUnlock()
	if most <= 0 {
		return 0, nil
	}
	opts := options.Count().SetLimit(int64(most)).SetHint(hint(plan))
	n, err := s.db.Collection(string(q.Kind)).CountDocuments(ctx, filter(plan), opts)
	return int(n), translate(ctx, err)
}
