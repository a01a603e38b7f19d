package docstoretest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"jushou/internal/docstore"
)

var events = map[string]func(*testing.T, docstore.Store){
	"an event says what happened to what": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1))
		put(t, s, write("a", 1, 2),
			docstore.Event{ID: "a@2", Type: "thing.renamed", Actor: "account:王", At: noon, Data: []byte(`{"名":"新","n":9007199254740993}`)},
			docstore.Event{ID: "a@2.1", Type: "thing.told", At: noon.Add(time.Millisecond)})
		all := feed(t, s, 2)
		e := all[0]
		if e.ID != "a@2" || e.Scope != "luodian" || e.Type != "thing.renamed" || e.Doc != key("a") || e.Ver != 2 ||
			e.Actor != "account:王" || !e.At.Equal(noon) || e.Seq <= 0 {
			t.Errorf("event = %+v", e)
		}
		wantBody(t, e.Data, []byte(`{"名":"新","n":9007199254740993}`))
		if e := all[1]; e.ID != "a@2.1" || e.Actor != "" || e.Data != nil || !e.At.Equal(noon.Add(time.Millisecond)) || e.Ver != 2 {
			t.Errorf("event = %+v", e)
		}
	},
	"a scope's events are in the order of its commits": func(t *testing.T, s docstore.Store) {
		const n = 40
		for i := range n {
			w := write(fmt.Sprintf("d%d", i%5), docstore.Any, i)
			w.Scope = []string{"east", "west"}[i%2]
			put(t, s, w, event(fmt.Sprintf("%03d.a", i)), event(fmt.Sprintf("%03d.b", i)))
		}
		last := map[string]string{}
		for _, e := range feed(t, s, 2*n) {
			if e.ID <= last[e.Scope] {
				t.Errorf("%s: %s after %s", e.Scope, e.ID, last[e.Scope])
			}
			last[e.Scope] = e.ID
		}
	},
	"a page of the feed is bounded and goes on": func(t *testing.T, s docstore.Store) {
		for i := range 5 {
			put(t, s, write(fmt.Sprint(i), docstore.Absent, i), event(fmt.Sprint(i)))
		}
		all := feed(t, s, 5)
		some, err := s.Events(t.Context(), all[1].Seq, 2)
		if err != nil || len(some) != 2 || some[0].ID != all[2].ID || some[1].ID != all[3].ID {
			t.Errorf("Events = %+v, %v", some, err)
		}
		none, err := s.Events(t.Context(), all[4].Seq, 10)
		if err != nil || len(none) != 0 {
			t.Errorf("Events after the last = %+v, %v", none, err)
		}
	},
	"an event id is refused the second time, and its document with it": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1), event("once"))
		feed(t, s, 1)
		_, err := s.Put(t.Context(), write("b", docstore.Absent, 1), event("fresh"), event("once"))
		wantErr(t, err, docstore.ErrConflict)
		_, err = s.Put(t.Context(), write("a", 1, 2), event("fresher"), event("once"))
		wantErr(t, err, docstore.ErrConflict)
		_, err = s.Put(t.Context(), docstore.Write{Key: key("a"), Want: 1, Delete: true}, event("once"))
		wantErr(t, err, docstore.ErrConflict)
		_, err = s.Get(t.Context(), key("b"))
		wantErr(t, err, docstore.ErrNotFound)
		doc := mustGet(t, s, "a")
		wantBody(t, doc.Body, body(1))
		if doc.Version != 1 {
			t.Errorf("version = %d, want 1", doc.Version)
		}
		put(t, s, write("b", docstore.Absent, 2), event("fresh"))
		feed(t, s, 2)
	},
	"the head follows each scope": func(t *testing.T, s docstore.Store) {
		head := func(scope string) int64 {
			t.Helper()
			n, err := s.Head(t.Context(), scope)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if head("luodian") != 0 || head("") != 0 {
			t.Fatal("an empty feed has a head")
		}
		put(t, s, write("a", docstore.Absent, 1), event("e1"), event("e2"))
		all := feed(t, s, 2)
		if head("luodian") != all[1].Seq || head("") != all[1].Seq || head("elsewhere") != 0 {
			t.Errorf("heads %d %d %d, feed ends at %d", head("luodian"), head(""), head("elsewhere"), all[1].Seq)
		}
		w := write("b", docstore.Absent, 1)
		w.Scope = "elsewhere"
		put(t, s, w, event("e3"))
		all = feed(t, s, 3)
		if head("luodian") != all[1].Seq || head("") != all[2].Seq || head("elsewhere") != all[2].Seq {
			t.Errorf("heads %d %d %d after %+v", head("luodian"), head(""), head("elsewhere"), all)
		}
	},
	"a reader is woken": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1), event("e1"))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		select {
		case <-s.Wake():
		case <-ctx.Done():
			t.Fatal("nobody was woken")
		}
	},
	"a write without events adds none": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1))
		put(t, s, write("b", docstore.Absent, 1), event("e1"))
		feed(t, s, 1)
	},
	"more than a page of events survives their order": func(t *testing.T, s docstore.Store) {
		const n = docstore.MaxEvents
		list := make([]docstore.Event, n)
		for i := range list {
			list[i] = event(fmt.Sprintf("%04d", i))
		}
		put(t, s, write("a", docstore.Absent, 1), list...)
		for i, e := range feed(t, s, n) {
			if e.ID != list[i].ID {
				t.Fatalf("place %d holds %s", i, e.ID)
			}
		}
	},
}
