package eventlog

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"sync/atomic"
	"time"

	"jushou/internal/coord"
	"jushou/internal/docstore"
)

// Cadence, all in real time.
const (
	batchSize  = 200
	pollEvery  = time.Second            // other processes append without waking us
	saveEvery  = 250 * time.Millisecond // a crash repeats at most this much
	leaseTTL   = 6 * time.Second
	leaseRetry = 2 * time.Second       // how often a process without the lease asks for it
	maxPause   = 5 * time.Second       // between passes while the store does not answer
	finalSave  = 2 * time.Second       // bounds saving the cursor when stopping
	gatherFor  = 20 * time.Millisecond // between passes while requests queue
)

// worker is one relay at work.
type worker struct {
	relay Relay
	r     *Runner
	wake  chan struct{}
	seed  maphash.Seed

	// mu lets one goroutine at a time read the feed: the loop or Drain.
	mu    sync.Mutex
	place place
	seen  atomic.Int64 // the cursor, readable while a pass runs

	// retrying lets one goroutine at a time try parked events.
	retrying sync.Mutex
}

// place is the relay's cursor as this process knows it.
type place struct {
	loaded  bool
	seq     int64
	version int64     // of the stored cursor, 0 if there is none
	dirty   time.Time // when seq first moved past the stored one, real time; zero if it has not
}

func newWorker(r *Runner, relay Relay) *worker {
	return &worker{relay: relay, r: r, wake: make(chan struct{}, 1), seed: maphash.MakeSeed()}
}

// run competes for the relay's lease and works while it has it.
func (w *worker) run(ctx context.Context) {
	for ctx.Err() == nil {
		_, err := coord.Hold(ctx, w.r.o.Coord, "relay/"+w.relay.Name, leaseTTL, w.work)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			w.r.o.Log.Error("relay stopped", "relay", w.relay.Name, "err", err)
		}
		nap(ctx, leaseRetry)
	}
}

// work reads the feed and tries parked events until ctx ends.
func (w *worker) work(ctx context.Context) error {
	w.forget()
	var both sync.WaitGroup
	both.Go(func() { w.follow(ctx) })
	both.Go(func() { w.retryLoop(ctx) })
	both.Wait()
	final, cancel := context.WithTimeout(context.WithoutCancel(ctx), finalSave)
	defer cancel()
	return w.flush(final)
}

// forget drops what is known of the cursor: another process may have moved it.
func (w *worker) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.place = place{}
}

func (w *worker) follow(ctx context.Context) {
	pause := time.Duration(0)
	for ctx.Err() == nil {
		n, err := w.pass(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			pause = min(max(2*pause, 50*time.Millisecond), maxPause)
			w.r.o.Log.Warn("relay waits", "relay", w.relay.Name, "pause", pause, "err", err)
			nap(ctx, pause)
			continue
		}
		pause = 0
		switch {
		case n == 0:
			w.idle(ctx)
		case w.r.o.Busy():
			nap(ctx, gatherFor)
		}
	}
}

// idle waits for a wake-up, for the time to look again, or for the time to save the cursor.
func (w *worker) idle(ctx context.Context) {
	wait := pollEvery
	if !w.placeNow().dirty.IsZero() {
		wait = saveEvery
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.wake:
	case <-timer.C:
	}
}

// pass works one batch and returns how many events it moved past.
func (w *worker) pass(ctx context.Context) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.load(ctx); err != nil {
		return 0, err
	}
	events, err := w.r.o.Store.Events(ctx, w.place.seq, batchSize)
	if err != nil {
		return 0, fmt.Errorf("read feed after %d: %w", w.place.seq, err)
	}
	moved, err := w.deliverAll(ctx, events)
	if moved > 0 {
		w.place.seq = events[moved-1].Seq
		w.seen.Store(w.place.seq)
		if w.place.dirty.IsZero() {
			w.place.dirty = time.Now()
		}
	}
	if !w.place.dirty.IsZero() && time.Since(w.place.dirty) >= saveEvery {
		err = errors.Join(err, w.save(ctx))
	}
	return moved, err
}

// load reads the cursor unless it is known; a relay that never ran gets one.
func (w *worker) load(ctx context.Context) error {
	if w.place.loaded {
		return nil
	}
	saved, version, err := cursors(w.r.o.Store).Get(ctx, w.relay.Name)
	if errors.Is(err, docstore.ErrNotFound) {
		return w.begin(ctx)
	}
	if err != nil {
		return err
	}
	w.place = place{loaded: true, seq: saved.Seq, version: version}
	return nil
}

// begin fixes where a new relay starts, before it has handled anything: otherwise one that starts at
// the head and is restarted would skip what happened in between.
func (w *worker) begin(ctx context.Context) error {
	first := place{loaded: true}
	if w.relay.FromHead {
		head, err := w.r.o.Store.Head(ctx, "")
		if err != nil {
			return fmt.Errorf("read head of feed: %w", err)
		}
		first.seq = head
	}
	var err error
	first.version, err = cursors(w.r.o.Store).Put(ctx, w.relay.Name, docstore.Absent, cursor{first.seq})
	if err != nil {
		return err
	}
	w.place = first
	return nil
}

// settle fixes where a relay starts that begins at the head and never ran. Another process may do it at the same moment.
func (w *worker) settle(ctx context.Context) error {
	if !w.relay.FromHead {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.load(ctx); err != nil && !errors.Is(err, docstore.ErrConflict) {
		return err
	}
	return nil
}

// flush saves the cursor if it has moved.
func (w *worker) flush(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.place.dirty.IsZero() {
		return nil
	}
	return w.save(ctx)
}

// save stores the cursor. If another process moved it, the next pass starts from what that one
// stored: some events may come twice, none is missed.
func (w *worker) save(ctx context.Context) error {
	version, err := cursors(w.r.o.Store).Put(ctx, w.relay.Name, docstore.Want(w.place.version), cursor{w.place.seq})
	if errors.Is(err, docstore.ErrConflict) {
		w.place = place{}
		return nil
	}
	if err != nil {
		return err
	}
	w.place.version, w.place.dirty = version, time.Time{}
	return nil
}

func (w *worker) placeNow() place {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.place
}
