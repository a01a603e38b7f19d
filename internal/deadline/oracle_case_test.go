package deadline_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
)

var cases = flag.Int("deadline.cases", 100_000, "how many random cases the clock engine plays against the slow oracle")

const (
	shards        = 16
	casesPerScene = 80
)

// TestAgainstTheOracle plays random cases on random calendars, each against a walk through time.
func TestAgainstTheOracle(t *testing.T) {
	t.Parallel()
	years, err := calendar.Statutory()
	if err != nil {
		t.Fatal(err)
	}
	var walked []*place
	for _, p := range places {
		walked = append(walked, walkPlace(t, p.zone, p.day))
	}
	var played [outcomes]atomic.Int64
	t.Run("shards", func(t *testing.T) {
		for shard := range shards {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(20261121, uint64(shard)))
				for n := 0; n < *cases/shards; {
					s := newScene(t, r, walked[r.IntN(len(walked))], years)
					for range casesPerScene {
						played[play(t, r, s)].Add(1)
						n++
					}
				}
			})
		}
	})
	t.Logf("beyond the window %d, straight %d, paused %d, late %d", played[0].Load(), played[1].Load(), played[2].Load(), played[3].Load())
	for o := straight; o < outcomes; o++ {
		if got := played[o].Load(); got < int64(*cases/20) {
			t.Errorf("outcome %d was played only %d times", o, got)
		}
	}
}

// outcome says what a case was about, so that the test can prove that it saw enough of each.
type outcome int

const (
	unknown  outcome = iota // the window ends before the due instant
	straight                // no pause was taken
	paused                  // it waited for a resident at least once
	late                    // something was asked after the due instant
	outcomes
)

// drawTerm is short, so that the walks are.
func drawTerm(r *rand.Rand) deadline.Term {
	switch r.IntN(6) {
	case 0, 1:
		return deadline.Term{N: 1 + r.IntN(3), Unit: deadline.WorkingDays}
	case 2:
		return deadline.Term{N: 1 + r.IntN(3000), Unit: deadline.Minutes}
	case 3:
		return deadline.Term{N: 1 + r.IntN(3), Unit: deadline.Days}
	}
	return deadline.Term{N: 1 + r.IntN(900), Unit: deadline.WorkingMinutes}
}

func drawPolicy(r *rand.Rand) deadline.Policy {
	units := []deadline.Unit{deadline.WorkingDays, deadline.WorkingMinutes, deadline.Minutes, deadline.Days}
	unit, scale := units[r.IntN(len(units))], 1
	if unit == deadline.WorkingMinutes || unit == deadline.Minutes {
		scale = 200
	}
	each := 1 + r.IntN(scale)
	p := deadline.Policy{
		Name: "x", Version: 1 + r.IntN(9),
		Terms: map[deadline.Kind]deadline.Term{deadline.Resolution: drawTerm(r)},
		Pause: deadline.PauseRule{
			Times: r.IntN(4), Each: deadline.Term{N: each, Unit: unit}, Total: deadline.Term{N: each + r.IntN(scale+1), Unit: unit},
		},
	}
	if r.IntN(3) == 0 {
		p.Ladder = []deadline.Rung{
			{Before: 1 + r.IntN(99), To: deadline.ToOwner}, {To: deadline.ToSuperior},
			{After: deadline.Term{N: 1 + r.IntN(2), Unit: deadline.WorkingDays}, To: deadline.ToPublic},
		}
	}
	return p
}

// game is one case: the engine's clock and what the oracle knows of it.
type game struct {
	*scene
	policy deadline.Policy
	term   deadline.Term
	start  sec
	clock  deadline.Clock
	pauses []span
	used   int
	trace  string
}

// play plays one case and says what it was about.
func play(t testing.TB, r *rand.Rand, s *scene) outcome {
	t.Helper()
	g := &game{scene: s, policy: drawPolicy(r), start: sec(r.IntN(4 * 86400))}
	g.term = g.policy.Terms[deadline.Resolution]
	c, err := deadline.Start(g.policy, deadline.Resolution, s.cal, s.at(g.start).Add(time.Duration(r.IntN(1000))*time.Millisecond))
	if err != nil {
		t.Fatalf("start %+v: %v", g.policy, err)
	}
	g.clock, g.trace = c, fmt.Sprintf("%v start %v, %+v", s.zone, s.at(g.start).In(s.zone), g.policy)
	due, known := g.due()
	now, result := g.start, straight
	for range r.IntN(5) {
		if !known {
			return unknown
		}
		g.agrees(t, due)
		now += sec(r.IntN(max(2, int(due-now)*5/4)))
		if now >= s.last-86400 {
			break
		}
		switch g.ask(t, now, due) {
		case unknown:
			return unknown
		case late:
			return late
		case paused:
			result = paused
			if to := now + sec(r.IntN(60_000)); r.IntN(3) > 0 && to < s.last {
				g.reply(t, to)
				now = to
			}
			now = max(now, g.pauses[len(g.pauses)-1].to)
		}
		due, known = g.due()
	}
	if !known {
		return unknown
	}
	g.agrees(t, due)
	if !g.climbs(t, due) {
		return unknown
	}
	return result
}

// due walks to the due instant from the start, with the pauses so far.
func (g *game) due() (sec, bool) {
	switch g.term.Unit {
	case deadline.WorkingMinutes, deadline.Minutes:
		return g.walk(g.start, g.term.N*60, g.term.Unit == deadline.Minutes, g.pauses)
	case deadline.Days:
		from, ok := g.closing(g.start, g.term.N, true)
		for _, p := range g.pauses {
			from += p.to - p.from
		}
		for _, p := range g.pauses {
			from = max(from, p.to+1)
		}
		if !ok || len(g.pauses) == 0 || from >= g.last {
			return from, ok && from < g.last
		}
		for d := max(0, int(g.date[from/60])-1); d < windowDays; d++ {
			if h := g.days[d].Hours; len(h) > 0 {
				if at := sec(g.shown[d][h[len(h)-1].To/60]) * 60; at >= from {
					return at, true
				}
			}
		}
		return 0, false
	}
	first, ok := g.closing(g.start, g.term.N, false)
	need := g.count(g.start, min(first, g.last), false, nil)
	if !ok || need == 0 {
		return first, ok
	}
	return g.walk(g.start, need, false, g.pauses)
}

// agrees compares the due instants.
func (g *game) agrees(t testing.TB, due sec) {
	t.Helper()
	if !g.clock.DueAt.Equal(g.at(due)) {
		t.Fatalf("%s\npauses %v\ndue at %v, the oracle says %v", g.trace, g.clock.Pauses, g.clock.DueAt.In(g.zone), g.at(due).In(g.zone))
	}
	before, after := g.clock.PhaseAt(g.at(due-1)), g.clock.PhaseAt(g.at(due))
	if due > g.start && before == deadline.PhaseOverdue || after != deadline.PhaseOverdue {
		t.Fatalf("%s\na second before it is due it is %s, when it is due %s", g.trace, before, after)
	}
}

// ask pauses the clock at now, and checks that it is refused exactly when the rules say.
func (g *game) ask(t testing.TB, now, due sec) outcome {
	t.Helper()
	rule := g.policy.Pause
	var want error
	until, known := sec(0), true
	left := min(rule.Each.N, rule.Total.N-g.used)
	switch {
	case now >= due:
		want = deadline.ErrOverdue
	case len(g.pauses) >= rule.Times || left < 1:
		want = deadline.ErrPausesUsedUp
	default:
		until, known = g.over(now, deadline.Term{N: left, Unit: rule.Each.Unit})
	}
	if !known {
		return unknown
	}
	before := g.clock
	_, err := g.clock.Pause(g.cal, "哪一层楼？", li, g.at(now))
	if !errors.Is(err, want) {
		t.Fatalf("%s\npause at %v: %v, want %v", g.trace, g.at(now).In(g.zone), err, want)
	}
	if want != nil {
		if len(g.clock.Pauses) != len(before.Pauses) || !g.clock.DueAt.Equal(before.DueAt) {
			t.Fatalf("%s\na refused pause changed the clock", g.trace)
		}
		if errors.Is(want, deadline.ErrOverdue) {
			return late
		}
		return straight
	}
	if last := g.clock.Pauses[len(g.clock.Pauses)-1]; !last.Until.Equal(g.at(until)) {
		t.Fatalf("%s\npause from %v ends at %v, the oracle says %v", g.trace, g.at(now).In(g.zone), last.Until.In(g.zone), g.at(until).In(g.zone))
	}
	g.pauses = append(g.pauses, span{now, until})
	g.used += g.consumed(now, until)
	return paused
}

// over walks to the end of a term that begins at now.
func (g *game) over(now sec, term deadline.Term) (sec, bool) {
	switch term.Unit {
	case deadline.WorkingDays:
		return g.closing(now, term.N, false)
	case deadline.Days:
		return g.closing(now, term.N, true)
	}
	return g.walk(now, term.N*60, term.Unit == deadline.Minutes, nil)
}

// consumed is how much of the pauses' total a pause takes.
func (g *game) consumed(from, to sec) int {
	unit := g.policy.Pause.Total.Unit
	if unit == deadline.WorkingMinutes || unit == deadline.Minutes {
		return (g.count(from, to, unit == deadline.Minutes, nil) + 59) / 60
	}
	n := 0
	for d := int(g.date[from/60]) + 1; d <= int(g.date[to/60]); d++ {
		if unit == deadline.Days || g.days[d].Workday() {
			n++
		}
	}
	return n
}

// reply ends the last pause at to, if it has not ended by itself.
func (g *game) reply(t testing.TB, to sec) {
	t.Helper()
	last := &g.pauses[len(g.pauses)-1]
	_, waited, err := g.clock.Resume(g.cal, g.at(to))
	if err != nil || waited != (to < last.to) {
		t.Fatalf("%s\nreply at %v: waited %v, %v; the pause is %v", g.trace, g.at(to).In(g.zone), waited, err, last)
	}
	if waited {
		g.used += g.consumed(last.from, to) - g.consumed(last.from, last.to)
		last.to = to
	}
}

// climbs walks up the ladder and compares every rung; false if the window ends before the last.
func (g *game) climbs(t testing.TB, due sec) bool {
	t.Helper()
	if len(g.policy.Ladder) == 0 {
		return true
	}
	natural := g.term.Unit == deadline.Minutes || g.term.Unit == deadline.Days
	var want []deadline.Planned
	total := g.count(g.start, due, natural, g.pauses)
	warn, _ := g.walk(g.start, total*(100-g.policy.Ladder[0].Before)/100, natural, g.pauses)
	if warn, ok := g.nextOpen(warn); ok && warn < due {
		want = append(want, deadline.Planned{Level: 0, At: g.at(warn)})
	}
	for level := 1; level < len(g.policy.Ladder); level++ {
		at, ok := due, due < g.last
		if after := g.policy.Ladder[level].After; ok && !after.IsZero() {
			at, ok = g.closing(due, after.N, false)
		}
		if at, ok = g.nextOpen(at); !ok {
			return false
		}
		want = append(want, deadline.Planned{Level: level, At: g.at(at)})
	}
	if len(want) != len(g.clock.Plan) {
		t.Fatalf("%s\nplan %+v, the oracle says %+v", g.trace, g.clock.Plan, want)
	}
	for i, p := range g.clock.Plan {
		if p.Level != want[i].Level || !p.At.Equal(want[i].At) {
			t.Fatalf("%s\npauses %v, due %v, level %d at %v, the oracle says level %d at %v", g.trace, g.pauses, g.clock.DueAt.In(g.zone),
				p.Level, p.At.In(g.zone), want[i].Level, want[i].At.In(g.zone))
		}
	}
	return true
}
