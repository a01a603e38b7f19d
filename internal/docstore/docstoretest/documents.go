package docstoretest

import (
	"math"
	"strings"
	"testing"

	"jushou/internal/docstore"
)

var documents = map[string]func(*testing.T, docstore.Store){
	"what was put is got": func(t *testing.T, s docstore.Store) {
		if v := put(t, s, write("a", docstore.Absent, 1)); v != 1 {
			t.Errorf("version = %d, want 1", v)
		}
		doc := mustGet(t, s, "a")
		if doc.Version != 1 || doc.Key != key("a") {
			t.Errorf("doc = %v version %d", doc.Key, doc.Version)
		}
		wantBody(t, doc.Body, body(1))
	},
	"what was never put is not found": func(t *testing.T, s docstore.Store) {
		_, err := s.Get(t.Context(), key("nobody"))
		wantErr(t, err, docstore.ErrNotFound)
	},
	"kinds are apart": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1))
		_, err := s.Get(t.Context(), docstore.Key{Kind: "other", ID: "a"})
		wantErr(t, err, docstore.ErrNotFound)
	},
	"ids are told apart by every byte": func(t *testing.T, s docstore.Store) {
		ids := []string{"a", "A", "a ", " a", "á", "a\u0301", "3号楼/101", "3号楼/10", "$a", "a.b", "%", "🏘️", strings.Repeat("村", docstore.MaxID/3)}
		for _, id := range ids {
			put(t, s, write(id, docstore.Absent, id))
		}
		for _, id := range ids {
			wantBody(t, mustGet(t, s, id).Body, body(id))
		}
	},
	"the longest id and the largest body are kept": func(t *testing.T, s docstore.Store) {
		id := strings.Repeat("x", docstore.MaxID)
		w := write(id, docstore.Absent, strings.Repeat("y", docstore.MaxBody-len(body(""))))
		if len(w.Body) != docstore.MaxBody {
			t.Fatalf("body of %d bytes", len(w.Body))
		}
		put(t, s, w)
		wantBody(t, mustGet(t, s, id).Body, w.Body)
	},
	"many are got at once, each once, missing ones left out": func(t *testing.T, s docstore.Store) {
		put(t, s, write("a", docstore.Absent, 1))
		put(t, s, write("b", docstore.Absent, 2))
		put(t, s, docstore.Write{Key: docstore.Key{Kind: "other", ID: "a"}, Body: body(3)})
		docs, err := s.GetMany(t.Context(), []docstore.Key{key("b"), key("none"), key("a"), {Kind: "other", ID: "a"}, key("a")})
		if err != nil {
			t.Fatal(err)
		}
		got := map[docstore.Key]string{}
		for _, d := range docs {
			got[d.Key] = string(d.Body)
		}
		if len(docs) != 3 || len(got) != 3 {
			t.Fatalf("got %d documents: %v", len(docs), got)
		}
		wantBody(t, []byte(got[docstore.Key{Kind: "other", ID: "a"}]), body(3))
	},
	"none are got of none": func(t *testing.T, s docstore.Store) {
		docs, err := s.GetMany(t.Context(), nil)
		if err != nil || len(docs) != 0 {
			t.Fatalf("GetMany = %v, %v", docs, err)
		}
	},
	"the caller owns what it gave and got": func(t *testing.T, s docstore.Store) {
		w := write("a", docstore.Absent, "kept")
		put(t, s, w)
		clear(w.Body)
		doc := mustGet(t, s, "a")
		wantBody(t, doc.Body, body("kept"))
		clear(doc.Body)
		wantBody(t, mustGet(t, s, "a").Body, body("kept"))
	},
}

var bodies = map[string]func(*testing.T, docstore.Store){
	"values of every sort come back": func(t *testing.T, s docstore.Store) {
		for id, v := range map[string]any{
			"whole":  []int64{0, -1, 1 << 53, 1<<53 + 1, math.MaxInt64, math.MinInt64, -(1<<53 + 1)},
			"broken": []float64{0.1, -2.5, 1e-7, 3.141592653589793, 1.7976931348623157e308, 5e-324},
			"text":   []string{"", " ", "南翔镇永乐居民区", "👵🏻举手🙋‍♀️", "\u202eabc", "a\tb\nc", `"\`, "<script>", "\u2028", "ﷺ"},
			"nested": map[string]any{"a": []any{[]any{}, map[string]any{}, nil, true, false, []any{nil}}},
			"keys":   map[string]any{"": 1, "a.b": 2, "$set": 3, "%24": 4, "键": 5, "_id": 6, "a b": 7, "%": 8, ".": 9, "$": 10},
			"empty":  map[string]any{},
			"null":   nil,
			"time":   noon,
			"times":  []any{noon.UnixMilli(), noon.Format("2006-01-02T15:04:05.999Z07:00")},
		} {
			put(t, s, write(id, docstore.Absent, v))
			wantBody(t, mustGet(t, s, id).Body, body(v))
		}
	},
	"an empty object is a body": func(t *testing.T, s docstore.Store) {
		put(t, s, docstore.Write{Key: key("a"), Body: []byte(" {} ")})
		wantBody(t, mustGet(t, s, "a").Body, []byte("{}"))
	},
	"keys named like the store's own are the caller's": func(t *testing.T, s docstore.Store) {
		b := []byte(`{"_id":"x","id":1,"v":7,"version":8,"body":{"f":1},"f":{"due":2},"outbox":[1]}`)
		put(t, s, docstore.Write{Key: key("a"), Body: b})
		wantBody(t, mustGet(t, s, "a").Body, b)
	},
	"escapes mean what they spell": func(t *testing.T, s docstore.Store) {
		put(t, s, docstore.Write{Key: key("a"), Body: []byte(`{"\u6751":"\ud83c\udfe0\n","z\u0000y":"a\u0000b"}`)})
		wantBody(t, mustGet(t, s, "a").Body, []byte("{\"村\":\"🏠\\n\",\"z\\u0000y\":\"a\\u0000b\"}"))
	},
	"deep nesting is kept": func(t *testing.T, s docstore.Store) {
		b := []byte(`{"a":` + strings.Repeat("[", 60) + strings.Repeat("]", 60) + `}`)
		put(t, s, docstore.Write{Key: key("a"), Body: b})
		wantBody(t, mustGet(t, s, "a").Body, b)
	},
}
