package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"

	"jushou/internal/docstore"
)

// Cadence, in real time. Following is gentle: after each batch the index rests restFactor times as long as the batch
// took, so that a rush of posts is not slowed by being made findable.
const (
	batchSize  = 500
	lookEvery  = time.Second
	gatherFor  = 100 * time.Millisecond // after a wake-up, so that a rush makes few batches
	restFactor = 3
	maxRest    = 2 * time.Second
)

// Start begins to follow the feed and returns at once. It goes on until Stop, Close or the end of ctx.
func (x *Index) Start(ctx context.Context) {
	x.follow.Lock()
	defer x.follow.Unlock()
	if x.cancel != nil {
		return
	}
	ctx, x.cancel = context.WithCancel(ctx)
	x.running.Go(func() { x.run(ctx) })
}

// Stop ends the following after the batch in hand.
func (x *Index) Stop() {
	x.follow.Lock()
	defer x.follow.Unlock()
	if x.cancel == nil {
		return
	}
	x.cancel()
	x.running.Wait()
	x.cancel = nil
}

func (x *Index) run(ctx context.Context) {
	var wake <-chan struct{}
	if x.o.Wake != nil {
		wake = x.o.Wake(ctx)
	}
	failing := false
	for ctx.Err() == nil {
		began := time.Now()
		more, err := x.step(ctx)
		if err == nil && !more {
			err = x.tidy(ctx)
		}
		if err != nil && ctx.Err() == nil && !failing {
			x.o.Log.Warn("search index does not follow the feed", "err", err)
		}
		failing = err != nil
		switch {
		case more:
			nap(ctx, min(restFactor*time.Since(began), maxRest), nil)
		case nap(ctx, lookEvery, wake):
			nap(ctx, gatherFor, nil)
		}
	}
}

// nap waits for real time to pass, for a wake-up or for the end of ctx, and reports whether it was woken.
func nap(ctx context.Context, d time.Duration, wake <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case _, open := <-wake:
		if open {
			return true
		}
		nap(ctx, d, nil) // nobody wakes any more: look from time to time
	}
	return false
}

// CatchUp brings the index up to the end of the feed without rest.
func (x *Index) CatchUp(ctx context.Context) error {
	for {
		more, err := x.step(ctx)
		if err != nil || !more {
			return err
		}
	}
}

// step reads one batch of the feed and reports whether there is more.
func (x *Index) step(ctx context.Context) (more bool, err error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.closed {
		return false, errUnavailable
	}
	from, err := readPlace(x.writer)
	if err != nil {
		return false, x.mended(fmt.Errorf("read the index's place: %w", err))
	}
	events, err := x.o.Feed.Events(ctx, from.seq, batchSize)
	if err != nil || len(events) == 0 {
		return false, err
	}
	b, err := x.gather(ctx, events)
	if err != nil {
		return false, err
	}
	last := events[len(events)-1]
	switch err := x.save(from, place{last.Seq, last.ID, x.fingerprint()}, b); {
	case errors.Is(err, errOvertaken):
		return true, nil
	case err != nil:
		return false, x.mended(err)
	}
	x.place.Store(last.Seq)
	if len(b) > 0 {
		x.untidy.Store(true)
	}
	return true, nil
}

// name is a document's: which source it is from, and its id.
type name struct {
	kind int
	id   string
}

// change is what a batch makes of one document: an entry, or nothing if it cannot be found any more.
type change struct {
	name
	scope string
	at    time.Time
	entry *Entry
	text  string // tokens
	// row is the document's, and was what it was found by before; placeAll finds them.
	row, was int64
}

// gather loads the documents of a batch as they are now, in the order in which the feed first names them.
func (x *Index) gather(ctx context.Context, events []docstore.Event) ([]change, error) {
	var order []change
	places := map[name]int{}
	for _, e := range events {
		kind := slices.IndexFunc(x.o.Sources, func(s Source) bool { return s.Kind == e.Doc.Kind && s.wants(e.Type) })
		key := name{kind, e.Doc.ID}
		if _, known := places[key]; known || kind < 0 {
			continue
		}
		places[key] = len(order)
		order = append(order, change{name: key, scope: e.Scope, at: e.At})
	}
	for kind, s := range x.o.Sources {
		var ids []string
		for _, c := range order {
			if c.kind == kind {
				ids = append(ids, c.id)
			}
		}
		for some := range slices.Chunk(ids, MaxLoad) {
			entries, err := s.Load(ctx, some)
			if err != nil {
				return nil, fmt.Errorf("load %s to be found: %w", s.Kind, err)
			}
			for _, e := range entries {
				if at, ok := places[name{kind, e.ID}]; ok {
					order[at].entry, order[at].text = &e, strings.Join(tokensOf(e), " ")
				}
			}
		}
	}
	return order, nil
}

func (s Source) wants(eventType string) bool {
	return slices.ContainsFunc(s.Types, func(t string) bool {
		return t == eventType || strings.HasSuffix(t, ".") && strings.HasPrefix(eventType, t)
	})
}

// errOvertaken means that another process wrote the same file meanwhile; the next step goes on from there.
var errOvertaken = errors.New("search: the index was brought up to date by another process")

// mended begins the index anew if what went wrong is that its file is damaged.
func (x *Index) mended(err error) error {
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultCorrupt, sqlite.ResultNotADB, sqlite.ResultIOErr:
		return errors.Join(err, x.anew())
	}
	return err
}
