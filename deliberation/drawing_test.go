package deliberation

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"
)

// reachable plays every sequence of up to depth moves and collects the steps between states.
func reachable(t Topic, now time.Time, depth int, seen map[string]bool) {
	if depth == 0 {
		return
	}
	for _, move := range []Move{MoveAnswer, MoveWithdraw, MoveHold, MoveRelease, MoveHide} {
		next := t
		if _, err := apply(&next, act{now, move}); err == nil {
			seen[string(t.Status)+" --> "+string(next.Status)] = true
			reachable(next, now.Add(time.Minute), depth-1, seen)
		}
	}
}

func TestTheDrawingIsTheMachine(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../docs/deliberation.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^    (\w+ --> \w+)`).FindAllSubmatch(text, -1) {
		drawn[string(line[1])] = true
	}
	played := map[string]bool{}
	promised, open := newPost(at(8, 10), dayRounds()), newPost(at(8, 10), dayRounds())
	open.Clock, open.Status = nil, Open
	reachable(promised, at(8, 11), 4, played)
	reachable(open, at(8, 11), 4, played)
	for _, step := range slices.Sorted(maps.Keys(played)) {
		if !drawn[step] {
			t.Errorf("not drawn: %s", step)
		}
	}
	for _, step := range slices.Sorted(maps.Keys(drawn)) {
		if !played[step] {
			t.Errorf("drawn but impossible: %s", step)
		}
	}
	if len(played) < 15 {
		t.Fatalf("played only %d steps", len(played))
	}
}
