package digest

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

var (
	errVerdict  = fault.New(fault.Invalid, "digest.verdict_needed").On("verdict")
	errWhy      = fault.New(fault.Invalid, "digest.why_needed").On("why")
	errWhyLen   = fault.New(fault.Invalid, "digest.why_too_long").On("why")
	errWho      = fault.New(fault.Invalid, "digest.who_needed").On("who")
	errWhoLen   = fault.New(fault.Invalid, "digest.who_too_long").On("who")
	errUntil    = fault.New(fault.Invalid, "digest.until_needed").On("until")
	errUntilLen = fault.New(fault.Invalid, "digest.until_too_long").On("until")
	errUntilDay = fault.New(fault.Invalid, "digest.until_passed").On("until_day")
)

// AnswerGroup is the town's answer to a group.
type AnswerGroup struct {
	Digest ID
	Group  GroupID
	Seen   int // how many answers of the group the form knew
	Answer     // ID is the form's token; By and At are filled in
}

// AnswerGroup answers in public.
func (s *Service) AnswerGroup(ctx context.Context, actor identity.Actor, cmd AnswerGroup) (View, error) {
	a := Answer{ID: cmd.ID, Verdict: cmd.Verdict, Why: deliberation.Clean(cmd.Why)}
	if a.Verdict.Takes() {
		a.Who, a.Until, a.UntilDay = deliberation.Line(cmd.Who), deliberation.Line(cmd.Until), cmd.UntilDay
	}
	d, h, err := s.at(ctx, actor, cmd.Digest, identity.AnswerDigest)
	if err != nil {
		return View{}, err
	}
	passed := a.dated() && a.UntilDay.Before(s.Calendar.DateAt(s.Now()))
	if err := deliberation.Joined(a.check(), fault.When(passed, errUntilDay), deliberation.CheckToken(a.ID)); err != nil {
		return View{}, err
	}
	return s.save(ctx, actor, d.ID, h, func(d *Digest, h hand, now time.Time) ([]docstore.Fact, error) {
		return d.Answer(cmd.Group, a, cmd.Seen, h, now)
	})
}

// check tells all faults of an answer at once. What is taken up names who does it and until when.
func (a Answer) check() error {
	return deliberation.Joined(
		fault.When(!slices.Contains(Verdicts(), a.Verdict), errVerdict),
		fault.When(a.Why == "", errWhy), deliberation.Within(a.Why, MaxWhy, errWhyLen),
		fault.When(a.Verdict.Takes() && a.Who == "", errWho), deliberation.Within(a.Who, MaxWho, errWhoLen),
		fault.When(a.Verdict.Takes() && a.Until == "" && !a.dated(), errUntil), deliberation.Within(a.Until, MaxUntil, errUntilLen),
	)
}

// ReturnDigest asks the community for more, with a reason.
func (s *Service) ReturnDigest(ctx context.Context, actor identity.Actor, id ID, why string, seen int) (View, error) {
	return s.stepWith(ctx, actor, id, identity.AnswerDigest, why, func(d *Digest, why string, h hand, now time.Time) ([]docstore.Fact, error) {
		return d.Return(why, seen, h, now)
	})
}
