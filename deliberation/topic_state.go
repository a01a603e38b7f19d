package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Status is a topic's state. docs/deliberation.md draws the machine.
type Status string

// States. From Accepted on they are stages of the matter itself, which hiding and holding only cover (Topic.Stage).
const (
	Held      Status = "held"      // waits for staff before others see it; the clock runs on
	Waiting   Status = "waiting"   // public, an answer is owed
	Open      Status = "open"      // public on a board that promises no answer
	Responded Status = "responded" // an official answer is given
	Withdrawn Status = "withdrawn" // by its author
	Hidden    Status = "hidden"    // by staff, with a reason shown in its place

	Accepted     Status = "accepted"     // 受理: somebody will see to it
	Refused      Status = "refused"      // not taken up, with the reason
	Dispatched   Status = "dispatched"   // 任务派遣: a department has it
	InHand       Status = "in_hand"      // 任务处理: somebody works on it
	Reported     Status = "reported"     // 结果反馈: the handler says what was done
	Resolved     Status = "resolved"     // 核查结案: somebody else has looked and agrees
	Disputed     Status = "disputed"     // the author says that it is not solved
	Closed       Status = "closed"       // the author confirmed, said nothing, or the dispute was decided
	Merged       Status = "merged"       // goes on in another topic (Topic.Into)
	Deliberating Status = "deliberating" // 议事厅 talks it over
)

// Statuses lists the states.
func Statuses() []Status {
	return []Status{
		Held, Waiting, Open, Responded, Withdrawn, Hidden,
		Accepted, Refused, Dispatched, InHand, Reported, Resolved, Disputed, Closed, Merged, Deliberating,
	}
}

// Shown reports whether the text is public in the community.
func (s Status) Shown() bool { return s != Held && s != Withdrawn && s != Hidden }

// Ended reports whether nothing more is owed: no clock runs and nobody is reminded.
func (s Status) Ended() bool {
	switch s {
	case Withdrawn, Hidden, Refused, Closed, Merged:
		return true
	}
	return false
}

// Move is a kind of step between states.
type Move string

// Moves.
const (
	MoveAnswer   Move = "answer"
	MoveEdit     Move = "edit"
	MoveComment  Move = "comment"
	MoveWithdraw Move = "withdraw"
	MoveHold     Move = "hold"
	MoveRelease  Move = "release"
	MoveHide     Move = "hide"

	MoveAccept     Move = "accept"
	MoveRefuse     Move = "refuse"
	MoveAsk        Move = "ask"
	MoveDispatch   Move = "dispatch" // the first time and again
	MoveContest    Move = "contest"  // the department says that it is not its business
	MoveReview     Move = "review"   // and is told that it is
	MoveTake       Move = "take"     // in hand
	MoveReport     Move = "report"
	MoveVerify     Move = "verify"
	MoveSendBack   Move = "send_back"
	MoveConfirm    Move = "confirm"
	MoveDispute    Move = "dispute"
	MoveUphold     Move = "uphold" // decides a dispute: the matter is solved
	MoveClose      Move = "close"  // by itself, days after it was resolved
	MoveReopen     Move = "reopen"
	MoveExtend     Move = "extend" // ask for more time, and decide on it
	MoveMerge      Move = "merge"
	MoveBoard      Move = "board" // to another board
	MoveDeliberate Move = "deliberate"
	MoveConclude   Move = "conclude"
)

// Moves lists the kinds of steps.
func Moves() []Move {
	return []Move{
		MoveAnswer, MoveEdit, MoveComment, MoveWithdraw, MoveHold, MoveRelease, MoveHide,
		MoveAccept, MoveRefuse, MoveAsk, MoveDispatch, MoveContest, MoveReview, MoveTake, MoveReport, MoveVerify, MoveSendBack,
		MoveConfirm, MoveDispute, MoveUphold, MoveClose, MoveReopen, MoveExtend, MoveMerge, MoveBoard, MoveDeliberate, MoveConclude,
	}
}

// Allows reports whether a topic in the state may take the step: the whole machine in one table.
func (s Status) Allows(m Move) bool {
	switch m {
	case MoveAnswer, MoveComment, MoveHold:
		return s.Shown() && s != Merged
	case MoveEdit:
		return s == Held || s == Waiting || s == Open
	case MoveWithdraw, MoveHide:
		return s == Held || s.Shown()
	case MoveRelease:
		return s == Held || s == Hidden
	case MoveAccept, MoveRefuse:
		return s == Responded
	case MoveAsk:
		return s == Responded || s == Accepted || s == Dispatched || s == InHand
	case MoveTake:
		return s == Accepted || s == Dispatched
	case MoveDispatch, MoveExtend:
		return s == Accepted || s == Dispatched || s == InHand
	case MoveContest, MoveReview:
		return s == Dispatched
	case MoveReport:
		return s == InHand
	case MoveVerify, MoveSendBack:
		return s == Reported
	case MoveConfirm, MoveDispute, MoveClose:
		return s == Resolved
	case MoveUphold:
		return s == Disputed
	case MoveReopen:
		return s == Refused || s == Closed || s == Disputed
	case MoveMerge:
		return s == Waiting || s == Open || s == Responded || s == Accepted || s == Dispatched || s == InHand
	case MoveBoard:
		return s.Shown() && !s.Ended() && s != Resolved && s != Deliberating
	case MoveDeliberate:
		return s == Waiting || s == Open || s == Responded || s == Accepted
	case MoveConclude:
		return s == Deliberating
	}
	return false
}

func (t *Topic) may(m Move) error {
	if !t.Status.Allows(m) {
		return ErrState.With("state", t.Status).With("step", m)
	}
	if len(t.History) >= MaxHistory && m != MoveWithdraw && m != MoveHide && m != MoveClose {
		return errFull.With("what", "history").With("max", MaxHistory)
	}
	return nil
}

// errReason refuses a step that others must be able to understand.
var errReason = fault.New(fault.Invalid, "topic.reason_needed").On("reason")

// visible is the state a public topic is in, from what it has.
func (t *Topic) visible() Status {
	switch {
	case t.Into != "":
		return Merged
	case t.InHall:
		return Deliberating
	case t.Stage != "":
		return t.Stage
	case t.Answered():
		return Responded
	case t.Clock != nil:
		return Waiting
	}
	return Open
}

// Hold takes the topic out of sight until staff release or hide it. The response clock runs on:
// holding must not be a way to make a promise go away.
func (t *Topic) Hold(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	if err := t.may(MoveHold); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReason
	}
	facts := t.catchUp(now)
	t.Status, t.Reason = Held, reason
	return append(facts, t.moderated(TopicHeld, by, reason, now)), nil
}

// Release shows a held or hidden topic. A clock that hiding had stopped runs again with the instants
// it always had: the resident did wait.
func (t *Topic) Release(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	if err := t.may(MoveRelease); err != nil {
		return nil, err
	}
	if t.Into == "" {
		t.oweAgain()
	}
	facts := t.catchUp(now)
	t.Status, t.Reason = t.visible(), ""
	return append(facts, t.moderated(TopicReleased, by, reason, now)), nil
}

// Hide takes the text out of sight for good, with a reason that stands in its place.
func (t *Topic) Hide(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	if err := t.may(MoveHide); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReason
	}
	facts := t.catchUp(now)
	t.stopOwing(now)
	t.Status, t.Reason = Hidden, reason
	return append(facts, t.moderated(TopicHidden, by, reason, now)), nil
}

// Withdraw takes the author's text back. Official answers and the history stay.
func (t *Topic) Withdraw(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	if err := t.may(MoveWithdraw); err != nil {
		return nil, err
	}
	facts := t.catchUp(now)
	t.stopOwing(now)
	t.Status, t.Reason = Withdrawn, reason
	t.note(TopicWithdrawn, by, reason, now, true)
	return append(facts, fact(TopicWithdrawn, by, now, Withdrew{About: t.about(), Reason: reason})), nil
}

// stopOwing ends the clocks that run.
func (t *Topic) stopOwing(now time.Time) {
	t.stopWork(now)
	if t.Clock == nil || !t.Clock.Running() {
		return
	}
	c := *t.Clock
	c.EndedAt = now
	t.Clock = &c
}

// oweAgain takes back what stopOwing did.
func (t *Topic) oweAgain() {
	if t.Clock != nil && !t.Clock.EndedAt.IsZero() {
		t.Clock = t.Clock.resumed()
	}
	t.Acceptance.Reinstate()
	t.Resolution.Reinstate()
}

// resumed returns the clock as if it had never been ended.
func (c ResponseClock) resumed() *ResponseClock {
	c.EndedAt = time.Time{}
	return &c
}

// catchUp records the steps the topic owes. Every transition begins with it, so that what a Round
// found does not depend on whether the sweep or the transition came first.
func (t *Topic) catchUp(now time.Time) []docstore.Fact {
	facts := t.catchUpWork(now)
	if t.Clock == nil || len(t.Clock.Due(now)) == 0 {
		return facts
	}
	c := *t.Clock
	t.Clock = &c
	for _, step := range c.record(now) {
		t.History = append(slices.Clip(t.History), Entry{
			What: TopicStepRecorded, Actor: patrol.Ref(), At: step.At, Reason: string(step.Step), Public: true,
		})
		data := StepRecorded{About: t.about(), Step: step.Step, At: step.At}
		facts = append(facts, fact(TopicStepRecorded, patrol, now, data))
	}
	return facts
}

// note appends to the history. Clip keeps a retried change from writing into the value it began with.
func (t *Topic) note(what string, by identity.Actor, reason string, now time.Time, public bool) {
	e := Entry{What: what, Actor: by.Ref(), At: now, Reason: reason, Public: public}
	if !by.System {
		e.Name, e.Title = by.NameAt(t.placeOf(by))
	}
	t.History = append(slices.Clip(t.History), e)
}

func (t *Topic) moderated(what string, by identity.Actor, reason string, now time.Time) docstore.Fact {
	t.note(what, by, reason, now, true)
	return fact(what, by, now, Moderated{About: t.about(), Reason: reason, ByWords: by.System})
}

func fact(what string, by identity.Actor, at time.Time, data any) docstore.Fact {
	return docstore.Fact{Type: what, Actor: by.Ref(), At: at, Data: data}
}

// standing returns the role an actor answers in at a place and its title; "" for a resident.
func standing(a identity.Actor, p identity.Place) (identity.Role, string) {
	for _, role := range []identity.Role{identity.RoleStaff, identity.RoleSecretary, identity.RolePartner, identity.RoleTown, identity.RoleDepartment, identity.RoleBranch} {
		if g, ok := a.Holds(role, p); ok {
			return role, g.Title
		}
	}
	return "", ""
}
