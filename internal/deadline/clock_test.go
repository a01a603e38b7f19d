package deadline_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
)

var (
	li    = deadline.Person{ID: "li", Name: "李社工", Role: "staff"}
	zhou  = deadline.Person{ID: "zhou", Name: "周书记", Role: "secretary"}
	wang  = deadline.Person{ID: "wang", Name: "王**"}
	never = time.Time{}
)

func china(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at reads "2026-09-29 16:40" as the clocks in Shanghai show it.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation(calendar.DefaultZone)
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05"} {
		if x, err := time.ParseInLocation(layout, text, zone); err == nil {
			return x.UTC()
		}
	}
	t.Fatalf("no such time: %q", text)
	return never
}

func date(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// start is a clock of term, started at text with the default ladder and pauses.
func start(t testing.TB, term deadline.Term, text string) deadline.Clock {
	t.Helper()
	p := deadline.DefaultPolicy()
	p.Terms[deadline.Resolution] = term
	c, err := deadline.Start(p, deadline.Resolution, china(t), at(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func days(n int) deadline.Term { return deadline.Term{N: n, Unit: deadline.WorkingDays} }

func sameInstant(t testing.TB, what string, got time.Time, want string) {
	t.Helper()
	if w := at(t, want); !got.Equal(w) {
		t.Errorf("%s is %v, want %v", what, got.In(w.Location()), w)
	}
}

func TestAPromiseOverTheNationalHoliday(t *testing.T) {
	t.Parallel()
	c := start(t, days(5), "2026-09-29 16:40")
	sameInstant(t, "due", c.DueAt, "2026-10-12 17:30")
	if c.Counted.Workdays != 5 || len(c.Counted.Holidays) == 0 || len(c.Counted.Makeups) != 1 {
		t.Errorf("counted %+v", c.Counted)
	}
	if h := c.Counted.Holidays[0]; h.First != date(t, "2026-10-01") || h.Last != date(t, "2026-10-07") {
		t.Errorf("the holiday is %+v", h)
	}
	if m := c.Counted.Makeups[0]; m.First != date(t, "2026-10-10") {
		t.Errorf("the make-up day is %+v", m)
	}
}

func TestTheLadderIsClimbedAtWorkingMoments(t *testing.T) {
	t.Parallel()
	c := start(t, days(5), "2026-05-11 10:00") // a Monday
	sameInstant(t, "due", c.DueAt, "2026-05-18 17:30")
	want := []string{"", "2026-05-19 09:00", "2026-05-20 09:00", "2026-05-22 09:00", "2026-05-26 09:00"}
	if len(c.Plan) != len(want) {
		t.Fatalf("plan %+v", c.Plan)
	}
	for i, p := range c.Plan {
		if p.Level != i {
			t.Errorf("level %d at place %d", p.Level, i)
		}
		if i > 0 {
			sameInstant(t, "rung", p.At, want[i])
		}
	}
	// Six hours of Monday and seven of each day after it are 41; a fifth of that, 8 h 12 min, is left.
	sameInstant(t, "warning", c.Plan[0].At, "2026-05-15 16:18")
}

func TestUnits(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		n           int
		unit        deadline.Unit
		start, want string
	}{
		{90, deadline.WorkingMinutes, "2026-05-11 10:30", "2026-05-11 13:30"},
		{1, deadline.WorkingMinutes, "2026-05-15 17:30", "2026-05-18 09:01"},
		{60, deadline.WorkingMinutes, "2026-05-15 17:29:30", "2026-05-18 09:59:30"},
		{1, deadline.WorkingDays, "2026-05-11 23:59:59", "2026-05-12 17:30"},
		{1, deadline.WorkingDays, "2026-05-16 10:00", "2026-05-18 17:30"},
		{90, deadline.Minutes, "2026-05-16 23:00", "2026-05-17 00:30"},
		{3, deadline.Days, "2026-05-11 10:00", "2026-05-14 17:30"},
		{5, deadline.Days, "2026-05-11 10:00", "2026-05-18 17:30"}, // a Saturday moves on
		{1, deadline.Days, "2026-09-30 10:00", "2026-10-08 17:30"}, // a holiday, too
	} {
		got, err := deadline.Term{N: x.n, Unit: x.unit}.After(china(t), at(t, x.start))
		if err != nil {
			t.Errorf("%+v: %v", x, err)
		}
		sameInstant(t, x.start, got, x.want)
	}
}

func TestMetAtTheVeryInstantIsLate(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		at   string
		late bool
	}{{"2026-05-18 17:29:59", false}, {"2026-05-18 17:30:00", true}, {"2026-05-19 08:00", true}} {
		c := start(t, days(5), "2026-05-11 10:00")
		c.Meet(at(t, x.at).Add(999 * time.Millisecond))
		if got := len(c.Breaches) == 1; got != x.late {
			t.Errorf("met at %s: breaches %+v", x.at, c.Breaches)
		}
		if x.late && !c.Breaches[0].At.Equal(c.DueAt) {
			t.Errorf("breach at %v, due %v", c.Breaches[0].At, c.DueAt)
		}
		if got := c.Explain(at(t, "2026-06-30 12:00")).Late; got != max(0, c.MetAt.Sub(c.DueAt)) {
			t.Errorf("met at %s, late by %v", x.at, got)
		}
	}
}

func TestAClockSurvivesTheStore(t *testing.T) {
	t.Parallel()
	c := start(t, deadline.Term{N: 20, Unit: deadline.Days}, "2026-05-11 10:00")
	if _, err := c.Pause(china(t), "哪一层楼？", li, at(t, "2026-05-12 10:00:30")); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Resume(china(t), at(t, "2026-05-13 10:00")); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var back deadline.Clock
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(c, back) {
		t.Errorf("stored and read:\n%+v\n%+v", c, back)
	}
}

func TestBeyondTheCalendar(t *testing.T) {
	t.Parallel()
	cal := china(t)
	last := cal.ValidThrough().At(calendar.Clock(12, 0), cal.Zone())
	c, err := deadline.Start(deadline.DefaultPolicy(), deadline.Resolution, cal, last)
	if !errors.Is(err, calendar.ErrBeyond) || c.IsZero() || !c.Incomplete {
		t.Fatalf("started %+v, %v", c, err)
	}
	if at, ok := c.NextStepAt(); !ok || !at.Equal(c.StartedAt) {
		t.Errorf("no sweep looks at it: %v %v", at, ok)
	}
	if err := c.Complete(cal); !errors.Is(err, calendar.ErrBeyond) {
		t.Errorf("not loud: %v", err)
	}
	if got := c.PhaseAt(last.AddDate(1, 0, 0)); got != deadline.PhaseUnknown {
		t.Errorf("phase %s", got)
	}
}
