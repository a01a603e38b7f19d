package calendar_test

import (
	"testing"
	"time"

	"jushou/internal/calendar"
)

func china(t *testing.T) *calendar.Calendar {
	t.Helper()
	c, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestStatutoryDays(t *testing.T) {
	c := china(t)
	for _, tt := range []struct {
		date string
		kind calendar.DayKind
		work bool
		name string
		why  string
	}{
		{"2019-05-02", calendar.Holiday, false, "劳动节", "the revised notice of March 2019"},
		{"2019-04-28", calendar.Makeup, true, "劳动节", "the revised notice of March 2019"},
		{"2020-01-31", calendar.Holiday, false, "春节", "the holiday was extended"},
		{"2020-02-01", calendar.Holiday, false, "春节", "a make-up day of the first notice, off in the second"},
		{"2020-02-02", calendar.Holiday, false, "春节", "the last day of the extension"},
		{"2020-02-03", calendar.Ordinary, true, "", "an ordinary Monday again"},
		{"2021-02-20", calendar.Makeup, true, "春节", "a Saturday"},
		{"2022-12-31", calendar.Holiday, false, "元旦", "named by the notice for 2023"},
		{"2024-02-09", calendar.Ordinary, true, "", "除夕 was not a holiday in 2024"},
		{"2025-01-28", calendar.Holiday, false, "春节", "除夕 is one since 2025"},
		{"2026-01-04", calendar.Makeup, true, "元旦", "a Sunday"},
		{"2026-10-10", calendar.Makeup, true, "国庆节", "a Saturday"},
		{"2026-11-21", calendar.Ordinary, false, "", "a Saturday"},
		{"2026-11-23", calendar.Ordinary, true, "", "a Monday"},
	} {
		day, err := c.Day(date(t, tt.date))
		if err != nil {
			t.Fatal(err)
		}
		if day.Kind != tt.kind || day.Workday() != tt.work || day.Name != tt.name {
			t.Errorf("%s (%s) = %s %q, worked %v; want %s %q, %v", tt.date, tt.why, day.Kind, day.Name, day.Workday(), tt.kind, tt.name, tt.work)
		}
	}
}

// The yearly totals known from payroll tables catch a file that lost a line.
func TestWorkdaysOfEachYear(t *testing.T) {
	c := china(t)
	for year, want := range map[int]int{2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248} {
		got := 0
		for d := (calendar.Date{Year: year, Month: 1, Day: 1}); d.Year == year; d = d.AddDays(1) {
			ok, err := c.IsWorkday(d)
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				got++
			}
		}
		if got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}

func TestDueDayOverNationalDay(t *testing.T) {
	c := china(t)
	filed := time.Date(2026, 9, 29, 16, 40, 0, 0, c.Zone()) // a Tuesday; 1 to 7 October are off, Saturday 10 is made up
	for n, want := range []string{"09-30", "10-08", "10-09", "10-10", "10-12"} {
		due, err := c.AddWorkdays(filed, n+1)
		if err != nil {
			t.Fatal(err)
		}
		if got := due.Format("01-02 15:04"); got != want+" 17:30" {
			t.Errorf("%d working days: %s, want %s 17:30", n+1, got, want)
		}
	}
}
