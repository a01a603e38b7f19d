package disclosure_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/identity"
)

// drawnIn returns the transitions of a drawing of the chapter, the first one being 1.
func drawnIn(t *testing.T, drawing int) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../../docs/disclosure.md")
	roomtest.Must(t, err)
	all := regexp.MustCompile("(?s)```mermaid\n(.*?)```").FindAllSubmatch(text, -1)
	if len(all) < drawing {
		t.Fatalf("the chapter has %d drawings", len(all))
	}
	drawn := map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^    (\S+ --> \w+)`).FindAllSubmatch(all[drawing-1][1], -1) {
		drawn[string(line[1])] = true
	}
	return drawn
}

func same(t *testing.T, drawn, played map[string]bool, atLeast int) {
	t.Helper()
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
	if len(played) < atLeast {
		t.Fatalf("played only %d steps", len(played))
	}
}

// TestTheDrawingOfAVersionIsTheMachine plays every sequence of acts by two people, however silly.
func TestTheDrawingOfAVersionIsTheMachine(t *testing.T) {
	t.Parallel()
	played := map[string]bool{"[*] --> waits": true}
	var play func(i disclosure.Item, depth int)
	play = func(i disclosure.Item, depth int) {
		if depth == 0 {
			return
		}
		was := i.Latest()
		for n, who := range []identity.AccountID{"li", "zhou"} {
			by := deliberation.Author{Account: who}
			for _, publish := range []bool{true, false} {
				next := i
				if _, err := next.Review(was.N, publish, "有误", by, actor(who), noon); err == nil {
					played[string(was.Verdict)+" --> "+string(next.Latest().Verdict)] = true
					play(next, depth-1)
				}
			}
			next := i
			v := disclosure.Version{Token: strconv.Itoa(depth) + strconv.Itoa(n), Content: disclosure.Content{Title: strconv.Itoa(depth), Body: "x"}, EnteredBy: by, Reason: "改"}
			if _, err := next.Revise(v, was.N, actor(who)); err == nil {
				played[string(was.Verdict)+" --> "+string(next.Latest().Verdict)] = true
				play(next, depth-1)
			}
		}
	}
	li := deliberation.Author{Account: "li"}
	play(disclosure.Item{ID: "i", Versions: []disclosure.Version{{N: 1, Token: "t", EnteredBy: li, Verdict: disclosure.Waits}}}, 5)
	same(t, drawnIn(t, 1), played, 4)
}

// TestTheDrawingOfWhatIsOwedIsTheWatch plays months that are published early, in time, late and never.
func TestTheDrawingOfWhatIsOwedIsTheWatch(t *testing.T) {
	t.Parallel()
	played := map[string]bool{}
	for _, publish := range []string{"2026-09-28 10:00", "2026-10-08 10:00", "2026-10-20 10:00"} {
		h := setup(t)
		h.to("2026-09-20 09:00")
		was, done := "[*]", false
		for day := (calendar.Date{Year: 2026, Month: 9, Day: 28}); day.Before(calendar.Date{Year: 2026, Month: 10, Day: 24}); day = day.AddDays(1) {
			h.to(day.String() + " 10:00")
			if at := h.At(publish); !done && !h.Clock.Now().Before(at) {
				h.published("2026-09")
				done = true
				h.to(day.String() + " 10:01")
			}
			if now := h.standing("2026-09"); now != was && now != "" {
				played[was+" --> "+now] = true
				was = now
			}
		}
	}
	same(t, drawnIn(t, 2), played, 4)
}

// standing says how the money of a month stands: "" while nobody owes it.
func (h *hamlet) standing(p disclosure.Period) string {
	h.T.Helper()
	b, err := h.Board(h.T.Context(), h.wang, "c1", disclosure.Finance, "")
	roomtest.Must(h.T, err)
	for _, o := range b.Owed {
		if o.Kind == disclosure.Finance && o.Period == p {
			if o.Clock.Overdue(h.Clock.Now()) {
				return "late"
			}
			return "owed"
		}
	}
	for _, n := range h.news(disclosure.ObligationMet) {
		if n.Kind == disclosure.Finance && n.Period == p && n.Community == "c1" {
			return "met"
		}
	}
	return ""
}
