package patrol

import (
	"context"
	"fmt"
	"time"
)

// Status is how a sweep stands, for metrics, /readyz and the desk. Instants are the application's.
type Status struct {
	Name, Spec string
	// Running means that this process is running it now.
	Running bool
	// Next is when this process means to run it; zero while it is not started here.
	Next time.Time
	// LastSuccess is the Window.Now of the last run that succeeded anywhere, and LastCount what it settled.
	LastSuccess time.Time
	LastCount   int
	LastFailure time.Time
	LastError   string // "" if the last run succeeded
	Failures    int    // in a row
	Runs        int64
	Panics      int64
	Took        time.Duration // of the last run
	// Late means that the sweep should have succeeded by now, with its time-out and a minute to spare, and did not.
	Late bool
}

// lateGrace is what a sweep may be behind its time-out before it counts as late.
const lateGrace = time.Minute

// Status returns the state of every sweep in the order of registration.
func (r *Runner) Status(ctx context.Context) ([]Status, error) {
	now := r.o.Clock.Now()
	list := make([]Status, len(r.sweeps))
	for i, k := range r.sweeps {
		rec, err := k.load(ctx)
		if err != nil {
			return nil, fmt.Errorf("status of sweep %s: %w", k.sweep.Name, err)
		}
		list[i] = k.status(rec, now)
	}
	return list, nil
}

func (k *keeper) status(rec record, now time.Time) Status {
	s := Status{
		Name: k.sweep.Name, Spec: k.sweep.Spec, Running: k.running.Load(), LastSuccess: rec.LastSuccess, LastCount: rec.LastCount,
		LastFailure: rec.LastFailure, LastError: rec.LastError, Failures: rec.Failures, Runs: rec.Runs, Panics: rec.Panics,
		Took: time.Duration(rec.TookMS) * time.Millisecond, Late: k.late(rec, now),
	}
	if next := k.next.Load(); next != nil {
		s.Next = *next
	}
	return s
}

func (k *keeper) late(rec record, now time.Time) bool {
	if rec.LastSuccess.IsZero() {
		return rec.Failures > 0
	}
	return now.After(k.plan.Next(rec.LastSuccess).Add(k.sweep.timeout() + lateGrace))
}
