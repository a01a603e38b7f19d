package deliberation_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/identity"
)

// TestARecalledTopicCostsNoReadUntilSomethingHappens counts the store's reads, and holds what is recalled against what is
// stored.
func TestARecalledTopicCostsNoReadUntilSomethingHappens(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	asked := 0
	heads := func(ctx context.Context, scope string) (int64, error) {
		asked++
		return w.store.Head(ctx, scope)
	}
	recall := func(a identity.Actor) (deliberation.TopicView, error) {
		return w.Recall(t.Context(), a, topic.ID, heads)
	}
	for range 3 {
		_, err := recall(w.neighbour)
		must(t, err)
	}
	if asked != 2 {
		t.Errorf("three visits asked for the head %d times, not 2: nothing is remembered", asked)
	}
	for _, a := range []identity.Actor{w.neighbour, w.resident, w.staff} {
		kept, err := recall(a)
		must(t, err)
		read, err := w.Topic(t.Context(), a, topic.ID)
		must(t, err)
		if kept.Mine != read.Mine || kept.May != read.May || kept.Author != read.Author || kept.Body != read.Body {
			t.Errorf("%s recalls %+v and reads %+v", a.ID, kept, read)
		}
	}
	for _, a := range []identity.Actor{w.public, w.elsewhere, w.pending} {
		_, want := w.Topic(t.Context(), a, topic.ID)
		if _, err := recall(a); err == nil || err.Error() != want.Error() {
			t.Errorf("%q recalls with %v, reads with %v", a.ID, err, want)
		}
	}
	_, err := w.HideTopic(t.Context(), w.staff, deliberation.HideTopic{Topic: topic.ID, Reason: "有邻居的电话"})
	must(t, err)
	if v, err := recall(w.neighbour); err != nil || !v.Masked || v.Body != "" {
		t.Errorf("a hidden topic is recalled as %+v, %v", v, err)
	}
}

func TestWhatIsNotThereIsNotRecalled(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 2 {
		_, err := w.Recall(t.Context(), w.resident, deliberation.TopicID(w.token()), w.store.Head)
		if !errors.Is(err, deliberation.ErrNotFound) {
			t.Errorf("recalled: %v", err)
		}
	}
}

// TestARecalledClockGoesOn looks at a topic before and after its Round.
func TestARecalledClockGoesOn(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	for _, want := range []deliberation.Phase{deliberation.PhaseWaiting, deliberation.PhaseListed} {
		for range 2 {
			v, err := w.Recall(t.Context(), w.neighbour, topic.ID, w.store.Head)
			must(t, err)
			if v.Explain.Phase != want {
				t.Errorf("at %s the clock says %s, want %s", w.clock.Now(), v.Explain.Phase, want)
			}
		}
		w.clock.Advance(time.Hour)
	}
}
