package project

import (
	"context"
	"slices"
	"strconv"
	"time"

	"jushou/internal/calendar"
	"jushou/projects"
	"jushou/web/view"
)

// The picture of a timetable is pictureWidth wide; each milestone has a row with its name above two bars: what was planned, and
// how it went.
const (
	pictureWidth = 320
	pictureRow   = 40
	pictureHead  = 22
	slimmest     = 2 // of a bar, so that a single day is seen
)

// gantt is a timetable drawn to scale.
type gantt struct {
	Height int
	Marks  []tick // first days of months
	Today  int    // -1 where today is not in the picture
	Rows   []ganttRow
}

// tick is a day on the scale.
type tick struct {
	X    int
	Text string
}

// ganttRow is one milestone.
type ganttRow struct {
	Y                int
	Name, Said       string
	From, Width      int // planned
	Went, WentWidth  int // how it went; no width while nothing has
	Late, Done, Open bool
	Earlier          []int // where it was planned before
}

// draw puts the milestones of a project on a scale of days, from the day it was established to the last that counts.
func draw(ctx context.Context, x projects.View) gantt {
	all := x.Timetable()
	first, last := calendar.DateOf(view.Local(x.EstablishedAt)), today(ctx)
	if !x.FinishedAt.IsZero() {
		last = calendar.DateOf(view.Local(x.FinishedAt))
	}
	for _, m := range all {
		last = later(last, m.Due)
		for _, e := range m.Earlier {
			last = later(last, e.Due)
		}
	}
	days := max(1, between(first, last))
	at := func(d calendar.Date) int { return min(pictureWidth, max(0, between(first, d)*pictureWidth/days)) }
	g := gantt{Height: pictureHead + len(all)*pictureRow, Today: -1, Marks: months(ctx, first, last, at)}
	if now := today(ctx); !now.Before(first) && !last.Before(now) {
		g.Today = at(now)
	}
	planned, went := first, first
	for i, m := range all {
		r := ganttRow{Y: pictureHead + i*pictureRow, Name: m.Name, From: at(planned), Late: m.Late(today(ctx)), Done: m.Reached != nil, Open: m.Open()}
		r.Width = max(slimmest, at(m.Due)-r.From)
		for _, e := range m.Earlier {
			r.Earlier = append(r.Earlier, at(e.Due))
		}
		r.Went = at(went)
		if m.Reached != nil {
			r.WentWidth = max(slimmest, at(m.Reached.On)-r.Went)
			went = later(went, m.Reached.On)
		}
		planned = m.Due
		g.Rows = append(g.Rows, r)
	}
	return g
}

// months are the first days of months on the scale, at most six of them.
func months(ctx context.Context, first, last calendar.Date, at func(calendar.Date) int) []tick {
	var all []tick
	for d := (calendar.Date{Year: first.Year, Month: first.Month, Day: 1}); !last.Before(d); d = d.AddDays(31) {
		d.Day = 1
		if !d.Before(first) {
			all = append(all, tick{at(d), view.T(ctx, "project.month", "n", strconv.Itoa(int(d.Month)))})
		}
	}
	const most = 6
	step := (len(all) + most - 1) / most
	return slices.DeleteFunc(slices.Clone(all), func(m tick) bool { return step > 1 && slices.Index(all, m)%step != 0 })
}

func later(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// between counts the days from one to another.
func between(a, b calendar.Date) int {
	utc := func(d calendar.Date) time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
	return int(utc(b).Sub(utc(a)) / (24 * time.Hour))
}
