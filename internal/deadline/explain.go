package deadline

import (
	"time"

	"jushou/internal/calendar"
)

// Phase is where a clock stands.
type Phase string

// Phases.
const (
	PhaseNone    Phase = "none"    // nothing is promised
	PhaseUnknown Phase = "unknown" // the calendar does not reach the due instant yet
	PhaseRunning Phase = "running"
	PhaseClose   Phase = "close"   // the warning's instant has passed
	PhaseWaiting Phase = "waiting" // for a resident's reply
	PhaseOverdue Phase = "overdue"
	PhaseMet     Phase = "met"
	PhaseEnded   Phase = "ended" // nobody owes it any more
)

// PhaseAt returns where the clock stands at now, from the stored instants alone.
func (c Clock) PhaseAt(now time.Time) Phase {
	now = second(now)
	switch {
	case c.IsZero():
		return PhaseNone
	case !c.Running() && c.stop().Equal(c.MetAt):
		return PhaseMet
	case !c.Running():
		return PhaseEnded
	case c.Waiting(now):
		return PhaseWaiting
	case c.DueAt.IsZero():
		return PhaseUnknown
	case !now.Before(c.DueAt):
		return PhaseOverdue
	}
	for _, p := range c.Plan {
		if c.Rules.Ladder[p.Level].Before > 0 && !now.Before(p.At) {
			return PhaseClose
		}
	}
	return PhaseRunning
}

// Overdue reports whether the due instant has passed and it is still owed.
func (c Clock) Overdue(now time.Time) bool { return c.PhaseAt(now) == PhaseOverdue }

// Counted says why a due instant is when it is: the days from the day after filing to the day it is due.
type Counted struct {
	Workdays int     `json:"workdays"`
	DaysOff  int     `json:"days_off"`           // holidays included
	Holidays []Named `json:"holidays,omitempty"` // days off that a notice or the community names
	Makeups  []Named `json:"makeups,omitempty"`  // days worked for them
}

// Explanation is the data of the clock's sentence: “自 9月29日 16:40 起 5 个工作日，10月1日至7日国庆节，10月10日调休上班，
// 应于 10月12日 17:30 前办结”.
type Explanation struct {
	Phase     Phase
	Term      Term
	StartedAt time.Time
	DueAt     time.Time // zero while unknown
	MetAt     time.Time
	Counted   Counted
	// Late is how long past DueAt it was met, stopped or, while it runs, now is; zero in time.
	Late time.Duration
	// Question and ResumesAt are set while the clock waits for a resident.
	Question  string
	ResumesAt time.Time
	Pauses    int
	// Extended are the dates that were put off, each with the date before it.
	Extended []Promise
	// Told is the highest step of the present promise that was reached, nil before the first.
	Told *Step
}

// Explain returns the data of the clock's sentence at now.
func (c Clock) Explain(now time.Time) Explanation {
	now = second(now)
	e := Explanation{
		Phase: c.PhaseAt(now), Term: c.Rules.Term, StartedAt: c.StartedAt, DueAt: c.DueAt, MetAt: c.MetAt,
		Counted: c.Counted, Pauses: len(c.Pauses),
	}
	if p, ok := c.open(); ok && e.Phase == PhaseWaiting {
		e.Question, e.ResumesAt = p.Question, p.Until
	}
	for _, p := range c.Promises {
		if p.Cause == Extended {
			e.Extended = append(e.Extended, p)
		}
	}
	if n := len(c.Steps); n > 0 && c.Steps[n-1].Sequence == c.Sequence {
		e.Told = &c.Steps[n-1]
	}
	at := now
	if stop := c.stop(); !stop.IsZero() {
		at = stop
	}
	if !c.DueAt.IsZero() && at.After(c.DueAt) {
		e.Late = at.Sub(c.DueAt)
	}
	return e
}

// maxNamed is how many named stretches of days an explanation keeps; longer terms name the first ones.
const maxNamed = 12

// count explains the days after from's up to due's.
func count(cal *calendar.Calendar, from, to time.Time) (Counted, error) {
	days, err := cal.Days(cal.DateAt(from).AddDays(1), cal.DateAt(to))
	if err != nil {
		return Counted{}, err
	}
	var c Counted
	for _, d := range days {
		if d.Workday() {
			c.Workdays++
		} else {
			c.DaysOff++
		}
		switch {
		case d.Kind == calendar.Makeup, d.Kind == calendar.Local && d.Workday():
			c.Makeups = named(c.Makeups, d)
		case d.Name != "":
			c.Holidays = named(c.Holidays, d)
		}
	}
	return c, nil
}

// Named is a stretch of days of one name, both ends included.
type Named struct {
	First calendar.Date `json:"first"`
	Last  calendar.Date `json:"last"`
	Name  string        `json:"name"`
}

// named adds a day to the stretches, to the last one if it follows on.
func named(list []Named, d calendar.Day) []Named {
	if n := len(list); n > 0 && list[n-1].Name == d.Name && list[n-1].Last.AddDays(1) == d.Date {
		list[n-1].Last = d.Date
		return list
	}
	if len(list) == maxNamed {
		return list
	}
	return append(list, Named{d.Date, d.Date, d.Name})
}
