package sqlite

import (
	"context"
	"sync"
	"time"

	"zombiezen.com/go/sqlite"

	"jushou/internal/docstore"
)

// Events implements docstore.Store.
func (s *Store) Events(ctx context.Context, after int64, limit int) ([]docstore.Event, error) {
	if err := docstore.CheckLimit(limit); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.closed.Load() {
		return nil, errClosed
	}
	if events, ok := s.tail.after(after, limit); ok {
		return events, nil
	}
	r, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	defer s.giveBack(r)
	stmt, err := r.conn.Prepare(
		"SELECT seq, id, scope, type, kind, doc, ver, actor, at, data FROM events WHERE seq > ? ORDER BY seq")
	if err != nil {
		return nil, unavailable(err)
	}
	stmt.BindInt64(1, after)
	var events []docstore.Event
	for len(events) < limit {
		more, err := stmt.Step()
		if err != nil {
			return nil, unavailable(err)
		}
		if !more {
			break
		}
		events = append(events, readEvent(stmt))
	}
	if err := stmt.Reset(); err != nil {
		return nil, unavailable(err)
	}
	return events, nil
}

func readEvent(stmt *sqlite.Stmt) docstore.Event {
	e := docstore.Event{
		Seq: stmt.ColumnInt64(0), ID: stmt.ColumnText(1), Scope: stmt.ColumnText(2), Type: stmt.ColumnText(3),
		Doc: docstore.Key{Kind: docstore.Kind(stmt.ColumnText(4)), ID: stmt.ColumnText(5)}, Ver: stmt.ColumnInt64(6),
		Actor: stmt.ColumnText(7), At: time.UnixMilli(stmt.ColumnInt64(8)),
	}
	if !stmt.ColumnIsNull(9) {
		e.Data = columnBytes(stmt, 9)
	}
	return e
}

// heads remembers the last Seq of each scope. One process owns the file, so memory is as true as the
// table, and the question "has anything changed" costs no read.
type heads struct {
	mu   sync.RWMutex
	last map[string]int64
}

func (h *heads) get(scope string) (int64, bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	seq, ok := h.last[scope]
	return seq, ok
}

// raise records seq unless a later one is known.
func (h *heads) raise(scope string, seq int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last == nil {
		h.last = map[string]int64{}
	}
	h.last[scope] = max(h.last[scope], seq)
}

// Head implements docstore.Store.
func (s *Store) Head(ctx context.Context, scope string) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if s.closed.Load() {
		return 0, errClosed
	}
	if seq, ok := s.heads.get(scope); ok {
		return seq, nil
	}
	r, err := s.reader(ctx)
	if err != nil {
		return 0, err
	}
	defer s.giveBack(r)
	seq, err := r.scalar("SELECT seq FROM events WHERE scope = ? ORDER BY seq DESC LIMIT 1", scope)
	if err != nil {
		return 0, unavailable(err)
	}
	// A scope without events is not remembered: anybody could ask for names without end.
	if seq > 0 {
		s.heads.raise(scope, seq)
	}
	return seq, nil
}
