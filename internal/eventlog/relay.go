package eventlog

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"jushou/internal/docstore"
)

// Relay is one follower of the feed.
type Relay struct {
	// Name identifies the relay for ever: its cursor is stored under it. At most 60 bytes.
	Name string
	// Types are the event types it wants: exact ("topic.posted") or, ending in a dot, a prefix ("topic.").
	// None means all.
	Types []string
	// Handle does the work of one event: nil is done, Later and Never say so, any other error or a panic is
	// tried again. Its context ends when the relay stops or Timeout has passed.
	Handle func(ctx context.Context, e docstore.Event) error
	// Concurrency is how many lanes are worked at once; 0 is 1.
	Concurrency int
	// Lane names what has to stay in order; nil is the event's Scope. Events that do not mind each other at all, such
	// as notices to different people, may each have a lane of their own.
	Lane func(docstore.Event) string
	// Timeout bounds one call of Handle; 0 is half a minute.
	Timeout time.Duration
	// FromHead makes a relay that was never run begin after the last event there is, so that a new kind of
	// notice is not sent for everything that ever happened.
	FromHead bool
}

// defaultTimeout is long enough for a slow disk and short enough for a stop to be noticed.
const defaultTimeout = 30 * time.Second

func (r Relay) check() error {
	if r.Name == "" || len(r.Name) > 60 || strings.Contains(r.Name, "/") {
		return fmt.Errorf("eventlog: relay name %q is empty, too long or has a slash", r.Name)
	}
	if r.Handle == nil {
		return fmt.Errorf("eventlog: relay %q has no handler", r.Name)
	}
	if r.Concurrency < 0 || r.Concurrency > 64 || r.Timeout < 0 {
		return fmt.Errorf("eventlog: relay %q: concurrency %d or timeout %v is out of bounds", r.Name, r.Concurrency, r.Timeout)
	}
	return nil
}

func (r Relay) laneOf(e docstore.Event) string {
	if r.Lane == nil {
		return e.Scope
	}
	return r.Lane(e)
}

func (r Relay) wants(eventType string) bool {
	for _, t := range r.Types {
		if t == eventType || strings.HasSuffix(t, ".") && strings.HasPrefix(eventType, t) {
			return true
		}
	}
	return len(r.Types) == 0
}

// panicked is a handler's panic as an error; its stack is for the log only.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// call runs the handler once, under its time-out and a panic guard.
func (r Relay) call(ctx context.Context, e docstore.Event) (err error) {
	timeout := r.Timeout
	if timeout == 0 {
		timeout = defaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{v, debug.Stack()}
		}
	}()
	return r.Handle(ctx, e)
}

// Never wraps an error that no repetition can cure: the event goes to the dead letters at once.
func Never(err error) error { return &never{err} }

type never struct{ err error }

func (n *never) Error() string { return "never again: " + n.err.Error() }
func (n *never) Unwrap() error { return n.err }

// Later is what a handler returns to see the event again after d, which does not count as a failure.
func Later(d time.Duration) error { return &later{d} }

type later struct{ d time.Duration }

func (l *later) Error() string { return "again in " + l.d.String() }

// verdict is what a handler's error asks for.
type verdict struct {
	never bool
	later time.Duration // positive: snooze without counting
}

func judge(err error) verdict {
	var n *never
	var l *later
	switch {
	case errors.As(err, &n):
		return verdict{never: true}
	case errors.As(err, &l):
		return verdict{later: max(l.d, time.Second)}
	}
	return verdict{}
}
