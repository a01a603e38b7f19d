package assisted

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"jushou/internal/community"
	"jushou/internal/identity"
)

// TestTheDrawingIsTheMachine plays every sequence of acts by the person and by two of the staff.
func TestTheDrawingIsTheMachine(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/assisted.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^    (\S+ --> \w+)`).FindAllSubmatch(text, -1) {
		drawn[string(line[1])] = true
	}
	at := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	played := map[string]bool{"[*] --> awaiting": true}
	play(Entry{Topic: "t", Path: []community.ID{"c"}, Person: "wang", EnteredBy: "chen", At: at, Status: Awaiting}, at, 6, played)
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
	if len(played) < 12 {
		t.Fatalf("played only %d steps", len(played))
	}
}

func play(e Entry, now time.Time, depth int, seen map[string]bool) {
	if depth == 0 {
		return
	}
	for _, who := range []identity.AccountID{"wang", "chen", "gu"} {
		by := identity.Actor{ID: who, Name: string(who)}
		for _, act := range []func(*Entry) error{
			func(e *Entry) error { _, err := e.Confirm(by, now); return err },
			func(e *Entry) error { _, err := e.Dispute(by, "不是", now); return err },
			func(e *Entry) error { _, err := e.Settle(by, "改了", now); return err },
			func(e *Entry) error { _, err := e.Sign(by, "paper", now); return err },
			func(e *Entry) error { _, err := e.Check(by, "问过", now); return err },
			func(e *Entry) error { return e.drop() },
		} {
			next := e
			if act(&next) == nil {
				seen[string(e.Status)+" --> "+string(next.Status)] = true
				play(next, now.Add(4*24*time.Hour), depth-1, seen)
			}
		}
	}
}
