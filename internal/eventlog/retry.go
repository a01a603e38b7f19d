package eventlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/docstore"
)

// retryBatch is how many parked events one look takes.
const retryBatch = 100

// retryLoop looks for parked events that are due, once a second, apart from the feed: a slow poisoned event
// must not hold up fresh ones.
func (w *worker) retryLoop(ctx context.Context) {
	for ctx.Err() == nil {
		if _, err := w.retryDue(ctx); err != nil && ctx.Err() == nil {
			w.r.o.Log.Warn("parked events could not be tried", "relay", w.relay.Name, "err", err)
		}
		nap(ctx, pollEvery)
	}
}

// retryDue tries the parked events that are due and returns how many it tried.
func (w *worker) retryDue(ctx context.Context) (int, error) {
	w.retrying.Lock()
	defer w.retrying.Unlock()
	now := w.r.o.Clock.Now()
	due, err := w.findParked(ctx, nil, now.UnixMilli()+1)
	if err != nil {
		return 0, err
	}
	// No retry is planned further ahead than this unless the clock was set back since, or a handler asked
	// for it; dueAt tells which.
	far, err := w.findParked(ctx, now.Add(2*pollEvery).UnixMilli(), nil)
	if err != nil {
		return 0, err
	}
	tried := 0
	for _, p := range append(due, far...) {
		if !p.dueAt(now) {
			continue
		}
		tried++
		if err := w.retry(ctx, p); err != nil {
			return tried, err
		}
	}
	return tried, nil
}

func (w *worker) findParked(ctx context.Context, from, to any) ([]Parked, error) {
	list, _, err := w.r.parked.Find(ctx, docstore.Query{
		Index: "due", Equal: []any{w.relay.Name, string(Waiting)}, From: from, To: to, Limit: retryBatch,
	})
	return list, err
}

// retry tries one parked event: it is done and forgotten, or planned again, or dead.
func (w *worker) retry(ctx context.Context, p Parked) error {
	e, err := w.reload(ctx, p)
	if err == nil {
		err = w.attempt(ctx, e)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err == nil {
		return w.forgetParked(ctx, p)
	}
	if down := w.storeDown(ctx, err); down != nil {
		return down
	}
	now := w.r.o.Clock.Now()
	next, updateErr := w.r.parked.Update(ctx, p.ID, func(stored *Parked) ([]docstore.Fact, error) {
		*stored = stored.failed(now, err)
		return nil, nil
	})
	if errors.Is(updateErr, docstore.ErrNotFound) {
		return nil // another process handled it
	}
	if updateErr == nil && next.State == Dead {
		w.r.o.Log.Error("event is dead; replay it when the cause is cured",
			"relay", p.Relay, "event", p.EventID, "attempts", next.Attempts, "age", now.Sub(p.At).Round(time.Second), "err", err)
	}
	return updateErr
}

// reload reads the event from the feed.
func (w *worker) reload(ctx context.Context, p Parked) (docstore.Event, error) {
	events, err := w.r.o.Store.Events(ctx, p.Seq-1, 1)
	if err != nil {
		return docstore.Event{}, fmt.Errorf("read event %s again: %w", p.EventID, err)
	}
	if len(events) == 0 || events[0].Seq != p.Seq || events[0].ID != p.EventID {
		return docstore.Event{}, Never(fmt.Errorf("event %s is not at %d of the feed", p.EventID, p.Seq))
	}
	return events[0], nil
}

// forgetParked removes an event that was handled; another process may have been first.
func (w *worker) forgetParked(ctx context.Context, p Parked) error {
	err := w.r.parked.Delete(ctx, p.ID, docstore.Any, p)
	if errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	return err
}
