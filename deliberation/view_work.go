package deliberation

import (
	"slices"
	"time"

	"jushou/internal/deadline"
)

// explainWork fills in where the clocks after the answer stand.
func (v *TopicView) explainWork(now time.Time) {
	v.Speaks = v.Voices()
	if !v.Acceptance.IsZero() {
		v.Accept = v.Acceptance.Explain(now)
	}
	if !v.Resolution.IsZero() {
		v.Resolve = v.Resolution.Explain(now)
	}
	if c, asked := v.Topic.Asked(now); asked {
		p := c.Pauses[len(c.Pauses)-1]
		v.Asked, v.Question, v.Until = true, p.Question, p.Until
	}
}

// mayWork says which steps of the work a page should offer.
func (s sight) mayWork(t Topic) May {
	if t.Stage == "" && !t.Status.Allows(MoveAccept) && !t.Status.Allows(MoveMerge) || !t.Kind.Undertakes() {
		return May{}
	}
	allows, me := t.Status.Allows, s.actor.ID
	var w Work
	if t.Work != nil {
		w = *t.Work
	}
	_, more := t.Resolution.Asked()
	_, none := t.running()
	own := t.speaksFor(me) && !w.touched(me)
	return May{
		Accept:   s.accept && allows(MoveAccept),
		Refuse:   s.accept && allows(MoveRefuse),
		Ask:      s.accept && allows(MoveAsk) && none == nil && !t.paused(),
		Dispatch: s.dispatch && allows(MoveDispatch),
		Contest:  s.handle && allows(MoveContest) && w.contested() == nil,
		Review:   s.dispatch && allows(MoveReview) && w.contested() != nil && w.contested().By.Account != me,
		Take:     s.handle && allows(MoveTake) && w.contested() == nil,
		Report:   s.handle && allows(MoveReport),
		Verify:   s.verify && allows(MoveVerify) && !w.handledBy(me) && !t.IsAuthor(me),
		Uphold:   s.verify && allows(MoveUphold) && !w.touched(me) && !t.IsAuthor(me),
		Confirm:  own && allows(MoveConfirm),
		Dispute:  own && allows(MoveDispute) && !w.Disputed,
		Reopen:   s.dispatch && allows(MoveReopen),
		Merge:    s.dispatch && allows(MoveMerge),
		Move:     s.dispatch && allows(MoveBoard),

		AskExtension:    s.handle && allows(MoveExtend) && t.Resolution.Running() && !more,
		DecideExtension: s.extend && allows(MoveExtend) && more,
	}
}

// nameless takes the accounts out of what residents get; names and titles of people in a role stay.
func (v *TopicView) nameless() {
	v.Absorbed = slices.Clone(v.Absorbed)
	for i := range v.Absorbed {
		v.Absorbed[i].Author = ""
	}
	v.Acceptance, v.Resolution = namelessClock(v.Acceptance), namelessClock(v.Resolution)
	for _, e := range []*deadline.Explanation{&v.Accept, &v.Resolve} {
		e.Extended = slices.Clone(e.Extended)
		for i := range e.Extended {
			e.Extended[i].By.ID, e.Extended[i].AskedBy.ID = "", ""
		}
	}
	if v.Work != nil {
		v.Work = v.Work.nameless()
	}
}

func (w Work) nameless() *Work {
	w.Handled = nil
	if w.Handler != nil {
		h := *w.Handler
		h.Account = ""
		w.Handler = &h
	}
	w.Contests = slices.Clone(w.Contests)
	for i := range w.Contests {
		w.Contests[i].By.Account = ""
		if d := w.Contests[i].Decided; d != nil {
			h := *d
			h.Account = ""
			w.Contests[i].Decided = &h
		}
	}
	w.Reports, w.Checks = slices.Clone(w.Reports), slices.Clone(w.Checks)
	for i := range w.Reports {
		w.Reports[i].By.Account = ""
	}
	for i := range w.Checks {
		w.Checks[i].By.Account = ""
	}
	return &w
}

func namelessClock(c deadline.Clock) deadline.Clock {
	if c.IsZero() {
		return c
	}
	c.Promises, c.Pauses, c.Requests = slices.Clone(c.Promises), slices.Clone(c.Pauses), slices.Clone(c.Requests)
	for i := range c.Promises {
		c.Promises[i].By.ID, c.Promises[i].AskedBy.ID = "", ""
	}
	for i := range c.Pauses {
		c.Pauses[i].By.ID = ""
	}
	for i := range c.Requests {
		c.Requests[i].By.ID, c.Requests[i].DecidedBy.ID = "", ""
	}
	c.Earlier = slices.Clone(c.Earlier)
	for i := range c.Earlier {
		c.Earlier[i] = namelessClock(c.Earlier[i])
	}
	return c
}
