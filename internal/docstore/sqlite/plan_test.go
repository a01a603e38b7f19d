package sqlite

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jushou/internal/docstore"
)

// TestNoQueryScans asks SQLite how it would answer each shape of query: always by seeking the index
// from its place on, never by reading past rows or sorting.
func TestNoQueryScans(t *testing.T) {
	schema := docstore.Schema{{
		Kind:   "topic",
		Fields: []docstore.Field{{Name: "state", Type: docstore.Text}, {Name: "due", Type: docstore.Int}, {Name: "board", Type: docstore.Text}},
		Indexes: []docstore.Index{
			{Name: "work", Fields: []string{"state", "due", "board"}},
			{Name: "state", Fields: []string{"state"}},
		},
	}}
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "jushou.db"), schema, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, q := range []docstore.Query{
		{Index: "work"}, {Index: "work", Equal: []any{"open"}}, {Index: "work", Equal: []any{"open"}, From: int64(3)},
		{Index: "work", Equal: []any{"open"}, From: int64(3), To: int64(9)}, {Index: "work", Equal: []any{"open", int64(4)}},
		{Index: "work", Equal: []any{"open", int64(4)}, From: "a"}, {Index: "state", Equal: []any{"open"}},
		{Index: docstore.ByID, From: "a", To: "b"}, {Index: docstore.ByID},
	} {
		for _, q.Desc = range []bool{false, true} {
			for _, turned := range []bool{false, true} {
				explain(t, s, q, turned)
			}
		}
	}
}

func explain(t *testing.T, s *Store, q docstore.Query, turned bool) {
	t.Helper()
	q.Kind = "topic"
	p, err := s.schema.Plan(q)
	if err != nil {
		t.Fatal(err)
	}
	if turned {
		p.Place = &docstore.Place{ID: "a", Values: make([]any, len(p.Order))}
	}
	query := s.kinds["topic"].find(p)
	stmt, _, err := s.writer.conn.PrepareTransient("EXPLAIN QUERY PLAN " + query)
	if err != nil {
		t.Fatal(err)
	}
	defer stmt.Finalize()
	var plan []string
	for {
		more, err := stmt.Step()
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
		plan = append(plan, stmt.ColumnText(3))
	}
	sought := len(q.Equal) > 0 || q.From != nil || q.To != nil || turned
	text := strings.Join(plan, "; ")
	if len(plan) != 1 || !strings.Contains(text, "USING INDEX") || sought && !strings.HasPrefix(text, "SEARCH") {
		t.Errorf("%s\n\t%s", query, text)
	}
	if place := regexp.MustCompile(`\bid[)<>]`); turned && !place.MatchString(text) {
		t.Errorf("a turned page does not seek its place: %s\n\t%s", query, text)
	}
}
