package eventlog

import (
	"context"
	"time"
)

// longestTurn bounds how long a handler waits for its turn, and so how far a rush can hold the relays up: every lane works at
// least twenty events a second, and a handler that talks to a slow platform holds up nobody longer than this.
const longestTurn = 50 * time.Millisecond

// turn waits for the caller's turn while requests queue for the processors, and returns what ends it.
func (r *Runner) turn(ctx context.Context) (over func()) {
	if !r.o.Busy() {
		return func() {}
	}
	timer := time.NewTimer(longestTurn)
	defer timer.Stop()
	select {
	case r.turns <- struct{}{}:
		return func() { <-r.turns }
	case <-timer.C:
	case <-ctx.Done():
	}
	return func() {}
}
