package docstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Table reads and writes one Kind as values of T. It adds to a Store only the JSON encoding and
// the load-change-commit loop.
type Table[T any] struct {
	Store Store
	Kind  Kind
	// Fields returns the declared fields of a value.
	Fields func(T) Fields
	// Scope returns the tenant whose feed the value's events join.
	Scope func(T) string
}

// Fact is an event as a domain package states it; Table adds identity and place.
type Fact struct {
	Type  string
	Actor string
	At    time.Time
	Data  any // encoded as JSON; nil for none
}

// Get returns the value and its version, or ErrNotFound.
func (t Table[T]) Get(ctx context.Context, id string) (T, int64, error) {
	var value T
	doc, err := t.Store.Get(ctx, Key{t.Kind, id})
	if err != nil {
		return value, 0, fmt.Errorf("get %s %q: %w", t.Kind, id, err)
	}
	if value, err = t.decode(doc); err != nil {
		return value, 0, err
	}
	return value, doc.Version, nil
}

// GetMany returns the values that exist among ids, by id.
func (t Table[T]) GetMany(ctx context.Context, ids []string) (map[string]T, error) {
	values := make(map[string]T, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), MaxLimit)
		keys := make([]Key, n)
		for i, id := range ids[:n] {
			keys[i] = Key{t.Kind, id}
		}
		ids = ids[n:]
		docs, err := t.Store.GetMany(ctx, keys)
		if err != nil {
			return nil, fmt.Errorf("get many %s: %w", t.Kind, err)
		}
		for _, doc := range docs {
			if values[doc.ID], err = t.decode(doc); err != nil {
				return nil, err
			}
		}
	}
	return values, nil
}

// Find returns one page of values. The query's Kind is filled in.
func (t Table[T]) Find(ctx context.Context, q Query) ([]T, Cursor, error) {
	q.Kind = t.Kind
	page, err := t.Store.Find(ctx, q)
	if err != nil {
		return nil, "", fmt.Errorf("find %s by %s: %w", t.Kind, q.Index, err)
	}
	values := make([]T, len(page.Docs))
	for i, doc := range page.Docs {
		if values[i], err = t.decode(doc); err != nil {
			return nil, "", err
		}
	}
	return values, page.Next, nil
}

// Each calls visit for every value of the query, page by page, until visit returns an error.
func (t Table[T]) Each(ctx context.Context, q Query, visit func(T) error) error {
	if q.Limit == 0 {
		q.Limit = 200
	}
	for {
		values, next, err := t.Find(ctx, q)
		if err != nil {
			return err
		}
		for _, v := range values {
			if err := visit(v); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		q.After = next
	}
}

// Count counts the values of the query, stopping at most. The query's Kind is filled in.
func (t Table[T]) Count(ctx context.Context, q Query, most int) (int, error) {
	q.Kind = t.Kind
	n, err := t.Store.Count(ctx, q, most)
	if err != nil {
		return 0, fmt.Errorf("count %s by %s: %w", t.Kind, q.Index, err)
	}
	return n, nil
}

// Put writes value under id where want holds, with its facts, and returns the new version.
func (t Table[T]) Put(ctx context.Context, id string, want Want, value T, facts ...Fact) (int64, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return 0, fmt.Errorf("encode %s %q: %w", t.Kind, id, err)
	}
	w := Write{Key: Key{t.Kind, id}, Want: want, Body: body, Scope: t.scope(value)}
	if t.Fields != nil {
		w.Fields = t.Fields(value)
	}
	return t.put(ctx, w, facts)
}

// Delete removes the document at version want; value tells the scope of the facts.
func (t Table[T]) Delete(ctx context.Context, id string, want Want, value T, facts ...Fact) error {
	_, err := t.put(ctx, Write{Key: Key{t.Kind, id}, Want: want, Scope: t.scope(value), Delete: true}, facts)
	return err
}

// maxTries bounds Update. Each failed try means that somebody else's change went through.
const maxTries = 50

// Update loads the value, lets change alter it, and commits it with the facts change returns; on
// Conflict it starts again. change must be pure: it may run several times. When change returns
// ErrUnchanged nothing is written and Update returns the value as it was loaded; any other error is
// returned as it is.
func (t Table[T]) Update(ctx context.Context, id string, change func(*T) ([]Fact, error)) (T, error) {
	for try := 1; ; try++ {
		value, version, err := t.Get(ctx, id)
		if err != nil {
			return value, err
		}
		before := value
		facts, err := change(&value)
		if errors.Is(err, ErrUnchanged) {
			return before, nil
		}
		if err != nil {
			return value, err
		}
		_, err = t.Put(ctx, id, Want(version), value, facts...)
		if err == nil {
			return value, nil
		}
		if !errors.Is(err, ErrConflict) || try == maxTries {
			return value, err
		}
	}
}

// ErrUnchanged is what a change function returns when there is nothing to write.
var ErrUnchanged = errors.New("docstore: unchanged")

func (t Table[T]) put(ctx context.Context, w Write, facts []Fact) (int64, error) {
	events, err := newEvents(w, facts)
	if err != nil {
		return 0, err
	}
	version, err := t.Store.Put(ctx, w, events...)
	if err != nil {
		return 0, fmt.Errorf("put %s %q: %w", t.Kind, w.ID, err)
	}
	return version, nil
}

// newEvents gives each fact an id: the document, the version it makes, the instant, its place in the
// list. The instant keeps the ids of a document that was deleted and made again apart.
func newEvents(w Write, facts []Fact) ([]Event, error) {
	events := make([]Event, len(facts))
	for i, f := range facts {
		mark := strconv.FormatInt(int64(w.Want)+1, 10) + "." + strconv.FormatInt(f.At.UnixMilli(), 36)
		events[i] = Event{
			ID: fmt.Sprintf("%s/%s@%s.%d", w.Kind, w.ID, mark, i), Type: f.Type, Actor: f.Actor, At: f.At,
		}
		if f.Data == nil {
			continue
		}
		data, err := json.Marshal(f.Data)
		if err != nil {
			return nil, fmt.Errorf("encode %s of %s %q: %w", f.Type, w.Kind, w.ID, err)
		}
		events[i].Data = data
	}
	return events, nil
}

func (t Table[T]) scope(value T) string {
	if t.Scope == nil {
		return ""
	}
	return t.Scope(value)
}

func (t Table[T]) decode(doc Doc) (T, error) {
	var value T
	if err := json.Unmarshal(doc.Body, &value); err != nil {
		return value, fmt.Errorf("decode %s %q: %w", t.Kind, doc.ID, err)
	}
	return value, nil
}
