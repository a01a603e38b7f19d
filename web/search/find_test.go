package search

import (
	"testing"

	"jushou/deliberation"
)

// TestEveryShownStateIsFoundByOneGroup leaves out Open, to which nothing was promised, so that nobody looks for it by its state.
func TestEveryShownStateIsFoundByOneGroup(t *testing.T) {
	t.Parallel()
	in := map[deliberation.Status]int{}
	for _, group := range States() {
		for _, s := range statuses(group) {
			in[s]++
		}
	}
	for _, s := range deliberation.Statuses() {
		want := 0
		if s.Shown() && s != deliberation.Open {
			want = 1
		}
		if in[s] != want {
			t.Errorf("%s is in %d groups, want %d", s, in[s], want)
		}
	}
}
