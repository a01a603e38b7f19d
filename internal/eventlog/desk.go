package eventlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/docstore"
)

// Dead returns dead letters of all relays, those due earliest first, and where to go on ("" at the end).
func (r *Runner) Dead(ctx context.Context, limit int, after docstore.Cursor) ([]Parked, docstore.Cursor, error) {
	return r.parked.Find(ctx, docstore.Query{Index: "state", Equal: []any{string(Dead)}, Limit: limit, After: after})
}

// Replay makes a parked event, dead or waiting, due now with a fresh count of attempts. It returns
// docstore.ErrNotFound if the event was handled in the meantime.
func (r *Runner) Replay(ctx context.Context, id string) error {
	now := r.o.Clock.Now()
	_, err := r.parked.Update(ctx, id, func(p *Parked) ([]docstore.Fact, error) {
		p.State, p.Attempts, p.Due, p.Since = Waiting, 0, now, now
		return nil, nil
	})
	return err
}

// Status is how a relay stands, for metrics, /readyz and the desk.
type Status struct {
	Name string
	// Seq is the last event moved past, as stored or known here.
	Seq int64
	// Lag is how long ago, by the application's clock, the next event that has to be looked at happened; 0 if
	// there is none.
	Lag time.Duration
	// Waiting and Dead count parked events, up to a thousand.
	Waiting, Dead int
}

// Status returns the state of every relay in the order of registration.
func (r *Runner) Status(ctx context.Context) ([]Status, error) {
	list := make([]Status, len(r.workers))
	for i, w := range r.workers {
		s, err := w.status(ctx)
		if err != nil {
			return nil, fmt.Errorf("status of relay %s: %w", w.relay.Name, err)
		}
		list[i] = s
	}
	return list, nil
}

func (w *worker) status(ctx context.Context) (Status, error) {
	s := Status{Name: w.relay.Name}
	saved, _, err := cursors(w.r.o.Store).Get(ctx, w.relay.Name)
	if err != nil && !errors.Is(err, docstore.ErrNotFound) {
		return s, err
	}
	s.Seq = max(saved.Seq, w.seen.Load())
	next, err := w.r.o.Store.Events(ctx, s.Seq, 1)
	if err != nil {
		return s, err
	}
	if len(next) > 0 {
		s.Lag = max(w.r.o.Clock.Now().Sub(next[0].At), 0)
	}
	if s.Waiting, err = w.count(ctx, Waiting); err != nil {
		return s, err
	}
	s.Dead, err = w.count(ctx, Dead)
	return s, err
}

func (w *worker) count(ctx context.Context, state State) (int, error) {
	return w.r.parked.Count(ctx, docstore.Query{Index: "due", Equal: []any{w.relay.Name, string(state)}, Limit: 1}, 1000)
}

// Drain works every relay in the caller's goroutine until the feed holds nothing more, what the handlers
// themselves appended included, tries once what is parked and due, and saves the cursors. It takes no
// lease. It is for tests and for commands that must leave nothing undone; a handler that always appends
// what it listens to makes it run until ctx ends.
func (r *Runner) Drain(ctx context.Context) error {
	for moved := 1; moved > 0; {
		moved = 0
		for _, w := range r.workers {
			n, err := w.drain(ctx)
			if err != nil {
				return fmt.Errorf("drain relay %s: %w", w.relay.Name, err)
			}
			moved += n
		}
	}
	for _, w := range r.workers {
		if err := w.flush(ctx); err != nil {
			return fmt.Errorf("drain relay %s: %w", w.relay.Name, err)
		}
	}
	return nil
}

func (w *worker) drain(ctx context.Context) (int, error) {
	total, err := w.retryDue(ctx)
	if err != nil {
		return total, err
	}
	for {
		n, err := w.pass(ctx)
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
}
