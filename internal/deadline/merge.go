package deadline

import (
	"time"

	"jushou/internal/calendar"
)

// Merge takes another case's clock of the same kind in: the earlier due instant holds from now on, because it was
// promised to somebody. A pause of either is over, since the other's resident was asked nothing. The other clock is left
// alone; its case ends it. A clock that has stopped on either side changes nothing.
func (c *Clock) Merge(cal *calendar.Calendar, other Clock, reason string, by Person, now time.Time) (News, error) {
	if !c.Running() || !other.Running() || c.Kind != other.Kind {
		return News{}, nil
	}
	next := *c
	news, _, err := next.Resume(cal, now)
	if err != nil {
		return News{}, err
	}
	if _, _, err := other.Resume(cal, now); err != nil {
		return News{}, err
	}
	if at, ok := other.Owed(); ok && (next.DueAt.IsZero() || at.Before(next.DueAt)) {
		next.renew(Promise{
			Cause: Merged, At: second(now), DueAt: at, Raw: other.raw(), Was: next.DueAt,
			Reason: reason, By: by, Sequence: next.Sequence,
		})
		if err := unlessBeyond(next.plan(cal)); err != nil {
			return News{}, err
		}
	}
	*c = next
	return news, nil
}

// Change is what Recompute would do to one clock, for a list that somebody looks at first.
type Change struct {
	Was, Due time.Time // the due instant before and after
	// Moved is false when nothing would change: the same instant, a date that people agreed on, a clock that has stopped or
	// is late, or a new instant that has passed already, which would make a breach of a promise nobody gave.
	Moved bool
}

// Recompute returns the clock as it would be under another policy and calendar, and what that changes. Nothing is changed
// until the caller stores the clock. Without a change the clock is returned as it was.
func (c Clock) Recompute(p Policy, cal *calendar.Calendar, reason string, by Person, now time.Time) (Clock, Change, error) {
	change := Change{Was: c.DueAt, Due: c.DueAt}
	last := Cause("")
	if !c.IsZero() {
		last = c.Promises[len(c.Promises)-1].Cause
	}
	if !c.Running() || !c.Due(now).IsZero() || c.breached() || last == Extended || last == Merged {
		return c, change, nil
	}
	fresh, err := Start(p, c.Kind, cal, c.StartedAt)
	if unlessBeyond(err) != nil {
		return c, change, err
	}
	next := c
	next.Rules, next.Policy, next.Calendar = fresh.Rules, fresh.Policy, fresh.Calendar
	base := fresh.Promises[0]
	next.renew(Promise{
		Cause: Recomputed, At: second(now), DueAt: base.DueAt, Raw: base.Raw, Was: c.DueAt,
		Reason: reason, By: by, Sequence: c.Sequence,
	})
	next.DueAt = time.Time{}
	if err := unlessBeyond(next.Complete(cal)); err != nil {
		return c, change, err
	}
	change.Due = next.DueAt
	change.Moved = !next.DueAt.Equal(c.DueAt) && (next.DueAt.IsZero() || next.DueAt.After(second(now)))
	if !change.Moved {
		change.Due = c.DueAt
		return c, change, nil
	}
	return next, change, nil
}
