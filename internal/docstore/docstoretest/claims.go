package docstoretest

import (
	"errors"
	"fmt"
	"testing"

	"jushou/internal/docstore"
)

// claim is a claim of what by who.
func claim(what, who string) docstore.Claim {
	return docstore.Claim{Key: docstore.Key{Kind: "other", ID: what}, Body: body(who)}
}

func claiming(id string, want docstore.Want, claims ...docstore.Claim) docstore.Write {
	w := write(id, want, id)
	w.Claims = claims
	return w
}

var claims = map[string]func(*testing.T, docstore.Store){
	"a claim is made with the write": func(t *testing.T, s docstore.Store) {
		put(t, s, claiming("a", docstore.Absent, claim("name", "a"), claim("number", "a")), event("e"))
		for _, what := range []string{"name", "number"} {
			doc, err := s.Get(t.Context(), docstore.Key{Kind: "other", ID: what})
			if err != nil || doc.Version != 1 {
				t.Fatalf("claim of %s: version %d, %v", what, doc.Version, err)
			}
			wantBody(t, doc.Body, body("a"))
		}
	},
	"one's own claim is no hindrance": func(t *testing.T, s docstore.Store) {
		put(t, s, claiming("a", docstore.Absent, claim("name", "a")))
		again := claiming("a", 1, docstore.Claim{Key: claim("name", "").Key, Body: []byte(`{ "value" : "a" }`)})
		if v := put(t, s, again); v != 2 {
			t.Errorf("version %d, want 2", v)
		}
	},
	"the order of keys in a claim says nothing": func(t *testing.T, s docstore.Store) {
		mine := docstore.Claim{Key: claim("name", "").Key, Body: []byte(`{"z":1,"a":{"y":2,"b":3}}`)}
		put(t, s, claiming("a", docstore.Absent, mine))
		mine.Body = []byte(`{"a":{"b":3,"y":2},"z":1}`)
		put(t, s, claiming("a", 1, mine))
	},
	"somebody else's claim refuses the write": func(t *testing.T, s docstore.Store) {
		put(t, s, claiming("a", docstore.Absent, claim("name", "a")), event("first"))
		put(t, s, write("b", docstore.Absent, "b"))
		for _, w := range []docstore.Write{claiming("b", 1, claim("name", "b")), claiming("c", docstore.Absent, claim("name", "c")), claiming("b", docstore.Any, claim("name", "b"))} {
			_, err := s.Put(t.Context(), w, event("never"))
			wantErr(t, err, docstore.ErrClaimed)
			if errors.Is(err, docstore.ErrConflict) {
				t.Fatal("a claim that is refused looks like a version that has moved: it would be tried for ever")
			}
		}
		if got := mustGet(t, s, "b"); got.Version != 1 {
			t.Errorf("the refused document is at version %d", got.Version)
		}
		_, err := s.Get(t.Context(), key("c"))
		wantErr(t, err, docstore.ErrNotFound)
		put(t, s, write("z", docstore.Absent, 0), event("last"))
		feed(t, s, 2)
	},
	"a write refused for its version may be tried again with its claim": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, "a"))
		_, err := s.Put(t.Context(), claiming("a", 7, claim("name", "a")), event("never"))
		wantErr(t, err, docstore.ErrConflict)
		put(t, s, claiming("a", 1, claim("name", "a")), event("e"))
		feed(t, s, 1)
	},
	"of twenty who claim one name one writes": func(t *testing.T, s docstore.Store) {
		errs := together(20, func(i int) error {
			id := fmt.Sprint(i)
			_, err := s.Put(t.Context(), claiming(id, docstore.Absent, claim("name", id)), event("e"+id))
			return err
		})
		won := 0
		for i, err := range errs {
			_, missing := s.Get(t.Context(), key(fmt.Sprint(i)))
			switch {
			case err == nil && missing == nil:
				won++
			case !errors.Is(err, docstore.ErrClaimed) || !errors.Is(missing, docstore.ErrNotFound):
				t.Errorf("a loser got %v, and its document %v", err, missing)
			}
		}
		if won != 1 {
			t.Errorf("%d won, want 1", won)
		}
		put(t, s, write("z", docstore.Absent, 0), event("last"))
		feed(t, s, 2)
	},
	"an update claims for its table": func(t *testing.T, s docstore.Store) {
		table, names := docstore.Table[tally]{Store: s, Kind: "thing"}, docstore.Table[tally]{Store: s, Kind: "other"}
		for i, id := range []string{"a", "b"} {
			if _, err := table.Put(t.Context(), id, docstore.Absent, tally{}); err != nil {
				t.Fatal(err)
			}
			mine, err := names.Claim("name", tally{Sum: int64(i)})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				_, err = table.Update(t.Context(), id, func(v *tally) ([]docstore.Fact, error) {
					v.Sum++
					return []docstore.Fact{{Type: "sum.raised", At: noon}}, nil
				}, mine)
				if (i == 0) != (err == nil) || i > 0 && !errors.Is(err, docstore.ErrClaimed) {
					t.Fatalf("update of %s: %v", id, err)
				}
			}
		}
		put(t, s, write("z", docstore.Absent, 0), event("last"))
		feed(t, s, 3)
	},
}
