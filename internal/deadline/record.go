package deadline

import (
	"fmt"
	"slices"
	"time"
)

// Breach is a promise that was not kept. It never changes; (kind, Sequence) is its key within the case.
type Breach struct {
	Sequence   int       `json:"sequence"`
	At         time.Time `json:"at"` // the due instant that passed
	RecordedAt time.Time `json:"recorded_at,omitzero"`
}

// Step is a rung of the ladder that was reached.
type Step struct {
	Sequence   int       `json:"sequence"`
	Level      int       `json:"level"`
	To         Recipient `json:"to"`
	Warning    bool      `json:"warning,omitempty"` // given before the due instant
	At         time.Time `json:"at"`
	RecordedAt time.Time `json:"recorded_at,omitzero"`
	// Told is for the one step of a Record that people hear of: the highest. Those below it were reached meanwhile.
	Told bool `json:"told,omitempty"`
}

// Key is unique within the case for a clock's kind: breach and level. With a recipient it is the key of a notice.
func (s Step) Key() string { return fmt.Sprintf("%d/%d", s.Sequence, s.Level) }

// News is what fell due and is not written down yet, or just was.
type News struct {
	Resumed bool    // a pause came to its own end
	Breach  *Breach // nil if none
	Steps   []Step  // rising
}

// IsZero reports whether there is nothing to write down.
func (n News) IsZero() bool { return !n.Resumed && n.Breach == nil && len(n.Steps) == 0 }

// Told returns the step that people hear of; false if there is none.
func (n News) Told() (Step, bool) {
	if len(n.Steps) == 0 || !n.Steps[len(n.Steps)-1].Told {
		return Step{}, false
	}
	return n.Steps[len(n.Steps)-1], true
}

// Due returns what has fallen due by now and is not recorded, each with its true instant. A clock that jumps back
// owes nothing twice. What falls due at the very instant of an answer came before it.
func (c Clock) Due(now time.Time) News {
	now = second(now)
	if stop := c.stop(); !stop.IsZero() && stop.Before(now) {
		now = stop
	}
	var news News
	if c.IsZero() {
		return news
	}
	if p, ok := c.open(); ok && !now.Before(p.Until) {
		news.Resumed = true
	}
	if !c.DueAt.IsZero() && !now.Before(c.DueAt) && !c.breached() {
		news.Breach = &Breach{Sequence: c.Sequence, At: c.DueAt}
	}
	for _, p := range c.Plan {
		if !now.Before(p.At) && !c.stepped(p.Level) {
			r := c.Rules.Ladder[p.Level]
			news.Steps = append(news.Steps, Step{Sequence: c.Sequence, Level: p.Level, To: r.To, Warning: r.Before > 0, At: p.At})
		}
	}
	if n := len(news.Steps); n > 0 {
		news.Steps[n-1].Told = true
	}
	return news
}

// Record writes down what has fallen due by now and returns it.
func (c *Clock) Record(now time.Time) News {
	news := c.Due(now)
	if news.Resumed {
		c.Pauses = c.closed(now)
	}
	if news.Breach != nil {
		news.Breach.RecordedAt = second(now)
		c.Breaches = append(slices.Clone(c.Breaches), *news.Breach)
	}
	if len(news.Steps) > 0 {
		for i := range news.Steps {
			news.Steps[i].RecordedAt = second(now)
		}
		c.Steps = append(slices.Clone(c.Steps), news.Steps...)
	}
	return news
}

// breached reports whether the breach of the present promise is recorded.
func (c Clock) breached() bool {
	return slices.ContainsFunc(c.Breaches, func(b Breach) bool { return b.Sequence == c.Sequence })
}

// stepped reports whether the level is recorded for the present promise.
func (c Clock) stepped(level int) bool {
	return slices.ContainsFunc(c.Steps, func(s Step) bool { return s.Sequence == c.Sequence && s.Level == level })
}

// untold takes back that anybody is told of steps that were found only when the clock stopped: nobody has to act.
func (n News) untold(c *Clock) News {
	for i := range n.Steps {
		n.Steps[i].Told = false
		c.Steps[len(c.Steps)-len(n.Steps)+i].Told = false
	}
	return n
}

// NextStepAt returns when a sweep has to look at the clock again; false when never. It is what a sparse index holds.
// An incomplete clock is looked at by every sweep, which tries to complete it and complains while it cannot.
func (c Clock) NextStepAt() (time.Time, bool) {
	switch {
	case !c.Running():
		return time.Time{}, false
	case c.Incomplete:
		return c.StartedAt, true
	}
	var next time.Time
	sooner := func(at time.Time) {
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	if p, ok := c.open(); ok {
		sooner(p.Until)
	}
	if !c.breached() {
		sooner(c.DueAt)
	}
	for _, p := range c.Plan {
		if !c.stepped(p.Level) {
			sooner(p.At)
		}
	}
	return next, !next.IsZero()
}
