package docstoretest

import (
	"testing"

	"jushou/internal/docstore"
)

var versions = map[string]func(*testing.T, docstore.Store){
	"each write is one version more": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1))
		for v := int64(1); v < 5; v++ {
			if got := put(t, s, write("a", docstore.Want(v), v)); got != v+1 {
				t.Fatalf("version %d after %d", got, v)
			}
		}
		if doc := mustGet(t, s, "a"); doc.Version != 5 {
			t.Errorf("version = %d, want 5", doc.Version)
		}
	},
	"any replaces whatever is there": func(t *testing.T, s docstore.Store) {
		for want := int64(1); want < 4; want++ {
			if got := put(t, s, write("a", docstore.Any, want)); got != want {
				t.Fatalf("version = %d, want %d", got, want)
			}
		}
	},
	"a conflict changes nothing": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, "first"), event("e1"))
		for name, w := range map[string]docstore.Write{
			"absent":              write("a", docstore.Absent, "other"),
			"a later version":     write("a", 2, "other"),
			"missing document":    write("b", 1, "other"),
			"delete of a later":   {Key: key("a"), Want: 2, Delete: true},
			"delete of absent":    {Key: key("a"), Want: docstore.Absent, Delete: true},
			"delete of a missing": {Key: key("b"), Want: 1, Delete: true},
		} {
			_, err := s.Put(t.Context(), w, event("refused "+name))
			wantErr(t, err, docstore.ErrConflict)
		}
		doc := mustGet(t, s, "a")
		wantBody(t, doc.Body, body("first"))
		if doc.Version != 1 {
			t.Errorf("version = %d", doc.Version)
		}
		_, err := s.Get(t.Context(), key("b"))
		wantErr(t, err, docstore.ErrNotFound)
		put(t, s, write("z", docstore.Absent, 1), event("e2"))
		feed(t, s, 2)
	},
	"an earlier version is a conflict": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1))
		put(t, s, write("a", 1, 2))
		_, err := s.Put(t.Context(), write("a", 1, 3))
		wantErr(t, err, docstore.ErrConflict)
		wantBody(t, mustGet(t, s, "a").Body, body(2))
	},
	"a deleted document is absent and begins again at one": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1))
		put(t, s, write("a", 1, 2))
		if v := put(t, s, docstore.Write{Key: key("a"), Want: 2, Delete: true, Scope: "luodian"}, event("gone")); v != 0 {
			t.Errorf("version after delete = %d, want 0", v)
		}
		_, err := s.Get(t.Context(), key("a"))
		wantErr(t, err, docstore.ErrNotFound)
		docs, err := s.GetMany(t.Context(), []docstore.Key{key("a")})
		if err != nil || len(docs) != 0 {
			t.Errorf("GetMany = %v, %v", docs, err)
		}
		_, err = s.Put(t.Context(), write("a", 2, 3))
		wantErr(t, err, docstore.ErrConflict)
		if v := put(t, s, write("a", docstore.Absent, 4), event("back")); v != 1 {
			t.Errorf("version after making it again = %d, want 1", v)
		}
		wantBody(t, mustGet(t, s, "a").Body, body(4))
		all := feed(t, s, 2)
		if all[0].ID != "gone" || all[0].Ver != 3 || all[1].ID != "back" || all[1].Ver != 1 {
			t.Errorf("feed = %+v", all)
		}
	},
	"deleting nothing under any appends the events": func(t *testing.T, s docstore.Store) {
		put(t, s, docstore.Write{Key: key("a"), Want: docstore.Any, Delete: true}, event("e1"))
		put(t, s, docstore.Write{Key: key("b"), Want: docstore.Absent, Delete: true}, event("e2"))
		put(t, s, docstore.Write{Key: key("c"), Want: docstore.Any, Delete: true})
		feed(t, s, 2)
		_, err := s.Get(t.Context(), key("a"))
		wantErr(t, err, docstore.ErrNotFound)
		put(t, s, write("a", docstore.Absent, 1))
	},
}
