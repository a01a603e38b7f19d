package eventlog

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"
	"time"

	"jushou/internal/docstore"
)

// An event that fails quickly is tried again at once, because most such failures are a lost race; then it is parked.
// One that fails after quickFailure is parked right away: others wait behind it.
const (
	quickTries   = 3
	quickPause   = 20 * time.Millisecond
	quickFailure = time.Second
)

// deliverAll hands the events to the relay, those of one lane in order, and returns how many of
// them, from the first on without a gap, are settled: handled, parked or not wanted.
func (w *worker) deliverAll(ctx context.Context, events []docstore.Event) (settled int, err error) {
	if !slices.ContainsFunc(events, func(e docstore.Event) bool { return w.relay.wants(e.Type) }) {
		return len(events), nil
	}
	lanes := make([][]int, max(w.relay.Concurrency, 1))
	done := make([]bool, len(events))
	for i, e := range events {
		if done[i] = !w.relay.wants(e.Type); !done[i] {
			lane := maphash.String(w.seed, w.relay.laneOf(e)) % uint64(len(lanes))
			lanes[lane] = append(lanes[lane], i)
		}
	}
	var all sync.WaitGroup
	faults := make([]error, len(lanes))
	for l, lane := range lanes {
		if len(lane) == 0 {
			continue
		}
		all.Go(func() { faults[l] = w.deliverLane(ctx, events, lane, done) })
	}
	all.Wait()
	for settled < len(events) && done[settled] {
		settled++
	}
	return settled, errors.Join(faults...)
}

// deliverLane works one goroutine's lanes until it is done or has to wait. Each place of done has one writer.
func (w *worker) deliverLane(ctx context.Context, events []docstore.Event, lane []int, done []bool) error {
	for _, i := range lane {
		if err := w.deliver(ctx, events[i]); err != nil {
			return err
		}
		done[i] = true
	}
	return nil
}

// deliver settles one event, or returns why the relay has to wait.
func (w *worker) deliver(ctx context.Context, e docstore.Event) error {
	var err error
	for try := 1; try <= quickTries; try++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		over := w.r.turn(ctx)
		began := time.Now()
		err = w.attempt(ctx, e)
		over()
		if err == nil {
			return nil
		}
		if judge(err) != (verdict{}) || time.Since(began) > quickFailure {
			break
		}
		if try < quickTries {
			nap(ctx, quickPause)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if down := w.storeDown(ctx, err); down != nil {
		return down
	}
	return w.park(ctx, e, err)
}

// attempt calls the handler once and tells the observer.
func (w *worker) attempt(ctx context.Context, e docstore.Event) error {
	began := time.Now()
	err := w.relay.call(ctx, e)
	var p *panicked
	isPanic := errors.As(err, &p)
	if isPanic {
		w.r.o.Log.Error("relay panicked", "relay", w.relay.Name, "event", e.ID, "panic", p.value, "stack", string(p.stack))
	}
	w.r.o.Observe(Outcome{
		Relay: w.relay.Name, Event: e, Took: time.Since(began), Behind: w.r.o.Clock.Now().Sub(e.At), Err: err, Panic: isPanic,
	})
	return err
}

// storeDown reports the store's silence: then waiting is right and parking would fail too.
func (w *worker) storeDown(ctx context.Context, err error) error {
	if !errors.Is(err, docstore.ErrUnavailable) {
		return nil
	}
	if down := w.r.o.Store.Ping(ctx); down != nil {
		return fmt.Errorf("relay %s: %w", w.relay.Name, err)
	}
	return nil
}

// park saves the event for later. It may have been parked before a crash already.
func (w *worker) park(ctx context.Context, e docstore.Event, cause error) error {
	p := park(w.relay.Name, e).failed(w.r.o.Clock.Now(), cause)
	_, err := w.r.parked.Put(ctx, p.ID, docstore.Absent, p)
	if err != nil && !errors.Is(err, docstore.ErrConflict) {
		return fmt.Errorf("park event %s: %w", e.ID, err)
	}
	w.r.o.Log.Warn("event parked", "relay", w.relay.Name, "event", e.ID, "state", string(p.State), "due", p.Due, "err", cause)
	return nil
}
