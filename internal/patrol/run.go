package patrol

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/coord"
	"jushou/internal/docstore"
)

// turn is what came of one attempt to run a sweep.
type turn struct {
	leased bool  // this process had the lease
	n      int   // what the run settled
	err    error // the run's own
}

// run takes the lease, asks whether the sweep is due by the record as it stands then, and runs it. Its
// error is the record's or the coordinator's.
func (k *keeper) run(ctx context.Context, planned time.Time, due func(record, time.Time) bool) (t turn, err error) {
	select {
	case k.turn <- struct{}{}:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		return t, ctx.Err()
	}
	t.leased, err = coord.Hold(ctx, k.r.o.Coord, "sweep/"+k.sweep.Name, leaseTTL, func(ctx context.Context) error {
		rec, err := k.load(ctx)
		if err != nil {
			return err
		}
		now := k.r.o.Clock.Now()
		if !due(rec, now) {
			return nil
		}
		t.n, t.err, err = k.runOnce(ctx, Window{Now: now, LastSuccess: rec.LastSuccess}, planned)
		return err
	})
	return t, err
}

// runOnce runs the sweep and saves what came of it.
func (k *keeper) runOnce(ctx context.Context, w Window, planned time.Time) (n int, runErr, recordErr error) {
	k.running.Store(true)
	defer k.running.Store(false)
	began := time.Now()
	n, runErr = k.sweep.call(ctx, w)
	res := result{window: w, ended: k.r.o.Clock.Now(), took: time.Since(began), n: n, err: runErr}
	if runErr != nil && ctx.Err() != nil {
		return n, runErr, nil // stopped, not failed
	}
	var p *panicked
	if res.panic = errors.As(runErr, &p); res.panic {
		k.r.o.Log.Error("sweep panicked", "sweep", k.sweep.Name, "panic", p.value, "stack", string(p.stack))
	} else if runErr != nil {
		k.r.o.Log.Error("sweep failed", "sweep", k.sweep.Name, "settled", n, "err", runErr)
	}
	k.r.o.Observe(Outcome{
		Sweep: k.sweep.Name, N: n, Took: res.took, Behind: max(w.Now.Sub(planned), 0), Err: runErr, Panic: res.panic,
	})
	return n, runErr, k.save(ctx, res)
}

// save adds the result to the record, even when the run used up its time or was told to stop.
func (k *keeper) save(ctx context.Context, res result) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordWait)
	defer cancel()
	table := records(k.r.o.Store)
	_, err := table.Update(ctx, k.sweep.Name, func(rec *record) ([]docstore.Fact, error) {
		*rec = rec.after(res)
		return nil, nil
	})
	if errors.Is(err, docstore.ErrNotFound) {
		_, err = table.Put(ctx, k.sweep.Name, docstore.Absent, record{}.after(res))
	}
	if err != nil {
		return fmt.Errorf("save record of sweep %s: %w", k.sweep.Name, err)
	}
	return nil
}
