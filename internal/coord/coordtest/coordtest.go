// Package coordtest is the suite that every coord adapter passes. It measures real elapsed time, because that is
// what the port promises; each wait is for an event and bounded, never a guess of how long something takes.
package coordtest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jushou/internal/coord"
)

// Open returns two views of one coordinator, as two processes would have; for a coordinator that serves
// one process they are the same value. The test closes them.
type Open func(t *testing.T) (a, b coord.Coord)

// brief is a lifetime that a test waits out; long is one that it never does.
const (
	brief = 150 * time.Millisecond
	long  = time.Minute
	// patience bounds every wait for something that must come.
	patience = 10 * time.Second
)

// Run runs the whole suite.
func Run(t *testing.T, open Open) {
	tests := []struct {
		name string
		test func(t *testing.T, a, b coord.Coord)
	}{
		{"a lease has one holder", leaseHasOneHolder},
		{"a lease expires and its fence rises", leaseExpires},
		{"a renewed lease lives on", leaseRenewed},
		{"release of a lost lease disturbs nobody", leaseReleaseByLoser},
		{"racers for a lease: one winner", leaseRace},
		{"once is once until it expires", once},
		{"racers for a once-key: one first", onceRace},
		{"a limit lets a burst through and says when to come again", limit},
		{"refused events do not count", limitRefusedIsFree},
		{"racers for a limit: exactly the burst", limitRace},
		{"the cache keeps, replaces, expires and forgets", cache},
		{"compare and delete spares the successor", compareAndDelete},
		{"names of different operations do not meet", namespaces},
		{"publish wakes every subscriber of the topic", publish},
		{"wake-ups are merged", publishMerges},
		{"a subscription ends with its context", subscriptionEnds},
		{"bad arguments are refused", badArguments},
		{"a cancelled context is its own error", cancelled},
		{"after close everything is unavailable", closed},
		{"hold excludes, renews and gives back", hold},
		{"hold ends its work when the lease is lost", holdLost},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a, b := open(t)
			t.Cleanup(func() { _ = errors.Join(a.Close(), b.Close()) })
			tt.test(t, a, b)
		})
	}
}

func badArguments(t *testing.T, a, _ coord.Coord) {
	ctx := t.Context()
	huge := strings.Repeat("村", coord.MaxName)
	calls := map[string]func() error{
		"empty lease":     func() error { _, _, err := a.Lease(ctx, "", long); return err },
		"lease for 0":     func() error { _, _, err := a.Lease(ctx, "x", 0); return err },
		"long once":       func() error { _, err := a.Once(ctx, huge, long); return err },
		"once for -1":     func() error { _, err := a.Once(ctx, "x", -1); return err },
		"limit of 0":      func() error { _, _, err := a.Limit(ctx, "x", 0, long); return err },
		"limit too fine":  func() error { _, _, err := a.Limit(ctx, "x", 1_000_000, 10*time.Millisecond); return err },
		"get nothing":     func() error { _, _, err := a.Get(ctx, ""); return err },
		"set too much":    func() error { return a.Set(ctx, "x", strings.Repeat("x", coord.MaxValue+1), long) },
		"delete nothing":  func() error { return a.Delete(ctx, "") },
		"compare nothing": func() error { _, err := a.CompareAndDelete(ctx, "", "x"); return err },
		"publish nothing": func() error { return a.Publish(ctx, "") },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, coord.ErrBadArgument) {
			t.Errorf("%s: %v, want %v", name, err, coord.ErrBadArgument)
		}
	}
}

func closed(t *testing.T, a, _ coord.Coord) {
	lease, ok := mustLease(t, a, "work", long)
	if !ok {
		t.Fatal("no lease to begin with")
	}
	woken := a.Subscribe(t.Context(), "topic")
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Errorf("second Close = %v", err)
	}
	for i, call := range everyCall(t, a, lease) {
		if err := call(); !errors.Is(err, coord.ErrUnavailable) {
			t.Errorf("call %d after close: %v, want unavailable", i, err)
		}
	}
	ends(t, woken)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mustLease(t *testing.T, c coord.Coord, name string, ttl time.Duration) (coord.Lease, bool) {
	t.Helper()
	lease, ok, err := c.Lease(t.Context(), name, ttl)
	must(t, err)
	return lease, ok
}

// eventually polls for something that only time brings about.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		if time.Now().After(deadline) {
			t.Fatalf("waited %v for %s", patience, what)
		}
		<-tick.C
	}
}

// ends waits until the channel is closed.
func ends(t *testing.T, woken <-chan struct{}) {
	t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case _, open := <-woken:
			if !open {
				return
			}
		case <-deadline:
			t.Fatal("the subscription did not end")
		}
	}
}

// wakes waits for one wake-up.
func wakes(t *testing.T, woken <-chan struct{}) {
	t.Helper()
	select {
	case _, open := <-woken:
		if !open {
			t.Fatal("the subscription ended")
		}
	case <-time.After(patience):
		t.Fatal("no wake-up")
	}
}

// race calls try n times at once and returns how many were true.
func race(t *testing.T, n int, try func(i int) (bool, error)) int {
	t.Helper()
	start, results := make(chan struct{}), make(chan error, n)
	won := make(chan bool, n)
	for i := range n {
		go func() {
			<-start
			ok, err := try(i)
			won <- ok
			results <- err
		}()
	}
	close(start)
	winners := 0
	for range n {
		if <-won {
			winners++
		}
		if err := <-results; err != nil {
			t.Error(fmt.Errorf("racer: %w", err))
		}
	}
	return winners
}
