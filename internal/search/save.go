package search

import (
	"cmp"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// A row's number holds the community's number and, below it, the document's place in it, from 1.
const placeBits = 32

func rowOf(scope, place int64) int64 { return scope<<placeBits | place }

// eraBits is how many bits of a place count within an era: a stretch of 16,384 documents, each found by a token of its own.
const eraBits = 14

// eraToken is what the documents of a row's era are found by. Looking for words in an era only makes FTS5 stop at its end,
// where it would otherwise walk on through everybody else's rows in search of a match.
func eraToken(row int64) string { return inEra + strconv.FormatInt(row>>eraBits, 36) }

// save writes a batch and the new place in one transaction, so that a crash leaves both or neither.
func (x *Index) save(from, to place, batch []change) (err error) {
	end, err := sqlitex.ImmediateTransaction(x.writer)
	if err != nil {
		return fmt.Errorf("begin to index: %w", err)
	}
	defer end(&err)
	now, err := readPlace(x.writer)
	if err != nil {
		return err
	}
	if now.seq != from.seq {
		return errOvertaken
	}
	if err := placeAll(x.writer, batch); err != nil {
		return err
	}
	// FTS5 takes rows in their order; one out of order makes it write out what it has gathered.
	slices.SortFunc(batch, func(a, b change) int { return cmp.Compare(a.row, b.row) })
	for _, c := range batch {
		if err := apply(x.writer, c); err != nil {
			return fmt.Errorf("index %s: %w", c.id, err)
		}
	}
	return savePlace(x.writer, to)
}

// placeAll finds the rows of documents, and gives new ones a row in the order in which the feed first names them. A
// document keeps its place among its neighbours from its first event on, whether it could be read then or not, so that a
// rebuilt index is the same.
func placeAll(conn *sqlite.Conn, batch []change) error {
	for i, c := range batch {
		row, mark, known, err := lookUp(conn, c.name)
		if err == nil && !known {
			if row, err = newRow(conn, c.scope); err == nil {
				err = exec(conn, "INSERT INTO docs (n, kind, id, hash, at, mark) VALUES (?, ?, ?, ?, ?, 0)", row, c.kind, c.id, c.hash(), c.at.UnixMilli())
			}
		}
		if err != nil {
			return fmt.Errorf("place %s: %w", c.id, err)
		}
		batch[i].row, batch[i].was = row, mark
	}
	return nil
}

// apply makes the index say of one document what the change says.
func apply(conn *sqlite.Conn, c change) error {
	at, mark := c.at, int64(0)
	if c.entry != nil {
		at, mark = c.entry.At, markOf(c.text)
	}
	if c.was == mark {
		return nil
	}
	if err := exec(conn, "UPDATE docs SET at = ?, mark = ? WHERE n = ?", at.UnixMilli(), mark, c.row); err != nil {
		return err
	}
	if c.was != 0 {
		if err := exec(conn, "DELETE FROM words WHERE rowid = ?", c.row); err != nil {
			return err
		}
	}
	if mark == 0 {
		return nil
	}
	return exec(conn, "INSERT INTO words (rowid, t) VALUES (?, ?)", c.row, c.text+" "+eraToken(c.row))
}

func lookUp(conn *sqlite.Conn, d name) (row, mark int64, known bool, err error) {
	read := func(stmt *sqlite.Stmt) error {
		row, mark, known = stmt.ColumnInt64(0), stmt.ColumnInt64(1), true
		return nil
	}
	err = sqlitex.Execute(conn, "SELECT n, mark FROM docs WHERE hash = ? AND kind = ? AND id = ?",
		&sqlitex.ExecOptions{Args: []any{d.hash(), d.kind, d.id}, ResultFunc: read})
	return row, mark, known, err
}

// newRow gives the next document of a community its row.
func newRow(conn *sqlite.Conn, scope string) (int64, error) {
	err := exec(conn, `INSERT INTO scopes (scope, number, docs) VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM scopes), 1)
		ON CONFLICT (scope) DO UPDATE SET docs = docs + 1`, scope)
	if err != nil {
		return 0, err
	}
	n, docs, ok, err := scopeOf(conn, scope)
	if err == nil && !ok {
		err = errors.New("search: the community's number is gone")
	}
	return rowOf(n, docs), err
}

// scopeOf returns a community's number and how many documents it has.
func scopeOf(conn *sqlite.Conn, scope string) (n, docs int64, ok bool, err error) {
	read := func(stmt *sqlite.Stmt) error {
		n, docs, ok = stmt.ColumnInt64(0), stmt.ColumnInt64(1), true
		return nil
	}
	err = sqlitex.Execute(conn, "SELECT number, docs FROM scopes WHERE scope = ?", &sqlitex.ExecOptions{Args: []any{scope}, ResultFunc: read})
	return n, docs, ok, err
}

func exec(conn *sqlite.Conn, query string, args ...any) error {
	return sqlitex.Execute(conn, query, &sqlitex.ExecOptions{Args: args})
}

// hash finds a document's row.
func (d name) hash() int64 {
	h := fnv.New32a()
	h.Write([]byte(d.id))
	return int64(h.Sum32() + uint32(d.kind))
}

// markOf tells texts apart; it is never 0.
func markOf(text string) int64 {
	h := fnv.New64a()
	h.Write([]byte(text))
	return int64(h.Sum64() | 1)
}
