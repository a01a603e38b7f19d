package patrol

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
	"jushou/internal/fault"
)

var (
	// ErrUnknown means that no sweep has the name.
	ErrUnknown = fault.New(fault.NotFound, "patrol.unknown")
	// ErrElsewhere means that another process is running the sweep.
	ErrElsewhere = fault.New(fault.Conflict, "patrol.elsewhere")
)

// Outcome is one run, for metrics.
type Outcome struct {
	Sweep string
	N     int
	Took  time.Duration
	// Behind is how long after its planned instant the run began, by the application's clock.
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
}

// Runner runs its sweeps between Start and Stop. Make it with New.
type Runner struct {
	o      Options
	sweeps []*keeper

	mu      sync.Mutex
	cancel  context.CancelFunc // not nil while started
	running sync.WaitGroup
}

// New returns a runner that has not started. It refuses sweeps that are malformed or share a name.
func New(o Options, sweeps ...Sweep) (*Runner, error) {
	if o.Store == nil || o.Coord == nil || o.Clock == nil {
		return nil, errors.New("patrol: store, coord and clock must be given")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(Outcome) {}
	}
	r := &Runner{o: o}
	for _, s := range sweeps {
		if err := s.check(); err != nil {
			return nil, err
		}
		if r.find(s.Name) != nil {
			return nil, fmt.Errorf("patrol: two sweeps are named %q", s.Name)
		}
		plan, err := schedule(s.Spec)
		if err != nil {
			return nil, fmt.Errorf("patrol: sweep %q: %w", s.Name, err)
		}
		r.sweeps = append(r.sweeps, newKeeper(r, s, plan))
	}
	return r, nil
}

// Start begins to run the sweeps, those that are overdue at once, and returns. It goes on until Stop or
// until ctx ends. Starting a started runner is an error.
func (r *Runner) Start(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancel != nil {
		return errors.New("patrol: started already")
	}
	ctx, r.cancel = context.WithCancel(ctx)
	for _, k := range r.sweeps {
		r.running.Go(func() { k.loop(ctx) })
	}
	return nil
}

// Stop cancels the runs in hand, waits for them, and gives the leases back. A run that was cancelled so counts
// neither as success nor as failure. Stopping a runner that was not started does nothing.
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

// Wake runs the named sweep soon, whatever its schedule says. Many calls before it runs are one. It may be
// called from anywhere and does nothing for an unknown name or a runner that is not started.
func (r *Runner) Wake(name string) {
	if k := r.find(name); k != nil {
		k.nudge()
	}
}

// RunNow runs the named sweep in the caller's goroutine and returns what it returned. It waits for a run in this
// process to end, and returns ErrElsewhere if another process runs it, ErrUnknown for an unknown name.
func (r *Runner) RunNow(ctx context.Context, name string) (int, error) {
	k := r.find(name)
	if k == nil {
		return 0, ErrUnknown.With("name", name)
	}
	t, err := k.run(ctx, r.o.Clock.Now(), always)
	if err == nil && !t.leased {
		err = ErrElsewhere.With("name", name)
	}
	return t.n, errors.Join(t.err, err)
}

func (r *Runner) find(name string) *keeper {
	for _, k := range r.sweeps {
		if k.sweep.Name == name {
			return k
		}
	}
	return nil
}
