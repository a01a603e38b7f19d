package docstoretest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/fault"
)

func wantKind(t *testing.T, what string, err error, kinds ...fault.Kind) {
	t.Helper()
	for _, k := range kinds {
		if err != nil && fault.KindOf(err) == k {
			return
		}
	}
	t.Errorf("%s: error = %v, want one of %v", what, err, kinds)
}

var refusals = map[string]func(*testing.T, docstore.Store){
	"writes out of bounds": func(t *testing.T, s docstore.Store) {
		bad := map[string]docstore.Write{
			"no id":                       {Key: key(""), Body: body(1)},
			"long id":                     {Key: key(strings.Repeat("x", docstore.MaxID+1)), Body: body(1)},
			"NUL in id":                   {Key: key("a\x00"), Body: body(1)},
			"torn id":                     {Key: key("\xe6\x9d"), Body: body(1)},
			"undeclared kind":             {Key: docstore.Key{Kind: "nothing", ID: "a"}, Body: body(1)},
			"undeclared field":            {Key: key("a"), Body: body(1), Fields: fields{"size": int64(1)}},
			"text for int":                {Key: key("a"), Body: body(1), Fields: fields{"due": "1"}},
			"int for text":                {Key: key("a"), Body: body(1), Fields: fields{"name": int64(1)}},
			"plain int":                   {Key: key("a"), Body: body(1), Fields: fields{"due": 1}},
			"nil field":                   {Key: key("a"), Body: body(1), Fields: fields{"due": nil}},
			"large body":                  {Key: key("a"), Body: body(strings.Repeat("y", docstore.MaxBody))},
			"no body":                     {Key: key("a")},
			"array":                       {Key: key("a"), Body: []byte(`[1]`)},
			"number":                      {Key: key("a"), Body: []byte(`1`)},
			"torn JSON":                   {Key: key("a"), Body: []byte(`{"a":`)},
			"two objects":                 {Key: key("a"), Body: []byte(`{} {}`)},
			"torn text":                   {Key: key("a"), Body: []byte("{\"a\":\"\xe6\x9d\"}")},
			"odd want":                    {Key: key("a"), Body: body(1), Want: -2},
			"claim of a kind with fields": {Key: key("a"), Body: body(1), Claims: []docstore.Claim{{Key: key("b"), Body: body(1)}}},
			"claim of no kind":            {Key: key("a"), Body: body(1), Claims: []docstore.Claim{{Key: docstore.Key{Kind: "nothing", ID: "b"}, Body: body(1)}}},
			"claim without id":            {Key: key("a"), Body: body(1), Claims: []docstore.Claim{claim("", "me")}},
			"claim without body":          {Key: key("a"), Body: body(1), Claims: []docstore.Claim{{Key: docstore.Key{Kind: "other", ID: "b"}}}},
			"claim of itself":             {Key: claim("a", "me").Key, Body: body(1), Claims: []docstore.Claim{claim("a", "me")}},
			"many claims":                 {Key: key("a"), Body: body(1), Claims: slices.Repeat([]docstore.Claim{claim("b", "me")}, docstore.MaxClaims+1)},
		}
		for name, w := range bad {
			_, err := s.Put(t.Context(), w, event(name))
			wantKind(t, name, err, fault.Invalid, fault.TooLarge)
		}
		put(t, s, write("z", docstore.Absent, 1), event("last"))
		feed(t, s, 1)
	},
	"events out of bounds": func(t *testing.T, s docstore.Store) {
		many := make([]docstore.Event, docstore.MaxEvents+1)
		for i := range many {
			many[i] = event(fmt.Sprint(i))
		}
		bad := map[string][]docstore.Event{
			"no id":    {{Type: "x", At: noon}},
			"no type":  {{ID: "x", At: noon}},
			"one id":   {event("x"), event("x")},
			"bad data": {{ID: "x", Type: "x", At: noon, Data: []byte("[]")}},
			"long id":  {event(strings.Repeat("x", docstore.MaxEventID+1))},
			"too many": many,
			"too large": {{ID: "x", Type: "x", At: noon, Data: body(strings.Repeat("y", docstore.MaxBody/2))},
				{ID: "y", Type: "x", At: noon, Data: body(strings.Repeat("y", docstore.MaxBody/2))}},
		}
		for name, list := range bad {
			_, err := s.Put(t.Context(), write("a", docstore.Absent, 1), list...)
			wantKind(t, name, err, fault.Invalid, fault.TooLarge)
		}
		_, err := s.Get(t.Context(), key("a"))
		wantErr(t, err, docstore.ErrNotFound)
	},
	"reads out of bounds": func(t *testing.T, s docstore.Store) {
		ctx := t.Context()
		_, err := s.Get(ctx, docstore.Key{Kind: "nothing", ID: "a"})
		wantKind(t, "undeclared kind", err, fault.Invalid)
		_, err = s.Get(ctx, key(""))
		wantKind(t, "no id", err, fault.Invalid)
		_, err = s.GetMany(ctx, []docstore.Key{key("a"), key("")})
		wantKind(t, "no id among many", err, fault.Invalid)
		_, err = s.GetMany(ctx, make([]docstore.Key, docstore.MaxLimit+1))
		wantKind(t, "too many", err, fault.Invalid)
		for _, limit := range []int{0, -1, docstore.MaxLimit + 1} {
			_, err = s.Events(ctx, 0, limit)
			wantKind(t, "events limit", err, fault.Invalid)
			_, err = s.Find(ctx, docstore.Query{Kind: "thing", Index: "due", Limit: limit})
			wantKind(t, "find limit", err, fault.Invalid)
		}
	},
	"queries that no index answers": func(t *testing.T, s docstore.Store) {
		bad := map[string]docstore.Query{
			"undeclared kind":   {Kind: "nothing", Index: "due"},
			"undeclared index":  {Kind: "thing", Index: "size"},
			"index of another":  {Kind: "other", Index: "due"},
			"too many values":   {Kind: "thing", Index: "due", Equal: []any{int64(1), int64(2)}},
			"range past end":    {Kind: "thing", Index: "due", Equal: []any{int64(1)}, From: int64(1)},
			"bound past end":    {Kind: "thing", Index: "due", Equal: []any{int64(1)}, To: int64(1)},
			"text for int":      {Kind: "thing", Index: "due", Equal: []any{"1"}},
			"plain int":         {Kind: "thing", Index: "due", From: 1},
			"text bound of int": {Kind: "thing", Index: "due", To: "1"},
			"nil value":         {Kind: "thing", Index: "due", Equal: []any{nil}},
			"equal id":          {Kind: "thing", Index: docstore.ByID, Equal: []any{"a"}},
			"number for id":     {Kind: "thing", Index: docstore.ByID, From: int64(1)},
		}
		for name, q := range bad {
			q.Limit = 10
			_, err := s.Find(t.Context(), q)
			wantKind(t, "find "+name, err, fault.Invalid)
			_, err = s.Count(t.Context(), q, 10)
			wantKind(t, "count "+name, err, fault.Invalid)
		}
	},
	"cursors of others": func(t *testing.T, s docstore.Store) {
		for i := range 4 {
			putFields(t, s, fmt.Sprint(i), fields{"group": "g", "due": int64(i), "name": "n"})
		}
		q := docstore.Query{Kind: "thing", Index: "group_due", Equal: []any{"g"}, Limit: 2}
		page, err := s.Find(t.Context(), q)
		if err != nil || page.Next == "" {
			t.Fatalf("Find = %+v, %v", page, err)
		}
		for name, change := range map[string]func(*docstore.Query){
			"other index": func(q *docstore.Query) { q.Index, q.Equal = "due", nil },
			"other value": func(q *docstore.Query) { q.Equal = []any{"h"} },
			"other way":   func(q *docstore.Query) { q.Desc = true },
			"other range": func(q *docstore.Query) { q.From = int64(3) },
			"garbage":     func(q *docstore.Query) { q.After = "garbage!" },
			"cut":         func(q *docstore.Query) { q.After = q.After[:6] },
		} {
			other := q
			other.After = page.Next
			change(&other)
			_, err := s.Find(t.Context(), other)
			if !errors.Is(err, docstore.ErrBadCursor) {
				t.Errorf("%s: error = %v, want bad cursor", name, err)
			}
		}
	},
	"calls whose context has ended": func(t *testing.T, s docstore.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for name, err := range callAll(ctx, s) {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s = %v, want canceled", name, err)
			}
		}
		_, err := s.Get(t.Context(), key("late"))
		wantErr(t, err, docstore.ErrNotFound)
	},
}

// callAll calls every method once and returns their errors.
func callAll(ctx context.Context, s docstore.Store) map[string]error {
	errs := map[string]error{"Ping": s.Ping(ctx)}
	_, errs["Get"] = s.Get(ctx, key("late"))
	_, errs["GetMany"] = s.GetMany(ctx, []docstore.Key{key("late")})
	_, errs["Find"] = s.Find(ctx, docstore.Query{Kind: "thing", Index: "due", Limit: 1})
	_, errs["Count"] = s.Count(ctx, docstore.Query{Kind: "thing", Index: "due"}, 1)
	_, errs["Put"] = s.Put(ctx, write("late", docstore.Absent, 1), event("late"))
	_, errs["Events"] = s.Events(ctx, 0, 1)
	_, errs["Head"] = s.Head(ctx, "luodian")
	return errs
}

var lives = map[string]func(*testing.T, docstore.Store){
	"a live store answers every call": func(t *testing.T, s docstore.Store) {
		put(t, s, write("late", docstore.Absent, 1))
		for name, err := range callAll(t.Context(), s) {
			if name != "Put" && err != nil {
				t.Errorf("%s = %v", name, err)
			}
		}
	},
	"a closed store answers nothing, and closes twice": func(t *testing.T, s docstore.Store) {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for name, err := range callAll(t.Context(), s) {
			if !errors.Is(err, docstore.ErrUnavailable) {
				t.Errorf("%s = %v, want unavailable", name, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Errorf("second Close = %v", err)
		}
	},
}
