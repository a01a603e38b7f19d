package digest

import (
	"errors"
	"slices"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Answering is the clock of the town's answer.
const Answering deadline.Kind = "digest_answer"

// AnswerDays is how many working days the town has. It is our default and nobody's rule; a digest keeps what it was promised.
const AnswerDays = 20

// policy is what passing up promises; its version rises when the numbers in it change. The town is warned and told, then the
// secretary who waits for it, then everybody reads it.
func policy() deadline.Policy {
	return deadline.Policy{
		Name: "digest", Version: 1,
		Terms: map[deadline.Kind]deadline.Term{Answering: {N: AnswerDays, Unit: deadline.WorkingDays}},
		Ladder: []deadline.Rung{
			{Before: 20, To: deadline.ToOwner},
			{To: deadline.ToTown},
			{After: deadline.Term{N: 3, Unit: deadline.WorkingDays}, To: deadline.ToSecretary},
			{After: deadline.Term{N: 5, Unit: deadline.WorkingDays}, To: deadline.ToPublic},
		},
	}
}

var (
	errReason  = fault.New(fault.Invalid, "digest.reason_needed").On("words")
	errReturns = fault.New(fault.Conflict, "digest.returned_enough").With("max", maxReturns)
	errAnswers = fault.New(fault.Conflict, "digest.too_many_answers").With("max", MaxAnswers)
)

// Submit passes the digest up: the second person. The town's time begins to run. The error of a calendar that ends too early
// comes with the facts, which are to be saved (deadline.Start).
func (d *Digest) Submit(weights map[GroupID]Weight, seen int, h hand, cal *calendar.Calendar, now time.Time) ([]docstore.Fact, error) {
	if d.State == Submitted && d.SubmittedBy.Account == h.Account {
		return nil, docstore.ErrUnchanged
	}
	if err := d.may(MoveSubmit, seen); err != nil {
		return nil, err
	}
	if d.SortedBy.Account == h.Account {
		return nil, ErrSamePerson
	}
	if err := d.weigh(weights); err != nil {
		return nil, err
	}
	start := func() (deadline.Clock, error) { return deadline.Start(policy(), Answering, cal, now) }
	if !d.Clock.IsZero() {
		start = func() (deadline.Clock, error) { return d.Clock.Reopen(policy(), cal, now) }
	}
	clock, beyond := start()
	if beyond != nil && !errors.Is(beyond, calendar.ErrBeyond) {
		return nil, beyond
	}
	d.State, d.Clock, d.SubmittedBy, d.Reason = Submitted, clock, h.Author, ""
	if d.SubmittedAt.IsZero() {
		d.SubmittedAt = now
	}
	d.note(PassedUp, h, "", "", now)
	facts := []docstore.Fact{fact(PassedUp, h, now, d.news(h))}
	for _, g := range d.Groups {
		facts = append(facts, fact(GroupPassed, h, now, d.about(g, h, "")))
	}
	return facts, beyond
}

// Return asks the community for more, with a reason. Nobody owes an answer until it is passed up again, which is a promise
// of its own.
func (d *Digest) Return(why string, seen int, h hand, now time.Time) ([]docstore.Fact, error) {
	if err := d.may(MoveReturn, seen); err != nil {
		return nil, err
	}
	switch {
	case why == "":
		return nil, errReason
	case d.Returns >= maxReturns:
		return nil, errReturns
	}
	d.Clock.End(now)
	d.State, d.Reason, d.Returns = Returned, why, d.Returns+1
	d.note(ReturnedBy, h, "", why, now)
	news := d.news(h)
	news.Words = why
	return append([]docstore.Fact{fact(ReturnedBy, h, now, news)}, d.recalled(why, h, now)...), nil
}

// recalled tells the topics that they are not with the town any more.
func (d Digest) recalled(why string, h hand, now time.Time) []docstore.Fact {
	var facts []docstore.Fact
	for _, g := range d.Groups {
		facts = append(facts, fact(GroupRecalled, h, now, d.about(g, h, why)))
	}
	return facts
}

// Answer says in public what becomes of a group. seen is how many answers of the group the form knew, so that two officers may
// answer two groups at once and never one twice. The last group's answer meets the promise; a further answer supplements.
func (d *Digest) Answer(id GroupID, a Answer, seen int, h hand, now time.Time) ([]docstore.Fact, error) {
	i := d.group(id)
	if i < 0 {
		return nil, errNoGroup
	}
	g := d.Groups[i]
	switch {
	case slices.ContainsFunc(g.Answers, func(x Answer) bool { return x.ID == a.ID && x.By.Account == h.Account }):
		return nil, docstore.ErrUnchanged
	case !d.State.Allows(MoveAnswer):
		return nil, ErrState.With("state", d.State).With("step", MoveAnswer)
	case len(g.Answers) != seen:
		return nil, ErrStale
	case len(g.Answers) >= MaxAnswers:
		return nil, errAnswers
	}
	a.By, a.At = h.Author, now
	g.Answers = append(slices.Clip(g.Answers), a)
	d.Groups = slices.Clone(d.Groups)
	d.Groups[i] = g
	what := answered(a.Verdict)
	d.note(what, h, g.Heading, a.Why, now)
	facts := []docstore.Fact{fact(what, h, now, d.about(g, h, a.Why))}
	if d.Left() > 0 {
		return facts, nil
	}
	d.CloseAt = now.AddDate(0, 0, keptOpen)
	if d.State == Answered {
		return facts, nil
	}
	d.Clock.Meet(now)
	d.State, d.AnsweredAt = Answered, now
	return append(facts, fact(AllAnswered, h, now, d.news(h))), nil
}

// Close says that nothing more will be said. An answered digest closes by itself after a while.
func (d *Digest) Close(seen int, h hand, now time.Time) ([]docstore.Fact, error) {
	if d.State == Closed {
		return nil, docstore.ErrUnchanged
	}
	if err := d.may(MoveClose, seen); err != nil {
		return nil, err
	}
	d.State, d.EndedAt, d.CloseAt = Closed, now, time.Time{}
	d.note(Ended, h, "", "", now)
	return []docstore.Fact{fact(Ended, h, now, d.news(h))}, nil
}

// Withdraw takes the digest back, with a reason. What the town has begun to answer stays.
func (d *Digest) Withdraw(why string, seen int, h hand, now time.Time) ([]docstore.Fact, error) {
	if d.State == Withdrawn {
		return nil, docstore.ErrUnchanged
	}
	if err := d.may(MoveWithdraw, seen); err != nil {
		return nil, err
	}
	if why == "" {
		return nil, errReason
	}
	was := d.State
	d.Clock.End(now)
	d.State, d.Reason, d.EndedAt = Withdrawn, why, now
	d.note(TakenBack, h, "", why, now)
	news := d.news(h)
	news.Words = why
	facts := []docstore.Fact{fact(TakenBack, h, now, news)}
	if was == Submitted {
		facts = append(facts, d.recalled(why, h, now)...)
	}
	return facts, nil
}

// watch completes the clock, writes down what has fallen due and closes what has been answered long enough.
func (d *Digest) watch(cal *calendar.Calendar, now time.Time) ([]docstore.Fact, error) {
	if d.State == Answered && !d.CloseAt.IsZero() && !now.Before(d.CloseAt) {
		return d.Close(d.Revision, patrol, d.CloseAt)
	}
	beyond := d.Clock.Complete(cal)
	found := d.Clock.Record(now)
	if found.IsZero() {
		return nil, beyond
	}
	news := d.news(patrol)
	if step, ok := found.Told(); ok {
		news.Step, news.Warning = step.To, step.Warning
	}
	return []docstore.Fact{fact(Late, patrol, now, news)}, beyond
}

// next returns when the watch has to look; false when never.
func (d Digest) next() (time.Time, bool) {
	if d.State == Answered {
		return d.CloseAt, !d.CloseAt.IsZero()
	}
	return d.Clock.NextStepAt()
}
