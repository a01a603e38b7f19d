package docstore_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

type post struct {
	Town  string
	Title string
	Due   int64
	Tags  map[string]int
}

var schema = docstore.Schema{{
	Kind:    "post",
	Fields:  []docstore.Field{{Name: "town", Type: docstore.Text}, {Name: "due", Type: docstore.Int}},
	Indexes: []docstore.Index{{Name: "due", Fields: []string{"town", "due"}}},
}}

func newTable(t *testing.T) docstore.Table[post] {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "jushou.db"), schema, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return docstore.Table[post]{
		Store: s, Kind: "post",
		Fields: func(p post) docstore.Fields { return docstore.Fields{"town": p.Town, "due": p.Due} },
		Scope:  func(p post) string { return p.Town },
	}
}

func mustPut(t *testing.T, table docstore.Table[post], id string, p post, facts ...docstore.Fact) {
	t.Helper()
	if _, err := table.Put(t.Context(), id, docstore.Absent, p, facts...); err != nil {
		t.Fatal(err)
	}
}

func TestTableKeepsValuesAndTellsFacts(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	mustPut(t, table, "a", post{Town: "罗店", Title: "路灯"}, docstore.Fact{Type: "post.made", Actor: "王", At: noon, Data: map[string]int{"n": 1}})
	v, version, err := table.Get(t.Context(), "a")
	if err != nil || version != 1 || v.Title != "路灯" {
		t.Fatalf("Get = %+v, %d, %v", v, version, err)
	}
	if err := table.Delete(t.Context(), "a", 1, v, docstore.Fact{Type: "post.gone", At: noon}, docstore.Fact{Type: "post.told", At: noon}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := table.Get(t.Context(), "a"); !errors.Is(err, docstore.ErrNotFound) || !strings.Contains(err.Error(), `post "a"`) {
		t.Errorf("Get after Delete = %v", err)
	}
	// The same key at the same instant again: its events must not collide with the first life's.
	mustPut(t, table, "a", post{Town: "罗店"}, docstore.Fact{Type: "post.made", At: noon})
	events, err := table.Store.Events(t.Context(), 0, 10)
	if err != nil || len(events) != 4 {
		t.Fatalf("Events = %+v, %v", events, err)
	}
	if e := events[0]; e.Scope != "罗店" || e.Type != "post.made" || e.Actor != "王" || string(e.Data) != `{"n":1}` || !strings.HasPrefix(e.ID, "post/a@1.0.") {
		t.Errorf("event = %+v", e)
	}
	if e := events[2]; e.Type != "post.told" || e.Ver != 2 || e.Data != nil || !strings.HasPrefix(e.ID, "post/a@2.1.") {
		t.Errorf("event = %+v", e)
	}
}

func TestPutUnderAnyTellsEachTime(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	for range 3 {
		if _, err := table.Put(t.Context(), "a", docstore.Any, post{}, docstore.Fact{Type: "post.set", At: noon}); err != nil {
			t.Fatal(err)
		}
	}
	if events, err := table.Store.Events(t.Context(), 0, 10); err != nil || len(events) != 3 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestUpdateWritesWhatChangeMade(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	mustPut(t, table, "a", post{Town: "罗店", Due: 1})
	got, err := table.Update(t.Context(), "a", func(p *post) ([]docstore.Fact, error) {
		p.Due = 2
		return []docstore.Fact{{Type: "post.moved", At: noon}}, nil
	})
	if err != nil || got.Due != 2 {
		t.Fatalf("Update = %+v, %v", got, err)
	}
	found, _, err := table.Find(t.Context(), docstore.Query{Index: "due", Equal: []any{"罗店", int64(2)}, Limit: 10})
	if err != nil || len(found) != 1 {
		t.Errorf("Find = %+v, %v", found, err)
	}
	if events, err := table.Store.Events(t.Context(), 0, 10); err != nil || len(events) != 1 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestUpdateUnchangedReturnsWhatWasLoaded(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	mustPut(t, table, "a", post{Title: "before", Tags: map[string]int{"x": 1}})
	got, err := table.Update(t.Context(), "a", func(p *post) ([]docstore.Fact, error) {
		p.Title = "after"
		p.Tags["x"] = 2 // written in place: a shallow copy would show it
		return nil, docstore.ErrUnchanged
	})
	if err != nil || got.Title != "before" || got.Tags["x"] != 1 {
		t.Errorf("Update = %+v, %v", got, err)
	}
	if _, version, err := table.Get(t.Context(), "a"); err != nil || version != 1 {
		t.Errorf("version %d, %v", version, err)
	}
}

func TestUpdateStartsAgainWhenOvertaken(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	mustPut(t, table, "a", post{Due: 1})
	tries := 0
	got, err := table.Update(t.Context(), "a", func(p *post) ([]docstore.Fact, error) {
		if tries++; tries < 5 { // somebody else is quicker, four times
			if _, err := table.Put(t.Context(), "a", docstore.Any, post{Due: p.Due + 10}); err != nil {
				return nil, err
			}
		}
		p.Due++
		return nil, nil
	})
	if err != nil || tries != 5 || got.Due != 42 {
		t.Errorf("after %d tries %+v, %v", tries, got, err)
	}
}

func TestUpdateReturnsTheRefusalOfChange(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	mustPut(t, table, "a", post{Title: "before"})
	refusal := fmt.Errorf("no: %w", docstore.ErrConflict) // even a conflict: it is change's own
	tries := 0
	got, err := table.Update(t.Context(), "a", func(p *post) ([]docstore.Fact, error) {
		tries++
		p.Title = "after"
		return nil, refusal
	})
	if err != refusal || tries != 1 || got.Title != "" {
		t.Errorf("after %d tries %+v, %v", tries, got, err)
	}
	if _, err := table.Update(t.Context(), "nobody", func(*post) ([]docstore.Fact, error) { return nil, nil }); !errors.Is(err, docstore.ErrNotFound) {
		t.Errorf("Update of nothing = %v", err)
	}
}

func TestUpdateEndsWithItsContext(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	mustPut(t, table, "a", post{})
	ctx, cancel := context.WithCancel(t.Context())
	_, err := table.Update(ctx, "a", func(p *post) ([]docstore.Fact, error) {
		cancel()
		return nil, nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Update = %v, want canceled", err)
	}
}

func TestEachAndGetManyPassPageBounds(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	const n = docstore.MaxLimit + 50
	var ids []string
	for i := range n {
		id := fmt.Sprintf("%05d", i)
		ids = append(ids, id)
		mustPut(t, table, id, post{Town: "罗店", Due: int64(i)})
	}
	var seen []int64
	err := table.Each(t.Context(), docstore.Query{Index: "due", Equal: []any{"罗店"}}, func(p post) error {
		seen = append(seen, p.Due)
		return nil
	})
	if err != nil || len(seen) != n || !slices.IsSorted(seen) {
		t.Errorf("Each visited %d, sorted %t, %v", len(seen), slices.IsSorted(seen), err)
	}
	values, err := table.GetMany(t.Context(), append(ids, "nobody"))
	if err != nil || len(values) != n || values["00007"].Due != 7 {
		t.Errorf("GetMany = %d values, %v", len(values), err)
	}
	if c, err := table.Count(t.Context(), docstore.Query{Index: docstore.ByID}, n+1); err != nil || c != n {
		t.Errorf("Count = %d, %v", c, err)
	}
	stop := errors.New("enough")
	visits := 0
	err = table.Each(t.Context(), docstore.Query{Index: docstore.ByID}, func(post) error { visits++; return stop })
	if !errors.Is(err, stop) || visits != 1 {
		t.Errorf("Each = %v after %d visits", err, visits)
	}
}

func TestReindexGivesOldDocumentsNewFields(t *testing.T) {
	t.Parallel()
	table := newTable(t)
	old := table
	old.Fields = nil
	for i := range 450 {
		mustPut(t, old, fmt.Sprint(i), post{Town: "罗店", Due: int64(i)})
	}
	n, err := table.Reindex(t.Context())
	if err != nil || n != 450 {
		t.Fatalf("Reindex = %d, %v", n, err)
	}
	if c, err := table.Count(t.Context(), docstore.Query{Index: "due", Equal: []any{"罗店"}}, 1000); err != nil || c != 450 {
		t.Errorf("Count = %d, %v", c, err)
	}
	if events, err := table.Store.Events(t.Context(), 0, 10); err != nil || len(events) != 0 {
		t.Errorf("%d events, %v", len(events), err)
	}
}
