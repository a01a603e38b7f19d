// Package clock is the only source of "now".
//
// Rules take a time.Time argument; services hold a Clock. System is the machine's clock. Virtual
// stands still or runs ahead by hand: tests and the WeChat simulator's "three days in a few seconds"
// use it, and everything that waits wakes when it is advanced.
package clock

import (
	"context"
	"sync"
	"time"
)

// Clock tells the time and waits for an instant.
type Clock interface {
	// Now returns the current instant. It may jump either way: no rule may assume that a later
	// call returns a later time.
	Now() time.Time
	// Until returns nil as soon as Now is not before t, or ctx's error if that ends first.
	Until(ctx context.Context, t time.Time) error
}

// System is the machine's clock.
type System struct{}

// Now implements Clock.
func (System) Now() time.Time { return time.Now() }

// longestNap bounds one timer, so that a machine whose clock was corrected or that slept
// notices within this time.
const longestNap = 30 * time.Second

// Until implements Clock. It naps at most half a minute at a time and looks again.
func (s System) Until(ctx context.Context, t time.Time) error {
	for {
		left := t.Round(0).Sub(time.Now().Round(0))
		if left <= 0 {
			return ctx.Err()
		}
		nap := time.NewTimer(min(left, longestNap))
		select {
		case <-ctx.Done():
			nap.Stop()
			return ctx.Err()
		case <-nap.C:
		}
	}
}

// Virtual is a clock that is moved by hand. With a running base it follows that base plus an
// offset; without one it stands still between moves. It is safe for concurrent use.
type Virtual struct {
	base Clock // nil: stands still

	mu     sync.Mutex
	still  time.Time     // the time when base is nil
	offset time.Duration // added to base otherwise
	moved  chan struct{} // closed and replaced at each move
}

// Standing returns a Virtual that shows t until it is moved.
func Standing(t time.Time) *Virtual {
	return &Virtual{still: t, moved: make(chan struct{})}
}

// Ahead returns a Virtual that follows base and can be moved ahead of it or behind it.
func Ahead(base Clock) *Virtual {
	return &Virtual{base: base, moved: make(chan struct{})}
}

// Now implements Clock.
func (v *Virtual) Now() time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.now()
}

func (v *Virtual) now() time.Time {
	if v.base == nil {
		return v.still
	}
	return v.base.Now().Add(v.offset)
}

// Advance moves the clock by d, backwards if d is negative, and wakes every waiter.
func (v *Virtual) Advance(d time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.still = v.still.Add(d)
	v.offset += d
	close(v.moved)
	v.moved = make(chan struct{})
}

// Set moves the clock to t and wakes every waiter.
func (v *Virtual) Set(t time.Time) {
	v.Advance(t.Sub(v.Now()))
}

// Offset returns how far the clock has been moved from its base.
func (v *Virtual) Offset() time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.offset
}

// Until implements Clock.
func (v *Virtual) Until(ctx context.Context, t time.Time) error {
	for {
		v.mu.Lock()
		left, moved := t.Sub(v.now()), v.moved
		v.mu.Unlock()
		if left <= 0 {
			return ctx.Err()
		}
		if err := v.nap(ctx, left, moved); err != nil {
			return err
		}
	}
}

// nap sleeps until the clock is moved or, on a running base, until left has passed.
func (v *Virtual) nap(ctx context.Context, left time.Duration, moved <-chan struct{}) error {
	var due <-chan time.Time
	if v.base != nil {
		timer := time.NewTimer(min(left, longestNap))
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-moved:
	case <-due:
	}
	return nil
}
