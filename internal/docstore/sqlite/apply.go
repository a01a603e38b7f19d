package sqlite

import (
	"zombiezen.com/go/sqlite"

	"jushou/internal/docstore"
)

// apply makes one write inside the open transaction. A refusal leaves the transaction as if the write
// had not been tried; broken means that the transaction is lost.
//
// There is no savepoint, which would copy every page it touches. Instead the version is looked at
// first, and the little that was done before an event was refused is undone by hand.
func (w *writer) apply(put docstore.Write, events []docstore.Event) (version int64, refusal, broken error) {
	k := w.store.kinds[put.Kind]
	if refusal, broken := w.claim(put.Claims); refusal != nil || broken != nil {
		return 0, refusal, broken
	}
	if put.Want == docstore.Absent && !put.Delete {
		return w.create(k, put, events)
	}
	at, err := w.seek(k, put)
	if err != nil {
		return 0, nil, err
	}
	was := at.version
	if put.Want != docstore.Any && was != int64(put.Want) {
		return 0, docstore.ErrConflict, nil
	}
	if was == 0 && !put.Delete {
		return w.create(k, put, events)
	}
	if refusal, broken := w.appendEvents(put, was+1, events); refusal != nil || broken != nil {
		return 0, refusal, broken
	}
	if put.Delete {
		return 0, nil, w.remove(k, at.rowid)
	}
	return was + 1, nil, w.replace(k, at, put)
}

// create inserts a document at version 1.
func (w *writer) create(k *kind, put docstore.Write, events []docstore.Event) (version int64, refusal, broken error) {
	stmt, err := w.conn.Prepare(k.insert)
	if err != nil {
		return 0, nil, err
	}
	bindDoc(stmt, 1, put)
	stmt.BindText(3, put.ID)
	bindFields(stmt, k, 4, put.Fields)
	if _, err := stmt.Step(); isConstraint(err) {
		return 0, docstore.ErrConflict, nil
	} else if err != nil {
		return 0, nil, err
	}
	rowid := w.conn.LastInsertRowID()
	refusal, broken = w.appendEvents(put, 1, events)
	if refusal != nil && broken == nil {
		broken = w.remove(k, rowid)
	}
	return 1, refusal, broken
}

// claim makes the claims of a write. Those that were made before one is refused stay, as the port allows.
func (w *writer) claim(claims []docstore.Claim) (refusal, broken error) {
	for _, c := range claims {
		k := w.store.kinds[c.Kind]
		_, refusal, broken := w.create(k, docstore.Write{Key: c.Key, Body: c.Body}, nil)
		if broken != nil {
			return nil, broken
		}
		if refusal == nil {
			continue
		}
		own, err := w.owns(k, c)
		if err != nil {
			return nil, err
		}
		if !own {
			return docstore.ErrClaimed, nil
		}
	}
	return nil, nil
}

// owns reports whether the document under the claim's key is the claim itself.
func (w *writer) owns(k *kind, c docstore.Claim) (bool, error) {
	stmt, err := w.conn.Prepare(k.get)
	if err != nil {
		return false, err
	}
	stmt.BindText(1, c.ID)
	found, err := stmt.Step()
	if err != nil || !found {
		return false, err
	}
	own := c.Own([]byte(stmt.ColumnText(1)))
	return own, stmt.Reset()
}

// row is where a write finds its document; the zero row is none.
type row struct {
	rowid, version int64
	changed        changes
}

// changes is the set of a kind's fields that a write gives another value, one bit each.
type changes uint64

func (c changes) has(field int) bool { return c&(1<<field) != 0 }

func (w *writer) seek(k *kind, put docstore.Write) (row, error) {
	stmt, err := w.conn.Prepare(k.seek)
	if err != nil {
		return row{}, err
	}
	stmt.BindText(1, put.ID)
	found, err := stmt.Step()
	if err != nil || !found {
		return row{}, err
	}
	at := row{rowid: stmt.ColumnInt64(0), version: stmt.ColumnInt64(1), changed: changed(stmt, k, put.Fields)}
	return at, stmt.Reset()
}

func changed(stmt *sqlite.Stmt, k *kind, fields docstore.Fields) (c changes) {
	for i, f := range k.Fields {
		col := 2 + i
		same := false
		switch v := fields[f.Name].(type) {
		case string:
			same = !stmt.ColumnIsNull(col) && stmt.ColumnText(col) == v
		case int64:
			same = !stmt.ColumnIsNull(col) && stmt.ColumnInt64(col) == v
		default:
			same = stmt.ColumnIsNull(col)
		}
		if !same {
			c |= 1 << i
		}
	}
	return c
}

// replace writes the next version. Fields that are as they were it leaves alone: SQLite takes an entry out of every index
// whose column is set and puts it back, changed or not.
func (w *writer) replace(k *kind, at row, put docstore.Write) error {
	stmt, err := w.conn.Prepare(k.update(at.changed))
	if err != nil {
		return err
	}
	bindDoc(stmt, at.version+1, put)
	next := 3
	for i, f := range k.Fields {
		if at.changed.has(i) {
			bindField(stmt, next, put.Fields[f.Name])
			next++
		}
	}
	stmt.BindInt64(next, at.rowid)
	_, err = stmt.Step()
	return err
}

func (w *writer) remove(k *kind, rowid int64) error {
	if rowid == 0 {
		return nil
	}
	stmt, err := w.conn.Prepare(k.remove)
	if err != nil {
		return err
	}
	stmt.BindInt64(1, rowid)
	_, err = stmt.Step()
	return err
}

func bindDoc(stmt *sqlite.Stmt, version int64, put docstore.Write) {
	stmt.BindInt64(1, version)
	stmt.BindText(2, string(put.Body))
}

func bindFields(stmt *sqlite.Stmt, k *kind, first int, fields docstore.Fields) {
	for i, f := range k.Fields {
		bindField(stmt, first+i, fields[f.Name])
	}
}

func bindField(stmt *sqlite.Stmt, at int, value any) {
	switch v := value.(type) {
	case string:
		stmt.BindText(at, v)
	case int64:
		stmt.BindInt64(at, v)
	default:
		stmt.BindNull(at)
	}
}

const insertEvent = `INSERT INTO events (seq, id, scope, type, kind, doc, ver, actor, at, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// appendEvents appends the events of a write that makes version, or none of them.
func (w *writer) appendEvents(put docstore.Write, version int64, events []docstore.Event) (refusal, broken error) {
	if len(events) == 0 {
		return nil, nil
	}
	stmt, err := w.conn.Prepare(insertEvent)
	if err != nil {
		return nil, err
	}
	for i, e := range events {
		bindEvent(stmt, w.seq+1, put, version, e)
		if _, err := stmt.Step(); isConstraint(err) {
			return docstore.ErrConflict, w.dropEvents(i)
		} else if err != nil {
			return nil, err
		}
		if err := stmt.Reset(); err != nil {
			return nil, err
		}
		w.seq++
	}
	for i, e := range events {
		w.fresh = append(w.fresh, appended(w.seq-int64(len(events)-1-i), put, version, e))
	}
	w.scopes[put.Scope] = w.seq
	return nil, nil
}

func bindEvent(stmt *sqlite.Stmt, seq int64, put docstore.Write, version int64, e docstore.Event) {
	stmt.BindInt64(1, seq)
	stmt.BindText(2, e.ID)
	stmt.BindText(3, put.Scope)
	stmt.BindText(4, e.Type)
	stmt.BindText(5, string(put.Kind))
	stmt.BindText(6, put.ID)
	stmt.BindInt64(7, version)
	stmt.BindText(8, e.Actor)
	stmt.BindInt64(9, e.At.UnixMilli())
	if e.Data == nil {
		stmt.BindNull(10)
	} else {
		stmt.BindText(10, string(e.Data))
	}
}

// dropEvents removes the last n events, which this transaction appended.
func (w *writer) dropEvents(n int) error {
	if n == 0 {
		return nil
	}
	stmt, err := w.conn.Prepare("DELETE FROM events WHERE seq > ?")
	if err != nil {
		return err
	}
	w.seq -= int64(n)
	stmt.BindInt64(1, w.seq)
	_, err = stmt.Step()
	return err
}
