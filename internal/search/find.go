package search

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"jushou/internal/docstore"
)

// Hit is a document that matches.
type Hit struct {
	Kind docstore.Kind
	ID   string
	Tier Tier
}

// Page is one page of hits: the better tier first, the newer within a tier.
type Page struct {
	Hits []Hit
	// Next continues after the last of Hits; "" at the end.
	Next string
}

// Find looks up a query. It returns ErrNoWords for a text with nothing to look up.
func (x *Index) Find(ctx context.Context, q Query) (Page, error) {
	p, err := planOf(q.Text)
	if err != nil {
		return Page{}, err
	}
	if q.Scope == "" {
		return Page{}, errScope
	}
	from, err := cutCursor(q.After)
	if err != nil {
		return Page{}, err
	}
	conn, giveBack, err := x.reader(ctx)
	if err != nil {
		return Page{}, err
	}
	defer giveBack()
	l, ok, err := stretch(conn, q)
	if err != nil || !ok {
		return Page{}, err
	}
	return x.fill(conn, l, p, q, from)
}

// reader takes a connection whose work ends with ctx.
func (x *Index) reader(ctx context.Context) (conn *sqlite.Conn, giveBack func(), err error) {
	readers := x.readers.Load()
	if readers == nil {
		return nil, nil, errUnavailable
	}
	conn, err = readers.Take(ctx)
	switch {
	case err == nil:
		return conn, func() { readers.Put(conn) }, nil
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	}
	return nil, nil, errUnavailable.Because(err)
}

// limits are the rows a query may find: those of one community, of a time.
type limits struct {
	low, high int64 // low <= n <= high
	from, to  int64 // Unix milliseconds, from <= at < to
}

// stretch returns the rows of the community, the oldest first. They lie nearly in the order of time, so a period is a
// stretch too; a margin on both sides leaves room for what was entered late, and the exact time decides.
func stretch(conn *sqlite.Conn, q Query) (limits, bool, error) {
	scope, docs, ok, err := scopeOf(conn, q.Scope)
	if err != nil || !ok {
		return limits{}, false, err
	}
	l := limits{low: rowOf(scope, 1), high: rowOf(scope, docs), from: math.MinInt64, to: math.MaxInt64}
	whole := l
	if !q.From.IsZero() {
		l.from = q.From.UnixMilli()
		l.low, err = whole.since(conn, q.From.Add(-margin).UnixMilli())
	}
	if !q.To.IsZero() && err == nil {
		l.to = q.To.UnixMilli()
		l.high, err = whole.since(conn, q.To.Add(margin).UnixMilli())
	}
	return l, true, err
}

const margin = 24 * time.Hour

// since seeks the first row that is not before an instant, by halving; the last row if all are.
func (l limits) since(conn *sqlite.Conn, at int64) (int64, error) {
	low, high := l.low, l.high
	for low < high {
		middle := low + (high-low)/2
		then := int64(0)
		read := func(stmt *sqlite.Stmt) error { then = stmt.ColumnInt64(0); return nil }
		err := sqlitex.Execute(conn, "SELECT at FROM docs WHERE n = ?", &sqlitex.ExecOptions{Args: []any{middle}, ResultFunc: read})
		if err != nil {
			return 0, err
		}
		if then < at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, nil
}

// fewEras is up to how many eras are named: a small community among others needs them, a large one is most of the index.
const fewEras = 2

// eras returns the tokens of the newest eras of the rows, or of all of them if they are few.
func (l limits) eras(newest bool) []string {
	first, last := l.low>>eraBits, l.high>>eraBits
	if last-first >= fewEras {
		if !newest {
			return nil
		}
		first = last - fewEras + 1
	}
	var all []string
	for era := first; era <= last; era++ {
		all = append(all, quoted(eraToken(era<<eraBits)))
	}
	return all
}

// fill makes a page from one tier after the other.
func (x *Index) fill(conn *sqlite.Conn, l limits, p plan, q Query, from position) (Page, error) {
	limit := q.Limit
	if limit == 0 {
		limit = DefaultHits
	}
	limit = min(max(limit, 1), MaxHits)
	var page Page
	if p.long && from == (position{}) {
		// Whatever has the words has their sounds, so one look tells that the tiers above Close are empty; a sentence is seldom said twice.
		rows, err := l.rows(conn, p.heard(q.Facets, l.eras(false)), 1)
		if err != nil {
			return Page{}, err
		}
		if len(rows) == 0 {
			from.tier = Close
		}
	}
	for t := from.tier; t < tiers; t++ {
		match := p.match(t, q.Facets, l.eras(t == Close))
		if match == "" || p.spare(t) && from.tier < t && (from.row > 0 || len(page.Hits) > 0) {
			continue
		}
		within := l
		if t == from.tier && from.row > 0 {
			within.high = min(l.high, from.row-1)
		}
		rows, err := within.rows(conn, match, limit+1-len(page.Hits))
		if err != nil {
			return Page{}, err
		}
		for _, r := range rows {
			if len(page.Hits) == limit {
				page.Next = from.String()
				return page, nil
			}
			page.Hits = append(page.Hits, Hit{x.o.Sources[r.kind].Kind, r.id, t})
			from = position{t, r.n}
		}
	}
	return page, nil
}

type row struct {
	n int64
	name
}

const look = `SELECT d.n, d.kind, d.id FROM words AS w CROSS JOIN docs AS d ON d.n = w.rowid
	WHERE w.words MATCH ? AND w.rowid BETWEEN ? AND ? AND d.at >= ? AND d.at < ? ORDER BY w.rowid DESC LIMIT ?`

func (l limits) rows(conn *sqlite.Conn, match string, most int) ([]row, error) {
	var rows []row
	read := func(stmt *sqlite.Stmt) error {
		rows = append(rows, row{stmt.ColumnInt64(0), name{stmt.ColumnInt(1), stmt.ColumnText(2)}})
		return nil
	}
	err := sqlitex.Execute(conn, look, &sqlitex.ExecOptions{Args: []any{match, l.low, l.high, l.from, l.to, most}, ResultFunc: read})
	if err != nil {
		return nil, failed(err)
	}
	return rows, nil
}

func failed(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return errUnavailable.Because(fmt.Errorf("look up words: %w", err))
}

// position is a place between hits.
type position struct {
	tier Tier
	row  int64
}

func (p position) String() string { return fmt.Sprintf("%d.%s", p.tier, strconv.FormatInt(p.row, 36)) }

// cutCursor reads a cursor back. Whatever it holds, the rows of a query stay within its community.
func cutCursor(after string) (position, error) {
	if after == "" {
		return position{}, nil
	}
	tier, place, ok := strings.Cut(after, ".")
	t, err := strconv.ParseUint(tier, 10, 8)
	row, err2 := strconv.ParseInt(place, 36, 64)
	if !ok || err != nil || err2 != nil || t >= uint64(tiers) || row <= 0 {
		return position{}, errCursor
	}
	return position{Tier(t), row}, nil
}
