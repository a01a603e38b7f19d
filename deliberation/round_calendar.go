package deliberation

import (
	"fmt"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/community"
)

// RoundCalendar is the Calendar of a community's settings over a district's working days.
type RoundCalendar struct{ days *calendar.Calendar }

// NewRoundCalendar returns the Calendar over days.
func NewRoundCalendar(days *calendar.Calendar) RoundCalendar { return RoundCalendar{days} }

// Zone implements Calendar.
func (c RoundCalendar) Zone() *time.Location { return c.days.Zone() }

// Days implements Calendar.
func (c RoundCalendar) Days() *calendar.Calendar { return c.days }

// NextRounds implements Calendar. Beyond the calendar's data it asks for fewer and fewer Rounds, because
// the calendar answers either all it is asked for or nothing.
func (c RoundCalendar) NextRounds(s community.Settings, after time.Time, n int) ([]time.Time, string, error) {
	rounds, err := roundsOf(s)
	if err != nil {
		return nil, c.days.Version(), err
	}
	known, err := rounds.Next(c.days, after, n)
	for k := n - 1; err != nil && k > 0 && len(known) == 0; k-- {
		if fewer, short := rounds.Next(c.days, after, k); short == nil {
			known = fewer
		}
	}
	for i, at := range known {
		known[i] = at.UTC()
	}
	return known, c.days.Version(), err
}

func roundsOf(s community.Settings) (calendar.Rounds, error) {
	r := calendar.Rounds{Days: calendar.AllDays}
	if s.RoundsOnWorkdays {
		r.Days = calendar.Workdays
	}
	for _, text := range s.RoundTimes() {
		at, err := calendar.ParseTime(text)
		if err != nil {
			return r, fmt.Errorf("read Round time %q: %w", text, err)
		}
		r.Times = append(r.Times, at)
	}
	return r, nil
}
