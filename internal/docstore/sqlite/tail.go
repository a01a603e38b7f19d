package sqlite

import (
	"bytes"
	"slices"
	"sort"
	"sync"
	"time"

	"jushou/internal/docstore"
)

// Bounds of the tail. It is cut back to them when it has grown to twice as much.
const (
	tailEvents = 1024
	tailBytes  = 2 << 20 // of data
)

// tail holds the newest events. Every relay reads what was appended a moment ago; without it each would read the same rows.
type tail struct {
	mu     sync.RWMutex
	from   int64 // every event after this place is held
	events []docstore.Event
	bytes  int
}

// begin says that the feed ends at seq and nothing is held yet.
func (t *tail) begin(seq int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.from = seq
}

// add takes over events that were committed, in order.
func (t *tail) add(events []docstore.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.events = append(t.events, events...)
	for _, e := range events {
		t.bytes += len(e.Data)
	}
	if len(t.events) <= 2*tailEvents && t.bytes <= 2*tailBytes {
		return
	}
	cut := 0
	for cut < len(t.events) && (len(t.events)-cut > tailEvents || t.bytes > tailBytes) {
		t.bytes -= len(t.events[cut].Data)
		t.from = t.events[cut].Seq
		cut++
	}
	t.events = slices.Clone(t.events[cut:])
}

// after returns the events after a place, or false if some of them are not held. Their data is the tail's own: dozens of
// readers see the same events, and copies for each were a part of a rush's work.
func (t *tail) after(seq int64, limit int) ([]docstore.Event, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if seq < t.from {
		return nil, false
	}
	first := sort.Search(len(t.events), func(i int) bool { return t.events[i].Seq > seq })
	return slices.Clone(t.events[first:min(first+limit, len(t.events))]), true
}

// appended is an event as the feed will show it.
func appended(seq int64, put docstore.Write, version int64, e docstore.Event) docstore.Event {
	e.Seq, e.Scope, e.Doc, e.Ver = seq, put.Scope, put.Key, version
	e.At, e.Data = time.UnixMilli(e.At.UnixMilli()), bytes.Clone(e.Data)
	return e
}
