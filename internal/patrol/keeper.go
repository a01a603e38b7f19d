package patrol

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"jushou/internal/docstore"
)

// Cadence of the keeper itself, in real time.
const (
	leaseTTL = 30 * time.Second
	// lookEvery bounds how long a clock that was set back can mislead a keeper.
	lookEvery = 10 * time.Second
	// askEvery is how soon a keeper asks again for the lease of a sweep that is due and runs elsewhere.
	askEvery = time.Second
	// blindCap bounds the wait for a store that does not answer.
	blindCap = 30 * time.Second
	// recordWait bounds saving the record.
	recordWait = 5 * time.Second
)

// keeper runs one sweep.
type keeper struct {
	r     *Runner
	sweep Sweep
	plan  cron.Schedule
	wake  chan struct{}

	// turn holds a value while there is a run: the loop's or RunNow's.
	turn    chan struct{}
	running atomic.Bool
	next    atomic.Pointer[time.Time] // when the loop means to run; nil while it is not started
}

func newKeeper(r *Runner, s Sweep, plan cron.Schedule) *keeper {
	return &keeper{r: r, sweep: s, plan: plan, wake: make(chan struct{}, 1), turn: make(chan struct{}, 1)}
}

// loop runs the sweep whenever it is due until ctx ends. While the record cannot be read or written the
// sweep rests: it could not be told when it last succeeded, or would run again at once.
func (k *keeper) loop(ctx context.Context) {
	defer k.next.Store(nil)
	for blind := 0; ctx.Err() == nil; {
		ran, err := k.step(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			blind++
			k.r.o.Log.Warn("sweep waits for its record", "sweep", k.sweep.Name, "err", err)
			nap(ctx, min(backoff(blind), blindCap))
			continue
		case !ran:
			nap(ctx, askEvery)
		}
		blind = 0
	}
}

// step sleeps until the sweep is due and runs it. The error is the record's, never the sweep's.
func (k *keeper) step(ctx context.Context) (ran bool, err error) {
	rec, err := k.load(ctx)
	if err != nil {
		return false, err
	}
	due := k.due
	planned, woken := k.sleep(ctx, rec)
	if woken {
		due = always
	}
	if ctx.Err() != nil {
		return false, nil
	}
	t, err := k.run(ctx, planned, due)
	if woken && !t.leased {
		k.nudge() // the process that runs it now may have looked before whatever woke us was there
	}
	return t.leased, err
}

// sleep waits until the sweep is due or woken, and returns the instant it was planned for.
func (k *keeper) sleep(ctx context.Context, rec record) (planned time.Time, woken bool) {
	next := rec.nextAfter(k.plan, k.r.o.Clock.Now())
	for ctx.Err() == nil {
		shown := next // whoever asks for the status reads it while next moves on
		k.next.Store(&shown)
		if k.rest(ctx, next) {
			return k.r.o.Clock.Now(), true
		}
		now := k.r.o.Clock.Now()
		if !now.Before(next) {
			return next, false
		}
		// The instant after now is nearer than the planned one only if the clock was set back.
		next = earlier(next, k.plan.Next(now))
	}
	return next, false
}

// rest waits for the instant, a wake-up, or the time to look again, whichever is first.
func (k *keeper) rest(ctx context.Context, until time.Time) (woken bool) {
	ctx, cancel := context.WithTimeout(ctx, lookEvery)
	defer cancel()
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = k.r.o.Clock.Until(ctx, until)
	}()
	select {
	case <-k.wake:
		woken = true
	case <-over:
	}
	cancel()
	<-over
	return woken
}

// due reports whether rec leaves anything to run at now. A record from the future means that the clock was
// set back since, and says nothing.
func (k *keeper) due(rec record, now time.Time) bool {
	return rec.LastSuccess.After(now) || rec.LastFailure.After(now) || !rec.nextAfter(k.plan, now).After(now)
}

// nudge asks the loop for a run; several asks before it looks are one.
func (k *keeper) nudge() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

func always(record, time.Time) bool { return true }

func (k *keeper) load(ctx context.Context) (record, error) {
	rec, _, err := records(k.r.o.Store).Get(ctx, k.sweep.Name)
	if errors.Is(err, docstore.ErrNotFound) {
		return record{}, nil
	}
	return rec, err
}

func nap(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
