package deadline

import (
	"errors"
	"slices"
	"strings"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/fault"
)

// Pause is a stretch during which a resident is asked something, [From, To).
type Pause struct {
	Question string    `json:"question"`
	By       Person    `json:"by"`
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`       // its own end
	To       time.Time `json:"to,omitzero"` // when it ended; zero while it runs
	// DueWas and RawWas are the due instant before the pause.
	DueWas time.Time `json:"due_was,omitzero"`
	RawWas time.Time `json:"raw_was,omitzero"`
}

// Span returns the pause as an interval, up to its own end while it runs.
func (p Pause) Span() calendar.Span {
	if p.To.IsZero() {
		return calendar.Span{From: p.From, To: p.Until}
	}
	return calendar.Span{From: p.From, To: p.To}
}

var (
	// ErrNoQuestion means that a pause was asked for without a question to the resident.
	ErrNoQuestion = fault.New(fault.Invalid, "deadline.no_question").On("question")
	// ErrPaused means that the clock waits for a resident already.
	ErrPaused = fault.New(fault.Conflict, "deadline.paused")
	// ErrPausesUsedUp means that the clock may not wait again: Args times.
	ErrPausesUsedUp = fault.New(fault.Conflict, "deadline.pauses_used_up")
	// ErrOverdue means that the due instant has passed, and a pause would only hide it.
	ErrOverdue = fault.New(fault.TooLate, "deadline.overdue")
)

// Pause stops the clock while a resident is asked a question: until Resume, but not longer than the policy allows.
// Only a clock that runs, is not late and has pauses left can be paused; the due instant moves on by the pause's working
// time. Like Record it returns what had fallen due before. Where the calendar ends, the pause ends with it.
func (c *Clock) Pause(cal *calendar.Calendar, question string, by Person, now time.Time) (News, error) {
	now = second(now)
	next := *c
	news := next.Record(now)
	switch {
	case strings.TrimSpace(question) == "":
		return News{}, ErrNoQuestion
	case !c.Running():
		return News{}, ErrStopped
	case next.Waiting(now):
		return News{}, ErrPaused
	case !c.DueAt.IsZero() && !now.Before(next.DueAt):
		return News{}, ErrOverdue
	}
	until, err := next.ownEnd(cal, now)
	if err != nil {
		return News{}, err
	}
	p := Pause{Question: question, By: by, From: now, Until: until, DueWas: next.DueAt, RawWas: next.raw()}
	next.Pauses = append(slices.Clone(c.closed(now)), p)
	if err := next.replan(cal); err != nil {
		return News{}, err
	}
	*c = next
	return news, nil
}

// ownEnd returns when a pause that begins at now ends by itself: after the rule's time for one question, or
// what is left of the time for all.
func (c *Clock) ownEnd(cal *calendar.Calendar, now time.Time) (time.Time, error) {
	rule, used := c.Rules.Pause, 0
	for _, p := range c.Pauses {
		n, err := rule.Total.counted(cal, p.Span().From, p.Span().To)
		if err != nil {
			return time.Time{}, err
		}
		used += n
	}
	term := Term{min(rule.Each.N, rule.Total.N-used), rule.Each.Unit}
	if len(c.Pauses) >= rule.Times || term.N < 1 {
		return time.Time{}, ErrPausesUsedUp.With("times", len(c.Pauses))
	}
	until, err := term.After(cal, now)
	if end := second(cal.ValidThrough().At(calendar.EndOfDay, cal.Zone())); errors.Is(err, calendar.ErrBeyond) && now.Before(end) {
		return end, nil
	}
	return until, err
}

// Waiting reports whether the clock waits for a resident at now.
func (c Clock) Waiting(now time.Time) bool {
	p, ok := c.open()
	return ok && c.Running() && second(now).Before(p.Until)
}

// open returns the pause that nobody ended yet; its own end may have passed.
func (c Clock) open() (Pause, bool) {
	n := len(c.Pauses)
	if n == 0 || !c.Pauses[n-1].To.IsZero() {
		return Pause{}, false
	}
	return c.Pauses[n-1], true
}

// closed returns the pauses with an open one ended at now, or at its own end if that came first.
func (c Clock) closed(now time.Time) []Pause {
	p, ok := c.open()
	if !ok {
		return c.Pauses
	}
	pauses := slices.Clone(c.Pauses)
	last := &pauses[len(pauses)-1]
	last.To = second(now)
	if last.To.Before(p.From) {
		last.To = p.From
	}
	if last.To.After(p.Until) {
		last.To = p.Until
	}
	return pauses
}

// Resume ends the pause, because the resident replied through whatever channel or the staff need no answer any more. It
// reports whether the clock was waiting; a pause whose own end has passed is over already.
func (c *Clock) Resume(cal *calendar.Calendar, now time.Time) (News, bool, error) {
	next := *c
	news := next.Record(now)
	if !next.Waiting(now) {
		*c = next
		return news, false, nil
	}
	next.Pauses = next.closed(now)
	if err := next.replan(cal); err != nil {
		return News{}, false, err
	}
	*c = next
	return news, true, nil
}

// replan moves the due instant by the last pause. Where the calendar ends it is unknown again until Complete.
func (c *Clock) replan(cal *calendar.Calendar) error {
	p := c.Pauses[len(c.Pauses)-1]
	if p.DueWas.IsZero() {
		c.promise(time.Time{})
		return unlessBeyond(c.Complete(cal))
	}
	d, err := c.Rules.Term.moved(cal, due{p.DueWas, p.RawWas}, p.Span())
	c.promise(d.at)
	if err == nil {
		err = c.plan(cal)
	}
	return unlessBeyond(err)
}

// unlessBeyond forgives the calendar its end: the clock says itself that it is incomplete.
func unlessBeyond(err error) error {
	if errors.Is(err, calendar.ErrBeyond) {
		return nil
	}
	return err
}

// raw returns the uncut due instant of a clock that counts calendar days.
func (c *Clock) raw() time.Time {
	last := c.Promises[len(c.Promises)-1]
	if last.Raw.IsZero() {
		return time.Time{}
	}
	raw := last.Raw
	for _, p := range c.Pauses {
		if !p.From.Before(last.At) {
			raw = raw.Add(p.Span().To.Sub(p.From))
		}
	}
	return raw
}
