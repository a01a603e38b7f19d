package docstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"jushou/internal/ids"
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
	var none T
	doc, err := t.get(ctx, id)
	if err != nil {
		return none, 0, err
	}
	value, err := t.decode(doc)
	return value, doc.Version, err
}

func (t Table[T]) get(ctx context.Context, id string) (Doc, error) {
	doc, err := t.Store.Get(ctx, Key{t.Kind, id})
	if err != nil {
		return Doc{}, fmt.Errorf("get %s %q: %w", t.Kind, id, err)
	}
	return doc, nil
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

// Reindex writes every document of the Kind again, unchanged and without events, so that declared
// fields which are newer than a document get their values. It may run while others work, and again
// after it was broken off; it returns how many documents it wrote.
func (t Table[T]) Reindex(ctx context.Context) (int, error) {
	written := 0
	q := Query{Kind: t.Kind, Index: ByID, Limit: 200}
	for {
		page, err := t.Store.Find(ctx, q)
		if err != nil {
			return written, fmt.Errorf("reindex %s: %w", t.Kind, err)
		}
		for _, doc := range page.Docs {
			value, err := t.decode(doc)
			if err != nil {
				return written, err
			}
			_, err = t.Put(ctx, doc.ID, Want(doc.Version), value)
			if errors.Is(err, ErrConflict) {
				continue // somebody has just written it, fields and all, or deleted it
			}
			if err != nil {
				return written, err
			}
			written++
		}
		if q.After = page.Next; page.Next == "" {
			return written, nil
		}
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
	return t.write(ctx, id, want, value, facts, nil)
}

func (t Table[T]) write(ctx context.Context, id string, want Want, value T, facts []Fact, claims []Claim) (int64, error) {
	body, err := t.encode(id, value)
	if err != nil {
		return 0, err
	}
	w := Write{Key: Key{t.Kind, id}, Want: want, Body: body, Scope: t.scope(value), Claims: claims, sound: isObject(body)}
	if t.Fields != nil {
		w.Fields = t.Fields(value)
	}
	return t.put(ctx, w, facts)
}

// Add puts a new document, or returns the one that is there already and writes nothing. Where ids are the tokens of
// forms, a form sent twice finds what it made, and the caller tells by the value whether it was the same form.
func (t Table[T]) Add(ctx context.Context, id string, value T, facts ...Fact) (T, error) {
	_, err := t.Put(ctx, id, Absent, value, facts...)
	if errors.Is(err, ErrConflict) {
		value, _, err = t.Get(ctx, id)
	}
	return value, err
}

// Delete removes the document at version want; value tells the scope of the facts.
func (t Table[T]) Delete(ctx context.Context, id string, want Want, value T, facts ...Fact) error {
	_, err := t.put(ctx, Write{Key: Key{t.Kind, id}, Want: want, Scope: t.scope(value), Delete: true}, facts)
	return err
}

// Claim returns the claim of a document of this Kind, for Update of another.
func (t Table[T]) Claim(id string, value T) (Claim, error) {
	body, err := t.encode(id, value)
	return Claim{Key: Key{t.Kind, id}, Body: body, sound: isObject(body)}, err
}

func (t Table[T]) encode(id string, value T) ([]byte, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encode %s %q: %w", t.Kind, id, err)
	}
	return body, nil
}

// isObject reports whether what json.Marshal made is an object: then there is nothing left to find wrong with it.
func isObject(b []byte) bool { return len(b) > 0 && b[0] == '{' }

// maxTries bounds Update. Each failed try means that somebody else's change went through.
const maxTries = 1000

// Update loads the value, lets change alter it, and commits it with the facts change returns; on
// Conflict it starts again. change must be pure: it may run several times. When change returns
// ErrUnchanged nothing is written and Update returns the value as it was loaded; any other error is
// returned as it is, with the zero value. The claims are made with the write, see Claim; where one of them
// is somebody else's, the error is ErrClaimed.
func (t Table[T]) Update(ctx context.Context, id string, change func(*T) ([]Fact, error), claims ...Claim) (T, error) {
	for try := 1; ; try++ {
		value, err := t.updateOnce(ctx, id, change, claims)
		if !errors.Is(err, errLost) || try == maxTries {
			return value, err
		}
		if err := pause(ctx, try); err != nil {
			return value, err
		}
	}
}

// errLost marks the one conflict worth another try: a change function may itself meet a conflict,
// and that one is the caller's.
var errLost = errors.New("docstore: another change was first")

func (t Table[T]) updateOnce(ctx context.Context, id string, change func(*T) ([]Fact, error), claims []Claim) (T, error) {
	var none T
	doc, err := t.get(ctx, id)
	if err != nil {
		return none, err
	}
	value, err := t.decode(doc)
	if err != nil {
		return none, err
	}
	facts, err := change(&value)
	if errors.Is(err, ErrUnchanged) {
		return t.decode(doc) // anew: change may have written into the maps and slices of value
	}
	if err != nil {
		return none, err
	}
	if _, err = t.write(ctx, id, Want(doc.Version), value, facts, claims); errors.Is(err, ErrConflict) {
		return none, fmt.Errorf("%w: %w", errLost, err)
	} else if err != nil {
		return none, err
	}
	return value, nil
}

// patience is how many tries follow each other at once. After that a growing random pause lets the
// crowd around a hot document thin out.
const patience = 1

func pause(ctx context.Context, try int) error {
	if try <= patience {
		return ctx.Err()
	}
	timer := time.NewTimer(rand.N(time.Duration(min(2*try, 40)) * time.Millisecond))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
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

// newEvents gives each fact an id: the document, the version it makes, its place in the list, and
// chance, which keeps the ids apart of a document that was deleted and made again. A write that is
// tried twice needs no equal ids: its version refuses it the second time.
func newEvents(w Write, facts []Fact) ([]Event, error) {
	events := make([]Event, len(facts))
	for i, f := range facts {
		chance := ids.New(f.At)[ids.Length/2:]
		events[i] = Event{
			ID: fmt.Sprintf("%s/%s@%d.%d.%s", w.Kind, w.ID, w.Want+1, i, chance), Type: f.Type, Actor: f.Actor, At: f.At,
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
