package deadline

import (
	"errors"
	"slices"
	"time"

	"jushou/internal/calendar"
)

// Complete computes what the calendar did not know before: the due instant and the rungs of the ladder. What is
// promised already stays. It returns calendar.ErrBeyond while the data still ends too early; what is known by then
// is filled in all the same. A clock that is complete is left alone.
func (c *Clock) Complete(cal *calendar.Calendar) error {
	if c.DueAt.IsZero() {
		d, err := c.dueFromScratch(cal)
		if err != nil {
			c.Incomplete = true
			return err
		}
		c.Calendar = cal.Version()
		c.promise(d.at)
	} else if !c.Incomplete {
		return nil
	}
	return c.plan(cal)
}

// promise sets the due instant; what was planned for the earlier one no longer holds.
func (c *Clock) promise(at time.Time) { c.DueAt, c.Plan, c.Incomplete = at, nil, true }

// dueFromScratch computes the due instant from the last promise and the pauses since.
func (c *Clock) dueFromScratch(cal *calendar.Calendar) (due, error) {
	promises := slices.Clone(c.Promises)
	last := &promises[len(promises)-1]
	d, err := due{last.DueAt, last.Raw}, error(nil)
	if d.at.IsZero() {
		if d, err = c.Rules.Term.from(cal, c.StartedAt); err != nil {
			return due{}, err
		}
		last.DueAt, last.Raw = d.at, d.raw
		c.Promises = promises
	}
	pauses := slices.Clone(c.Pauses)
	for i := range pauses {
		if pauses[i].From.Before(last.At) {
			continue
		}
		pauses[i].DueWas, pauses[i].RawWas = d.at, d.raw
		if d, err = c.Rules.Term.moved(cal, d, pauses[i].Span()); err != nil {
			return due{}, err
		}
	}
	c.Pauses = pauses
	return d, nil
}

// plan computes the ladder's instants for the present due instant, and why it is when it is.
func (c *Clock) plan(cal *calendar.Calendar) error {
	var beyond error
	c.Plan, c.Incomplete = nil, false
	counted, err := count(cal, c.StartedAt, c.DueAt)
	if err != nil {
		return err
	}
	c.Counted = counted
	for level, rung := range c.Rules.Ladder {
		at, ok, err := c.reached(cal, rung)
		if errors.Is(err, calendar.ErrBeyond) {
			beyond, c.Incomplete = err, true
			break
		}
		if err != nil {
			return err
		}
		if ok {
			c.Plan = append(c.Plan, Planned{level, second(at)})
		}
	}
	return beyond
}

// reached returns the working moment at which a rung is reached; false for a warning that no working moment
// before the due instant is left for.
func (c *Clock) reached(cal *calendar.Calendar, r Rung) (time.Time, bool, error) {
	at, err := c.DueAt, error(nil)
	switch {
	case r.Before > 0:
		at, err = c.warned(cal, r.Before)
	case !r.After.IsZero():
		at, err = r.After.After(cal, c.DueAt)
	}
	if err != nil {
		return at, false, err
	}
	at, err = cal.NextOpen(at)
	if r.Before > 0 && (errors.Is(err, calendar.ErrBeyond) || !at.Before(c.DueAt)) {
		return at, false, nil
	}
	return at, err == nil, err
}

// warned returns when so many percent of the time for the present promise are left.
func (c *Clock) warned(cal *calendar.Calendar, left int) (time.Time, error) {
	begin := c.begin()
	pauses := c.spans(begin)
	if !c.Rules.Term.working() {
		total := length(begin, c.DueAt, pauses)
		return passed(begin, share(total, left), pauses), nil
	}
	total, err := cal.Within(begin, c.DueAt)
	if err != nil {
		return time.Time{}, err
	}
	for _, s := range pauses {
		lost, err := cal.Within(s.From, s.To)
		if err != nil {
			return time.Time{}, err
		}
		total -= lost
	}
	return cal.AddPaused(begin, share(total, left), pauses)
}

// begin is when the time for the present promise began to run.
func (c *Clock) begin() time.Time {
	if last := c.Promises[len(c.Promises)-1]; last.Cause == Extended {
		return last.At
	}
	return c.StartedAt
}

// spans are the pauses since begin, the one that runs up to its own end.
func (c *Clock) spans(begin time.Time) []calendar.Span {
	var spans []calendar.Span
	for _, p := range c.Pauses {
		if !p.From.Before(begin) {
			spans = append(spans, p.Span())
		}
	}
	return spans
}

// share is the part of total that has passed when so many percent are left, in whole seconds.
func share(total time.Duration, left int) time.Duration {
	return (total / 100 * time.Duration(100-left)).Truncate(time.Second)
}

// length is the time from a to b outside the pauses, which are in order and apart.
func length(a, b time.Time, pauses []calendar.Span) time.Duration {
	total := b.Sub(a)
	for _, p := range pauses {
		total -= p.To.Sub(p.From)
	}
	return max(0, total)
}

// passed returns when d has passed since a outside the pauses, which are in order and apart.
func passed(a time.Time, d time.Duration, pauses []calendar.Span) time.Time {
	at := a.Add(d)
	for _, p := range pauses {
		if !at.Before(p.From) {
			at = at.Add(p.To.Sub(p.From))
		}
	}
	return at
}
