package sqlite

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"jushou/internal/docstore"
)

const (
	// queueLength bounds the Puts that wait; further callers wait to get in, as long as their context lets them.
	queueLength = 1024
	// maxBatch and maxBatchBytes bound one transaction, and so the wait of its first Put.
	maxBatch      = 256
	maxBatchBytes = 4 << 20
)

// request is one Put on its way to the writer, or a piece of work for the writer's connection.
type request struct {
	write  docstore.Write
	events []docstore.Event
	work   func(*sqlite.Conn) error // instead of write

	state   atomic.Int32
	version int64
	err     error
	done    chan struct{}
}

// States of a request: its caller may give up only before the writer has taken it.
const (
	waiting = iota
	taken
	abandoned
)

// writer is the one goroutine that changes the database.
type writer struct {
	store   *Store
	conn    *sqlite.Conn
	queue   chan *request
	stopped chan struct{}
	seq     int64 // of the last event
	scopes  map[string]int64
	fresh   []docstore.Event // appended by the open transaction
}

func newWriter(s *Store, conn *sqlite.Conn) *writer {
	return &writer{
		store: s, conn: conn, queue: make(chan *request, queueLength), stopped: make(chan struct{}), scopes: map[string]int64{},
	}
}

// start finds the end of the feed and begins to take requests.
func (w *writer) start() error {
	read := func(stmt *sqlite.Stmt) error { w.seq = stmt.ColumnInt64(0); return nil }
	if err := sqlitex.ExecuteTransient(w.conn, "SELECT max(seq) FROM events", &sqlitex.ExecOptions{ResultFunc: read}); err != nil {
		return err
	}
	w.store.heads.raise("", w.seq)
	w.store.tail.begin(w.seq)
	go w.run()
	return nil
}

// Put implements docstore.Store.
func (s *Store) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	if err := s.schema.CheckWrite(w); err != nil {
		return 0, err
	}
	if err := docstore.CheckEvents(events); err != nil {
		return 0, err
	}
	r := &request{write: w, events: events, done: make(chan struct{}, 1)}
	if err := s.submit(ctx, r); err != nil {
		return 0, err
	}
	return r.version, r.err
}

// control runs work in a transaction of the writer.
func (s *Store) control(ctx context.Context, work func(*sqlite.Conn) error) error {
	r := &request{work: work, done: make(chan struct{}, 1)}
	if err := s.submit(ctx, r); err != nil {
		return err
	}
	return r.err
}

// submit queues r and waits for its verdict. Once the writer has taken r, the caller waits for the
// commit even when ctx ends: that is milliseconds, and the outcome is known.
func (s *Store) submit(ctx context.Context, r *request) error {
	if err := s.enqueue(ctx, r); err != nil {
		return err
	}
	select {
	case <-r.done:
		return nil
	case <-ctx.Done():
	}
	if r.state.CompareAndSwap(waiting, abandoned) {
		return ctx.Err()
	}
	<-r.done
	return nil
}

func (s *Store) enqueue(ctx context.Context, r *request) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.entry.RLock()
	defer s.entry.RUnlock()
	if s.closed.Load() {
		return errClosed
	}
	select {
	case s.writer.queue <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run commits what is waiting, as much as fits at once, until the queue is closed and empty.
func (w *writer) run() {
	defer close(w.stopped)
	batch := make([]*request, 0, maxBatch)
	var g gather
	for first := range w.queue {
		batch = w.fill(batch[:0], first, g.goal)
		w.commit(batch)
		g.learn(len(batch))
	}
}

// fill takes what is waiting, as much as fits, and waits up to gatherFor until it is as much as the goal.
func (w *writer) fill(batch []*request, first *request, goal int) []*request {
	batch, size := w.take(batch, 0, first)
	var enough <-chan time.Time
	for len(batch) < maxBatch && size < maxBatchBytes {
		var r *request
		select {
		case r = <-w.queue:
		default:
			if len(batch) >= goal {
				return batch
			}
			if enough == nil {
				timer := time.NewTimer(gatherFor)
				defer timer.Stop()
				enough = timer.C
			}
			select {
			case r = <-w.queue:
			case <-enough:
				return batch
			}
		}
		if r == nil {
			return batch // the queue is closed
		}
		batch, size = w.take(batch, size, r)
	}
	return batch
}

// take adds r to the batch unless its caller has gone.
func (w *writer) take(batch []*request, size int, r *request) ([]*request, int) {
	if !r.state.CompareAndSwap(waiting, taken) {
		return batch, size
	}
	return append(batch, r), size + len(r.write.Body)
}

// commit answers every request of the batch. A transaction that fails as a whole is tried again one
// request at a time, so that only what does not fit, or cannot be written, is refused. When another
// tool holds the database, waiting for it once is enough.
func (w *writer) commit(batch []*request) {
	if len(batch) == 0 {
		return
	}
	if err := w.try(batch); err != nil {
		apart := len(batch) > 1 && sqlite.ErrCode(err).ToPrimary() != sqlite.ResultBusy
		for _, r := range batch {
			if apart {
				err = w.try([]*request{r})
			}
			if err != nil {
				r.version, r.err = 0, unavailable(err)
			}
		}
	}
	for _, r := range batch {
		r.done <- struct{}{}
	}
}

// try applies the batch in one transaction. The error is the transaction's; verdicts are in the requests.
func (w *writer) try(batch []*request) error {
	seq := w.seq
	clear(w.scopes)
	w.fresh = w.fresh[:0]
	err := w.transact(batch)
	if err != nil {
		w.seq = seq
		if !w.conn.AutocommitEnabled() {
			err = errors.Join(err, w.step("ROLLBACK"))
		}
		return err
	}
	if w.seq > seq {
		w.store.tail.add(w.fresh)
		w.scopes[""] = w.seq
		for scope, seq := range w.scopes {
			w.store.heads.raise(scope, seq)
		}
		w.store.signal()
	}
	return nil
}

func (w *writer) transact(batch []*request) error {
	if err := w.step("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for _, r := range batch {
		var err error
		if r.work != nil {
			err = r.work(w.conn)
		} else {
			r.version, r.err, err = w.apply(r.write, r.events)
		}
		if err != nil {
			return err
		}
	}
	return w.step("COMMIT")
}

// step runs a statement that has no parameters and no rows.
func (w *writer) step(query string) error {
	stmt, err := w.conn.Prepare(query)
	if err != nil {
		return err
	}
	_, err = stmt.Step()
	return err
}
