package sqlite_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
)

// large is a body of a few pages.
var large = []byte(`{"text":"` + strings.Repeat("村", 4000) + `"}`)

func TestAFullStoreRefusesReadsOnAndRecovers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jushou.db")
	s := openAt(t, path, topics(nil), sqlite.Options{MaxBytes: 2 << 20})
	kept := fill(t, s, "first")
	if len(kept) < 20 {
		t.Fatalf("only %d documents fitted", len(kept))
	}
	for _, id := range kept {
		if _, err := s.Get(t.Context(), docstore.Key{Kind: "topic", ID: id}); err != nil {
			t.Fatalf("Get %s in a full store: %v", id, err)
		}
	}
	for _, id := range kept[:len(kept)/2] {
		w := docstore.Write{Key: docstore.Key{Kind: "topic", ID: id}, Want: 1, Delete: true}
		if _, err := s.Put(t.Context(), w); err != nil {
			t.Fatalf("delete in a full store: %v", err)
		}
	}
	putTopic(t, s, "after", nil)
	if n, want := count(t, s, docstore.ByID), len(kept)-len(kept)/2+1; n != want {
		t.Errorf("%d documents, want %d", n, want)
	}
	closeStore(t, s)

	s = openAt(t, path, topics(nil), sqlite.Options{MaxBytes: 8 << 20})
	if more := fill(t, s, "second"); len(more) < 2*len(kept) {
		t.Errorf("%d documents fitted into four times the room, %d before", len(more), len(kept))
	}
}

// fill lets several writers write until each is refused, and returns the ids that were accepted.
func fill(t *testing.T, s docstore.Store, round string) []string {
	t.Helper()
	var mu sync.Mutex
	var kept []string
	var wg sync.WaitGroup
	for writer := range 8 {
		wg.Go(func() {
			for n := 0; ; n++ {
				id := fmt.Sprintf("%s.%d.%d", round, writer, n)
				_, err := s.Put(t.Context(), docstore.Write{Key: docstore.Key{Kind: "topic", ID: id}, Body: large},
					docstore.Event{ID: id, Type: "topic.posted"})
				if err != nil {
					if !errors.Is(err, docstore.ErrFull) || !errors.Is(err, docstore.ErrUnavailable) || fault.KindOf(err) != fault.Unavailable {
						t.Errorf("Put into a full store = %v", err)
					}
					return
				}
				mu.Lock()
				kept = append(kept, id)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return kept
}
