package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	zombie "zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
)

// pages returns how many pages the database at path has.
func pages(t *testing.T, path string) (n int64) {
	t.Helper()
	conn, err := zombie.OpenConn(path, zombie.OpenReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	read := func(stmt *zombie.Stmt) error { n = stmt.ColumnInt64(0); return nil }
	if err := sqlitex.ExecuteTransient(conn, "PRAGMA page_count", &sqlitex.ExecOptions{ResultFunc: read}); err != nil {
		t.Fatal(err)
	}
	return n
}

// grow writes every one of many topics once small and then once with gained bytes more. It returns how many pages the second writes took.
func grow(t *testing.T, before, after docstore.Schema, gained int) int64 {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jushou.db")
	s := openAt(t, path, before, sqlite.Options{})
	write := func(text string) {
		for i := range 400 {
			w := docstore.Write{Key: docstore.Key{Kind: "topic", ID: fmt.Sprintf("t%03d", i)}, Want: docstore.Any, Body: []byte(`{"text":"` + text + `"}`)}
			if _, err := s.Put(t.Context(), w); err != nil {
				t.Fatal(err)
			}
		}
	}
	write("")
	closeStore(t, s)
	s = openAt(t, path, after, sqlite.Options{})
	small := pages(t, path)
	write(strings.Repeat("票", gained/len("票")))
	write(strings.Repeat("票", gained/len("票"))) // a third time: the room was there once
	large := pages(t, path)
	closeStore(t, s)
	return large - small
}

func TestAGrowingKindSplitsNoPages(t *testing.T) {
	plain, growing := docstore.Schema{{Kind: "topic"}}, docstore.Schema{{Kind: "topic", Grows: 600}}
	if n := grow(t, growing, growing, 600); n > 0 {
		t.Errorf("documents that grow as declared took %d new pages", n)
	}
	if n := grow(t, plain, plain, 600); n < 20 {
		t.Errorf("documents without room took %d new pages: then room is of no use", n)
	}
	if n := grow(t, growing, growing, 1800); n < 20 {
		t.Errorf("documents that grow by three times as much took %d new pages: the room is larger than declared", n)
	}
	// A database that was written before the kind was declared to grow, and one of a later program: both can be written.
	if n := grow(t, plain, growing, 600); n < 20 {
		t.Errorf("documents made before there was room took %d new pages", n)
	}
	grow(t, growing, plain, 600)
}
