package hall

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// OutcomeKind says what a session came to.
type OutcomeKind string

// Kinds of outcomes.
const (
	Consensus  OutcomeKind = "consensus"    // people agree; it is carried out
	NoAgreed   OutcomeKind = "no_consensus" // they do not, and it rests
	ToCovenant OutcomeKind = "covenant"     // it becomes a covenant
	ToProject  OutcomeKind = "project"      // proposed as a project
	ToVote     OutcomeKind = "vote"         // to be voted on; label and rule are recorded
	Refused    OutcomeKind = "refused"      // it cannot be done, with the reason
)

// OutcomeKinds lists them in the order pages offer them.
func OutcomeKinds() []OutcomeKind {
	return []OutcomeKind{Consensus, ToCovenant, ToProject, ToVote, NoAgreed, Refused}
}

// owes reports whether somebody must report what became of it.
func (k OutcomeKind) owes() bool { return k != NoAgreed && k != Refused }

// MaxPromise is how far the report of an execution may be promised.
const MaxPromise = 366 * 24 * time.Hour

// Bounds of a vote's label and rule, in runes.
const (
	MaxLabel = 30
	MaxRule  = 300
)

// Outcome is what was decided, and by when its execution is reported.
type Outcome struct {
	Kind OutcomeKind `json:"kind"`
	Text string      `json:"text"`
	// Reason is needed where nothing is carried out, and for a project, whose proposer must say why.
	Reason string `json:"reason,omitempty"`
	// Draft is the version that was agreed on, 0 if none.
	Draft int `json:"draft,omitempty"`
	// Label and Rule say what sort of vote it is to be and how it is counted (to vote only).
	Label string              `json:"label,omitempty"`
	Rule  string              `json:"rule,omitempty"`
	By    deliberation.Author `json:"by"`
	At    time.Time           `json:"at"`
	// DueAt is until when the execution is reported; residents see it. Zero where nothing is owed.
	DueAt time.Time `json:"due_at,omitzero"`
	// BreachedAt is DueAt once a sweep has recorded that nothing was reported by then. It stays.
	BreachedAt time.Time `json:"breached_at,omitzero"`
	// DoneAt is when the final report came.
	DoneAt time.Time `json:"done_at,omitzero"`
}

// Late reports how long past the promise the final report came or, without one, it is now.
func (o Outcome) Late(now time.Time) time.Duration {
	if o.DueAt.IsZero() {
		return 0
	}
	at := now
	if !o.DoneAt.IsZero() {
		at = o.DoneAt
	}
	return max(0, at.Sub(o.DueAt))
}

// Report tells residents what has become of the outcome so far.
type Report struct {
	ID    string              `json:"id"`
	Body  string              `json:"body"`
	Final bool                `json:"final,omitempty"`
	Late  bool                `json:"late,omitempty"`
	By    deliberation.Author `json:"by"`
	At    time.Time           `json:"at"`
}

var (
	errOutcomeKind  = fault.New(fault.Invalid, "hall.bad_outcome").On("kind")
	errOutcomeText  = fault.New(fault.Invalid, "hall.outcome_empty").On("text")
	errOutcomeRule  = fault.New(fault.Invalid, "hall.rule_needed").On("rule")
	errDue          = fault.New(fault.Invalid, "hall.bad_due").On("due")
	errReportEmpty  = fault.New(fault.Invalid, "hall.report_empty").On("body")
	errDecidedOther = fault.New(fault.Conflict, "hall.decided_already")
)

// check refuses an outcome that leaves out what its kind needs.
func (o Outcome) check(now time.Time) error {
	if !slices.Contains(OutcomeKinds(), o.Kind) {
		return errOutcomeKind.With("kind", o.Kind)
	}
	explained := o.Kind.owes() && o.Kind != ToProject || o.Reason != ""
	due := !o.Kind.owes() && o.DueAt.IsZero() || o.DueAt.After(now) && !o.DueAt.After(now.Add(MaxPromise))
	return deliberation.Joined(
		fault.When(o.Text == "", errOutcomeText),
		fault.When(!explained, errReasonNeeded),
		fault.When(o.Kind == ToVote && (o.Label == "" || o.Rule == ""), errOutcomeRule),
		fault.When(!due, errDue.With("days", int(MaxPromise/(24*time.Hour)))),
	)
}

// Decide records the outcome. Where nothing is owed the session is done with it.
func (s *Session) Decide(o Outcome, now time.Time) ([]docstore.Fact, error) {
	if d := s.Outcome; d != nil {
		if d.By.Account == o.By.Account && d.Kind == o.Kind && d.Text == o.Text {
			return nil, docstore.ErrUnchanged // the same form again
		}
		return nil, errDecidedOther
	}
	if err := s.may(moveDecide, now); err != nil {
		return nil, err
	}
	if o.Draft != 0 {
		if _, err := s.Draft(o.Draft); err != nil {
			return nil, err
		}
	}
	if err := o.check(now); err != nil {
		return nil, err
	}
	o.At = now
	s.State = Decided
	if !o.Kind.owes() {
		s.State, o.DueAt = Done, time.Time{}
	}
	s.Outcome = &o
	s.note(SessionDecided, o.By, o.Text, now)
	data := SessionOutcome{About: s.about(), Linked: s.linked(o.By), Kind: o.Kind, Text: o.Text, Reason: o.Reason, DueAt: o.DueAt}
	return []docstore.Fact{fact(SessionDecided, o.By.Account, now, data)}, nil
}

// Report tells what has become of the outcome; the final one ends the duty.
func (s *Session) Report(r Report, now time.Time) ([]docstore.Fact, error) {
	if slices.ContainsFunc(s.Reports, func(x Report) bool { return x.ID == r.ID }) {
		return nil, docstore.ErrUnchanged
	}
	if err := s.may(moveReport, now); err != nil {
		return nil, err
	}
	if len(s.Reports) >= MaxReports {
		return nil, errFull.With("max", MaxReports)
	}
	facts := s.breach(now)
	r.At, r.Late = now, s.Outcome.Late(now) > 0
	s.Reports = append(slices.Clip(s.Reports), r)
	if r.Final {
		o := *s.Outcome
		o.DoneAt = now
		s.Outcome, s.State = &o, Done
	}
	s.note(SessionReported, r.By, "", now)
	data := Reported{About: s.about(), Excerpt: excerpt(r.Body), Final: r.Final, Late: r.Late}
	if r.Final {
		data.Linked = s.linked(r.By)
	}
	return append(facts, fact(SessionReported, r.By.Account, now, data)), nil
}

// breach records that the promise has passed without a final report, once. A report records it too, so
// that the facts do not depend on whether the sweep or the report came first.
func (s *Session) breach(now time.Time) []docstore.Fact {
	o := s.Outcome
	if s.State != Decided || o.DueAt.IsZero() || now.Before(o.DueAt) || !o.BreachedAt.IsZero() {
		return nil
	}
	b := *o
	b.BreachedAt = o.DueAt
	s.Outcome = &b
	s.note(SessionOverdue, deliberation.Author{}, "", b.DueAt)
	return []docstore.Fact{{Type: SessionOverdue, Actor: keeping.Ref(), At: now, Data: Overdue{s.about(), b.DueAt}}}
}

// RoundOver records, once, that a round has ended and waits to be summed up.
func (s *Session) roundOver(now time.Time) []docstore.Fact {
	last := len(s.Rounds) - 1
	if s.State != Talking || s.Rounds[last].Told || now.Before(s.Rounds[last].Ends) {
		return nil
	}
	s.Rounds = slices.Clone(s.Rounds)
	s.Rounds[last].Told = true
	return []docstore.Fact{{Type: SessionRoundOver, Actor: keeping.Ref(), At: now, Data: RoundClosed{About: s.about(), Round: s.Rounds[last].N}}}
}

// nextStep returns the instant at which a sweep has something to record.
func (s Session) nextStep() (time.Time, bool) {
	switch {
	case s.State == Talking && !s.Round().Told:
		return s.Round().Ends, true
	case s.State == Decided && !s.Outcome.DueAt.IsZero() && s.Outcome.BreachedAt.IsZero():
		return s.Outcome.DueAt, true
	}
	return time.Time{}, false
}
