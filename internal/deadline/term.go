package deadline

import (
	"time"

	"jushou/internal/calendar"
)

// Unit says what a Term counts.
type Unit string

const (
	// WorkingMinutes are minutes within business hours.
	WorkingMinutes Unit = "working_minutes"
	// WorkingDays are whole working days after the day of filing.
	WorkingDays Unit = "working_days"
	// Minutes are minutes of the wall clock, day and night.
	Minutes Unit = "minutes"
	// Days are calendar days after the day of filing; the last one moves off days off.
	Days Unit = "days"
)

// MaxTerm is how many units a term may have: more than a year of working days, a month of minutes.
const MaxTerm = 50_000

// Term is how long something may take.
type Term struct {
	N    int  `json:"n"`
	Unit Unit `json:"unit"`
}

// IsZero reports whether no time is given.
func (t Term) IsZero() bool { return t.N == 0 }

func (t Term) working() bool { return t.Unit == WorkingMinutes || t.Unit == WorkingDays }

// known reports whether the unit is one of ours.
func (t Term) known() bool { return t.working() || t.Unit == Minutes || t.Unit == Days }

// After returns when a term that begins at start is over, N at least 1, or calendar.ErrBeyond.
func (t Term) After(cal *calendar.Calendar, start time.Time) (time.Time, error) {
	due, err := t.from(cal, start)
	return due.at, err
}

// due is a due instant. For the unit Days raw is what it would be if business never closed: pauses move raw by exactly
// their length, and at is the first closing time from there on.
type due struct{ at, raw time.Time }

func (t Term) from(cal *calendar.Calendar, start time.Time) (due, error) {
	switch t.Unit {
	case WorkingMinutes:
		at, err := cal.Add(start, time.Duration(t.N)*time.Minute)
		return due{at: second(at)}, err
	case WorkingDays:
		at, err := cal.AddWorkdays(start, t.N)
		return due{at: second(at)}, err
	case Days:
		return endOfDay(cal, cal.DateAt(start).AddDays(t.N))
	}
	return due{at: second(start.Add(time.Duration(t.N) * time.Minute))}, nil
}

// endOfDay is due with the business hours of a date, or of the first working day after it.
func endOfDay(cal *calendar.Calendar, d calendar.Date) (due, error) {
	at, err := closingFrom(cal, d, d.At(0, cal.Zone()))
	return due{at, at}, err
}

// closingFrom returns the first instant not before t at which the business hours of a day from d on end.
func closingFrom(cal *calendar.Calendar, d calendar.Date, t time.Time) (time.Time, error) {
	for ; ; d = d.AddDays(1) {
		day, err := cal.Day(d)
		if err != nil {
			return time.Time{}, err
		}
		if !day.Workday() {
			continue
		}
		if at := d.At(day.Hours[len(day.Hours)-1].To, cal.Zone()); !at.Before(t) {
			return second(at), nil
		}
	}
}

// moved returns the due instant after a pause, which never lies within it.
func (t Term) moved(cal *calendar.Calendar, d due, pause calendar.Span) (due, error) {
	var err error
	switch {
	case t.working():
		var lost time.Duration
		if lost, err = cal.Within(pause.From, pause.To); err == nil {
			d.at, err = cal.Add(d.at, lost)
		}
	case t.Unit == Days:
		d.raw = d.raw.Add(pause.To.Sub(pause.From))
		from := d.raw
		if !from.After(pause.To) {
			from = pause.To.Add(time.Second)
		}
		d.at, err = closingFrom(cal, cal.DateAt(from).AddDays(-1), from)
	default:
		d.at = d.at.Add(pause.To.Sub(pause.From))
	}
	if err != nil {
		return due{}, err
	}
	return due{second(d.at), second(d.raw)}, nil
}

// counted returns how many units of the term lie between a and b: begun minutes, or days after a's date. Two
// stretches that touch count as much as the whole.
func (t Term) counted(cal *calendar.Calendar, a, b time.Time) (int, error) {
	switch t.Unit {
	case WorkingMinutes:
		worked, err := cal.Within(a, b)
		return begun(worked), err
	case Minutes:
		return begun(b.Sub(a)), nil
	}
	n := 0
	for d, last := cal.DateAt(a).AddDays(1), cal.DateAt(b); !last.Before(d); d = d.AddDays(1) {
		worked, err := true, error(nil)
		if t.Unit == WorkingDays {
			worked, err = cal.IsWorkday(d)
		}
		if err != nil {
			return 0, err
		}
		if worked {
			n++
		}
	}
	return n, nil
}

// begun returns the minutes that have begun within d.
func begun(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }

// second cuts an instant down to its second, in UTC.
func second(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Second)
}
