package deliberation

import (
	"time"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

var (
	errNoClock  = fault.New(fault.Conflict, "topic.no_clock")
	errQuestion = fault.New(fault.Invalid, "topic.question_needed").On("question")
)

// running returns the clock that runs after the answer: of resolution, or before that of acceptance.
func (t *Topic) running() (*deadline.Clock, error) {
	switch {
	case t.Resolution.Running():
		return &t.Resolution, nil
	case t.Acceptance.Running():
		return &t.Acceptance, nil
	}
	return nil, errNoClock
}

// Ask asks the author a question, which everybody reads and which is the only thing that stops a clock. How often and
// how long is capped, and the wait ends by itself.
func (t *Topic) Ask(by identity.Actor, question string, x Terms, now time.Time) ([]docstore.Fact, error) {
	if _, err := t.step(MoveAsk); err != nil {
		return nil, err
	}
	if question == "" {
		return nil, errQuestion
	}
	return t.try(func(t *Topic) ([]docstore.Fact, error) {
		c, err := t.running()
		if err != nil {
			return nil, err
		}
		facts := t.catchUp(now)
		if _, err := c.Pause(x.Days, question, t.person(by), now); err != nil {
			return nil, err
		}
		return append(facts, t.progress(TopicAsked, by, question, now, func(p *Progress) {
			p.Clock, p.Until, p.DueAt = c.Kind, pauseEnd(*c), c.DueAt
		})), nil
	})
}

// Reply lets the clock run again from at on, because the author said something, by whatever way it came. A clock that
// does not wait, or whose wait had ended by itself, changes nothing.
func (t *Topic) Reply(by identity.Actor, x Terms, at time.Time) ([]docstore.Fact, error) {
	waiting, ok := t.Asked(at)
	if !ok || t.Status.Ended() || at.Before(waiting.Pauses[len(waiting.Pauses)-1].From) {
		return nil, docstore.ErrUnchanged
	}
	return t.try(func(t *Topic) ([]docstore.Fact, error) {
		facts := t.catchUp(at)
		c := &t.Acceptance
		if waiting.Kind == deadline.Resolution {
			c = &t.Resolution
		}
		if _, _, err := c.Resume(x.Days, at); err != nil {
			return nil, err
		}
		return append(facts, t.progress(TopicReplied, by, "", at, func(p *Progress) { p.Clock, p.DueAt = c.Kind, c.DueAt })), nil
	})
}

// AskExtension asks for a later day of resolution. The clock runs on until a second person grants it.
func (t *Topic) AskExtension(by identity.Actor, to calendar.Date, reason string, x Terms, now time.Time) ([]docstore.Fact, error) {
	return t.extension(TopicMoreAsked, by, reason, now, func(c *deadline.Clock) error {
		return c.AskExtension(x.Days, to, reason, t.person(by), now)
	})
}

// GrantExtension grants it. The earlier day stays readable, and if it had passed, so does that.
func (t *Topic) GrantExtension(by identity.Actor, x Terms, now time.Time) ([]docstore.Fact, error) {
	r, _ := t.Resolution.Asked()
	return t.extension(TopicExtended, by, r.Reason, now, func(c *deadline.Clock) error {
		_, err := c.GrantExtension(x.Days, t.person(by), now)
		return err
	})
}

// RefuseExtension leaves the day as it is; refusing somebody else's request needs a reason.
func (t *Topic) RefuseExtension(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	return t.extension(TopicNotExtended, by, reason, now, func(c *deadline.Clock) error {
		return c.RefuseExtension(reason, t.person(by), now)
	})
}

func (t *Topic) extension(what string, by identity.Actor, reason string, now time.Time, change func(*deadline.Clock) error) ([]docstore.Fact, error) {
	if _, err := t.step(MoveExtend); err != nil {
		return nil, err
	}
	return t.try(func(t *Topic) ([]docstore.Fact, error) {
		facts := t.catchUp(now)
		if err := change(&t.Resolution); err != nil {
			return nil, err
		}
		return append(facts, t.progress(what, by, reason, now, func(p *Progress) {
			p.Clock, p.DueAt = deadline.Resolution, t.Resolution.DueAt
		})), nil
	})
}
