package mongo

import (
	"context"
	"errors"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"

	"jushou/internal/docstore"
)

// claim makes the claims of a write before it: what a crash in between leaves is a claim that its own writer finds again.
func (s *Store) claim(ctx context.Context, claims []docstore.Claim) error {
	for _, c := range claims {
		body, err := encodeBody(c.Body)
		if err != nil {
			return err
		}
		_, err = s.collection(c.Key).InsertOne(ctx, bson.D{
			{Key: "_id", Value: c.ID}, {Key: "v", Value: int64(1)}, {Key: "body", Value: body}, {Key: "f", Value: bson.D{}}, {Key: "outbox", Value: bson.A{}},
		})
		if mongo.IsDuplicateKeyError(err) {
			err = s.owns(ctx, c)
		} else {
			err = translate(ctx, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// owns refuses a claim whose key holds something else.
func (s *Store) owns(ctx context.Context, c docstore.Claim) error {
	raw, err := s.collection(c.Key).FindOne(ctx, byID(c.ID), options.FindOne().SetProjection(content)).Raw()
	if errors.Is(err, mongo.ErrNoDocuments) {
		return docstore.ErrClaimed // somebody deleted it, which the port forbids
	}
	if err != nil {
		return translate(ctx, err)
	}
	doc, err := decodeDoc(c.Kind, raw)
	if err == nil && !c.Own(doc.Body) {
		err = docstore.ErrClaimed
	}
	return err
}
