package eventlog_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jushou/internal/clock"
	"jushou/internal/coord/mem"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/eventlog"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// patience bounds every wait for something that must come.
const patience = 20 * time.Second

// world is a store with a feed, a clock moved by hand, and a coordinator.
type world struct {
	t     *testing.T
	store docstore.Store
	clock *clock.Virtual
	coord *mem.Coord
	posts int
}

func setup(t *testing.T) *world {
	t.Helper()
	schema := append(eventlog.Schema(), docstore.Collection{Kind: "topic"})
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "jushou.db"), schema, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, store: store, clock: clock.Standing(noon), coord: mem.New()}
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

// post writes a topic and its event and returns the topic's id.
func (w *world) post(scope, eventType string) string {
	w.t.Helper()
	w.posts++
	id := fmt.Sprintf("%s-%03d", scope, w.posts)
	_, err := w.store.Put(w.t.Context(),
		docstore.Write{Key: docstore.Key{Kind: "topic", ID: id}, Want: docstore.Absent, Body: []byte(`{}`), Scope: scope},
		docstore.Event{ID: "event of " + id, Type: eventType, Actor: "somebody", At: w.clock.Now(), Data: []byte(`{"n":1}`)})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) runner(relays ...eventlog.Relay) *eventlog.Runner {
	w.t.Helper()
	return w.runnerOn(w.store, relays...)
}

func (w *world) runnerOn(store docstore.Store, relays ...eventlog.Relay) *eventlog.Runner {
	w.t.Helper()
	r, err := eventlog.New(eventlog.Options{Store: store, Coord: w.coord, Clock: w.clock}, relays...)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

func (w *world) drain(r *eventlog.Runner) {
	w.t.Helper()
	if err := r.Drain(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// start starts the runner and stops it when the test ends.
func (w *world) start(r *eventlog.Runner) {
	w.t.Helper()
	if err := r.Start(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(r.Stop)
}

// list collects what a handler saw.
type list struct {
	mu    sync.Mutex
	items []string
	grew  chan struct{}
}

func newList() *list { return &list{grew: make(chan struct{}, 1)} }

func (l *list) add(item string) {
	l.mu.Lock()
	l.items = append(l.items, item)
	l.mu.Unlock()
	select {
	case l.grew <- struct{}{}:
	default:
	}
}

func (l *list) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.items)
}

func (l *list) count(item string) int {
	n := 0
	for _, i := range l.all() {
		if i == item {
			n++
		}
	}
	return n
}

// wait blocks until the list satisfies is.
func (l *list) wait(t *testing.T, what string, is func([]string) bool) {
	t.Helper()
	deadline := time.After(patience)
	for !is(l.all()) {
		select {
		case <-l.grew:
		case <-deadline:
			t.Fatalf("waited %v for %s; have %v", patience, what, l.all())
		}
	}
}

// collect is a handler that only remembers.
func (l *list) collect(_ context.Context, e docstore.Event) error {
	l.add(e.Doc.ID)
	return nil
}

func want(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// one returns the status of the runner's only relay.
func one(t *testing.T, r *eventlog.Runner) eventlog.Status {
	t.Helper()
	all, err := r.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 {
		t.Fatalf("%d relays", len(all))
	}
	return all[0]
}
