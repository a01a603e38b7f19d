package eventlog

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"jushou/internal/clock"
	"jushou/internal/coord"
	"jushou/internal/docstore"
)

// Outcome is one call of a handler, for metrics.
type Outcome struct {
	Relay string
	Event docstore.Event
	Took  time.Duration
	// Behind is how long after the event the call ended, by the application's clock.
	Behind time.Duration
	Err    error
	Panic  bool
}

// Options are what a Runner works with. Store, Coord and Clock must be given.
type Options struct {
	Store   docstore.Store
	Coord   coord.Coord
	Clock   clock.Clock
	Log     *slog.Logger  // nil is silent
	Observe func(Outcome) // nil is nobody; called from many goroutines
	// Busy, if given, says that requests queue for the processors. Relays then take turns instead of working side by side,
	// and make few large passes: who clicked is answered first, and what follows from it a little later.
	Busy func() bool
	// Wake replaces Store.Wake, for a process that shares that channel with other readers.
	Wake <-chan struct{}
}

// Topic is the wake-up between replicas, and within one: something was appended to the feed.
const Topic = "eventlog"

// Runner works its relays between Start and Stop. Make it with New.
type Runner struct {
	o       Options
	workers []*worker
	parked  docstore.Table[Parked]
	turns   chan struct{} // holds one value while somebody has the turn

	mu      sync.Mutex
	cancel  context.CancelFunc // not nil while started
	running sync.WaitGroup
}

// New returns a runner that has not started. It refuses relays that are malformed or share a name.
func New(o Options, relays ...Relay) (*Runner, error) {
	if o.Store == nil || o.Coord == nil || o.Clock == nil {
		return nil, errors.New("eventlog: store, coord and clock must be given")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(Outcome) {}
	}
	if o.Busy == nil {
		o.Busy = func() bool { return false }
	}
	r := &Runner{o: o, parked: parkedTable(o.Store), turns: make(chan struct{}, 1)}
	seen := map[string]bool{}
	for _, relay := range relays {
		if err := relay.check(); err != nil {
			return nil, err
		}
		if seen[relay.Name] {
			return nil, fmt.Errorf("eventlog: two relays are named %q", relay.Name)
		}
		seen[relay.Name] = true
		r.workers = append(r.workers, newWorker(r, relay))
	}
	return r, nil
}

// Start begins to work the feed and returns at once. It goes on until Stop or until ctx ends. A new relay that begins at the
// head begins at the head of this moment: what is appended after Start is worked.
// Starting a started runner is an error.
func (r *Runner) Start(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancel != nil {
		return errors.New("eventlog: started already")
	}
	ctx, r.cancel = context.WithCancel(ctx)
	for _, w := range r.workers {
		if err := w.settle(ctx); err != nil {
			r.o.Log.Warn("relay has no place yet", "relay", w.relay.Name, "err", err)
		}
	}
	wake := r.o.Wake
	if wake == nil {
		wake = r.o.Store.Wake()
	}
	announce := make(chan struct{}, 1)
	r.running.Go(func() { r.spread(ctx, wake, announce) })
	r.running.Go(func() { r.tellOthers(ctx, announce) })
	for _, w := range r.workers {
		r.running.Go(func() { w.run(ctx) })
	}
	return nil
}

// Stop ends the work after the events in hand, saves the cursors and gives the leases back.
// Stopping a runner that was not started does nothing.
func (r *Runner) Stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancel == nil {
		return
	}
	r.cancel()
	r.running.Wait()
	r.cancel = nil
}

// spread wakes every worker when this process or another appended events.
func (r *Runner) spread(ctx context.Context, wake <-chan struct{}, announce chan<- struct{}) {
	others := r.o.Coord.Subscribe(ctx, Topic)
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-wake:
			if !open {
				wake = nil
			}
			nudge(announce)
		case _, open := <-others:
			if !open {
				others = nil
			}
		}
		for _, w := range r.workers {
			nudge(w.wake)
		}
	}
}

// tellOthers publishes apart from spread, so that a coordinator that does not answer delays nobody here.
func (r *Runner) tellOthers(ctx context.Context, announce <-chan struct{}) {
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-announce:
		}
		err := r.o.Coord.Publish(ctx, Topic)
		if err != nil && !failing && ctx.Err() == nil {
			r.o.Log.Warn("other replicas are not woken and will look once a second", "err", err)
		}
		failing = err != nil
	}
}

// nudge leaves one value in a channel of one place.
func nudge(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// nap waits for real time to pass or ctx to end.
func nap(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
