package deadline_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
)

func drawInstant(r *rapid.T, name string) time.Time {
	const from, to = 1548000000, 1775000000 // January 2019 to spring 2026
	return time.Unix(rapid.Int64Range(from, to).Draw(r, name), 0).UTC()
}

func begin(r *rapid.T, cal *calendar.Calendar, term deadline.Term, pause deadline.PauseRule, from time.Time) deadline.Clock {
	p := deadline.Policy{
		Name: "x", Version: 1, Terms: map[deadline.Kind]deadline.Term{deadline.Resolution: term},
		Pause: pause, Extensions: 2, Ladder: deadline.DefaultLadder(),
	}
	c, err := deadline.Start(p, deadline.Resolution, cal, from)
	if err != nil {
		r.Fatal(err)
	}
	return c
}

func anyTerm(r *rapid.T) deadline.Term {
	unit := rapid.SampledFrom([]deadline.Unit{deadline.WorkingMinutes, deadline.WorkingDays, deadline.Minutes, deadline.Days}).Draw(r, "unit")
	n := rapid.IntRange(1, 20).Draw(r, "n")
	if unit == deadline.WorkingMinutes || unit == deadline.Minutes {
		n *= 97
	}
	return deadline.Term{N: n, Unit: unit}
}

func TestLawsOfADueInstant(t *testing.T) {
	t.Parallel()
	cal := china(t)
	rapid.Check(t, func(r *rapid.T) {
		from, term := drawInstant(r, "start"), anyTerm(r)
		due := begin(r, cal, term, deadline.PauseRule{}, from).DueAt
		if !due.After(from) {
			r.Fatalf("%v from %v is due at %v", term, from, due)
		}
		longer := begin(r, cal, deadline.Term{N: term.N + 1, Unit: term.Unit}, deadline.PauseRule{}, from).DueAt
		later := begin(r, cal, term, deadline.PauseRule{}, from.Add(time.Duration(rapid.IntRange(0, 1e6).Draw(r, "later"))*time.Second)).DueAt
		if longer.Before(due) || later.Before(due) {
			r.Fatalf("not monotone: %v, longer %v, started later %v", due, longer, later)
		}
		elsewhere := time.FixedZone("elsewhere", rapid.IntRange(-12, 14).Draw(r, "zone")*3600)
		if !begin(r, cal, term, deadline.PauseRule{}, from.In(elsewhere)).DueAt.Equal(due) {
			r.Fatal("the label of the zone moved the instant")
		}
		if term.Unit == deadline.WorkingMinutes {
			a := rapid.IntRange(1, term.N).Draw(r, "a")
			first := begin(r, cal, deadline.Term{N: a, Unit: term.Unit}, deadline.PauseRule{}, from).DueAt
			if a < term.N && !begin(r, cal, deadline.Term{N: term.N - a, Unit: term.Unit}, deadline.PauseRule{}, first).DueAt.Equal(due) {
				r.Fatalf("%d minutes and then the rest is not the whole", a)
			}
			if got, err := cal.Within(from, due); err != nil || got != time.Duration(term.N)*time.Minute {
				r.Fatalf("within(start, due) is %v, %v", got, err)
			}
		}
	})
}

func TestAHolidayNeverMakesItEarlierNorAMakeupDayLater(t *testing.T) {
	t.Parallel()
	plain := china(t)
	rapid.Check(t, func(r *rapid.T) {
		from, term := drawInstant(r, "start"), anyTerm(r)
		day := plain.DateAt(from).AddDays(rapid.IntRange(0, 30).Draw(r, "day"))
		x, err := plain.Day(day)
		if err != nil {
			r.Fatal(err)
		}
		o := calendar.Override{Date: day, Name: "x"}
		if !x.Workday() { // made a working day with everybody's hours, so that no day closes later than it did
			o.Hours = calendar.OfficeWeek()[time.Monday]
		}
		changed, err := calendar.ForCommunity(calendar.Options{Overrides: []calendar.Override{o}})
		if err != nil {
			r.Fatal(err)
		}
		before := begin(r, plain, term, deadline.PauseRule{}, from).DueAt
		after := begin(r, changed, term, deadline.PauseRule{}, from).DueAt
		if x.Workday() && after.Before(before) || !x.Workday() && after.After(before) {
			r.Fatalf("%v worked %v before: due %v, then %v", day, x.Workday(), before, after)
		}
	})
}

func TestAPauseMovesDueByItsWorkingTimeWholeOrInPieces(t *testing.T) {
	t.Parallel()
	cal := china(t)
	rapid.Check(t, func(r *rapid.T) {
		from, term := drawInstant(r, "start"), anyTerm(r)
		rule := deadline.PauseRule{Times: 3, Total: days(30), Each: days(30)}
		plain := begin(r, cal, term, rule, from)
		room := int(plain.DueAt.Sub(from) / time.Second)
		stop := from.Add(time.Duration(rapid.IntRange(0, room-1).Draw(r, "after")) * time.Second)
		length := rapid.IntRange(0, 500_000).Draw(r, "seconds")
		again := stop.Add(time.Duration(length) * time.Second)
		cut := stop.Add(time.Duration(rapid.IntRange(0, length).Draw(r, "cut")) * time.Second)

		whole, pieces := plain, plain
		wait := func(c *deadline.Clock, a, b time.Time) {
			if _, err := c.Pause(cal, "?", li, a); err != nil {
				r.Fatal(err)
			}
			if _, _, err := c.Resume(cal, b); err != nil {
				r.Fatal(err)
			}
		}
		wait(&whole, stop, again)
		wait(&pieces, stop, cut)
		wait(&pieces, cut, again)
		if !whole.DueAt.Equal(pieces.DueAt) {
			r.Fatalf("in one %v, in two %v", whole.DueAt, pieces.DueAt)
		}
		lost, err := cal.Within(stop, again)
		if err != nil {
			r.Fatal(err)
		}
		if term.Unit == deadline.WorkingMinutes || term.Unit == deadline.WorkingDays {
			if moved, err := cal.Within(plain.DueAt, whole.DueAt); err != nil || moved != lost {
				r.Fatalf("%v of working time waited, moved by %v, %v", lost, moved, err)
			}
		}
		if term.Unit == deadline.Minutes && whole.DueAt.Sub(plain.DueAt) != again.Sub(stop) {
			r.Fatalf("waited %v, moved from %v to %v", again.Sub(stop), plain.DueAt, whole.DueAt)
		}
		if !whole.DueAt.After(again) {
			r.Fatal("fell due while it waited")
		}
	})
}

// act is something that happens to a clock at an instant.
type act struct {
	at   time.Time
	what string
}

// perform does it; what is not allowed then changes nothing.
func (a act) perform(r *rapid.T, cal *calendar.Calendar, c *deadline.Clock) deadline.News {
	var news deadline.News
	switch a.what {
	case "sweep":
		if next, ok := c.NextStepAt(); ok && !next.After(a.at) {
			news = c.Record(a.at)
		}
	case "ask":
		news, _ = c.Pause(cal, "?", li, a.at)
	case "reply":
		news, _, _ = c.Resume(cal, a.at)
	case "ask later":
		_ = c.AskExtension(cal, cal.DateAt(c.DueAt).AddDays(3), "x", li, a.at)
	case "grant":
		news, _ = c.GrantExtension(cal, zhou, a.at)
	case "meet":
		news = c.Meet(a.at)
	case "end":
		news = c.End(a.at)
	case "reinstate":
		c.Reinstate()
	case "merge":
		other := begin(r, cal, days(3), deadline.DefaultPause(), a.at.Add(-80*time.Hour))
		news, _ = c.Merge(cal, other, "x", li, a.at)
	}
	return news
}

// facts is what must not depend on when somebody looked.
func facts(c deadline.Clock) string {
	breaches, steps, pauses := slices.Clone(c.Breaches), slices.Clone(c.Steps), slices.Clone(c.Pauses)
	for i := range breaches {
		breaches[i].RecordedAt = time.Time{}
	}
	for i := range steps {
		steps[i].RecordedAt, steps[i].Told = time.Time{}, false
	}
	return fmt.Sprint(breaches, steps, pauses, c.DueAt, c.MetAt, c.EndedAt, c.Sequence, len(c.Promises))
}

func TestDowntimeChangesNoFact(t *testing.T) {
	t.Parallel()
	cal := china(t)
	kinds := []string{"ask", "reply", "ask later", "grant", "meet", "end", "reinstate", "merge"}
	rapid.Check(t, func(r *rapid.T) {
		from := drawInstant(r, "start")
		fresh := begin(r, cal, anyTerm(r), deadline.DefaultPause(), from)
		const horizon = 60 * 24
		moves := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) act {
			return act{from.Add(time.Duration(rapid.IntRange(0, horizon*60).Draw(r, "minute")) * time.Minute), rapid.SampledFrom(kinds).Draw(r, "what")}
		}), 0, 8).Draw(r, "moves")
		slices.SortStableFunc(moves, func(a, b act) int { return a.at.Compare(b.at) })
		live := func(everyHours int) (deadline.Clock, int) {
			acts := slices.Clone(moves)
			for h := everyHours; everyHours > 0 && h < horizon; h += everyHours {
				acts = append(acts, act{from.Add(time.Duration(h) * time.Hour), "sweep"})
			}
			acts = append(acts, act{from.Add(2 * horizon * time.Hour), "sweep"})
			slices.SortStableFunc(acts, func(a, b act) int { return a.at.Compare(b.at) })
			c, told := fresh, 0
			for _, a := range acts {
				if _, ok := a.perform(r, cal, &c).Told(); ok {
					told++
				}
			}
			return c, told
		}
		often, toldOften := live(1)
		once, toldOnce := live(0)
		some, _ := live(rapid.IntRange(2, 900).Draw(r, "every"))
		if facts(often) != facts(once) || facts(often) != facts(some) {
			r.Fatalf("%v\nswept every hour: %s\nonce:             %s\nsometimes:        %s", moves, facts(often), facts(once), facts(some))
		}
		if toldOnce > toldOften || toldOften > len(often.Steps) {
			r.Fatalf("told %d times every hour, %d times after an outage, of %d steps", toldOften, toldOnce, len(often.Steps))
		}
		keys := map[string]bool{}
		for _, s := range once.Steps {
			if keys[s.Key()] {
				r.Fatalf("step %s twice", s.Key())
			}
			keys[s.Key()] = true
		}
	})
}
