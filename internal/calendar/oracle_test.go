package calendar_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/internal/calendar"
)

// scene is a random calendar and a window of days in which clocks may change, with a slow oracle that
// walks it minute by minute.
type scene struct {
	opts  calendar.Options
	years []calendar.Year
	cal   *calendar.Calendar
	zone  *time.Location
	first calendar.Date
	begin time.Time // first minute of the window
	open  []bool    // by minute since begin, by the oracle
}

const windowDays = 9

// windows are places where calendars go wrong: changes of clocks by an hour, by half an hour, at night and at midnight;
// holidays with make-up days; a year's turn.
var windows = []struct{ zone, day string }{
	{"Asia/Shanghai", "2026-09-28"}, {"Asia/Shanghai", "2020-01-28"}, {"Asia/Shanghai", "2022-12-28"},
	{"America/New_York", "2024-03-07"}, {"America/New_York", "2024-10-31"},
	{"Australia/Lord_Howe", "2024-04-04"}, {"Australia/Lord_Howe", "2024-10-03"},
	{"Pacific/Apia", "2020-04-02"}, {"Pacific/Apia", "2020-09-24"},
	{"America/Havana", "2024-03-07"}, {"America/Havana", "2024-10-31"},
}

func drawHours(t *rapid.T, name string) calendar.Hours {
	var h calendar.Hours
	marks := rapid.SliceOfNDistinct(rapid.IntRange(0, 24*60), 0, 6, rapid.ID[int]).Draw(t, name)
	slices.Sort(marks)
	for i := 0; i+1 < len(marks); i += 2 {
		h = append(h, calendar.Interval{From: calendar.Clock(0, marks[i]), To: calendar.Clock(0, marks[i+1])})
	}
	return h
}

func drawScene(t *rapid.T, years []calendar.Year) *scene {
	w := rapid.SampledFrom(windows).Draw(t, "window")
	s := &scene{years: years}
	first, err := calendar.ParseDate(w.day)
	if err != nil {
		t.Fatal(err)
	}
	s.first, s.opts.Zone = first, w.zone
	week := calendar.OfficeWeek()
	for i := range week {
		if rapid.Bool().Draw(t, "odd day") {
			week[i] = drawHours(t, "hours")
		}
	}
	week[time.Wednesday] = calendar.Hours{{From: calendar.Clock(9, 0), To: calendar.Clock(17, 0)}} // never all closed
	s.opts.Week = &week
	for i := range windowDays {
		if rapid.IntRange(0, 3).Draw(t, "decided locally") == 0 {
			x := calendar.Override{Date: first.AddDays(i), Hours: drawHours(t, "local hours"), Name: "x"}
			s.opts.Overrides = append(s.opts.Overrides, x)
		}
	}
	s.cal = build(t, s.opts, years)
	s.zone = s.cal.Zone()
	s.walk(t)
	return s
}

func build(t interface{ Fatal(...any) }, o calendar.Options, years []calendar.Year) *calendar.Calendar {
	c, err := calendar.New(o, years)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// walk fills open by looking at what clocks show, minute by minute.
func (s *scene) walk(t *rapid.T) {
	s.begin = slowAt(s.first, 0, s.zone)
	end := slowAt(s.first.AddDays(windowDays), 0, s.zone)
	s.open = make([]bool, int(end.Sub(s.begin)/time.Minute))
	for i := range windowDays {
		d := s.first.AddDays(i)
		x, err := s.cal.Day(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range x.Hours {
			from, to := slowAt(d, h.From, s.zone), slowAt(d, h.To, s.zone)
			for at := from; at.Before(to); at = at.Add(time.Minute) {
				if m := int(at.Sub(s.begin) / time.Minute); m < len(s.open) && calendar.DateOf(at.In(s.zone)) == d {
					s.open[m] = true
				}
			}
		}
	}
}

// slowAt looks for the instant at which clocks show the time, minute by minute from a day before.
func slowAt(d calendar.Date, at calendar.TimeOfDay, zone *time.Location) time.Time {
	wall := time.Date(d.Year, d.Month, d.Day, 0, 0, int(at), 0, time.UTC)
	reading := func(t time.Time) time.Time {
		_, offset := t.In(zone).Zone()
		return t.UTC().Add(time.Duration(offset) * time.Second)
	}
	t := wall.Add(-16 * time.Hour)
	for reading(t).After(wall.Add(-time.Minute)) {
		t = t.Add(-time.Hour)
	}
	before := reading(t).Sub(t)
	for reading(t).Before(wall) {
		before = reading(t).Sub(t)
		t = t.Add(time.Minute)
	}
	if reading(t).Equal(wall) {
		return t
	}
	return wall.Add(-before) // skipped: as if the clocks had not been changed yet
}

func (s *scene) minute(t *rapid.T, name string) int {
	return rapid.IntRange(0, len(s.open)-1).Draw(t, name)
}

func (s *scene) at(minute int) time.Time { return s.begin.Add(time.Duration(minute) * time.Minute) }

func check(t *rapid.T, what string, err error) {
	if err != nil {
		t.Fatal(what, err)
	}
}

func statutory(t *testing.T) []calendar.Year {
	t.Helper()
	years, err := calendar.Statutory()
	if err != nil {
		t.Fatal(err)
	}
	return years
}

func TestAgainstTheOracle(t *testing.T) {
	years := statutory(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t, years)
		a, b := s.minute(t, "a"), s.minute(t, "b")
		if got, err := s.cal.IsOpen(s.at(a)); err != nil || got != s.open[a] {
			t.Fatalf("IsOpen(%v) = %v, %v; the oracle says %v", s.at(a).In(s.zone), got, err, s.open[a])
		}
		worked := 0
		for m := a; m < b; m++ {
			if s.open[m] {
				worked++
			}
		}
		if got, err := s.cal.Within(s.at(a), s.at(b)); err != nil || got != time.Duration(worked)*time.Minute {
			t.Fatalf("Within(%v, %v) = %v, %v; the oracle says %d minutes", s.at(a).In(s.zone), s.at(b).In(s.zone), got, err, worked)
		}
		if worked == 0 {
			return
		}
		left := rapid.IntRange(1, worked).Draw(t, "minutes")
		due := a
		for n := left; n > 0; due++ {
			if s.open[due] {
				n--
			}
		}
		if got, err := s.cal.Add(s.at(a), time.Duration(left)*time.Minute); err != nil || !got.Equal(s.at(due)) {
			t.Fatalf("Add(%v, %d minutes) = %v, %v; the oracle says %v", s.at(a).In(s.zone), left, got, err, s.at(due).In(s.zone))
		}
	})
}

func TestAtAgainstTheOracle(t *testing.T) {
	zones := []string{"Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Havana", "Asia/Kathmandu"}
	days := []string{"1986-05-04", "1991-09-15", "2011-12-29", "2011-12-30", "2011-12-31", "2024-03-10", "2024-11-03", "2024-04-07", "2024-10-06", "2020-04-05", "2026-02-28"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		check(t, "zone", err)
		d, err := calendar.ParseDate(rapid.SampledFrom(days).Draw(t, "day"))
		check(t, "day", err)
		at := calendar.Clock(0, rapid.IntRange(0, 24*60).Draw(t, "minute"))
		if got, want := d.At(at, zone), slowAt(d, at, zone); !got.Equal(want) {
			t.Fatalf("%v %v in %v is %v, the oracle says %v", d, at, zone, got, want.In(zone))
		}
	})
}

func TestTheOracleSeesWhatItShould(t *testing.T) {
	apia, err := time.LoadLocation("Pacific/Apia")
	if err != nil {
		t.Fatal(err)
	}
	skipped := slowAt(calendar.Date{Year: 2011, Month: 12, Day: 30}, calendar.Clock(9, 0), apia)
	if got := fmt.Sprint(calendar.DateOf(skipped.In(apia))); got != "2011-12-31" {
		t.Errorf("09:00 of the day that Apia skipped falls on %s", got)
	}
}
