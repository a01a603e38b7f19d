package calendar

import (
	"slices"
	"time"

	"jushou/internal/fault"
)

// RoundDays says on which days the Rounds of 一日三巡 are made.
type RoundDays string

const (
	// AllDays makes Rounds every day of the year.
	AllDays RoundDays = "all"
	// Workdays makes Rounds on working days only, make-up days included.
	Workdays RoundDays = "workdays"
)

// Rounds are the times of day at which unanswered topics are looked for. Times and days are a community's
// explicit setting; the defaults are ours and not anybody's rule.
type Rounds struct {
	Times []TimeOfDay `json:"times"` // rising, before 24:00
	Days  RoundDays   `json:"days"`
}

var errBadRounds = fault.New(fault.Invalid, "calendar.bad_rounds")

// MaxRounds is how many Rounds a day may have.
const MaxRounds = 24

// Check refuses no times or too many, times that do not rise or are not in the day, and an unknown policy.
func (r Rounds) Check() error {
	if len(r.Times) == 0 || len(r.Times) > MaxRounds {
		return errBadRounds.With("times", len(r.Times)).With("max", MaxRounds)
	}
	last := TimeOfDay(-1)
	for _, t := range r.Times {
		if t <= last || t >= EndOfDay {
			return errBadRounds.With("time", t)
		}
		last = t
	}
	if r.Days != AllDays && r.Days != Workdays {
		return errBadRounds.With("days", r.Days)
	}
	return nil
}

// Next returns the next n Rounds strictly after an instant, in order, n at least 1. With AllDays it needs only
// the calendar's zone and answers for any date; with Workdays it returns ErrBeyond when the n-th Round may lie
// beyond the calendar's data.
func (r Rounds) Next(c *Calendar, after time.Time, n int) ([]time.Time, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	if n < 1 {
		return nil, errBadRounds.With("n", n)
	}
	var next []time.Time
	for d := c.DateAt(after); len(next) < n; d = d.AddDays(1) {
		rounds, err := r.on(c, d)
		if err != nil {
			return nil, err
		}
		for _, t := range rounds {
			if t.After(after) && len(next) < n {
				next = append(next, t)
			}
		}
	}
	return next, nil
}

// on returns the Rounds of one date. Two times that a change of clocks makes one are one Round, and a date
// that clocks skip has none.
func (r Rounds) on(c *Calendar, d Date) ([]time.Time, error) {
	if r.Days == Workdays {
		if ok, err := c.IsWorkday(d); !ok || err != nil {
			return nil, err
		}
	}
	var rounds []time.Time
	for _, at := range r.Times {
		if t := d.At(at, c.zone); DateOf(t) == d {
			rounds = append(rounds, t)
		}
	}
	slices.SortFunc(rounds, time.Time.Compare)
	return slices.CompactFunc(rounds, time.Time.Equal), nil
}
