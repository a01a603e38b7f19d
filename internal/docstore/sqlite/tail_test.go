package sqlite_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
)

// TestTheFeedIsTheSameFromMemoryAndFromTheFile writes more events than memory holds, some refused in between, and reads the
// feed from many places before and after the store was opened anew.
func TestTheFeedIsTheSameFromMemoryAndFromTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "jushou.db")
	s, err := sqlite.Open(t.Context(), path, benchSchema, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	data := []byte(`{"text":"` + strings.Repeat("x", 200) + `"}`)
	const docs = 2500
	for n := range docs {
		id := fmt.Sprintf("d%04d", n)
		w := docstore.Write{Key: docstore.Key{Kind: "topic", ID: id}, Body: post, Scope: fmt.Sprint("c", n%3)}
		events := []docstore.Event{{ID: id + ".1", Type: "a", Data: data}, {ID: id + ".2", Type: "b"}}
		if _, err := s.Put(t.Context(), w, events...); err != nil {
			t.Fatal(err)
		}
		w.ID += "again"
		twice := []docstore.Event{{ID: id + ".3", Type: "c"}, {ID: id + ".1", Type: "a"}}
		if n%100 == 0 {
			if _, err := s.Put(t.Context(), w, twice...); err == nil {
				t.Fatal("an event was appended twice")
			}
		}
	}
	before := readFrom(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = sqlite.Open(t.Context(), path, benchSchema, sqlite.Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if after := readFrom(t, s); before != after {
		t.Errorf("the feed changed:\n%.300s\n%.300s", before, after)
	}
	if n := strings.Count(before, "\n"); n < 2*docs {
		t.Errorf("saw %d events", n)
	}
}

// readFrom tells all that the feed shows after each of some places.
func readFrom(t *testing.T, s *sqlite.Store) string {
	t.Helper()
	var told strings.Builder
	for seq := int64(0); ; {
		events, err := s.Events(t.Context(), seq, 333)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			fmt.Fprintf(&told, "%+v\n", e)
		}
		if len(events) == 0 {
			return told.String()
		}
		seq = events[len(events)-1].Seq
	}
}
