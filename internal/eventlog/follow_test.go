package eventlog_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/eventlog"
)

func TestARelaySeesItsTypesInOrder(t *testing.T) {
	t.Parallel()
	w := setup(t)
	exact, prefix, all := newList(), newList(), newList()
	r := w.runner(
		eventlog.Relay{Name: "exact", Types: []string{"topic.posted"}, Handle: exact.collect},
		eventlog.Relay{Name: "prefix", Types: []string{"topic.", "poll.closed"}, Handle: prefix.collect},
		eventlog.Relay{Name: "all", Handle: all.collect},
	)
	a, b, c := w.post("c1", "topic.posted"), w.post("c2", "topic.answered"), w.post("c1", "topicality")
	d := w.post("c1", "poll.closed")
	w.drain(r)
	want(t, "exact", exact.all(), []string{a})
	want(t, "prefix", prefix.all(), []string{a, b, d})
	want(t, "all", all.all(), []string{a, b, c, d})
	w.drain(r)
	want(t, "all after a second drain", all.all(), []string{a, b, c, d})
}

func TestTheHandlerGetsTheWholeEvent(t *testing.T) {
	t.Parallel()
	w := setup(t)
	var got docstore.Event
	r := w.runner(eventlog.Relay{Name: "r", Handle: func(_ context.Context, e docstore.Event) error { got = e; return nil }})
	id := w.post("c1", "topic.posted")
	w.drain(r)
	if got.Seq <= 0 || got.ID != "event of "+id || got.Scope != "c1" || got.Type != "topic.posted" || got.Doc.ID != id ||
		got.Ver != 1 || got.Actor != "somebody" || !got.At.Equal(noon) || string(got.Data) != `{"n":1}` {
		t.Errorf("got %+v", got)
	}
}

func TestDrainFollowsWhatHandlersAppend(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := newList()
	r := w.runner(
		eventlog.Relay{Name: "late", Types: []string{"topic.posted"}, Handle: seen.collect},
		eventlog.Relay{Name: "poster", Types: []string{"seed"}, Handle: func(_ context.Context, e docstore.Event) error {
			w.post(e.Scope, "topic.posted")
			return nil
		}},
	)
	w.post("c1", "seed")
	w.drain(r)
	if len(seen.all()) != 1 {
		t.Errorf("seen %v", seen.all())
	}
}

func TestARestartGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := newList()
	relay := eventlog.Relay{Name: "r", Handle: seen.collect}
	first := w.runner(relay)
	w.start(first)
	a := w.post("c1", "topic.posted")
	seen.wait(t, "the first event", func(items []string) bool { return len(items) == 1 })
	first.Stop()
	b := w.post("c1", "topic.posted")
	w.drain(w.runner(relay))
	want(t, "seen", seen.all(), []string{a, b})
}

func TestARelayFromHeadSkipsHistoryOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := newList()
	relay := eventlog.Relay{Name: "r", FromHead: true, Handle: seen.collect}
	w.post("c1", "topic.posted")
	w.drain(w.runner(relay))
	b := w.post("c1", "topic.posted")
	w.drain(w.runner(relay)) // as after a restart
	want(t, "seen", seen.all(), []string{b})
}

func TestARelayFromHeadSeesWhatComesAfterItsStart(t *testing.T) {
	t.Parallel()
	for range 20 {
		w := setup(t)
		seen := newList()
		w.post("c1", "topic.posted")
		w.start(w.runner(eventlog.Relay{Name: "r", FromHead: true, Handle: seen.collect}))
		b := w.post("c1", "topic.posted") // at once: no pass need have begun
		seen.wait(t, "the event after the start", func(items []string) bool { return len(items) > 0 })
		want(t, "seen", seen.all(), []string{b})
	}
}

func TestAnEventArrivesWithoutWaitingForThePoll(t *testing.T) {
	t.Parallel()
	w := setup(t)
	arrived := make(chan time.Time, 1)
	r := w.runner(eventlog.Relay{Name: "r", Handle: func(context.Context, docstore.Event) error {
		arrived <- time.Now()
		return nil
	}})
	w.start(r)
	best := time.Hour
	for range 10 {
		posted := time.Now()
		w.post("c1", "topic.posted")
		best = min(best, (<-arrived).Sub(posted))
	}
	// The poll is a second apart; of ten wake-ups at least one must be far quicker on any machine.
	if best > 300*time.Millisecond {
		t.Errorf("the quickest of ten events took %v", best)
	}
}

func TestScopesAreWorkedAtOnceAndEachInOrder(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := newList()
	var meanwhile, most atomic.Int32
	both := make(chan struct{})
	r := w.runner(eventlog.Relay{Name: "r", Concurrency: 8, Handle: func(_ context.Context, e docstore.Event) error {
		if n := meanwhile.Add(1); n > most.Load() {
			most.Store(n)
			if n == 2 {
				close(both)
			}
		}
		select {
		case <-both: // wait until two are at work at once
		case <-time.After(patience):
		}
		seen.add(e.Doc.ID)
		meanwhile.Add(-1)
		return nil
	}})
	var posted []string
	for i := range 60 {
		posted = append(posted, w.post(fmt.Sprintf("c%d", i%20), "topic.posted"))
	}
	w.drain(r)
	if most.Load() < 2 {
		t.Error("never two at once")
	}
	for i := range 20 {
		scope := fmt.Sprintf("c%d-", i)
		of := func(all []string) (some []string) {
			for _, id := range all {
				if strings.HasPrefix(id, scope) {
					some = append(some, id)
				}
			}
			return some
		}
		if got := of(seen.all()); !slices.Equal(got, of(posted)) || len(got) != 3 {
			t.Errorf("%s: %v", scope, got)
		}
	}
}

func TestALaneOfItsOwnLetsEventsOfOneScopeRunAtOnce(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen, both := newList(), make(chan struct{})
	var once sync.Once
	r := w.runner(eventlog.Relay{
		Name: "r", Concurrency: 8,
		Lane: func(e docstore.Event) string { return e.Doc.ID },
		Handle: func(_ context.Context, e docstore.Event) error {
			seen.add(e.Doc.ID)
			if len(seen.all()) > 1 {
				once.Do(func() { close(both) })
			}
			select {
			case <-both:
				return nil
			case <-time.After(patience):
				return errPoison
			}
		},
	})
	for range 60 {
		w.post("c1", "topic.posted")
	}
	w.drain(r)
	if s := one(t, r); s.Waiting != 0 || len(seen.all()) < 60 {
		t.Errorf("events of one scope waited for each other: %+v, %d seen", s, len(seen.all()))
	}
}

func TestTwoProcessesWorkARelayOneAtATime(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := newList()
	relay := func(who string) eventlog.Relay {
		return eventlog.Relay{Name: "r", Handle: func(_ context.Context, e docstore.Event) error {
			seen.add(who)
			return nil
		}}
	}
	// The second store stands for another process: it is woken by the coordinator only.
	a := w.runner(relay("a"))
	b := w.runnerOn(deaf{w.store}, relay("b"))
	w.start(a)
	w.post("c1", "topic.posted")
	seen.wait(t, "a to begin", func(items []string) bool { return len(items) == 1 })
	w.start(b)
	for range 20 {
		w.post("c1", "topic.posted")
	}
	seen.wait(t, "all events", func(items []string) bool { return len(items) == 21 })
	if n := seen.count("a"); n != 21 {
		t.Errorf("a, which has the lease, did %d of 21", n)
	}
	a.Stop()
	w.post("c1", "topic.posted")
	seen.wait(t, "b to take over", func(items []string) bool { return slices.Contains(items, "b") })
	if got := seen.all(); len(got) != 22 {
		t.Errorf("%d deliveries of 22 events: the cursor was lost on the way", len(got))
	}
}

func TestARunnerWhoseCursorWasOvertakenTakesTheStoredOne(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := newList()
	relay := eventlog.Relay{Name: "r", Handle: seen.collect}
	slow, quick := w.runner(relay), w.runner(relay)
	a := w.post("c1", "topic.posted")
	w.drain(slow)
	b := w.post("c1", "topic.posted")
	w.drain(quick)
	w.drain(slow) // knows an old place: b comes again
	c := w.post("c1", "topic.posted")
	w.drain(slow)
	want(t, "seen", seen.all(), []string{a, b, b, c})
	w.drain(w.runner(relay))
	want(t, "seen by a third", seen.all(), []string{a, b, b, c})
}

// deaf is a store whose appends wake nobody.
type deaf struct{ docstore.Store }

func (deaf) Wake() <-chan struct{} { return nil }

func TestStatusTellsHowFarBehindARelayIs(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r := w.runner(eventlog.Relay{Name: "r", Handle: newList().collect})
	w.post("c1", "topic.posted")
	w.clock.Advance(time.Minute)
	if s := one(t, r); s.Lag != time.Minute || s.Name != "r" {
		t.Errorf("behind = %+v", s)
	}
	w.drain(r)
	if s := one(t, r); s.Lag != 0 || s.Seq == 0 {
		t.Errorf("caught up = %+v", s)
	}
}

func TestMalformedRelaysAreRefused(t *testing.T) {
	t.Parallel()
	w := setup(t)
	ok := eventlog.Relay{Name: "r", Handle: newList().collect}
	for name, relays := range map[string][]eventlog.Relay{
		"no name":    {{Handle: ok.Handle}},
		"slash":      {{Name: "a/b", Handle: ok.Handle}},
		"no handler": {{Name: "a"}},
		"twice":      {ok, ok},
		"crowd":      {{Name: "a", Handle: ok.Handle, Concurrency: 1000}},
	} {
		if _, err := eventlog.New(eventlog.Options{Store: w.store, Coord: w.coord, Clock: w.clock}, relays...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := eventlog.New(eventlog.Options{}); err == nil {
		t.Error("no store: accepted")
	}
}

func TestStartTwiceIsRefusedAndStopIsPatient(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r := w.runner(eventlog.Relay{Name: "r", Handle: newList().collect})
	r.Stop()
	w.start(r)
	if err := r.Start(t.Context()); err == nil {
		t.Error("started twice")
	}
	r.Stop()
	r.Stop()
}
