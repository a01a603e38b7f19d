package docstoretest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jushou/internal/docstore"
)

type fields = docstore.Fields

func putFields(t *testing.T, s docstore.Store, id string, f fields) {
	t.Helper()
	w := write(id, docstore.Any, id)
	w.Fields = f
	put(t, s, w)
}

// find returns the ids of all pages, read limit at a time.
func find(ctx context.Context, s docstore.Store, q docstore.Query) ([]string, error) {
	var ids []string
	for {
		page, err := s.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		if len(page.Docs) > q.Limit {
			return nil, fmt.Errorf("%d documents on a page of %d", len(page.Docs), q.Limit)
		}
		for _, d := range page.Docs {
			ids = append(ids, d.ID)
		}
		if page.Next == "" {
			return ids, nil
		}
		if len(page.Docs) == 0 {
			return nil, fmt.Errorf("an empty page that promises more")
		}
		q.After = page.Next
	}
}

// wantFind asks q in pages of every size and counts it.
func wantFind(t *testing.T, s docstore.Store, q docstore.Query, want string) {
	t.Helper()
	q.Kind = "thing"
	ids := strings.Fields(want)
	for _, desc := range []bool{false, true} {
		q.Desc = desc
		expect := slices.Clone(ids)
		if desc {
			slices.Reverse(expect)
		}
		for _, q.Limit = range []int{1, 2, 3, docstore.MaxLimit} {
			got, err := find(t.Context(), s, q)
			if err != nil {
				t.Fatalf("Find %+v: %v", q, err)
			}
			if !slices.Equal(got, expect) {
				t.Errorf("Find %+v = %v, want %v", q, got, expect)
			}
		}
	}
	for _, most := range []int{0, 1, len(ids), len(ids) + 5, 20_000} {
		if n, err := s.Count(t.Context(), q, most); err != nil || n != min(most, len(ids)) {
			t.Errorf("Count %+v at most %d = %d, %v, want %d", q, most, n, err, min(most, len(ids)))
		}
	}
}

func stock(t *testing.T, s docstore.Store) {
	t.Helper()
	putFields(t, s, "c", fields{"group": "g", "due": int64(10), "rank": int64(1), "name": "n"})
	putFields(t, s, "a", fields{"group": "g", "due": int64(10), "rank": int64(1), "name": "n"})
	putFields(t, s, "b", fields{"group": "g", "due": int64(10), "rank": int64(1), "name": "m"})
	putFields(t, s, "d", fields{"group": "g", "due": int64(-5), "rank": int64(2), "name": ""})
	putFields(t, s, "e", fields{"group": "h", "due": int64(7)})
	putFields(t, s, "f", fields{"group": "g"})
	putFields(t, s, "g", nil)
	putFields(t, s, "h", fields{"group": "", "due": int64(0), "rank": int64(0), "name": "z"})
	putFields(t, s, "i", fields{"due": int64(1<<53 + 1), "name": "村"})
	putFields(t, s, "j", fields{"due": int64(1 << 53), "name": "Z"})
}

var finds = map[string]func(*testing.T, docstore.Store){
	"an index is sought by prefix, range and order": func(t *testing.T, s docstore.Store) {
		stock(t, s)
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"g"}}, "d a b c")
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"g"}, From: int64(10)}, "a b c")
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"g"}, To: int64(10)}, "d")
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"g"}, From: int64(-5), To: int64(11)}, "d a b c")
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"g", int64(10)}}, "a b c")
		wantFind(t, s, docstore.Query{Index: "group_due"}, "h d a b c e")
		wantFind(t, s, docstore.Query{Index: "group_due", From: "g", To: "h"}, "d a b c")
		wantFind(t, s, docstore.Query{Index: "group_rank_name", Equal: []any{"g"}}, "b a c d")
		wantFind(t, s, docstore.Query{Index: "group_rank_name", Equal: []any{"g", int64(1)}, From: "n"}, "a c")
		wantFind(t, s, docstore.Query{Index: "group_rank_name", Equal: []any{"nobody"}}, "")
	},
	"a document without a field is not in its index": func(t *testing.T, s docstore.Store) {
		stock(t, s)
		wantFind(t, s, docstore.Query{Index: "due"}, "d h e a b c j i")
		putFields(t, s, "h", fields{"group": "", "rank": int64(0), "name": "z"})
		wantFind(t, s, docstore.Query{Index: "due"}, "d e a b c j i")
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{""}}, "")
		wantFind(t, s, docstore.Query{Index: "group_rank_name", Equal: []any{""}}, "h")
	},
	"empty and zero are values": func(t *testing.T, s docstore.Store) {
		stock(t, s)
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"", int64(0)}}, "h")
		wantFind(t, s, docstore.Query{Index: "name", To: "a"}, "d j")
		wantFind(t, s, docstore.Query{Index: "name", Equal: []any{""}}, "d")
		wantFind(t, s, docstore.Query{Index: "due", Equal: []any{int64(0)}}, "h")
		wantFind(t, s, docstore.Query{Index: "due", From: int64(0), To: int64(1)}, "h")
	},
	"large numbers are told apart": func(t *testing.T, s docstore.Store) {
		stock(t, s)
		wantFind(t, s, docstore.Query{Index: "due", Equal: []any{int64(1<<53 + 1)}}, "i")
		wantFind(t, s, docstore.Query{Index: "due", From: int64(1<<53 + 1)}, "i")
		wantFind(t, s, docstore.Query{Index: "due", From: int64(1 << 53)}, "j i")
	},
	"text sorts by bytes": func(t *testing.T, s docstore.Store) {
		stock(t, s)
		wantFind(t, s, docstore.Query{Index: "name"}, "d j b a c h i")
	},
	"ids are an index of their own": func(t *testing.T, s docstore.Store) {
		stock(t, s)
		wantFind(t, s, docstore.Query{Index: docstore.ByID}, "a b c d e f g h i j")
		wantFind(t, s, docstore.Query{Index: docstore.ByID, From: "c", To: "e"}, "c d")
		putFields(t, s, "poll1/h1", nil)
		putFields(t, s, "poll1/h2", nil)
		putFields(t, s, "poll10/h1", nil)
		wantFind(t, s, docstore.Query{Index: docstore.ByID, From: "poll1/", To: "poll10"}, "poll1/h1 poll1/h2")
	},
	"a deleted document leaves its indexes": func(t *testing.T, s docstore.Store) {
		stock(t, s)
		put(t, s, docstore.Write{Key: key("a"), Want: docstore.Any, Delete: true}, event("gone"))
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"g", int64(10)}}, "b c")
		wantFind(t, s, docstore.Query{Index: docstore.ByID, To: "c"}, "b")
		feed(t, s, 1)
		wantFind(t, s, docstore.Query{Index: docstore.ByID, To: "c"}, "b")
	},
	"a document moves in the index with its fields": func(t *testing.T, s docstore.Store) {
		stock(t, s)
		putFields(t, s, "a", fields{"group": "h", "due": int64(99)})
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"g", int64(10)}}, "b c")
		wantFind(t, s, docstore.Query{Index: "group_due", Equal: []any{"h"}}, "e a")
	},
	"what was put is found at once, whole": func(t *testing.T, s docstore.Store) {
		w := write("a", docstore.Absent, "村")
		w.Fields = fields{"due": int64(1)}
		put(t, s, w)
		page, err := s.Find(t.Context(), docstore.Query{Kind: "thing", Index: "due", Limit: 10})
		if err != nil || len(page.Docs) != 1 || page.Next != "" {
			t.Fatalf("Find = %+v, %v", page, err)
		}
		wantBody(t, page.Docs[0].Body, body("村"))
		if page.Docs[0].Version != 1 || page.Docs[0].Key != key("a") {
			t.Errorf("doc = %+v", page.Docs[0])
		}
	},
	"a cursor keeps its place while others write": func(t *testing.T, s docstore.Store) {
		for i := range 10 {
			putFields(t, s, fmt.Sprintf("d%d", i), fields{"due": int64(i / 2)})
		}
		q := docstore.Query{Kind: "thing", Index: "due", Limit: 4}
		page, err := s.Find(t.Context(), q)
		if err != nil || len(page.Docs) != 4 {
			t.Fatalf("Find = %+v, %v", page, err)
		}
		putFields(t, s, "d3", fields{"due": int64(-1)}) // the document at the place itself goes
		put(t, s, docstore.Write{Key: key("d5"), Want: docstore.Any, Delete: true})
		putFields(t, s, "early", fields{"due": int64(0)}) // before the place: not seen
		putFields(t, s, "d1x", fields{"due": int64(1)})   // before d3 under an equal key: not seen
		putFields(t, s, "d3x", fields{"due": int64(1)})   // right after the place: seen
		q.After = page.Next
		got, err := find(t.Context(), s, q)
		if want := strings.Fields("d3x d4 d6 d7 d8 d9"); err != nil || !slices.Equal(got, want) {
			t.Errorf("after the cursor: %v, %v, want %v", got, err, want)
		}
	},
}
