package deliberation

import (
	"time"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Terms are what a community promises about what residents bring, and the days they are counted in.
type Terms struct {
	Policy deadline.Policy
	Days   *calendar.Calendar
	// CloseDays is after how many days a resolved topic closes by itself.
	CloseDays int
}

// TermsOf returns the terms of a community's settings.
func TermsOf(s community.Settings, days *calendar.Calendar) Terms {
	p := s.Promises.Effective()
	policy := deadline.DefaultPolicy()
	policy.Name, policy.Version = "community", s.Promises.Version+1
	policy.Terms = map[deadline.Kind]deadline.Term{
		deadline.Acceptance: {N: p.AcceptDays, Unit: deadline.WorkingDays},
		deadline.Resolution: {N: p.ResolveDays, Unit: deadline.WorkingDays},
	}
	policy.Ladder = []deadline.Rung{policy.Ladder[0]} // the warning to who has it stays
	for _, step := range p.Ladder {
		rung := deadline.Rung{To: deadline.Recipient(step.To)}
		if step.Days > 0 {
			rung.After = deadline.Term{N: step.Days, Unit: deadline.WorkingDays}
		}
		policy.Ladder = append(policy.Ladder, rung)
	}
	return Terms{Policy: policy, Days: days, CloseDays: p.CloseDays}
}

// closeAt returns when a topic resolved at an instant closes by itself.
func (x Terms) closeAt(resolved time.Time) time.Time {
	return resolved.Add(time.Duration(x.CloseDays) * 24 * time.Hour)
}

// start begins a clock, or the next one of its kind when the one before has stopped. Where the calendar ends, the clock
// is incomplete and the sweep complains; nothing else keeps a clock from being started.
func (x Terms) start(c deadline.Clock, kind deadline.Kind, now time.Time) deadline.Clock {
	var next deadline.Clock
	if c.IsZero() {
		next, _ = deadline.Start(x.Policy, kind, x.Days, now) // its error is in the clock: Incomplete
	} else {
		next, _ = c.Reopen(x.Policy, x.Days, now)
	}
	if next.IsZero() {
		return c
	}
	return next
}

// startAcceptance promises that somebody will say who takes it on. It begins with the first answer, where an answer
// was promised.
func (t *Topic) startAcceptance(x Terms, now time.Time) {
	if t.Clock == nil || !t.Kind.Undertakes() || t.Stage != "" || t.Acceptance.Running() {
		return
	}
	t.Acceptance = x.start(t.Acceptance, deadline.Acceptance, now)
}

// startResolution promises when it will be done.
func (t *Topic) startResolution(x Terms, now time.Time) {
	if !t.Resolution.Running() {
		t.Resolution = x.start(t.Resolution, deadline.Resolution, now)
	}
}

// hasten brings the day of resolution nearer where the catalogue promises the item sooner. It never puts it off, and
// never on a day that has passed.
func (t *Topic) hasten(e Errand, x Terms, by identity.Actor, now time.Time) {
	if e.Days == 0 || !t.Resolution.Running() || t.Resolution.DueAt.IsZero() {
		return
	}
	sooner := x.Policy
	sooner.Terms = map[deadline.Kind]deadline.Term{deadline.Resolution: {N: e.Days, Unit: deadline.WorkingDays}}
	other, err := deadline.Start(sooner, deadline.Resolution, x.Days, t.Resolution.StartedAt)
	if err != nil || !other.DueAt.Before(t.Resolution.DueAt) || !other.DueAt.After(now) {
		return
	}
	c := t.Resolution
	if _, err := c.Merge(x.Days, other, e.ItemName, t.person(by), now); err == nil {
		t.Resolution = c
	}
}

// inherit takes over the promises of a topic merged into this one: of two the earlier holds.
func (t *Topic) inherit(from Topic, x Terms, by identity.Actor, now time.Time) error {
	if t.Clock != nil && t.Clock.Running() && from.Clock != nil {
		c := *t.Clock
		c.hasten(from.Clock.Rounds)
		t.Clock = &c
	}
	for _, pair := range []struct {
		into *deadline.Clock
		from deadline.Clock
	}{{&t.Acceptance, from.Acceptance}, {&t.Resolution, from.Resolution}} {
		pair.from.Reinstate()
		c := *pair.into
		if _, err := c.Merge(x.Days, pair.from, from.Title, t.person(by), now); err != nil {
			return err
		}
		*pair.into = c
	}
	return nil
}

// hasten takes another promise's Rounds where they are earlier. Steps that were taken stay.
func (c *ResponseClock) hasten(rounds []time.Time) {
	kept := append([]time.Time(nil), c.Rounds...)
	for i := len(c.Steps); i < min(len(kept), len(rounds)); i++ {
		if rounds[i].Before(kept[i]) {
			kept[i] = rounds[i]
		}
	}
	c.Rounds = kept
	if len(kept) > 0 {
		c.DueAt = kept[0]
	}
}

// catchUpWork records what has fallen due of the clocks of acceptance and resolution: the end of a pause, a missed date,
// the steps of the ladder. Only the highest step is told.
func (t *Topic) catchUpWork(now time.Time) []docstore.Fact {
	var facts []docstore.Fact
	for _, c := range []*deadline.Clock{&t.Acceptance, &t.Resolution} {
		if c.IsZero() {
			continue
		}
		until := pauseEnd(*c)
		news := c.Record(now)
		if news.Resumed {
			facts = append(facts, t.missed(TopicUnanswered, *c, until, ""))
		}
		if news.Breach != nil {
			facts = append(facts, t.missed(TopicMissed, *c, news.Breach.At, string(c.Kind)))
		}
		if step, ok := news.Told(); ok {
			facts = append(facts, t.escalated(*c, step))
		}
	}
	return facts
}

// pauseEnd returns the own end of the clock's last pause.
func pauseEnd(c deadline.Clock) time.Time {
	if n := len(c.Pauses); n > 0 {
		return c.Pauses[n-1].Until
	}
	return time.Time{}
}

// missed writes down what happened to a clock by itself, at its true time.
func (t *Topic) missed(what string, c deadline.Clock, at time.Time, reason string) docstore.Fact {
	t.History = append(t.History[:len(t.History):len(t.History)], Entry{What: what, Actor: patrol.Ref(), At: at, Reason: reason, Public: true})
	f := fact(what, patrol, at, Progress{About: t.about(), Status: t.Status, Clock: c.Kind, Sequence: c.Sequence, DueAt: c.DueAt})
	return f
}

// escalated tells of a step of the ladder. Its key in the data makes it one notice per step and person.
func (t *Topic) escalated(c deadline.Clock, step deadline.Step) docstore.Fact {
	p := Progress{
		About: t.about(), Status: t.Status, Clock: c.Kind, Sequence: step.Sequence, DueAt: c.DueAt,
		To: step.To, Warning: step.Warning, Key: string(c.Kind) + "/" + step.Key(),
	}
	if !step.Warning {
		t.History = append(t.History[:len(t.History):len(t.History)], Entry{What: TopicEscalated, Actor: patrol.Ref(), At: step.At, Reason: string(step.To), Public: true})
	}
	p.errand(t.Work)
	return fact(TopicEscalated, patrol, step.At, p)
}

// stopWork ends the clocks of acceptance and resolution: nobody owes anything any more.
func (t *Topic) stopWork(now time.Time) {
	for _, c := range []*deadline.Clock{&t.Acceptance, &t.Resolution} {
		if !c.IsZero() {
			c.End(now)
		}
	}
}

// workAt returns when a sweep has to look at the topic's work again; false when never.
func (t Topic) workAt() (at time.Time, ok bool) {
	if t.Status.Ended() {
		return at, false
	}
	sooner := func(x time.Time) {
		if !ok || x.Before(at) {
			at, ok = x, true
		}
	}
	for _, c := range []deadline.Clock{t.Acceptance, t.Resolution} {
		if next, owed := c.NextStepAt(); owed {
			sooner(next)
		}
	}
	if t.Status == Resolved && !t.CloseAt.IsZero() {
		sooner(t.CloseAt)
	}
	return at, ok
}

// Asked returns the clock that waits for the author's reply at now; false if none does.
func (t Topic) Asked(now time.Time) (deadline.Clock, bool) {
	for _, c := range []deadline.Clock{t.Resolution, t.Acceptance} {
		if c.Waiting(now) {
			return c, true
		}
	}
	return deadline.Clock{}, false
}

// person describes who does something to a clock.
func (t Topic) person(by identity.Actor) deadline.Person {
	p := deadline.Person{ID: by.Ref()}
	if !by.System {
		p.Name, p.Role = by.NameAt(t.placeOf(by))
	}
	return p
}
