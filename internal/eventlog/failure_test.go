package eventlog_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/eventlog"
)

var errPoison = errors.New("poison")

// poisoned returns a handler that fails for one document until it is cured.
func poisoned(seen *list, id *string, cured *atomic.Bool, err error) func(context.Context, docstore.Event) error {
	return func(_ context.Context, e docstore.Event) error {
		if e.Doc.ID == *id && !cured.Load() {
			seen.add("failed")
			return err
		}
		seen.add(e.Doc.ID)
		return nil
	}
}

func TestAPoisonedEventStopsNobodyElse(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen, cured := newList(), new(atomic.Bool)
	bad := ""
	r := w.runner(eventlog.Relay{Name: "r", Handle: poisoned(seen, &bad, cured, errPoison)})
	a := w.post("c1", "topic.posted")
	bad = w.post("c2", "topic.posted")
	b, c := w.post("c2", "topic.posted"), w.post("c3", "topic.posted")
	w.drain(r)
	want(t, "first pass", seen.all(), []string{a, "failed", "failed", "failed", b, c})
	if s := one(t, r); s.Waiting != 1 || s.Dead != 0 || s.Lag != 0 {
		t.Errorf("status = %+v", s)
	}

	w.drain(r)
	if n := seen.count("failed"); n != 3 {
		t.Errorf("tried %d times before it was due", n)
	}
	cured.Store(true)
	w.clock.Advance(10 * time.Second)
	w.drain(r)
	if !slices.Contains(seen.all(), bad) {
		t.Error("the parked event was not tried when it was due")
	}
	if s := one(t, r); s.Waiting != 0 {
		t.Errorf("status after the cure = %+v", s)
	}
}

func TestAnEventThatFailsForEverIsADeadLetterThatCanBeReplayed(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen, cured := newList(), new(atomic.Bool)
	r := w.runner(eventlog.Relay{Name: "r", Handle: func(_ context.Context, e docstore.Event) error {
		if cured.Load() {
			seen.add(string(e.Data))
			return nil
		}
		panic("poison")
	}})
	w.post("c1", "topic.posted")
	tries := 0
	for ; one(t, r).Dead == 0 && tries < 100; tries++ {
		w.drain(r)
		w.clock.Advance(2 * time.Hour)
	}
	if tries != 20 {
		t.Errorf("dead after %d tries, want 20", tries)
	}
	dead, next, err := r.Dead(t.Context(), 10, "")
	if err != nil || len(dead) != 1 || next != "" {
		t.Fatalf("Dead = %v, %q, %v", dead, next, err)
	}
	if d := dead[0]; d.Error != "panic: poison" || d.Attempts != 20 || d.Type != "topic.posted" || d.State != eventlog.Dead {
		t.Errorf("dead letter = %+v", d)
	}
	w.clock.Advance(1000 * time.Hour)
	cured.Store(true)
	w.drain(r)
	want(t, "before the replay", seen.all(), nil)
	if err := r.Replay(t.Context(), dead[0].ID); err != nil {
		t.Fatal(err)
	}
	w.drain(r)
	want(t, "after the replay", seen.all(), []string{`{"n":1}`})
	if err := r.Replay(t.Context(), dead[0].ID); !errors.Is(err, docstore.ErrNotFound) {
		t.Errorf("replay of a handled event = %v", err)
	}
}

func TestNeverAndLater(t *testing.T) {
	t.Parallel()
	w := setup(t)
	calls := 0
	r := w.runner(
		eventlog.Relay{Name: "later", Handle: func(context.Context, docstore.Event) error {
			if calls++; calls <= 30 {
				return eventlog.Later(time.Hour)
			}
			return eventlog.Never(errPoison)
		}},
	)
	w.post("c1", "topic.posted")
	for range 31 {
		w.drain(r)
		w.drain(r)
		w.clock.Advance(time.Hour)
	}
	if calls != 31 {
		t.Errorf("called %d times: Later must wait, not count as a failure, and not be tried at once", calls)
	}
	if s := one(t, r); s.Dead != 1 || s.Waiting != 0 {
		t.Errorf("after Never = %+v", s)
	}
}

func TestAClockSetBackDoesNotStallAParkedEvent(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen, cured := newList(), new(atomic.Bool)
	bad := w.post("c1", "topic.posted")
	r := w.runner(eventlog.Relay{Name: "r", Handle: poisoned(seen, &bad, cured, errPoison)})
	w.drain(r)
	cured.Store(true)
	w.clock.Advance(-time.Hour)
	w.drain(r)
	want(t, "seen", seen.all(), []string{"failed", "failed", "failed", bad})
}

// silent is a store that can be made not to answer.
type silent struct {
	docstore.Store
	down atomic.Bool
}

func (s *silent) Put(ctx context.Context, w docstore.Write, e ...docstore.Event) (int64, error) {
	if s.down.Load() {
		return 0, docstore.ErrUnavailable
	}
	return s.Store.Put(ctx, w, e...)
}

func (s *silent) Ping(ctx context.Context) error {
	if s.down.Load() {
		return docstore.ErrUnavailable
	}
	return s.Store.Ping(ctx)
}

func TestWhileTheStoreIsSilentTheRelayWaitsAndParksNothing(t *testing.T) {
	t.Parallel()
	w := setup(t)
	store := &silent{Store: w.store}
	seen := newList()
	r := w.runnerOn(store, eventlog.Relay{Name: "r", Handle: func(ctx context.Context, e docstore.Event) error {
		_, err := store.Put(ctx, docstore.Write{Key: docstore.Key{Kind: "topic", ID: "notice"}, Want: docstore.Any, Body: []byte(`{}`)})
		if err != nil {
			seen.add("failed")
			return err
		}
		seen.add(e.Doc.ID)
		return nil
	}})
	w.drain(r) // so that there is a cursor
	a, b := w.post("c1", "topic.posted"), w.post("c2", "topic.posted")
	store.down.Store(true)
	w.start(r)
	seen.wait(t, "a second round of failures", func(items []string) bool { return len(items) > 3 })
	store.down.Store(false)
	seen.wait(t, "recovery", func(items []string) bool { return slices.Contains(items, b) })
	r.Stop()
	if s := one(t, r); s.Waiting != 0 || s.Dead != 0 {
		t.Errorf("status = %+v", s)
	}
	if seen.count(a) != 1 || seen.count(b) != 1 {
		t.Errorf("seen %v", seen.all())
	}
}

func TestAHandlerThatHangsIsCutOffByItsTimeout(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := newList()
	slow := w.post("c1", "topic.posted")
	fast := w.post("c2", "topic.posted")
	r := w.runner(eventlog.Relay{Name: "r", Timeout: 20 * time.Millisecond, Handle: func(ctx context.Context, e docstore.Event) error {
		if e.Doc.ID == slow {
			<-ctx.Done()
			return ctx.Err()
		}
		seen.add(e.Doc.ID)
		return nil
	}})
	w.drain(r)
	want(t, "seen", seen.all(), []string{fast})
	if s := one(t, r); s.Waiting != 1 {
		t.Errorf("status = %+v", s)
	}
}

func TestStopInTheMiddleLosesAndParksNothing(t *testing.T) {
	t.Parallel()
	w := setup(t)
	var posted []string
	for range 50 {
		posted = append(posted, w.post("c1", "topic.posted"))
	}
	seen := newList()
	var r *eventlog.Runner
	stopping := make(chan struct{})
	relay := eventlog.Relay{Name: "r", Handle: func(ctx context.Context, e docstore.Event) error {
		if e.Doc.ID == posted[20] && seen.count("stopped") == 0 {
			close(stopping)
			<-ctx.Done()
			seen.add("stopped")
			return ctx.Err()
		}
		seen.add(e.Doc.ID)
		return nil
	}}
	r = w.runner(relay)
	w.start(r)
	<-stopping
	r.Stop()
	next := w.runner(relay)
	w.drain(next)
	if s := one(t, next); s.Waiting != 0 || s.Dead != 0 {
		t.Errorf("status = %+v", s)
	}
	got := slices.DeleteFunc(seen.all(), func(id string) bool { return id == "stopped" })
	want(t, "seen over the restart", got, posted)
}

func TestAnEventThatIsNoLongerInTheFeedIsADeadLetter(t *testing.T) {
	t.Parallel()
	w := setup(t)
	store := &renumbered{Store: w.store}
	r := w.runnerOn(store, eventlog.Relay{Name: "r", Handle: func(context.Context, docstore.Event) error { return errPoison }})
	w.post("c1", "topic.posted")
	w.drain(r)
	store.gone.Store(true)
	w.clock.Advance(10 * time.Second)
	w.drain(r)
	if s := one(t, r); s.Dead != 1 || s.Waiting != 0 {
		t.Errorf("status = %+v", s)
	}
}

// renumbered is a store whose feed has lost its events.
type renumbered struct {
	docstore.Store
	gone atomic.Bool
}

func (s *renumbered) Events(ctx context.Context, after int64, limit int) ([]docstore.Event, error) {
	if s.gone.Load() {
		return nil, nil
	}
	return s.Store.Events(ctx, after, limit)
}

func TestAnEventThatFailsSlowlyIsTriedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := setup(t)
		calls := 0
		r := w.runner(eventlog.Relay{Name: "r", Handle: func(context.Context, docstore.Event) error {
			calls++
			time.Sleep(2 * time.Second)
			return errPoison
		}})
		w.post("c1", "topic.posted")
		w.drain(r)
		if calls != 1 {
			t.Errorf("called %d times while others wait", calls)
		}
	})
}

// crashing is a store that from one moment on remembers no cursor, as if the process had been killed then.
type crashing struct {
	docstore.Store
	dead atomic.Bool
}

func (s *crashing) Put(ctx context.Context, w docstore.Write, e ...docstore.Event) (int64, error) {
	if s.dead.Load() && w.Kind == "relay_cursor" {
		return 0, docstore.ErrUnavailable
	}
	return s.Store.Put(ctx, w, e...)
}

func TestAfterACrashEventsComeAgainAndNoneIsMissed(t *testing.T) {
	t.Parallel()
	w := setup(t)
	store := &crashing{Store: w.store}
	seen := newList()
	relay := eventlog.Relay{Name: "r", Handle: seen.collect}
	first := w.runnerOn(store, relay)
	a := w.post("c1", "topic.posted")
	w.drain(first)
	store.dead.Store(true)
	w.start(first)
	b, c := w.post("c1", "topic.posted"), w.post("c1", "topic.posted")
	seen.wait(t, "the events before the crash", func(items []string) bool { return len(items) >= 3 })
	first.Stop()
	d := w.post("c1", "topic.posted")
	w.drain(w.runner(relay))
	want(t, "seen", seen.all(), []string{a, b, c, b, c, d})
}
