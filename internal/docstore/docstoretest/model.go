package docstoretest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jushou/internal/docstore"
)

// model is the port in a few maps: slow, in memory, and simple enough to be believed.
type model struct {
	docs map[string]modelDoc
}

type modelDoc struct {
	version int64
	value   int64
	group   *string
	due     *int64
}

// put returns the new version, or false for a conflict.
func (m *model) put(id string, want docstore.Want, d modelDoc, remove bool) (int64, bool) {
	was := m.docs[id].version
	if want != docstore.Any && int64(want) != was {
		return 0, false
	}
	if remove {
		delete(m.docs, id)
		return 0, true
	}
	d.version = was + 1
	m.docs[id] = d
	return d.version, true
}

// find returns the ids in group with From <= due < To, in order.
func (m *model) find(group string, from, to *int64, desc bool) []string {
	var ids []string
	for id, d := range m.docs {
		if d.group != nil && *d.group == group && d.due != nil && (from == nil || *d.due >= *from) && (to == nil || *d.due < *to) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(*m.docs[a].due, *m.docs[b].due), cmp.Compare(a, b))
	})
	if desc {
		slices.Reverse(ids)
	}
	return ids
}

var models = map[string]func(*testing.T, docstore.Store){
	"random calls agree with a model": func(t *testing.T, s docstore.Store) {
		run := 0
		rapid.Check(t, func(rt *rapid.T) {
			run++
			p := &player{T: rt, t: t, s: s, prefix: fmt.Sprintf("run%d-", run), model: model{docs: map[string]modelDoc{}}}
			rt.Repeat(map[string]func(*rapid.T){"put": p.put, "get": p.get, "find": p.find})
		})
	},
}

// player plays the same calls to a store and to the model. One store serves every run; ids and
// groups carry the run's prefix.
type player struct {
	*rapid.T
	t      *testing.T
	s      docstore.Store
	prefix string
	model  model
}

var (
	someID    = rapid.SampledFrom([]string{"a", "b", "c", "d", "村", "e/1"})
	someGroup = rapid.SampledFrom([]string{"", "g", "组"})
	someDue   = rapid.SampledFrom([]int64{-1, 0, 1, 2, 1 << 40, 1<<53 + 1})
)

func (p *player) put(rt *rapid.T) {
	id := p.prefix + someID.Draw(rt, "id")
	d := modelDoc{value: rapid.Int64().Draw(rt, "value")}
	w := docstore.Write{
		Key: key(id), Want: docstore.Want(rapid.Int64Range(-1, 3).Draw(rt, "want")), Body: body(d.value), Fields: fields{},
		Delete: rapid.IntRange(0, 4).Draw(rt, "delete") == 0,
	}
	if rapid.Bool().Draw(rt, "has group") {
		group := p.prefix + someGroup.Draw(rt, "group")
		d.group, w.Fields["group"] = &group, group
	}
	if rapid.Bool().Draw(rt, "has due") {
		due := someDue.Draw(rt, "due")
		d.due, w.Fields["due"] = &due, due
	}
	version, ok := p.model.put(id, w.Want, d, w.Delete)
	got, err := p.s.Put(p.t.Context(), w)
	if ok && (err != nil || got != version) || !ok && !errors.Is(err, docstore.ErrConflict) {
		rt.Fatalf("Put %+v = %d, %v; the model says %d, %t", w, got, err, version, ok)
	}
}

func (p *player) get(rt *rapid.T) {
	id := p.prefix + someID.Draw(rt, "id")
	want, ok := p.model.docs[id]
	doc, err := p.s.Get(p.t.Context(), key(id))
	if ok != (err == nil) || !ok && !errors.Is(err, docstore.ErrNotFound) {
		rt.Fatalf("Get %s = %v; the model has it: %t", id, err, ok)
	}
	if ok && doc.Version != want.version {
		rt.Fatalf("Get %s = version %d, want %d", id, doc.Version, want.version)
	}
	if ok {
		wantBody(p.t, doc.Body, body(want.value))
	}
}

func (p *player) find(rt *rapid.T) {
	group := p.prefix + someGroup.Draw(rt, "group")
	q := docstore.Query{
		Kind: "thing", Index: "group_due", Equal: []any{group}, Desc: rapid.Bool().Draw(rt, "desc"), Limit: rapid.IntRange(1, 4).Draw(rt, "limit"),
	}
	var from, to *int64
	if rapid.Bool().Draw(rt, "has from") {
		v := someDue.Draw(rt, "from")
		from, q.From = &v, v
	}
	if rapid.Bool().Draw(rt, "has to") {
		v := someDue.Draw(rt, "to")
		to, q.To = &v, v
	}
	want := p.model.find(group, from, to, q.Desc)
	got, err := find(p.t.Context(), p.s, q)
	if err != nil || !slices.Equal(got, want) {
		rt.Fatalf("Find %+v = %v, %v; the model says %v", q, got, err, want)
	}
	n, err := p.s.Count(p.t.Context(), q, 100)
	if err != nil || n != len(want) {
		rt.Fatalf("Count %+v = %d, %v; the model says %d", q, n, err, len(want))
	}
}
