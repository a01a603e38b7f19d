package docstoretest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"jushou/internal/docstore"
)

// together runs f n times at once and returns the errors by place.
func together(n int, f func(i int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			errs[i] = f(i)
		})
	}
	close(start)
	wg.Wait()
	return errs
}

type tally struct {
	Sum  int64
	Seen map[string]int
}

var races = map[string]func(*testing.T, docstore.Store){
	"of twenty who must not both succeed one does": func(t *testing.T, s docstore.Store) {
		errs := together(20, func(i int) error {
			_, err := s.Put(t.Context(), write("seat", docstore.Absent, i), event(fmt.Sprint("e", i)))
			return err
		})
		oneWinner(t, errs)
		put(t, s, write("z", docstore.Absent, 0), event("last"))
		feed(t, s, 2)
	},
	"of twenty who saw one version one writes": func(t *testing.T, s docstore.Store) {
		put(t, s, write("seat", docstore.Absent, "empty"))
		errs := together(20, func(i int) error {
			w := write("seat", 1, i)
			w.Delete = i%4 == 3
			_, err := s.Put(t.Context(), w, event(fmt.Sprint("e", i)))
			return err
		})
		oneWinner(t, errs)
		put(t, s, write("z", docstore.Absent, 0), event("last"))
		feed(t, s, 2)
	},
	"sixty-four who change one document lose nothing": func(t *testing.T, s docstore.Store) {
		table := docstore.Table[tally]{Store: s, Kind: "thing"}
		if _, err := table.Put(t.Context(), "sum", docstore.Absent, tally{Seen: map[string]int{}}); err != nil {
			t.Fatal(err)
		}
		const n = 64
		errs := together(n, func(i int) error {
			_, err := table.Update(t.Context(), "sum", func(v *tally) ([]docstore.Fact, error) {
				v.Sum += int64(i)
				v.Seen[fmt.Sprint(i)]++
				return []docstore.Fact{{Type: "sum.raised", At: noon}}, nil
			})
			return err
		})
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		v, version, err := table.Get(t.Context(), "sum")
		if err != nil || v.Sum != n*(n-1)/2 || len(v.Seen) != n || version != n+1 {
			t.Errorf("sum %d, seen %d, version %d, %v", v.Sum, len(v.Seen), version, err)
		}
		for i, e := range feed(t, s, n) {
			if e.Ver != int64(i)+2 {
				t.Fatalf("place %d of the feed holds version %d", i, e.Ver)
			}
		}
	},
	"writers of many documents do not meet": func(t *testing.T, s docstore.Store) {
		const writers, each = 16, 12
		errs := together(writers, func(i int) error {
			for n := range each {
				w := write(fmt.Sprintf("%d", i), docstore.Want(n), n)
				w.Scope = fmt.Sprint("scope", i%3)
				w.Fields = fields{"due": int64(n)}
				if _, err := s.Put(t.Context(), w, event(fmt.Sprintf("%d/%d", i, n))); err != nil {
					return err
				}
				if doc, err := s.Get(t.Context(), w.Key); err != nil || doc.Version != int64(n)+1 {
					return fmt.Errorf("read after write: version %d, %w", doc.Version, err)
				}
			}
			return nil
		})
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		last := map[string]int64{}
		for _, e := range feed(t, s, writers*each) {
			if e.Ver != last[e.Doc.ID]+1 {
				t.Errorf("version %d of %s after %d", e.Ver, e.Doc.ID, last[e.Doc.ID])
			}
			last[e.Doc.ID] = e.Ver
		}
	},
	"a reader who follows the feed misses nothing": func(t *testing.T, s docstore.Store) {
		const writers, each = 8, 20
		done := make(chan []error, 1)
		go func() {
			done <- together(writers, func(i int) error {
				for n := range each {
					w := write(fmt.Sprintf("%d.%d", i, n), docstore.Absent, n)
					w.Scope = fmt.Sprint("scope", i%3)
					if _, err := s.Put(t.Context(), w, event(w.ID)); err != nil {
						return err
					}
				}
				return nil
			})
		}()
		seen, after := map[string]bool{}, int64(0)
		for writing := true; writing || len(seen) < writers*each; {
			if err := awaitWake(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			some, err := s.Events(t.Context(), after, 5)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range some {
				if e.Seq <= after || seen[e.ID] {
					t.Fatalf("event %s at %d after %d", e.ID, e.Seq, after)
				}
				seen[e.ID], after = true, e.Seq
			}
			select {
			case errs := <-done:
				if err := errors.Join(errs...); err != nil {
					t.Fatal(err)
				}
				writing = false
			default:
			}
		}
	},
}

func oneWinner(t *testing.T, errs []error) {
	t.Helper()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, docstore.ErrConflict) {
			t.Errorf("a loser got %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d won, want 1", won)
	}
}
