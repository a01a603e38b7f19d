// Package docstoretest is the conformance suite of docstore.Store. An adapter is done when Exercise
// passes; where two adapters differ, this package decides what the port means.
package docstoretest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"jushou/internal/docstore"
)

// Schema is what the suite's stores must be opened with.
func Schema() docstore.Schema {
	return docstore.Schema{
		{
			Kind: "thing",
			Fields: []docstore.Field{
				{Name: "group", Type: docstore.Text}, {Name: "due", Type: docstore.Int},
				{Name: "rank", Type: docstore.Int}, {Name: "name", Type: docstore.Text},
			},
			Indexes: []docstore.Index{
				{Name: "group_due", Fields: []string{"group", "due"}},
				{Name: "group_rank_name", Fields: []string{"group", "rank", "name"}},
				{Name: "due", Fields: []string{"due"}},
				{Name: "name", Fields: []string{"name"}},
			},
			Grows: 100,
		},
		{Kind: "other"},
	}
}

// Open returns a fresh, empty store that is closed when the test ends.
type Open func(t *testing.T, schema docstore.Schema) docstore.Store

// Exercise runs the whole suite against stores made by open.
func Exercise(t *testing.T, open Open) {
	chapters := map[string]map[string]func(*testing.T, docstore.Store){
		"documents": documents, "bodies": bodies, "versions": versions, "events": events,
		"find": finds, "claims": claims, "refusals": refusals, "races": races, "life": lives, "model": models,
	}
	for chapter, tests := range chapters {
		t.Run(chapter, func(t *testing.T) {
			for name, test := range tests {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					test(t, open(t, Schema()))
				})
			}
		})
	}
}

var noon = time.Date(2026, 11, 21, 12, 0, 0, 123_000_000, time.UTC)

func key(id string) docstore.Key { return docstore.Key{Kind: "thing", ID: id} }

func body(v any) []byte {
	b, err := json.Marshal(map[string]any{"value": v})
	if err != nil {
		panic(err)
	}
	return b
}

func event(id string) docstore.Event {
	return docstore.Event{ID: id, Type: "thing.changed", Actor: "system:test", At: noon, Data: []byte(`{"n":1}`)}
}

func put(t *testing.T, s docstore.Store, w docstore.Write, events ...docstore.Event) int64 {
	t.Helper()
	v, err := s.Put(t.Context(), w, events...)
	if err != nil {
		t.Fatalf("Put %s: %v", w.ID, err)
	}
	return v
}

func write(id string, want docstore.Want, v any) docstore.Write {
	return docstore.Write{Key: key(id), Want: want, Body: body(v), Scope: "luodian"}
}

func mustGet(t *testing.T, s docstore.Store, id string) docstore.Doc {
	t.Helper()
	doc, err := s.Get(t.Context(), key(id))
	if err != nil {
		t.Fatalf("Get %s: %v", id, err)
	}
	return doc
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error = %v, want %v", err, want)
	}
}

// wantBody compares JSON by meaning, numbers by their text.
func wantBody(t *testing.T, got, want []byte) {
	t.Helper()
	if g, w := meaning(t, got), meaning(t, want); !reflect.DeepEqual(g, w) {
		t.Fatalf("body = %s, want %s", got, want)
	}
}

func meaning(t *testing.T, b []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("not JSON: %v: %q", err, b)
	}
	return v
}

// feed waits until the store's feed holds n events and returns them all. An adapter may show an
// event a moment after its Put.
func feed(t *testing.T, s docstore.Store, n int) []docstore.Event {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	page := 7
	if n > 300 {
		page = docstore.MaxLimit
	}
	for {
		all, err := readFeed(ctx, s, page)
		if err != nil {
			t.Fatalf("Events: %v", err)
		}
		if len(all) > n {
			t.Fatalf("the feed holds %d events, want %d: %v", len(all), n, all)
		}
		if len(all) == n {
			return all
		}
		if err := awaitWake(ctx, s); err != nil {
			t.Fatalf("the feed holds %d events, want %d: %v", len(all), n, err)
		}
	}
}

func readFeed(ctx context.Context, s docstore.Store, page int) ([]docstore.Event, error) {
	var all []docstore.Event
	for after := int64(0); ; {
		some, err := s.Events(ctx, after, page)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			return all, nil
		}
		for _, e := range some {
			if e.Seq <= after {
				return nil, fmt.Errorf("seq %d after %d", e.Seq, after)
			}
			after = e.Seq
		}
		all = append(all, some...)
	}
}

// awaitWake waits for the store's signal, and at most a moment: several tests may listen to a store.
func awaitWake(ctx context.Context, s docstore.Store) error {
	moment := time.NewTimer(20 * time.Millisecond)
	defer moment.Stop()
	select {
	case <-s.Wake():
	case <-moment.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
