package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"

	zombie "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
)

func topics(fields []docstore.Field, indexes ...docstore.Index) docstore.Schema {
	return docstore.Schema{{Kind: "topic", Fields: fields, Indexes: indexes}}
}

var (
	state = docstore.Field{Name: "state", Type: docstore.Text}
	due   = docstore.Field{Name: "due", Type: docstore.Int}
)

func putTopic(t *testing.T, s docstore.Store, id string, fields docstore.Fields) {
	t.Helper()
	w := docstore.Write{Key: docstore.Key{Kind: "topic", ID: id}, Want: docstore.Any, Body: []byte(`{"a":1}`), Fields: fields}
	if _, err := s.Put(t.Context(), w); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, s docstore.Store, index string) int {
	t.Helper()
	n, err := s.Count(t.Context(), docstore.Query{Kind: "topic", Index: index}, 100)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func execute(t *testing.T, path, script string) {
	t.Helper()
	conn, err := zombie.OpenConn(path)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := sqlitex.ExecuteTransient(conn, script, nil); err != nil {
		t.Fatal(err)
	}
}

func TestADatabaseHasOneOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jushou.db")
	s := openAt(t, path, topics(nil), sqlite.Options{})
	if _, err := sqlite.Open(t.Context(), path, topics(nil), sqlite.Options{}); !errors.Is(err, sqlite.ErrInUse) {
		t.Fatalf("second Open = %v, want in use", err)
	}
	putTopic(t, s, "a", nil)
	closeStore(t, s)
	s = openAt(t, path, topics(nil), sqlite.Options{})
	if n := count(t, s, docstore.ByID); n != 1 {
		t.Errorf("%d topics after opening again, want 1", n)
	}
}

func TestOpenRefusesWhatItCannotKeep(t *testing.T) {
	schema := topics([]docstore.Field{state})
	for name, c := range map[string]struct {
		script string
		want   error
	}{
		"later layout":    {"PRAGMA user_version = 99", sqlite.ErrNewer},
		"another program": {"PRAGMA application_id = 42", sqlite.ErrForeign},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "jushou.db")
			closeStore(t, openAt(t, path, schema, sqlite.Options{}))
			execute(t, path, c.script)
			if _, err := sqlite.Open(t.Context(), path, schema, sqlite.Options{}); !errors.Is(err, c.want) {
				t.Errorf("Open = %v, want %v", err, c.want)
			}
		})
	}
	t.Run("unmarked tables", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "other.db")
		execute(t, path, "CREATE TABLE accounts (id)")
		if _, err := sqlite.Open(t.Context(), path, schema, sqlite.Options{}); !errors.Is(err, sqlite.ErrForeign) {
			t.Errorf("Open = %v, want foreign", err)
		}
	})
	t.Run("field of another type", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "jushou.db")
		closeStore(t, openAt(t, path, schema, sqlite.Options{}))
		if _, err := sqlite.Open(t.Context(), path, topics([]docstore.Field{{Name: "state", Type: docstore.Int}}), sqlite.Options{}); err == nil {
			t.Error("a text field became a number")
		}
		closeStore(t, openAt(t, path, schema, sqlite.Options{}))
	})
	t.Run("schema with faults", func(t *testing.T) {
		bad := topics(nil, docstore.Index{Name: "x", Fields: []string{"nothing"}})
		if _, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "jushou.db"), bad, sqlite.Options{}); err == nil {
			t.Error("an index on an undeclared field was accepted")
		}
	})
}

func TestTheSchemaGrows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jushou.db")
	s := openAt(t, path, topics([]docstore.Field{state}, docstore.Index{Name: "work", Fields: []string{"state"}}), sqlite.Options{})
	putTopic(t, s, "old", docstore.Fields{"state": "open"})
	closeStore(t, s)

	s = openAt(t, path, topics([]docstore.Field{due, state}, docstore.Index{Name: "work", Fields: []string{"state", "due"}},
		docstore.Index{Name: "state", Fields: []string{"state"}}), sqlite.Options{})
	putTopic(t, s, "new", docstore.Fields{"state": "open", "due": int64(1)})
	if n := count(t, s, "work"); n != 1 {
		t.Errorf("%d topics with the new field, want 1", n)
	}
	if n := count(t, s, "state"); n != 2 {
		t.Errorf("%d topics in the new index, want 2", n)
	}
	putTopic(t, s, "old", docstore.Fields{"state": "open", "due": int64(2)})
	if n := count(t, s, "work"); n != 2 {
		t.Errorf("%d topics after the old one was written again, want 2", n)
	}
	closeStore(t, s)

	s = openAt(t, path, topics([]docstore.Field{state}, docstore.Index{Name: "state", Fields: []string{"state"}}), sqlite.Options{})
	if n := count(t, s, "state"); n != 2 {
		t.Errorf("%d topics seen by the earlier program, want 2", n)
	}
}
