package search

import (
	"context"
	"errors"
	"fmt"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// errOther means that the index was built from another feed: a store that was restored from a backup, or another one.
var errOther = errors.New("search: the index belongs to another feed")

// belongs checks that the event the index read last is where it was, and that it was built for these sources.
func (x *Index) belongs(ctx context.Context) error {
	saved, err := readPlace(x.writer)
	if err != nil {
		return err
	}
	if saved.seq == 0 {
		return nil
	}
	if saved.sources != x.fingerprint() {
		return fmt.Errorf("%w: it has other sources", errOther)
	}
	events, err := x.o.Feed.Events(ctx, saved.seq-1, 1)
	if err != nil {
		return err
	}
	if len(events) == 0 || events[0].Seq != saved.seq || events[0].ID != saved.event {
		return errOther
	}
	x.place.Store(saved.seq)
	return nil
}

// fingerprint names the sources: with another one, what was read must be read again.
func (x *Index) fingerprint() string {
	var all string
	for _, s := range x.o.Sources {
		all += fmt.Sprintf("%s%q;", s.Kind, s.Types)
	}
	return all
}

// place is how far the feed was followed: the last event looked at.
type place struct {
	seq     int64
	event   string
	sources string
}

func readPlace(conn *sqlite.Conn) (place, error) {
	var p place
	read := func(stmt *sqlite.Stmt) error {
		switch stmt.ColumnText(0) {
		case "seq":
			p.seq = stmt.ColumnInt64(1)
		case "event":
			p.event = stmt.ColumnText(1)
		case "sources":
			p.sources = stmt.ColumnText(1)
		}
		return nil
	}
	err := sqlitex.Execute(conn, "SELECT name, value FROM meta", &sqlitex.ExecOptions{ResultFunc: read})
	return p, err
}

func savePlace(conn *sqlite.Conn, p place) error {
	return sqlitex.Execute(conn, "INSERT OR REPLACE INTO meta(name, value) VALUES ('seq', ?), ('event', ?), ('sources', ?)",
		&sqlitex.ExecOptions{Args: []any{p.seq, p.event, p.sources}})
}
