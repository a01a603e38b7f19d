package search_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/search"
)

const kind docstore.Kind = "topic"

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

// post is a document of the tests.
type post struct {
	Community, Title, Body, Board string
	At                            time.Time
	Hidden                        bool
}

// world is a store with posts, and indexes over it.
type world struct {
	*testing.T
	store docstore.Store
	table docstore.Table[post]
	clock *clock.Virtual
	n     int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	store, err := sqlite.Open(t.Context(), t.TempDir()+"/store.db", docstore.Schema{{Kind: kind}}, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return &world{T: t, store: store, clock: clock.Standing(noon), table: docstore.Table[post]{
		Store: store, Kind: kind, Scope: func(p post) string { return p.Community },
	}}
}

// put writes a post under an id, "" for a new one, and returns the id.
func (w *world) put(id string, p post) string {
	w.Helper()
	if id == "" {
		w.n++
		id = fmt.Sprintf("t%04d", w.n)
	}
	if p.At.IsZero() {
		p.At = noon.Add(time.Duration(w.n) * time.Minute)
	}
	if p.Community == "" {
		p.Community = "c1"
	}
	_, err := w.table.Put(w.Context(), id, docstore.Any, p, docstore.Fact{Type: "topic.changed", Actor: "test", At: p.At})
	if err != nil {
		w.Fatal(err)
	}
	return id
}

func (w *world) say(title, body string) string {
	w.Helper()
	return w.put("", post{Title: title, Body: body})
}

func (w *world) source() search.Source {
	return search.Source{Kind: kind, Types: []string{"topic."}, Load: func(ctx context.Context, ids []string) ([]search.Entry, error) {
		found, err := w.table.GetMany(ctx, ids)
		var entries []search.Entry
		for id, p := range found {
			if !p.Hidden {
				entries = append(entries, search.Entry{ID: id, Title: p.Title, Body: p.Body, At: p.At, Facets: []string{"board:" + p.Board}})
			}
		}
		return entries, err
	}}
}

// open opens an index in a folder, "" for memory, and closes it with the test.
func (w *world) open(dir string) *search.Index {
	w.Helper()
	x, err := search.Open(w.Context(), search.Options{Dir: dir, Feed: w.store, Sources: []search.Source{w.source()}, Clock: w.clock})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { x.Close() })
	return x
}

func (w *world) catchUp(x *search.Index) *search.Index {
	w.Helper()
	if err := x.CatchUp(w.Context()); err != nil {
		w.Fatal(err)
	}
	return x
}

// ids finds everything, page by page.
func (w *world) ids(x *search.Index, q search.Query) []string {
	w.Helper()
	if q.Scope == "" {
		q.Scope = "c1"
	}
	var all []string
	for pages := 0; pages < 1000; pages++ {
		page, err := x.Find(w.Context(), q)
		if err != nil {
			w.Fatalf("find %q: %v", q.Text, err)
		}
		for _, h := range page.Hits {
			if h.Kind != kind || slices.Contains(all, h.ID) {
				w.Fatalf("find %q: %+v comes twice or is of another kind", q.Text, h)
			}
			all = append(all, h.ID)
		}
		if q.After = page.Next; page.Next == "" {
			return all
		}
	}
	w.Fatal("the pages never end")
	return nil
}

func (w *world) text(x *search.Index, text string) []string {
	w.Helper()
	return w.ids(x, search.Query{Text: text})
}

// want compares lists of ids in their order.
func want(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		g, _ := json.Marshal(got)
		t.Errorf("%s: %s, want %v", what, g, want)
	}
}
