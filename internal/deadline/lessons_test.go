package deadline_test

import (
	"testing"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
)

// TestLessons plays what went wrong in other systems' deadlines. The name says where it is told.
func TestLessons(t *testing.T) {
	t.Parallel()
	for name, lesson := range map[string]func(t *testing.T){
		"zammad 3180: open to 24:00 is not closed for its last minute": openToMidnight,
		"zammad 188: reopened is not counted twice":                    reopenedCountsFromNow,
		"zammad 904, 2949: what is closed never escalates":             closedNeverEscalates,
		"zammad 447: waiting ends by itself":                           waitingEndsByItself,
		"zammad 1322: every reply resumes":                             everyReplyResumes,
		"zammad 2082: nothing stale after a reply":                     nothingStaleAfterAReply,
		"zammad 4432: no reminder every midnight":                      noReminderEveryMidnight,
		"zammad 513: nothing fires in the second of creation":          nothingFiresAtOnce,
		"zammad breaks: two pauses in one minute":                      twoPausesInOneMinute,
		"biz 61, 60: zero and negative terms":                          emptyTerms,
		"chatwoot 13392: business hours are not the wall clock":        notTheWallClock,
		"chatwoot 15024: a delay does not grow after the end":          theDelayStops,
		"chatwoot: after an answer nothing is owed":                    nothingOwedAfterAnAnswer,
		"working_hours 26: clocks that go back":                        clocksGoBack,
		"fixmystreet: a ladder knows the holidays":                     aLadderKnowsHolidays,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lesson(t)
		})
	}
}

func openToMidnight(t *testing.T) {
	week := calendar.Week{}
	for d := range week {
		week[d] = calendar.Hours{{From: 0, To: calendar.EndOfDay}}
	}
	cal, err := calendar.ForCommunity(calendar.Options{Week: &week})
	if err != nil {
		t.Fatal(err)
	}
	got, err := deadline.Term{N: 3 * 1440, Unit: deadline.WorkingMinutes}.After(cal, at(t, "2026-05-11 10:00"))
	if err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "three days of work without a break", got, "2026-05-14 10:00")
}

func reopenedCountsFromNow(t *testing.T) {
	c := start(t, days(5), "2026-05-11 10:00")
	c.Meet(at(t, "2026-05-12 10:00"))
	again, err := c.Reopen(deadline.DefaultPolicy(), china(t), at(t, "2026-06-01 10:00"))
	if err != nil {
		t.Fatal(err)
	}
	sameInstant(t, "due", again.DueAt, "2026-06-15 17:30")
	if took, ok := c.Took(); !ok || took != 24*time.Hour {
		t.Errorf("the first took %v", took)
	}
}

func closedNeverEscalates(t *testing.T) {
	ends := map[string]func(*deadline.Clock, time.Time){
		"met": func(c *deadline.Clock, at time.Time) { c.Meet(at) }, "ended": func(c *deadline.Clock, at time.Time) { c.End(at) },
	}
	for name, end := range ends {
		c := start(t, days(5), "2026-05-11 10:00")
		end(&c, at(t, "2026-05-12 10:00"))
		if _, ok := c.NextStepAt(); ok {
			t.Errorf("%s: a sweep still comes", name)
		}
		if _, ok := c.Owed(); ok || c.Overdue(at(t, "2027-01-01 10:00")) {
			t.Errorf("%s: still due", name)
		}
		if news := c.Record(at(t, "2026-06-30 10:00")); !news.IsZero() {
			t.Errorf("%s: %+v", name, news)
		}
	}
}

func waitingEndsByItself(t *testing.T) {
	c := start(t, days(5), "2026-05-11 10:00")
	if err := pause(t, &c, "2026-05-12 10:00"); err != nil {
		t.Fatal(err)
	}
	if c.Waiting(c.Pauses[0].Until) || c.PhaseAt(c.Pauses[0].Until) == deadline.PhaseWaiting {
		t.Error("it waits on although nobody looked")
	}
}

func everyReplyResumes(t *testing.T) {
	c := start(t, days(5), "2026-05-11 10:00")
	for _, x := range [][2]string{{"2026-05-12 10:00", "2026-05-12 11:00"}, {"2026-05-12 11:00", "2026-05-12 14:00"}} {
		if err := pause(t, &c, x[0]); err != nil {
			t.Fatal(err)
		}
		if !resume(t, &c, x[1]) || c.Waiting(at(t, x[1])) {
			t.Errorf("the reply at %s did not count", x[1])
		}
	}
	sameInstant(t, "due", c.DueAt, "2026-05-19 11:30")
}

func nothingStaleAfterAReply(t *testing.T) {
	c := start(t, days(5), "2026-05-11 10:00")
	if err := pause(t, &c, "2026-05-12 10:00"); err != nil {
		t.Fatal(err)
	}
	waiting := c.Plan[0].At
	resume(t, &c, "2026-05-12 10:30")
	next, ok := c.NextStepAt()
	if !ok || !next.Equal(c.Plan[0].At) || !next.Before(waiting) {
		t.Errorf("the index says %v, the plan %v", next, c.Plan[0].At)
	}
}

func noReminderEveryMidnight(t *testing.T) {
	c := start(t, days(2), "2026-05-11 10:00")
	told := 0
	for day := range 60 {
		if _, ok := c.Record(at(t, "2026-05-11 23:59").AddDate(0, 0, day)).Told(); ok {
			told++
		}
	}
	if told != len(c.Rules.Ladder) {
		t.Errorf("told %d times for %d rungs", told, len(c.Rules.Ladder))
	}
}

func nothingFiresAtOnce(t *testing.T) {
	for _, unit := range []deadline.Unit{deadline.WorkingMinutes, deadline.Minutes, deadline.Days, deadline.WorkingDays} {
		c := start(t, deadline.Term{N: 1, Unit: unit}, "2026-05-11 10:00")
		if news := c.Due(c.StartedAt); !news.IsZero() {
			t.Errorf("%s: %+v", unit, news)
		}
	}
}

func twoPausesInOneMinute(t *testing.T) {
	c := start(t, deadline.Term{N: 60, Unit: deadline.WorkingMinutes}, "2026-05-11 10:00")
	for _, x := range [][2]string{{"2026-05-11 10:10:05", "2026-05-11 10:10:20"}, {"2026-05-11 10:10:30", "2026-05-11 10:10:55"}} {
		if err := pause(t, &c, x[0]); err != nil {
			t.Fatal(err)
		}
		resume(t, &c, x[1])
	}
	sameInstant(t, "due", c.DueAt, "2026-05-11 11:00:40")
}

func emptyTerms(t *testing.T) {
	for _, n := range []int{0, -1, deadline.MaxTerm + 1} {
		p := deadline.DefaultPolicy()
		p.Terms[deadline.Resolution] = days(n)
		if _, err := deadline.Start(p, deadline.Resolution, china(t), at(t, "2026-05-11 10:00")); err == nil || p.Check() == nil {
			t.Errorf("a term of %d days was accepted", n)
		}
	}
}

func notTheWallClock(t *testing.T) {
	working := start(t, deadline.Term{N: 240, Unit: deadline.WorkingMinutes}, "2026-05-15 16:30")
	wall := start(t, deadline.Term{N: 240, Unit: deadline.Minutes}, "2026-05-15 16:30")
	sameInstant(t, "in working time", working.DueAt, "2026-05-18 13:30")
	sameInstant(t, "by the wall clock", wall.DueAt, "2026-05-15 20:30")
	if !wall.Overdue(at(t, "2026-05-16 12:00")) || working.Overdue(at(t, "2026-05-16 12:00")) {
		t.Error("the switch makes no difference")
	}
}

func theDelayStops(t *testing.T) {
	c := start(t, days(2), "2026-05-11 10:00")
	c.Meet(at(t, "2026-05-14 17:30"))
	for _, later := range []string{"2026-05-14 18:00", "2026-07-01 10:00"} {
		if late := c.Explain(at(t, later)).Late; late != 24*time.Hour {
			t.Errorf("at %s it was late by %v", later, late)
		}
	}
	withdrawn := start(t, days(2), "2026-05-11 10:00")
	withdrawn.End(at(t, "2026-05-12 10:00"))
	if late := withdrawn.Explain(at(t, "2026-07-01 10:00")).Late; late != 0 {
		t.Errorf("withdrawn in time, late by %v", late)
	}
}

func nothingOwedAfterAnAnswer(t *testing.T) {
	c := start(t, days(2), "2026-05-11 10:00")
	c.Meet(at(t, "2026-05-12 10:00"))
	c.Meet(at(t, "2026-05-20 10:00"))
	c.End(at(t, "2026-05-21 10:00"))
	sameInstant(t, "met", c.MetAt, "2026-05-12 10:00")
	if c.PhaseAt(at(t, "2026-06-01 10:00")) != deadline.PhaseMet || len(c.Breaches) != 0 {
		t.Errorf("phase %s, breaches %v", c.PhaseAt(at(t, "2026-06-01 10:00")), c.Breaches)
	}
}

func clocksGoBack(t *testing.T) {
	week := calendar.Week{}
	for d := range week {
		week[d] = calendar.Hours{{From: 0, To: calendar.EndOfDay}}
	}
	cal, err := calendar.ForCommunity(calendar.Options{Zone: "America/New_York", Week: &week})
	if err != nil {
		t.Fatal(err)
	}
	from := date(t, "2024-11-03").At(0, cal.Zone())
	got, err := deadline.Term{N: 25 * 60, Unit: deadline.WorkingMinutes}.After(cal, from)
	if want := date(t, "2024-11-04").At(0, cal.Zone()); err != nil || !got.Equal(want) {
		t.Errorf("the day of 25 hours ends at %v, want %v, %v", got, want, err)
	}
}

func aLadderKnowsHolidays(t *testing.T) {
	c := start(t, days(2), "2026-09-28 10:00") // due on the eve of the national holiday
	sameInstant(t, "due", c.DueAt, "2026-09-30 17:30")
	sameInstant(t, "one working day after it", c.Plan[2].At, "2026-10-09 09:00")
}

func TestTakingAnEndBack(t *testing.T) {
	t.Parallel()
	c := start(t, days(5), "2026-05-11 10:00")
	if c.Reinstate() {
		t.Error("took back what never ended")
	}
	c.End(at(t, "2026-05-12 10:00"))
	if !c.Reinstate() || !c.Running() {
		t.Fatal("the end stands")
	}
	news := c.Record(at(t, "2026-05-19 10:00"))
	if news.Breach == nil || !news.Breach.At.Equal(at(t, "2026-05-18 17:30")) {
		t.Errorf("the resident waited, and nobody says so: %+v", news)
	}
}

func TestAnEndTakenBackKeepsWaiting(t *testing.T) {
	t.Parallel()
	c := start(t, days(5), "2026-05-11 10:00")
	if err := pause(t, &c, "2026-05-12 10:00"); err != nil {
		t.Fatal(err)
	}
	asked := c
	c.End(at(t, "2026-05-13 10:00"))
	if c.Waiting(at(t, "2026-05-13 10:00")) {
		t.Error("what has ended waits for nobody")
	}
	if c.Reinstate(); !c.DueAt.Equal(asked.DueAt) || !c.Waiting(at(t, "2026-05-14 10:00")) {
		t.Errorf("due at %v, before %v", c.DueAt, asked.DueAt)
	}
	resume(t, &c, "2026-05-14 10:00")
	sameInstant(t, "due", c.DueAt, "2026-05-20 17:30")
}

func TestTheZeroClockPromisesNothing(t *testing.T) {
	t.Parallel()
	var c deadline.Clock
	now := at(t, "2026-05-11 10:00")
	if c.Running() || c.PhaseAt(now) != deadline.PhaseNone || !c.Record(now).IsZero() || !c.Meet(now).IsZero() || !c.MetAt.IsZero() {
		t.Errorf("%+v", c)
	}
	if _, err := c.Pause(china(t), "?", li, now); err == nil {
		t.Error("paused")
	}
	if _, change, err := c.Recompute(deadline.DefaultPolicy(), china(t), "", zhou, now); err != nil || change.Moved {
		t.Error("recomputed")
	}
	if err := c.AskExtension(china(t), date(t, "2026-06-01"), "x", li, now); err == nil {
		t.Error("extended")
	}
}
