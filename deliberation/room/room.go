package room

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Placed is a document that lies in a community.
type Placed interface {
	Place() identity.Place
}

// Room keeps the documents of one kind.
type Room[T Placed] struct {
	docstore.Table[T]
	ground  Ground
	missing *fault.Error
	shown   func(identity.Actor, T) bool
}

// Open returns the room of a kind. missing says that there is none, or none that the reader may know of; shown, which
// may be nil, says whether somebody who reads the community knows of a document.
func Open[T Placed](g Ground, kind docstore.Kind, fields func(T) docstore.Fields, missing *fault.Error, shown func(identity.Actor, T) bool) Room[T] {
	scope := func(value T) string { return string(value.Place().Community()) }
	return Room[T]{docstore.Table[T]{Store: g.Store, Kind: kind, Fields: fields, Scope: scope}, g, missing, shown}
}

// Read returns a document that the actor may read.
func (r Room[T]) Read(ctx context.Context, actor identity.Actor, id string) (T, error) {
	var none T
	value, _, err := r.Get(ctx, id)
	if errors.Is(err, docstore.ErrNotFound) || fault.CodeOf(err) == "store.bad_key" {
		err = r.missing
	} else if err == nil {
		err = r.Knows(actor, value)
	}
	if err != nil {
		return none, err
	}
	return value, nil
}

// Knows returns nil for those who may know of a document, for lists of them too.
func (r Room[T]) Knows(actor identity.Actor, value T) error {
	if err := Reads(actor, value.Place(), r.missing); err != nil {
		return err
	}
	return fault.When(r.shown != nil && !r.shown(actor, value), r.missing)
}

// May returns a document on which the actor may do the verb.
func (r Room[T]) May(ctx context.Context, actor identity.Actor, id string, verb identity.Verb) (T, error) {
	value, err := r.Read(ctx, actor, id)
	if err != nil {
		return value, err
	}
	return value, identity.Can(actor, verb, value.Place())
}

// For is May with the actor as others will see them there.
func (r Room[T]) For(ctx context.Context, actor identity.Actor, id string, verb identity.Verb) (T, deliberation.Author, error) {
	value, err := r.May(ctx, actor, id, verb)
	if err != nil {
		return value, deliberation.Author{}, err
	}
	by, err := r.ground.Topics.AuthorOf(ctx, actor, value.Place())
	return value, by, err
}

// Step changes a document in the name of somebody who may do the verb. change must be pure, as with Table.Update.
func (r Room[T]) Step(ctx context.Context, actor identity.Actor, id string, verb identity.Verb, change func(*T, deliberation.Author, time.Time) ([]docstore.Fact, error)) (T, error) {
	none, by, err := r.For(ctx, actor, id, verb)
	if err != nil {
		return none, err
	}
	now := r.ground.Now()
	return r.Update(ctx, id, func(value *T) ([]docstore.Fact, error) { return change(value, by, now) })
}

// Watch gives every document that an index holds up to an instant to step, which records what has fallen due and moves it on
// in the index. Where the calendar ends it keeps what is known, goes on, and returns the calendar's fault in the end. It
// returns how many documents it looked at.
func Watch[T any](ctx context.Context, t docstore.Table[T], index string, now time.Time, key func(T) string, step func(*T) ([]docstore.Fact, error)) (int, error) {
	n := 0
	var beyond error
	err := t.Each(ctx, docstore.Query{Index: index, To: now.UnixMilli() + 1}, func(value T) error {
		n++
		_, err := t.Update(ctx, key(value), func(value *T) ([]docstore.Fact, error) {
			facts, err := step(value)
			if errors.Is(err, calendar.ErrBeyond) {
				if beyond, err = err, nil; len(facts) == 0 {
					return nil, docstore.ErrUnchanged
				}
			}
			return facts, err
		})
		return err
	})
	return n, errors.Join(err, beyond)
}
