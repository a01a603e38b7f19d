package patrol_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"jushou/internal/clock"
	"jushou/internal/coord"
	"jushou/internal/docstore"
	"jushou/internal/patrol"
)

func TestASweepRunsAtItsInstantsInShanghai(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	r := w.runner(patrol.Sweep{Name: "rounds", Spec: "0 9,14,20 * * *", Run: c.run})
	w.start(r)
	expect(t, c.next(t), nine, time.Time{}) // never ran: at once
	two, eight := nine.Add(5*time.Hour), nine.Add(11*time.Hour)
	w.asleep(r, two)
	w.clock.Advance(5*time.Hour - time.Second)
	w.asleep(r, two)
	c.none(t)
	w.clock.Advance(time.Second)
	expect(t, c.next(t), two, nine)
	w.asleep(r, eight)
	w.clock.Set(eight)
	expect(t, c.next(t), eight, two)
}

func TestAJumpOfThreeDaysIsOneRunThatKnowsTheLastSuccess(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	r := w.runner(patrol.Sweep{Name: "rounds", Spec: "@every 30s", Run: c.run})
	w.start(r)
	c.next(t)
	w.asleep(r, nine.Add(30*time.Second))
	later := nine.Add(72 * time.Hour)
	w.clock.Set(later)
	expect(t, c.next(t), later, nine)
	w.asleep(r, later.Add(30*time.Second))
	c.none(t)
}

func TestARestartCatchesUpOnceAndOnlyIfSomethingWasMissed(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	sweep := patrol.Sweep{Name: "rounds", Spec: "0 9,14,20 * * *", Run: c.run}
	first := w.runner(sweep)
	w.start(first)
	c.next(t)
	w.asleep(first, nine.Add(5*time.Hour))
	first.Stop()

	w.clock.Advance(time.Hour)
	second := w.runner(sweep)
	w.start(second)
	w.asleep(second, nine.Add(5*time.Hour))
	c.none(t)
	second.Stop()

	w.clock.Advance(30 * time.Hour)
	third := w.runner(sweep)
	w.start(third)
	expect(t, c.next(t), nine.Add(31*time.Hour), nine)
}

func TestAClockSetBackAnHourNeitherStallsNorSpins(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	r := w.runner(patrol.Sweep{Name: "s", Spec: "@every 1m", Run: c.run})
	w.start(r)
	c.next(t)
	w.asleep(r, nine.Add(time.Minute))
	back := nine.Add(-time.Hour)
	w.clock.Set(back)
	r.Wake("s") // looks at the clock now, as it does by itself every ten seconds
	expect(t, c.next(t), back, nine)
	w.asleep(r, back.Add(time.Minute))
	c.none(t)
	w.clock.Advance(time.Minute)
	expect(t, c.next(t), back.Add(time.Minute), back)
}

func TestAClockSetBackIsNoticedWithoutAnyHint(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := setup(t), make(runs, 9999)
		base := clock.Ahead(clock.System{})
		r, err := patrol.New(patrol.Options{Store: w.store, Coord: w.coord, Clock: base}, patrol.Sweep{Name: "s", Spec: "@every 1m", Run: c.run})
		if err != nil {
			t.Fatal(err)
		}
		w.start(r)
		time.Sleep(10*time.Minute + time.Second)
		before := len(c)
		base.Advance(-time.Hour)
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if before != 11 {
			t.Errorf("%d runs in the ten minutes before, want 11", before)
		}
		if after := len(c) - before; after < 9 || after > 11 {
			t.Errorf("%d runs in the ten minutes after the clock was set back an hour, want about 10", after)
		}
	})
}

func TestAWakeWhileAnotherProcessRunsItIsNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := setup(t), make(runs, 9)
		r := w.runner(patrol.Sweep{Name: "s", Spec: "@daily", Run: c.run})
		w.start(r)
		c.next(t)
		synctest.Wait()
		lease, ok, err := w.coord.Lease(t.Context(), "sweep/s", time.Hour)
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		r.Wake("s")
		r.Wake("s")
		r.Wake("no such")
		time.Sleep(time.Minute)
		c.none(t)
		if err := lease.Release(t.Context()); err != nil {
			t.Fatal(err)
		}
		c.next(t)
		time.Sleep(time.Minute)
		c.none(t)
	})
}

func TestAfterARestartARecordFromTheFutureStallsNothing(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	sweep := patrol.Sweep{Name: "s", Spec: "@every 1m", Run: c.run}
	first := w.runner(sweep)
	w.start(first)
	c.next(t)
	w.asleep(first, nine.Add(time.Minute))
	first.Stop()
	back := nine.Add(-24 * time.Hour)
	w.clock.Set(back)
	second := w.runner(sweep)
	w.start(second)
	w.asleep(second, back.Add(time.Minute))
	w.clock.Advance(time.Minute)
	expect(t, c.next(t), back.Add(time.Minute), nine)
	w.asleep(second, back.Add(2*time.Minute))
	w.clock.Advance(time.Minute)
	expect(t, c.next(t), back.Add(2*time.Minute), back.Add(time.Minute))
}

func TestAFailureIsRecordedAndTriedAgainSoon(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	var broken atomic.Bool
	broken.Store(true)
	r := w.runner(patrol.Sweep{Name: "s", Spec: "0 9 * * *", Run: func(ctx context.Context, win patrol.Window) (int, error) {
		_, _ = c.run(ctx, win)
		if broken.Load() {
			return 3, errors.New("村 " + strings.Repeat("x", 900))
		}
		return 4, nil
	}})
	w.start(r)
	c.next(t)
	w.asleep(r, nine.Add(5*time.Second))
	if s := one(t, r); s.Failures != 1 || !strings.HasPrefix(s.LastError, "村 x") || len(s.LastError) > 600 || !s.LastSuccess.IsZero() || !s.Late {
		t.Errorf("status = %+v", s)
	}
	w.clock.Advance(5 * time.Second)
	c.next(t)
	w.asleep(r, nine.Add(15*time.Second))
	broken.Store(false)
	w.clock.Advance(10 * time.Second)
	expect(t, c.next(t), nine.Add(15*time.Second), time.Time{})
	w.asleep(r, nine.Add(24*time.Hour))
	if s := one(t, r); s.Failures != 0 || s.LastError != "" || s.LastCount != 4 || s.Runs != 3 || s.Late || !s.LastFailure.Equal(nine.Add(5*time.Second)) {
		t.Errorf("status = %+v", s)
	}
}

func TestAPanicIsAFailure(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := make(chan patrol.Outcome, 1)
	r := w.observed(func(o patrol.Outcome) { seen <- o },
		patrol.Sweep{Name: "s", Spec: "@daily", Run: func(context.Context, patrol.Window) (int, error) { panic("roof") }})
	if _, err := r.RunNow(t.Context(), "s"); err == nil || err.Error() != "panic: roof" {
		t.Errorf("RunNow = %v", err)
	}
	if o := <-seen; !o.Panic || o.Err == nil || o.Sweep != "s" {
		t.Errorf("observed %+v", o)
	}
	if s := one(t, r); s.Panics != 1 || s.Failures != 1 || s.LastError != "panic: roof" {
		t.Errorf("status = %+v", s)
	}
}

func TestARunIsCutOffByItsTimeout(t *testing.T) {
	t.Parallel()
	w := setup(t)
	r := w.runner(patrol.Sweep{Name: "s", Spec: "@daily", Timeout: 10 * time.Millisecond, Run: func(ctx context.Context, _ patrol.Window) (int, error) {
		<-ctx.Done()
		return 5, ctx.Err()
	}})
	if n, err := r.RunNow(t.Context(), "s"); n != 5 || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("RunNow = %d, %v", n, err)
	}
	if s := one(t, r); s.Failures != 1 {
		t.Errorf("status = %+v", s)
	}
}

func TestRunNow(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	r := w.runner(patrol.Sweep{Name: "s", Spec: "@daily", Run: c.run})
	for range 2 {
		if n, err := r.RunNow(t.Context(), "s"); n != 7 || err != nil {
			t.Fatalf("RunNow = %d, %v", n, err)
		}
	}
	if _, err := r.RunNow(t.Context(), "no such"); !errors.Is(err, patrol.ErrUnknown) {
		t.Errorf("unknown sweep: %v", err)
	}
	lease, ok, err := w.coord.Lease(t.Context(), "sweep/s", time.Minute)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, err := r.RunNow(t.Context(), "s"); !errors.Is(err, patrol.ErrElsewhere) {
		t.Errorf("while another process runs it: %v", err)
	}
	if err := lease.Release(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(c) != 2 {
		t.Errorf("%d runs", len(c))
	}
}

func TestTwoProcessesMakeOneRunOfAnInstant(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 99)
	sweep := patrol.Sweep{Name: "s", Spec: "@every 1m", Run: c.run}
	a, b := w.runner(sweep), w.runner(sweep)
	w.start(a)
	w.start(b)
	for i := range 4 {
		next := nine.Add(time.Duration(i+1) * time.Minute)
		w.asleep(a, next)
		w.asleep(b, next)
		w.clock.Set(next)
	}
	w.asleep(a, nine.Add(5*time.Minute))
	w.asleep(b, nine.Add(5*time.Minute))
	if len(c) != 5 {
		t.Errorf("%d runs for 5 instants", len(c))
	}
}

func TestWithoutACoordinatorTheSweepRunsAllTheSame(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	if err := w.coord.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.coord.Once(t.Context(), "x", time.Minute); !errors.Is(err, coord.ErrUnavailable) {
		t.Fatal(err)
	}
	w.start(w.runner(patrol.Sweep{Name: "s", Spec: "@every 1m", Run: c.run}))
	c.next(t)
}

// silent is a store that can be made not to answer.
type silent struct {
	docstore.Store
	down  atomic.Bool
	tries chan struct{}
}

func (s *silent) Get(ctx context.Context, key docstore.Key) (docstore.Doc, error) {
	if s.down.Load() {
		select {
		case s.tries <- struct{}{}:
		default:
		}
		return docstore.Doc{}, docstore.ErrUnavailable
	}
	return s.Store.Get(ctx, key)
}

func TestWithoutItsRecordTheSweepRests(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs, 9)
	store := &silent{Store: w.store, tries: make(chan struct{}, 1)}
	store.down.Store(true)
	r, err := patrol.New(patrol.Options{Store: store, Coord: w.coord, Clock: w.clock}, patrol.Sweep{Name: "s", Spec: "@daily", Run: c.run})
	if err != nil {
		t.Fatal(err)
	}
	w.start(r)
	<-store.tries
	r.Stop()
	c.none(t)
	if _, err := r.Status(t.Context()); !errors.Is(err, docstore.ErrUnavailable) {
		t.Errorf("Status = %v", err)
	}
}

func TestStopWaitsForTheRunAndRecordsNothing(t *testing.T) {
	t.Parallel()
	w := setup(t)
	began := make(chan struct{})
	var ended atomic.Bool
	r := w.runner(patrol.Sweep{Name: "s", Spec: "@daily", Run: func(ctx context.Context, _ patrol.Window) (int, error) {
		close(began)
		<-ctx.Done()
		ended.Store(true)
		return 1, ctx.Err()
	}})
	w.start(r)
	<-began
	if s := one(t, r); !s.Running {
		t.Errorf("status while it runs = %+v", s)
	}
	impatient, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := r.RunNow(impatient, "s"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("RunNow behind a run that does not end = %v", err)
	}
	r.Stop()
	if !ended.Load() {
		t.Error("Stop did not wait")
	}
	if s := one(t, r); s.Runs != 0 || s.Failures != 0 || s.Running || !s.Next.IsZero() {
		t.Errorf("status = %+v", s)
	}
	if _, ok, err := w.coord.Lease(t.Context(), "sweep/s", time.Minute); !ok || err != nil {
		t.Errorf("the lease was not given back: %v, %v", ok, err)
	}
}

func TestMalformedSweepsAreRefused(t *testing.T) {
	t.Parallel()
	w, c := setup(t), make(runs)
	for name, sweeps := range map[string][]patrol.Sweep{
		"no name":     {{Spec: "@daily", Run: c.run}},
		"slash":       {{Name: "a/b", Spec: "@daily", Run: c.run}},
		"no work":     {{Name: "a", Spec: "@daily"}},
		"no schedule": {{Name: "a", Run: c.run}},
		"bad":         {{Name: "a", Spec: "61 * * * *", Run: c.run}},
		"bad zone":    {{Name: "a", Spec: "CRON_TZ=Asia/Luodian @daily", Run: c.run}},
		"twice":       {{Name: "a", Spec: "@daily", Run: c.run}, {Name: "a", Spec: "@hourly", Run: c.run}},
	} {
		if _, err := patrol.New(patrol.Options{Store: w.store, Coord: w.coord, Clock: w.clock}, sweeps...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := patrol.New(patrol.Options{}); err == nil {
		t.Error("no store: accepted")
	}
}
