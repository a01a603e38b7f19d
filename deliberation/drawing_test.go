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

// drawing returns the n-th diagram of docs/deliberation.md.
func drawing(t *testing.T, n int) string {
	t.Helper()
	text, err := os.ReadFile("../docs/deliberation.md")
	if err != nil {
		t.Fatal(err)
	}
	all := regexp.MustCompile("(?s)```mermaid\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(all) <= n {
		t.Fatalf("there are %d drawings", len(all))
	}
	return all[n][1]
}

// TestTheDrawingOfTheWorkIsTheTable holds every step after the answer against Allows, both ways.
func TestTheDrawingOfTheWorkIsTheTable(t *testing.T) {
	t.Parallel()
	type step struct {
		from Status
		move Move
	}
	drawn := map[step]Status{}
	for _, line := range regexp.MustCompile(`(?m)^    (\w+) --> (\w+): (\w+)$`).FindAllStringSubmatch(drawing(t, 1), -1) {
		drawn[step{Status(line[1]), Move(line[3])}] = Status(line[2])
	}
	for _, from := range Statuses() {
		for _, move := range []Move{
			MoveAccept, MoveRefuse, MoveDispatch, MoveTake, MoveReport, MoveVerify, MoveSendBack, MoveConfirm, MoveDispute, MoveUphold, MoveClose,
			MoveReopen, MoveMerge, MoveDeliberate, MoveConclude,
		} {
			to, ok := drawn[step{from, move}]
			if ok != from.Allows(move) {
				t.Errorf("%s from %s: drawn %v, allowed %v", move, from, ok, from.Allows(move))
			}
			if ok && !slices.Contains(Statuses(), to) {
				t.Errorf("%s from %s leads to %q, which is no state", move, from, to)
			}
			delete(drawn, step{from, move})
		}
	}
	for s := range drawn {
		t.Errorf("drawn and unknown: %s from %s", s.move, s.from)
	}
}

func TestTheDrawingIsTheMachine(t *testing.T) {
	t.Parallel()
	drawn := map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^    (\w+ --> \w+)`).FindAllStringSubmatch(drawing(t, 0), -1) {
		drawn[line[1]] = true
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
