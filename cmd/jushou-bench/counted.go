package main

import (
	"context"
	"sync/atomic"

	"jushou/internal/docstore"
)

// counted is a store that counts how often it is asked. Each call is one round trip where the store is a server of
// its own, Head included, which the embedded store answers from memory.
type counted struct {
	docstore.Store
	trips atomic.Int64
}

func (c *counted) Get(ctx context.Context, key docstore.Key) (docstore.Doc, error) {
	c.trips.Add(1)
	return c.Store.Get(ctx, key)
}

func (c *counted) GetMany(ctx context.Context, keys []docstore.Key) ([]docstore.Doc, error) {
	c.trips.Add(1)
	return c.Store.GetMany(ctx, keys)
}

func (c *counted) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	c.trips.Add(1)
	return c.Store.Find(ctx, q)
}

func (c *counted) Count(ctx context.Context, q docstore.Query, most int) (int, error) {
	c.trips.Add(1)
	return c.Store.Count(ctx, q, most)
}

func (c *counted) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	c.trips.Add(1)
	return c.Store.Put(ctx, w, events...)
}

func (c *counted) Events(ctx context.Context, after int64, limit int) ([]docstore.Event, error) {
	c.trips.Add(1)
	return c.Store.Events(ctx, after, limit)
}

func (c *counted) Head(ctx context.Context, scope string) (int64, error) {
	c.trips.Add(1)
	return c.Store.Head(ctx, scope)
}
