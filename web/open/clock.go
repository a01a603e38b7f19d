package open

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/web/page"
	"jushou/web/view"
)

// calendarNotice is how long before the calendar's data ends the page says so.
const calendarNotice = 60 * 24 * time.Hour

// clockView explains how due times come about.
type clockView struct {
	Default  []string // Round times of a community that sets none
	Promised []string // keys of the boards that promise an answer
	Posted   time.Time
	Examples []example
	Years    []calendar.Year // the latest first
	Through  calendar.Date
	Ending   bool // the data ends soon
	Version  string
}

// example is what follows when nobody answers, under one of the two policies.
type example struct {
	Name  string // a key of the catalogue
	Steps []step
}

// step is one rung: at an instant, something happens.
type step struct {
	At   time.Time
	What string // a key of the catalogue
}

// Clock explains in words, with an example that is computed, how long an answer may take.
func (p *Pages) Clock(v *page.Visit) error {
	c, err := p.clock(v.Now)
	if err != nil {
		return err
	}
	return v.Show(ClockPage(c))
}

func (p *Pages) clock(now time.Time) (clockView, error) {
	years, err := calendar.Statutory()
	if err != nil {
		return clockView{}, err
	}
	slices.Reverse(years)
	c := clockView{
		Default: community.Settings{}.RoundTimes(), Posted: fridayEvening(now, p.Calendar.Zone()), Years: years,
		Through: p.Calendar.ValidThrough(), Ending: p.Calendar.ExpiresWithin(now, calendarNotice), Version: p.Calendar.Version(),
	}
	for _, b := range deliberation.BoardsIn(community.Settings{}) {
		if b.Clock {
			c.Promised = append(c.Promised, "board."+string(b.Key))
		}
	}
	for _, s := range []community.Settings{{}, {RoundsOnWorkdays: true}} {
		e, err := p.example(s, c.Posted)
		if err != nil {
			return c, err
		}
		c.Examples = append(c.Examples, e)
	}
	return c, nil
}

// example computes what happens to a topic posted at an instant, by the same rule as topics are promised by. Where
// the calendar ends before the answer it shows as many steps as are certain.
func (p *Pages) example(s community.Settings, posted time.Time) (example, error) {
	e := example{Name: "open.policy.all"}
	if s.RoundsOnWorkdays {
		e.Name = "open.policy.workdays"
	}
	rungs := deliberation.Ladder()
	rounds, _, err := deliberation.NewRoundCalendar(p.Calendar).NextRounds(s, posted, len(rungs))
	if err != nil && !errors.Is(err, calendar.ErrBeyond) {
		return e, err
	}
	for i, at := range rounds {
		e.Steps = append(e.Steps, step{At: at, What: "open.step." + string(rungs[i])})
	}
	return e, nil
}

// fridayEvening is half past eight on the coming Friday: after the day's last Round and before a weekend, where
// the two policies part.
func fridayEvening(now time.Time, zone *time.Location) time.Time {
	d := calendar.DateOf(now.In(zone))
	for d.Weekday() != time.Friday {
		d = d.AddDays(1)
	}
	return d.At(calendar.Clock(20, 30), zone)
}

// instant says a day, its weekday and the time: 11月27日 星期五 20:30.
func instant(ctx context.Context, at time.Time) string {
	at = view.Local(at)
	return view.T(ctx, "open.instant", "day", day(ctx, at), "weekday", view.T(ctx, "weekday."+strconv.Itoa(int(at.Weekday()))), "time", at.Format("15:04"))
}

// date says a day of the civil calendar: 2026年12月31日.
func date(ctx context.Context, d calendar.Date) string {
	return view.T(ctx, "when.date", "year", strconv.Itoa(d.Year), "month", strconv.Itoa(int(d.Month)), "day", strconv.Itoa(d.Day))
}

// named returns the words of keys as one list.
func named(ctx context.Context, keys []string) string {
	text := ""
	for i, key := range keys {
		if i > 0 {
			text += view.T(ctx, "list.and")
		}
		text += view.T(ctx, key)
	}
	return text
}

// reviewed says whether a year's days were compared with a second source.
func reviewed(ctx context.Context, y calendar.Year) string {
	if y.Reviewed {
		return view.T(ctx, "open.year.reviewed")
	}
	return view.T(ctx, "open.year.unreviewed")
}
