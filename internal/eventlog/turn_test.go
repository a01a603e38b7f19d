package eventlog_test

import (
	"context"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/eventlog"
)

func TestARushHoldsNoRelayUp(t *testing.T) {
	t.Parallel()
	w := setup(t)
	quick, lanes := newList(), newList()
	done := make(chan struct{})
	r, err := eventlog.New(eventlog.Options{Store: w.store, Coord: w.coord, Clock: w.clock, Busy: func() bool { return true }},
		eventlog.Relay{Name: "slow", Handle: func(ctx context.Context, _ docstore.Event) error {
			select { // has the turn until another relay was let through all the same
			case <-done:
			case <-ctx.Done():
			}
			return ctx.Err()
		}},
		eventlog.Relay{Name: "quick", Handle: quick.collect},
		eventlog.Relay{Name: "lanes", Handle: lanes.collect, Concurrency: 8, Lane: func(e docstore.Event) string { return e.Doc.ID }},
	)
	if err != nil {
		t.Fatal(err)
	}
	var posted []string
	for range 5 {
		posted = append(posted, w.post("c1", "topic.posted"))
	}
	w.start(r)
	quick.wait(t, "the quick relay", func(seen []string) bool { return len(seen) == len(posted) })
	close(done)
	want(t, "quick", quick.all(), posted)
	lanes.wait(t, "every lane", func(seen []string) bool { return len(seen) == len(posted) })
}
