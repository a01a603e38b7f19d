package clock_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"jushou/internal/clock"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func TestStandingClockMovesOnlyByHand(t *testing.T) {
	c := clock.Standing(noon)
	if !c.Now().Equal(noon) {
		t.Fatalf("Now = %v", c.Now())
	}
	c.Advance(90 * time.Minute)
	if want := noon.Add(90 * time.Minute); !c.Now().Equal(want) {
		t.Errorf("Now = %v, want %v", c.Now(), want)
	}
	c.Set(noon.Add(-time.Hour))
	if want := noon.Add(-time.Hour); !c.Now().Equal(want) {
		t.Errorf("after a jump back Now = %v, want %v", c.Now(), want)
	}
}

func TestAdvanceWakesAWaiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.Standing(noon)
		woke := make(chan error, 1)
		go func() { woke <- c.Until(t.Context(), noon.Add(3*24*time.Hour)) }()
		synctest.Wait()
		c.Advance(24 * time.Hour)
		synctest.Wait()
		select {
		case err := <-woke:
			t.Fatalf("woke after one of three days: %v", err)
		default:
		}
		c.Advance(48 * time.Hour)
		if err := <-woke; err != nil {
			t.Fatal(err)
		}
	})
}

func TestUntilEndsWithItsContext(t *testing.T) {
	clocks := map[string]clock.Clock{
		"system": clock.System{}, "standing": clock.Standing(noon), "ahead": clock.Ahead(clock.System{}),
	}
	for name, c := range clocks {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if err := c.Until(ctx, c.Now().Add(time.Hour)); !errors.Is(err, context.Canceled) {
				t.Errorf("Until = %v, want canceled", err)
			}
		})
	}
}

func TestAheadFollowsItsBaseAndItsMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clock.Ahead(clock.System{})
		start := c.Now()
		time.Sleep(time.Minute)
		c.Advance(time.Hour)
		if got := c.Now().Sub(start); got != 61*time.Minute {
			t.Errorf("moved by %v, want 61m", got)
		}
		if err := c.Until(t.Context(), c.Now().Add(2*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := c.Now().Sub(start); got < 181*time.Minute {
			t.Errorf("Until returned after %v", got)
		}
	})
}
