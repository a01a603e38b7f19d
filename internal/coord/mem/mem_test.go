package mem_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"jushou/internal/coord"
	"jushou/internal/coord/coordtest"
	"jushou/internal/coord/mem"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestConformance(t *testing.T) {
	coordtest.Run(t, func(*testing.T) (coord.Coord, coord.Coord) {
		c := mem.New()
		return c, c
	})
}

func TestLimitRefillsEvenlyForAWholeDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := mem.New()
		passed := 0
		for range 24 * 60 {
			ok, _, err := c.Limit(t.Context(), "who", 5, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				passed++
			}
			time.Sleep(time.Minute)
		}
		if want := 5 + 23*5 + 4; passed != want {
			t.Errorf("%d passed in a day, want the burst and then five an hour: %d", passed, want)
		}
	})
}

func TestForgottenKeysDoNotPileUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := mem.New()
		for i := range 20_000 {
			if _, err := c.Once(t.Context(), fmt.Sprint("push ", i), time.Second); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Millisecond)
		}
		if n := c.Keys(); n > 1000 {
			t.Errorf("%d keys are kept, of which 100 are alive", n)
		}
	})
}

func TestHoldGoesOnWithoutACoordinator(t *testing.T) {
	c := mem.New()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	oops := errors.New("oops")
	ran, err := coord.Hold(t.Context(), c, "sweep", time.Minute, func(context.Context) error { return oops })
	if !ran || !errors.Is(err, oops) {
		t.Errorf("Hold = %v, %v", ran, err)
	}
}
