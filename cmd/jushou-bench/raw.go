package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// rawTransaction is how many rows baseline R writes at a time.
const rawTransaction = 100

// raw is baseline R: a bare SQLite table in a file beside the store.
type raw struct {
	conn *sqlite.Conn
	body string
	next int
}

func openRaw(dir string, size int) (*raw, error) {
	conn, err := sqlite.OpenConn(filepath.Join(dir, "raw.db"))
	if err != nil {
		return nil, err
	}
	for _, query := range []string{
		"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, body TEXT)",
	} {
		if err := sqlitex.ExecuteTransient(conn, query, nil); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	}
	return &raw{conn: conn, body: strings.Repeat("x", size)}, nil
}

// insert writes rows for the time and returns how many a second.
func (r *raw) insert(d time.Duration) (float64, error) {
	began, first := time.Now(), r.next
	for time.Since(began) < d {
		if err := r.transaction(); err != nil {
			return 0, fmt.Errorf("baseline R: %w", err)
		}
	}
	return float64(r.next-first) / time.Since(began).Seconds(), nil
}

func (r *raw) transaction() (err error) {
	end, err := sqlitex.ImmediateTransaction(r.conn)
	if err != nil {
		return err
	}
	defer end(&err)
	stmt, err := r.conn.Prepare("INSERT INTO rows VALUES (?, ?)")
	if err != nil {
		return err
	}
	for range rawTransaction {
		stmt.BindText(1, fmt.Sprintf("01je%016d", r.next))
		stmt.BindText(2, r.body)
		if _, err := stmt.Step(); err != nil {
			return err
		}
		if err := stmt.Reset(); err != nil {
			return err
		}
		r.next++
	}
	return nil
}
