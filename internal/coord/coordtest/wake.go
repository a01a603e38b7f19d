package coordtest

import (
	"context"
	"testing"

	"jushou/internal/coord"
)

func publish(t *testing.T, a, b coord.Coord) {
	ctx := t.Context()
	one, two, other := a.Subscribe(ctx, "feed"), b.Subscribe(ctx, "feed"), b.Subscribe(ctx, "other")
	for _, woken := range []<-chan struct{}{one, two, other} {
		wakes(t, woken) // each is woken once when it is connected
	}
	must(t, b.Publish(ctx, "feed"))
	wakes(t, one)
	wakes(t, two)
	must(t, a.Publish(ctx, "other"))
	wakes(t, other)
	must(t, a.Publish(ctx, "nobody listens"))
}

func publishMerges(t *testing.T, a, b coord.Coord) {
	ctx := t.Context()
	woken := a.Subscribe(ctx, "feed")
	wakes(t, woken)
	const published = 200
	for range published {
		must(t, b.Publish(ctx, "feed"))
	}
	wakes(t, woken)
	got := 1
	for more := true; more; {
		select {
		case <-woken:
			got++
		default:
			more = false
		}
	}
	if got > published/2 {
		t.Errorf("an reader that did not look got %d wake-ups for %d publishes", got, published)
	}
}

func subscriptionEnds(t *testing.T, a, _ coord.Coord) {
	ctx, cancel := context.WithCancel(t.Context())
	woken := a.Subscribe(ctx, "feed")
	wakes(t, woken)
	cancel()
	ends(t, woken)
	must(t, a.Publish(t.Context(), "feed"))
}
