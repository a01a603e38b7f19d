package deadline_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"jushou/internal/calendar"
)

// place is a zone and a window of days in which its clocks may change, walked once minute by minute: which minute of
// the window shows a wall time first. It knows nothing of how the calendar computes instants.
type place struct {
	zone  *time.Location
	first calendar.Date
	begin time.Time
	shown [][]int32 // by day and minute of the day, 24:00 included
	date  []int16   // the day that a minute of the window shows
}

const (
	windowDays   = 24
	minutesOfDay = 24 * 60
)

// places are where calendars go wrong: changes of clocks by an hour and by half an hour, at night and at midnight;
// holidays with make-up days; a year's turn.
var places = []struct{ zone, day string }{
	{"Asia/Shanghai", "2026-09-24"}, {"Asia/Shanghai", "2020-01-20"}, {"Asia/Shanghai", "2022-12-24"},
	{"America/New_York", "2024-03-04"}, {"America/New_York", "2024-10-28"},
	{"Australia/Lord_Howe", "2024-04-01"}, {"Australia/Lord_Howe", "2024-09-30"},
	{"Pacific/Apia", "2020-03-30"}, {"Pacific/Apia", "2020-09-22"},
}

func walkPlace(t testing.TB, zone, day string) *place {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	p := &place{zone: loc, first: date(t, day)}
	p.shown = make([][]int32, windowDays+1)
	for d := range p.shown {
		p.shown[d] = slices.Repeat([]int32{-1}, minutesOfDay+1)
	}
	p.begin = time.Date(p.first.Year, p.first.Month, p.first.Day, 0, 0, 0, 0, loc) // no place changes its clocks on its first day
	for m := int32(0); ; m++ {
		local := p.begin.Add(time.Duration(m) * time.Minute).In(loc)
		d := int(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC).
			Sub(time.Date(p.first.Year, p.first.Month, p.first.Day, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
		if d > windowDays {
			break
		}
		p.date = append(p.date, int16(d))
		if minute := local.Hour()*60 + local.Minute(); p.shown[d][minute] < 0 {
			p.shown[d][minute] = m
		}
	}
	p.fillGaps()
	return p
}

// fillGaps lets what clocks skip move on by the gap, and 24:00 be the next day's 00:00.
func (p *place) fillGaps() {
	for d := range p.shown {
		for minute := 1; minute < minutesOfDay; minute++ {
			if p.shown[d][minute] < 0 {
				p.shown[d][minute] = p.shown[d][minute-1] + 1
			}
		}
		if d > 0 {
			p.shown[d-1][minutesOfDay] = p.shown[d][0]
		}
	}
}

// scene is a random calendar over a place, and the slow truth about it: for every minute of the window, whether it is
// worked.
type scene struct {
	*place
	cal  *calendar.Calendar
	open []bool
	days []calendar.Day
	last sec // the window's end
}

// hours are up to three random intervals, at random minutes; sometimes none, sometimes up to 24:00.
func hours(r *rand.Rand) calendar.Hours {
	marks := make([]int, 2*r.IntN(4))
	for i := range marks {
		marks[i] = r.IntN(minutesOfDay + 1)
	}
	slices.Sort(marks)
	marks = slices.Compact(marks)
	var h calendar.Hours
	for i := 0; i+1 < len(marks); i += 2 {
		h = append(h, calendar.Interval{From: calendar.Clock(0, marks[i]), To: calendar.Clock(0, marks[i+1])})
	}
	return h
}

func newScene(t testing.TB, r *rand.Rand, p *place, years []calendar.Year) *scene {
	t.Helper()
	week := calendar.OfficeWeek()
	for i := range week {
		if r.IntN(3) == 0 {
			week[i] = hours(r)
		}
	}
	week[time.Wednesday] = calendar.Hours{{From: calendar.Clock(9, 0), To: calendar.Clock(17, 0)}} // never all closed
	o := calendar.Options{Zone: p.zone.String(), Week: &week}
	for i := range windowDays {
		if r.IntN(4) == 0 {
			o.Overrides = append(o.Overrides, calendar.Override{Date: p.first.AddDays(i), Hours: hours(r), Name: "x"})
		}
	}
	cal, err := calendar.New(o, years)
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{place: p, cal: cal, open: make([]bool, len(p.date)), last: sec(p.shown[windowDays][0]) * 60}
	for d := range windowDays {
		day, err := cal.Day(p.first.AddDays(d))
		if err != nil {
			t.Fatal(err)
		}
		s.days = append(s.days, day)
		for _, h := range day.Hours {
			for m := p.shown[d][h.From/60]; m < p.shown[d][h.To/60]; m++ {
				s.open[m] = s.open[m] || int(p.date[m]) == d
			}
		}
	}
	return s
}

// The walks below read what no shard writes; without go:norace the detector would make them the longest test of the house.

// sec is an instant of a scene: seconds since the window begins.
type sec int

func (s *scene) at(x sec) time.Time { return s.begin.Add(time.Duration(x) * time.Second).UTC() }

// span is a pause, [from, to).
type span struct{ from, to sec }

// run is the oracle: it goes from a towards b, second by second or by whole minutes where nothing begins or ends within,
// until need seconds have run: working seconds unless natural, and no paused ones. It returns where it stopped and
// how many ran.
//
//go:norace
func (s *scene) run(a, b sec, need int, natural bool, pauses []span) (sec, int) {
	ran := 0
	for x := a; x < b && ran < need; {
		until, stands := b, false // up to where nothing begins or ends, and whether a pause holds
		for _, p := range pauses {
			stands = stands || x >= p.from && x < p.to
			for _, edge := range [2]sec{p.from, p.to} {
				if edge > x && edge < until {
					until = edge
				}
			}
		}
		for x < until && ran < need {
			step := sec(1)
			if x%60 == 0 && x+60 <= until && ran+60 <= need {
				step = 60
			}
			if !stands && (natural || s.open[x/60]) {
				ran += int(step)
			}
			x += step
		}
		a = x
	}
	return a, ran
}

// walk returns when need seconds have run since from; false at the window's end.
func (s *scene) walk(from sec, need int, natural bool, pauses []span) (sec, bool) {
	x, ran := s.run(from, s.last, need, natural, pauses)
	return x, ran == need
}

// count returns how many seconds run between a and b.
func (s *scene) count(a, b sec, natural bool, pauses []span) int {
	_, ran := s.run(a, b, int(b-a), natural, pauses)
	return ran
}

// nextOpen walks to the first working second at or after x: x itself, or a minute's first.
//
//go:norace
func (s *scene) nextOpen(x sec) (sec, bool) {
	for ; x < s.last; x = (x/60 + 1) * 60 {
		if s.open[x/60] {
			return x, true
		}
	}
	return x, false
}

// closing is the end of business hours of the n-th working day after the day that x shows, or of the first one not
// before that day plus n if natural.
//
//go:norace
func (s *scene) closing(x sec, n int, natural bool) (sec, bool) {
	d := int(s.date[x/60])
	if natural {
		d, n = d+n-1, 1
	}
	for d++; d < windowDays; d++ {
		if s.days[d].Workday() {
			if n--; n == 0 {
				h := s.days[d].Hours
				return sec(s.shown[d][h[len(h)-1].To/60]) * 60, true
			}
		}
	}
	return 0, false
}
