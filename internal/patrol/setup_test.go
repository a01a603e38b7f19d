package patrol_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jushou/internal/clock"
	"jushou/internal/coord/mem"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/patrol"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// nine is 09:00 in Shanghai on a Saturday.
var nine = time.Date(2026, 11, 21, 1, 0, 0, 0, time.UTC)

// patience bounds every wait for something that must come.
const patience = 20 * time.Second

type world struct {
	t     *testing.T
	store docstore.Store
	clock *clock.Virtual
	coord *mem.Coord
}

func setup(t *testing.T) *world {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "jushou.db"), patrol.Schema(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: store, clock: clock.Standing(nine), coord: mem.New()}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
		if err := w.coord.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) runner(sweeps ...patrol.Sweep) *patrol.Runner {
	w.t.Helper()
	return w.observed(nil, sweeps...)
}

func (w *world) observed(see func(patrol.Outcome), sweeps ...patrol.Sweep) *patrol.Runner {
	w.t.Helper()
	r, err := patrol.New(patrol.Options{Store: w.store, Coord: w.coord, Clock: w.clock, Observe: see}, sweeps...)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) start(r *patrol.Runner) {
	w.t.Helper()
	if err := r.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(r.Stop)
}

// asleep waits until the runner's only sweep plans to run at the instant.
func (w *world) asleep(r *patrol.Runner, until time.Time) {
	w.t.Helper()
	deadline := time.Now().Add(patience)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		s := one(w.t, r)
		if s.Next.Equal(until) && !s.Running {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("waited %v for the sweep to plan %v; it plans %v", patience, until, s.Next)
		}
		<-tick.C
	}
}

// runs is a sweep's work that hands its windows to the test.
type runs chan patrol.Window

func (c runs) run(_ context.Context, w patrol.Window) (int, error) {
	c <- w
	return 7, nil
}

func (c runs) next(t *testing.T) patrol.Window {
	t.Helper()
	select {
	case w := <-c:
		return w
	case <-time.After(patience):
		t.Fatalf("waited %v for a run", patience)
		return patrol.Window{}
	}
}

func (c runs) none(t *testing.T) {
	t.Helper()
	select {
	case w := <-c:
		t.Fatalf("an unexpected run at %v", w.Now)
	default:
	}
}

func one(t *testing.T, r *patrol.Runner) patrol.Status {
	t.Helper()
	all, err := r.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 {
		t.Fatalf("%d sweeps", len(all))
	}
	return all[0]
}

func expect(t *testing.T, got patrol.Window, now, last time.Time) {
	t.Helper()
	if !got.Now.Equal(now) || !got.LastSuccess.Equal(last) {
		t.Errorf("run at %v after %v, want %v after %v", got.Now, got.LastSuccess, now, last)
	}
}
