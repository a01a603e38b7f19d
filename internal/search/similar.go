package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Likeness is a document that says much the same.
type Likeness struct {
	Hit
	// Share is how much of what the text says, in the weight of its pairs, the document says too: 0 to 100.
	Share int
}

// Bounds of looking for similar documents.
const (
	likeTokens = 24  // the rarest pairs of the text are looked up
	likeRows   = 400 // among so many of the newest documents that have a pair
	leastShare = 35
)

// Similar returns at most q.Limit documents that say much the same as q.Text, the likest first. A text too short to be
// like anything finds nothing. Tier and After are not used.
func (x *Index) Similar(ctx context.Context, q Query) ([]Likeness, error) {
	if q.Scope == "" {
		return nil, errScope
	}
	wanted := pairs(clipped(q.Text))
	if len(wanted) < 2 {
		return nil, nil
	}
	conn, giveBack, err := x.reader(ctx)
	if err != nil {
		return nil, err
	}
	defer giveBack()
	l, ok, err := stretch(conn, q)
	if err != nil || !ok {
		return nil, err
	}
	tally, err := l.weigh(conn, wanted, q.Facets)
	if err != nil {
		return nil, err
	}
	return x.likest(conn, tally.best(q.Limit))
}

// pairs returns the pairs of a text as they sound, and its words of letters, each once.
func pairs(text string) []string {
	var all []string
	add := func(quotedToken string) {
		if !slices.Contains(all, quotedToken) && len(all) < likeTokens {
			all = append(all, quotedToken)
		}
	}
	for _, r := range runs(text) {
		if len(r) == 1 && r[0].wide {
			continue
		}
		for _, token := range tokens(r, sounding) {
			add(token)
		}
	}
	return all
}

// weights are how alike rows are.
type weights struct {
	row   map[int64]float64
	total float64
}

// weigh looks every pair up. A pair that many documents have weighs little, as in any search; one that none has weighs as
// much as one that a single document has.
func (l limits) weigh(conn *sqlite.Conn, wanted []string, facets [][]string) (weights, error) {
	w := weights{row: map[int64]float64{}}
	size := float64(l.high - l.low + 2)
	for _, token := range wanted {
		rows, err := l.having(conn, narrowed(token, facets))
		if err != nil {
			return w, err
		}
		weight := math.Log(size / float64(len(rows)+1))
		if len(rows) == likeRows {
			weight /= 4 // or more: the rest was not counted
		}
		weight = max(weight, 0.05)
		w.total += weight
		for _, n := range rows {
			w.row[n] += weight
		}
	}
	return w, nil
}

func narrowed(token string, facets [][]string) string {
	parts := []string{token}
	for _, group := range facets {
		if len(group) > 0 {
			parts = append(parts, or(facetTokens(group)))
		}
	}
	return and(parts)
}

func (l limits) having(conn *sqlite.Conn, match string) ([]int64, error) {
	var rows []int64
	read := func(stmt *sqlite.Stmt) error { rows = append(rows, stmt.ColumnInt64(0)); return nil }
	err := sqlitex.Execute(conn, "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
		&sqlitex.ExecOptions{Args: []any{match, l.low, l.high, likeRows}, ResultFunc: read})
	if err != nil {
		return nil, failed(err)
	}
	return rows, nil
}

// best returns the rows with the largest share, the newer first among equals.
func (w weights) best(most int) []scored {
	var all []scored
	for n, weight := range w.row {
		if share := int(100 * weight / w.total); share >= leastShare {
			all = append(all, scored{n, share})
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		if a.share != b.share {
			return b.share - a.share
		}
		return cmp.Compare(b.row, a.row)
	})
	return all[:min(len(all), max(1, min(most, MaxHits)))]
}

type scored struct {
	row   int64
	share int
}

func (x *Index) likest(conn *sqlite.Conn, found []scored) ([]Likeness, error) {
	var all []Likeness
	for _, f := range found {
		read := func(stmt *sqlite.Stmt) error {
			hit := Hit{Kind: x.o.Sources[stmt.ColumnInt(0)].Kind, ID: stmt.ColumnText(1)}
			all = append(all, Likeness{hit, f.share})
			return nil
		}
		err := sqlitex.Execute(conn, "SELECT kind, id FROM docs WHERE n = ?", &sqlitex.ExecOptions{Args: []any{f.row}, ResultFunc: read})
		if err != nil {
			return nil, failed(err)
		}
	}
	return all, nil
}
