package sqlite

import (
	"context"
	"fmt"
	"strings"

	"zombiezen.com/go/sqlite"

	"jushou/internal/docstore"
)

// Find implements docstore.Store.
func (s *Store) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	if err := docstore.CheckLimit(q.Limit); err != nil {
		return docstore.Page{}, err
	}
	plan, err := s.schema.Plan(q)
	if err != nil {
		return docstore.Page{}, err
	}
	r, err := s.reader(ctx)
	if err != nil {
		return docstore.Page{}, err
	}
	defer s.giveBack(r)
	stmt, err := r.conn.Prepare(s.kinds[q.Kind].find(plan))
	if err != nil {
		return docstore.Page{}, unavailable(err)
	}
	bindPlan(stmt, plan)
	page, err := readPage(ctx, stmt, plan)
	if e := stmt.Reset(); err == nil && e != nil {
		err = unavailable(e)
	}
	return page, err
}

// find composes the statement: id, v, body and the order's fields of the rows from the place on. The
// statement cache is keyed by this text. INDEXED BY makes SQLite refuse what it would have to scan. There
// is no LIMIT: rows come straight from the index, so reading stops when there are enough, while SQLite
// looks at a bound limit when it plans and would plan anew at every call.
func (k *kind) find(p docstore.Plan) string {
	var b strings.Builder
	b.WriteString("SELECT id, v, body")
	for _, f := range p.Order {
		b.WriteString(", " + columnName(f.Name))
	}
	k.from(&b, p)
	way := " ASC"
	if p.Desc {
		way = " DESC"
	}
	b.WriteString(" ORDER BY ")
	for _, f := range p.Order {
		b.WriteString(columnName(f.Name) + way + ", ")
	}
	b.WriteString("id" + way)
	return b.String()
}

// from writes FROM and WHERE, with parameters in the order bindPlan gives them.
func (k *kind) from(b *strings.Builder, p docstore.Plan) {
	b.WriteString(" FROM " + tableName(k.Kind))
	if p.Index != docstore.ByID {
		b.WriteString(" INDEXED BY " + indexName(k.Kind, p.Index))
	}
	b.WriteString(" WHERE 1")
	for _, f := range p.Fields[:len(p.Equal)] {
		b.WriteString(" AND " + columnName(f.Name) + " = ?")
	}
	for _, f := range p.Order {
		b.WriteString(" AND " + columnName(f.Name) + " IS NOT NULL")
	}
	next := "id"
	if len(p.Order) > 0 {
		next = columnName(p.Order[0].Name)
	}
	// A place lies within the bounds, so it replaces the one that the order begins at: with both,
	// SQLite might seek to the bound and walk to the place.
	if p.From != nil && (p.Place == nil || p.Desc) {
		b.WriteString(" AND " + next + " >= ?")
	}
	if p.To != nil && (p.Place == nil || !p.Desc) {
		b.WriteString(" AND " + next + " < ?")
	}
	if p.Place != nil {
		b.WriteString(placeClause(p))
	}
}

func placeClause(p docstore.Plan) string {
	columns := make([]string, 0, len(p.Order)+1)
	for _, f := range p.Order {
		columns = append(columns, columnName(f.Name))
	}
	columns = append(columns, "id")
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")
	beyond := ">"
	if p.Desc {
		beyond = "<"
	}
	return fmt.Sprintf(" AND (%s) %s (%s)", strings.Join(columns, ", "), beyond, marks)
}

// bindPlan binds the values of p and returns the number of the next parameter.
func bindPlan(stmt *sqlite.Stmt, p docstore.Plan) int {
	n := 0
	bind := func(v any) {
		n++
		switch v := v.(type) {
		case string:
			stmt.BindText(n, v)
		case int64:
			stmt.BindInt64(n, v)
		}
	}
	for _, v := range p.Equal {
		bind(v)
	}
	if p.From != nil && (p.Place == nil || p.Desc) {
		bind(p.From)
	}
	if p.To != nil && (p.Place == nil || !p.Desc) {
		bind(p.To)
	}
	if p.Place != nil {
		for _, v := range p.Place.Values {
			bind(v)
		}
		bind(p.Place.ID)
	}
	return n + 1
}

// readPage reads up to the limit of p and learns from one more row whether there is a next page.
func readPage(ctx context.Context, stmt *sqlite.Stmt, p docstore.Plan) (docstore.Page, error) {
	var page docstore.Page
	var last docstore.Place
	for {
		more, err := stmt.Step()
		if err != nil {
			return docstore.Page{}, unavailable(err)
		}
		if !more {
			return page, nil
		}
		if len(page.Docs) == p.Limit {
			page.Next = p.Cursor(last)
			return page, nil
		}
		if ctx.Err() != nil {
			return docstore.Page{}, ctx.Err()
		}
		doc := docstore.Doc{
			Key: docstore.Key{Kind: p.Kind, ID: stmt.ColumnText(0)}, Version: stmt.ColumnInt64(1), Body: columnBytes(stmt, 2),
		}
		page.Docs = append(page.Docs, doc)
		if len(page.Docs) == p.Limit {
			last = readPlace(stmt, p, doc.ID)
		}
	}
}

func readPlace(stmt *sqlite.Stmt, p docstore.Plan, id string) docstore.Place {
	place := docstore.Place{ID: id, Values: make([]any, len(p.Order))}
	for i, f := range p.Order {
		if f.Type == docstore.Int {
			place.Values[i] = stmt.ColumnInt64(3 + i)
		} else {
			place.Values[i] = stmt.ColumnText(3 + i)
		}
	}
	return place
}

// longCount is the count from which on a call is made interruptible, which costs a goroutine.
const longCount = 10_000

// Count implements docstore.Store.
func (s *Store) Count(ctx context.Context, q docstore.Query, most int) (int, error) {
	q.After = ""
	plan, err := s.schema.Plan(q)
	if err != nil {
		return 0, err
	}
	r, err := s.reader(ctx)
	if err != nil {
		return 0, err
	}
	defer s.giveBack(r)
	if most > longCount {
		r.conn.SetInterrupt(ctx.Done())
		defer r.conn.SetInterrupt(nil)
	}
	n, err := r.count(s.kinds[q.Kind], plan, max(most, 0))
	if err != nil && ctx.Err() != nil {
		return 0, ctx.Err()
	}
	return n, err
}

func (r *reader) count(k *kind, p docstore.Plan, most int) (int, error) {
	var b strings.Builder
	b.WriteString("SELECT count(*) FROM (SELECT 1")
	k.from(&b, p)
	b.WriteString(" LIMIT ? + 0)") // the sum keeps the planner from looking at the value, see find
	stmt, err := r.conn.Prepare(b.String())
	if err != nil {
		return 0, unavailable(err)
	}
	stmt.BindInt64(bindPlan(stmt, p), int64(most))
	if _, err := stmt.Step(); err != nil {
		return 0, unavailable(err)
	}
	n := stmt.ColumnInt64(0)
	if err := stmt.Reset(); err != nil {
		return 0, unavailable(err)
	}
	return int(n), nil
}
