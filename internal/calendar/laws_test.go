package calendar_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/internal/calendar"
)

// drawStart is an instant from 2019 to the middle of 2026, to the second.
func drawStart(t *rapid.T, name string) time.Time {
	const from, to = 1546300800 + 86400, 1782000000
	return time.Unix(rapid.Int64Range(from, to).Draw(t, name), 0)
}

func drawWork(t *rapid.T, name string) time.Duration {
	return time.Duration(rapid.IntRange(0, 120*3600).Draw(t, name)) * time.Second
}

func add(t *rapid.T, c *calendar.Calendar, start time.Time, d time.Duration) time.Time {
	due, err := c.Add(start, d)
	check(t, "Add", err)
	return due
}

func TestWorkingTimeAddsUp(t *testing.T) {
	c := china(t)
	rapid.Check(t, func(t *rapid.T) {
		start, a, b := drawStart(t, "start"), drawWork(t, "a"), drawWork(t, "b")
		sum := add(t, c, start, a+b)
		if got := add(t, c, add(t, c, start, a), b); !got.Equal(sum) {
			t.Fatalf("add %v then %v = %v, at once %v", a, b, got, sum)
		}
		if got, err := c.Within(start, sum); err != nil || got != a+b {
			t.Fatalf("within(start, add(start, %v)) = %v, %v", a+b, got, err)
		}
		if sum.Before(add(t, c, start, a)) {
			t.Fatal("not monotone in the duration")
		}
		later := start.Add(time.Duration(rapid.IntRange(0, 400*3600).Draw(t, "later")) * time.Second)
		if a > 0 && add(t, c, later, a).Before(add(t, c, start, a)) {
			t.Fatal("not monotone in the start")
		}
		elsewhere := time.FixedZone("elsewhere", rapid.IntRange(-12, 14).Draw(t, "zone")*3600)
		if !add(t, c, start.In(elsewhere), a).Equal(add(t, c, start, a)) {
			t.Fatal("the zone of the label changed the instant")
		}
	})
}

func TestPausesMoveTheDueInstantByTheirWorkingTime(t *testing.T) {
	c := china(t)
	rapid.Check(t, func(t *rapid.T) {
		start, d := drawStart(t, "start"), drawWork(t, "work")+time.Second
		from := start.Add(time.Duration(rapid.IntRange(0, 100*3600).Draw(t, "pause after")) * time.Second)
		to := from.Add(time.Duration(rapid.IntRange(0, 200*3600).Draw(t, "pause for")) * time.Second)
		got, err := c.AddPaused(start, d, []calendar.Span{{From: from, To: to}})
		check(t, "AddPaused", err)
		before, err := c.Within(start, from)
		check(t, "Within", err)
		cost, err := c.Within(from, to)
		check(t, "Within", err)
		if before >= d {
			cost = 0 // it was due before the pause
		}
		if want := add(t, c, start, d+cost); !got.Equal(want) {
			t.Fatalf("a pause of %v working time moved the due instant to %v, want %v", cost, got, want)
		}
		middle := from.Add(to.Sub(from) / 2)
		pieces := []calendar.Span{{From: middle, To: to}, {From: from, To: middle}, {From: from, To: middle}, {From: to, To: from}}
		if split, err := c.AddPaused(start, d, pieces); err != nil || !split.Equal(got) {
			t.Fatalf("the pause in pieces = %v, %v; whole %v", split, err, got)
		}
	})
}

func TestAHolidayMakesNothingEarlierAndAMakeupDayNothingLater(t *testing.T) {
	years := statutory(t)
	plain := china(t)
	rapid.Check(t, func(t *rapid.T) {
		start, n, work := drawStart(t, "start"), rapid.IntRange(1, 30).Draw(t, "days"), drawWork(t, "work")
		day := plain.DateAt(start).AddDays(rapid.IntRange(0, 40).Draw(t, "day"))
		x, err := plain.Day(day)
		check(t, "Day", err)
		o := calendar.Override{Date: day, Name: "x"}
		if !x.Workday() {
			o.Hours = calendar.Hours{{From: calendar.Clock(8, 0), To: calendar.EndOfDay}}
		}
		changed := build(t, calendar.Options{Overrides: []calendar.Override{o}}, years)
		days, err := plain.AddWorkdays(start, n)
		check(t, "AddWorkdays", err)
		daysChanged, err := changed.AddWorkdays(start, n)
		check(t, "AddWorkdays", err)
		timeOf, timeChanged := add(t, plain, start, work), add(t, changed, start, work)
		if x.Workday() && (daysChanged.Before(days) || timeChanged.Before(timeOf)) {
			t.Fatalf("a holiday on %v made %v into %v, %v into %v", day, days, daysChanged, timeOf, timeChanged)
		}
		onDay := plain.DateAt(days) == day || plain.DateAt(daysChanged) == day // its own hours may end later
		if !x.Workday() && (daysChanged.After(days) && !onDay || timeChanged.After(timeOf)) {
			t.Fatalf("a make-up day on %v made %v into %v, %v into %v", day, days, daysChanged, timeOf, timeChanged)
		}
	})
}

func TestWorkdaysAgainstCountingOnAWallCalendar(t *testing.T) {
	c := china(t)
	rapid.Check(t, func(t *rapid.T) {
		start, n := drawStart(t, "start"), rapid.IntRange(1, 40).Draw(t, "days")
		due, err := c.AddWorkdays(start, n)
		check(t, "AddWorkdays", err)
		days, err := c.Days(c.DateAt(start).AddDays(1), c.DateAt(due))
		check(t, "Days", err)
		worked := 0
		for _, d := range days {
			if d.Workday() {
				worked++
			}
		}
		if worked != n || !days[len(days)-1].Workday() {
			t.Fatalf("%d working days after %v is %v, which counts %d", n, start, due, worked)
		}
		if got := due.In(c.Zone()).Format("15:04:05"); got != "17:30:00" {
			t.Fatalf("due at %s, want the end of business hours", got)
		}
		if open, err := c.IsOpen(due.Add(-time.Second)); err != nil || !open {
			t.Fatalf("a second before %v is not worked: %v", due, err)
		}
	})
}

func TestRoundsAgainstLookingAtEveryMinute(t *testing.T) {
	c := china(t)
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.SliceOfNDistinct(rapid.IntRange(0, 24*60-1), 1, 5, rapid.ID[int]).Draw(t, "times")
		slices.Sort(minutes)
		r := calendar.Rounds{Days: rapid.SampledFrom([]calendar.RoundDays{calendar.AllDays, calendar.Workdays}).Draw(t, "days")}
		for _, m := range minutes {
			r.Times = append(r.Times, calendar.Clock(0, m))
		}
		after, n := drawStart(t, "after").Truncate(time.Minute), rapid.IntRange(1, 6).Draw(t, "n")
		got, err := r.Next(c, after, n)
		check(t, "Next", err)
		var want []time.Time
		for at := after.Add(time.Minute); len(want) < n; at = at.Add(time.Minute) {
			local := at.In(c.Zone())
			worked, err := c.IsWorkday(calendar.DateOf(local))
			check(t, "IsWorkday", err)
			if slices.Contains(minutes, local.Hour()*60+local.Minute()) && (r.Days == calendar.AllDays || worked) {
				want = append(want, at)
			}
		}
		if !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Fatalf("Next(%v, %d) = %v, want %v", after, n, got, want)
		}
	})
}

func TestBeyondTheDataEverythingIsRefusedLoudly(t *testing.T) {
	c := china(t)
	end := c.ValidThrough()
	friday := end.AddDays(-6).At(calendar.Clock(12, 0), c.Zone())
	workdays := calendar.Rounds{Times: []calendar.TimeOfDay{calendar.Clock(9, 0)}, Days: calendar.Workdays}
	for name, ask := range map[string]func() error{
		"IsWorkday":   func() error { _, err := c.IsWorkday(end.AddDays(1)); return err },
		"Day":         func() error { _, err := c.Day(end.AddDays(400)); return err },
		"Days":        func() error { _, err := c.Days(end, end.AddDays(1)); return err },
		"NextWorkday": func() error { _, err := c.NextWorkday(end); return err },
		"AddWorkdays": func() error { _, err := c.AddWorkdays(friday, 30); return err },
		"filed after": func() error { _, err := c.AddWorkdays(friday.AddDate(1, 0, 0), 1); return err },
		"Add":         func() error { _, err := c.Add(friday, 400*time.Hour); return err },
		"Within":      func() error { _, err := c.Within(friday, friday.AddDate(0, 1, 0)); return err },
		"IsOpen":      func() error { _, err := c.IsOpen(friday.AddDate(0, 1, 0)); return err },
		"Rounds":      func() error { _, err := workdays.Next(c, friday, 30); return err },
	} {
		if err := ask(); !errors.Is(err, calendar.ErrBeyond) {
			t.Errorf("%s: %v, want beyond valid_through", name, err)
		}
	}
	if _, err := c.IsWorkday(date(t, "2018-12-31")); !errors.Is(err, calendar.ErrBefore) {
		t.Errorf("before the first year: %v", err)
	}
	if got, err := thriceADay().Next(c, end.At(calendar.EndOfDay, c.Zone()).AddDate(10, 0, 0), 3); err != nil || len(got) != 3 {
		t.Errorf("Rounds of every day need no holidays: %v, %v", got, err)
	}
}

func TestTheAlarmComesBeforeTheEnd(t *testing.T) {
	c := china(t)
	end := c.ValidThrough().At(calendar.EndOfDay, c.Zone())
	const days60 = 60 * 24 * time.Hour
	if c.ExpiresWithin(end.Add(-days60), days60) || !c.ExpiresWithin(end.Add(-days60+time.Second), days60) || !c.ExpiresWithin(end.Add(time.Hour), days60) {
		t.Error("the alarm is not 60 days before the end")
	}
}
