package docstore_test

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jushou/internal/docstore"
)

func TestSchemaFaults(t *testing.T) {
	t.Parallel()
	field := docstore.Field{Name: "due", Type: docstore.Int}
	index := docstore.Index{Name: "due", Fields: []string{"due"}}
	many := make([]docstore.Field, docstore.MaxFields+1)
	for i := range many {
		many[i].Name = "f" + strconv.Itoa(i)
	}
	for name, s := range map[string]docstore.Schema{
		"nameless kind":        {{}},
		"kind twice":           {{Kind: "a"}, {Kind: "a"}},
		"kind twice by case":   {{Kind: "poll"}, {Kind: "Poll"}},
		"quote in kind":        {{Kind: `a"b`}},
		"nameless field":       {{Kind: "a", Fields: []docstore.Field{{}}}},
		"field twice":          {{Kind: "a", Fields: []docstore.Field{field, field}}},
		"dot in field":         {{Kind: "a", Fields: []docstore.Field{{Name: "a.b"}}}},
		"Chinese field":        {{Kind: "a", Fields: []docstore.Field{{Name: "期限"}}}},
		"too many fields":      {{Kind: "a", Fields: many}},
		"index twice":          {{Kind: "a", Fields: []docstore.Field{field}, Indexes: []docstore.Index{index, index}}},
		"index of nothing":     {{Kind: "a", Indexes: []docstore.Index{{Name: "x"}}}},
		"index of undeclared":  {{Kind: "a", Indexes: []docstore.Index{index}}},
		"shrinking":            {{Kind: "a", Grows: -1}},
		"growing too much":     {{Kind: "a", Grows: docstore.MaxGrows + 1}},
		"index of field twice": {{Kind: "a", Fields: []docstore.Field{field}, Indexes: []docstore.Index{{Name: "x", Fields: []string{"due", "due"}}}}},
	} {
		if s.Check() == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	good := docstore.Schema{
		{Kind: "poll.ballot-v2", Fields: []docstore.Field{field}, Indexes: []docstore.Index{index}}, {Kind: "wide", Fields: many[:docstore.MaxFields], Grows: docstore.MaxGrows},
	}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}

var queried = docstore.Schema{{
	Kind:    "post",
	Fields:  []docstore.Field{{Name: "town", Type: docstore.Text}, {Name: "due", Type: docstore.Int}, {Name: "tag", Type: docstore.Text}},
	Indexes: []docstore.Index{{Name: "work", Fields: []string{"town", "due", "tag"}}},
}}

func TestACursorComesBackAsItsPlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := docstore.Query{Kind: "post", Index: "work", Equal: []any{rapid.String().Filter(plain).Draw(t, "town")}}
		p, err := queried.Plan(q)
		if err != nil {
			t.Fatal(err)
		}
		place := docstore.Place{
			Values: []any{rapid.Int64().Draw(t, "due"), rapid.String().Draw(t, "tag")},
			ID:     rapid.StringN(1, 40, docstore.MaxID).Draw(t, "id"),
		}
		q.After = p.Cursor(place)
		p, err = queried.Plan(q)
		if err != nil {
			t.Fatal(err)
		}
		if p.Place.ID != place.ID || p.Place.Values[0] != place.Values[0] || p.Place.Values[1] != place.Values[1] {
			t.Fatalf("%+v came back as %+v", place, p.Place)
		}
	})
}

func plain(s string) bool { return !strings.ContainsRune(s, 0) }

func TestACursorCannotLeaveItsBounds(t *testing.T) {
	t.Parallel()
	q := docstore.Query{Kind: "post", Index: "work", Equal: []any{"罗店"}, From: int64(10), To: int64(20)}
	p, err := queried.Plan(q)
	if err != nil {
		t.Fatal(err)
	}
	for _, due := range []int64{9, 20, -1} {
		q.After = p.Cursor(docstore.Place{Values: []any{due, "x"}, ID: "a"})
		if _, err := queried.Plan(q); !errors.Is(err, docstore.ErrBadCursor) {
			t.Errorf("a cursor at %d: %v", due, err)
		}
	}
	q.After = p.Cursor(docstore.Place{Values: []any{int64(10), "x"}, ID: "a"})
	if _, err := queried.Plan(q); err != nil {
		t.Errorf("a cursor within bounds: %v", err)
	}
	q.To = int64(30)
	if _, err := queried.Plan(q); err != nil {
		t.Errorf("a cursor within bounds that have moved: %v", err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(q.After))
	if err != nil {
		t.Fatal(err)
	}
	for cut := range raw {
		q.After = docstore.Cursor(base64.RawURLEncoding.EncodeToString(raw[:cut]))
		if _, err := queried.Plan(q); q.After != "" && !errors.Is(err, docstore.ErrBadCursor) {
			t.Errorf("cut to %d bytes: %v", cut, err)
		}
	}
}
