// Package whistle lets a community call several units together (吹哨, 约请): departments of the town, partners, and
// others by name, on a reason that is tied to topics. Calling makes answering a duty (北京市街道办事处条例 5, 44; 上海's 约请:
// domain.md F41, F96): each unit accepts with the time it will come, or refuses with a reason, by an instant in
// working time that is fixed when it is called. Arrival and outcome are recorded. Who has not answered by then is
// listed for supervision: a fact in the public record, told to the town once, and the town may call the unit anew.
//
// A call does not move the clocks of its topics, and nothing here counts or compares units.
//
//	           ┌── insist (town) ──────────────────────┐
//	           ▼                                       │
//	unit:    asked ──accept──▶ accepted ──arrive──▶ arrived
//	           └───refuse──▶ refused ──────────────────┘
//
//	whistle: open ──conclude──▶ concluded ──evaluate──▶ evaluated
//	           └──cancel──▶ cancelled
//
// docs/whistle.md draws both.
package whistle

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ID identifies a whistle. It is the token of the form it was called from, so that a double tap is one whistle.
type ID string

// Form says what the units are called to do.
type Form string

// Forms.
const (
	FormCall   Form = "call"   // 吹哨: come and handle it together
	FormInvite Form = "invite" // 约请: come to a meeting
)

// Status is where a whistle stands.
type Status string

// States of a whistle.
const (
	Open      Status = "open"
	Concluded Status = "concluded" // the joint solution is written down
	Evaluated Status = "evaluated" // the caller has said whether it helped
	Cancelled Status = "cancelled"
)

// Statuses lists the states of a whistle.
func Statuses() []Status { return []Status{Open, Concluded, Evaluated, Cancelled} }

// Reply is where a unit stands.
type Reply string

// States of a unit.
const (
	Asked    Reply = "asked"
	Accepted Reply = "accepted"
	Refused  Reply = "refused"
	Arrived  Reply = "arrived"
)

// Replies lists the states of a unit.
func Replies() []Reply { return []Reply{Asked, Accepted, Refused, Arrived} }

// Step is what may be done to a unit.
type Step string

// Steps of a unit.
const (
	StepAccept Step = "accept"
	StepRefuse Step = "refuse"
	StepArrive Step = "arrive"
	StepReport Step = "report" // what the unit did
	StepInsist Step = "insist" // the town calls it anew
)

// Steps lists the steps of a unit.
func Steps() []Step { return []Step{StepAccept, StepRefuse, StepArrive, StepReport, StepInsist} }

// Allows is a unit's whole machine in one table; the whistle has to be open besides.
func (r Reply) Allows(s Step) bool {
	switch s {
	case StepAccept:
		return r == Asked || r == Refused
	case StepRefuse:
		return r == Asked
	case StepArrive:
		return r == Accepted
	case StepReport:
		return r == Accepted || r == Arrived
	case StepInsist:
		return r == Refused || r == Asked
	}
	return false
}

// Verdict is what the caller says of the outcome.
type Verdict string

// Verdicts.
const (
	Solved   Verdict = "solved"
	Partly   Verdict = "partly"
	Unsolved Verdict = "unsolved"
)

// Verdicts lists the verdicts.
func Verdicts() []Verdict { return []Verdict{Solved, Partly, Unsolved} }

// Bounds, in runes or items.
const (
	MaxTitle  = 40
	MaxReason = 1000
	MaxPlace  = 60
	MaxUnits  = 12
	MaxTopics = 10
	MaxWords  = 500 // of a refusal, a report, a solution
	// maxInsists is how often the town may call one unit anew.
	maxInsists = 3
)

// Unit is one that was called.
type Unit struct {
	// Board is the desk or board of those who answer for it: "dept:greening", "property"; "" for a unit without
	// accounts, whose answers the caller writes down.
	Board string `json:"board,omitempty"`
	Name  string `json:"name"`
	Reply Reply  `json:"reply"`
	// AskedAt and DueAt are of the last call: it has to answer in [AskedAt, DueAt). DueAt is zero while the calendar
	// does not reach it.
	AskedAt time.Time `json:"asked_at"`
	DueAt   time.Time `json:"due_at,omitzero"`
	// RepliedAt, ByName and ByTitle say when and who answered; Noted is set where the caller wrote it down.
	RepliedAt time.Time `json:"replied_at,omitzero"`
	ByName    string    `json:"by_name,omitempty"`
	ByTitle   string    `json:"by_title,omitempty"`
	Noted     bool      `json:"noted,omitempty"`
	Reason    string    `json:"reason,omitempty"` // of a refusal
	ComesAt   time.Time `json:"comes_at,omitzero"`
	ArrivedAt time.Time `json:"arrived_at,omitzero"`
	Report    string    `json:"report,omitempty"`
	// Missed are the instants at which it had not answered. They are facts and stay.
	Missed  []time.Time `json:"missed,omitempty"`
	Insists int         `json:"insists,omitempty"`
}

// Late reports whether the unit has not answered by now.
func (u Unit) Late(now time.Time) bool {
	return u.Reply == Asked && !u.DueAt.IsZero() && !now.Before(u.DueAt)
}

// Entry is one step of the record, which is public.
type Entry struct {
	What  string    `json:"what"` // type of the event
	Actor string    `json:"actor"`
	Name  string    `json:"name,omitempty"`
	Title string    `json:"title,omitempty"`
	Unit  string    `json:"unit,omitempty"`
	Words string    `json:"words,omitempty"`
	At    time.Time `json:"at"`
}

// Whistle is one call. Its methods are the only transitions.
type Whistle struct {
	ID        ID             `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Form      Form           `json:"form"`
	Urgent    bool           `json:"urgent,omitempty"`
	Title     string         `json:"title"`
	Reason    string         `json:"reason"`
	// MeetAt and Where are when and where the units meet.
	MeetAt time.Time              `json:"meet_at"`
	Where  string                 `json:"where"`
	Topics []deliberation.TopicID `json:"topics,omitempty"`
	Units  []Unit                 `json:"units"`
	Status Status                 `json:"status"`

	Caller   deliberation.Author `json:"caller"`
	CalledAt time.Time           `json:"called_at"`
	Solution string              `json:"solution,omitempty"`
	Verdict  Verdict             `json:"verdict,omitempty"`
	Review   string              `json:"review,omitempty"`
	EndedAt  time.Time           `json:"ended_at,omitzero"` // concluded or cancelled
	History  []Entry             `json:"history"`
}

// Refusals.
var (
	ErrNotFound = fault.New(fault.NotFound, "whistle.not_found")
	ErrTaken    = fault.New(fault.Conflict, "whistle.token_taken")
	// ErrState means that the whistle or the unit is past this step, or not there yet.
	ErrState  = fault.New(fault.Conflict, "whistle.wrong_state")
	errNoUnit = fault.New(fault.NotFound, "whistle.no_unit")
	errReason = fault.New(fault.Invalid, "whistle.reason_needed").On("words")
	errWords  = fault.New(fault.Invalid, "whistle.words_too_long").On("words")
	errComes  = fault.New(fault.Invalid, "whistle.comes_when").On("at")
	errWhen   = fault.New(fault.Invalid, "whistle.arrived_when").On("at")
	errOften  = fault.New(fault.Conflict, "whistle.insisted_enough").With("max", maxInsists)
	errSay    = fault.New(fault.Invalid, "whistle.verdict_needed").On("verdict")
)

func (w Whistle) key() string { return string(w.ID) }

// Place is where permissions of the whistle are asked.
func (w Whistle) Place() identity.Place { return identity.Place{Path: w.Path} }

// Town returns the town the community lies in.
func (w Whistle) Town() community.ID {
	if len(w.Path) < 2 {
		return ""
	}
	return w.Path[len(w.Path)-2]
}

// hand is who takes a step, and how others see them.
type hand struct {
	actor identity.Actor
	who   deliberation.Author
	// noted is set where the caller writes down what a unit said.
	noted bool
}

// unit returns a unit of an open whistle that may take the step.
func (w *Whistle) unit(n int, s Step) (*Unit, error) {
	switch {
	case n < 0 || n >= len(w.Units):
		return nil, errNoUnit
	case w.Status != Open, !w.Units[n].Reply.Allows(s):
		return nil, ErrState.With("step", s)
	}
	w.Units = slices.Clone(w.Units)
	return &w.Units[n], nil
}

// answer notes when and by whom a unit was answered for.
func (u *Unit) answer(h hand, now time.Time) {
	u.RepliedAt, u.ByName, u.ByTitle, u.Noted = now, h.who.Name, h.who.Title, h.noted
}

// Accept says that the unit will come, at comesAt. A unit that had refused may think better of it.
func (w *Whistle) Accept(n int, comesAt time.Time, h hand, now time.Time) ([]docstore.Fact, error) {
	missed := w.catchUp(now)
	u, err := w.unit(n, StepAccept)
	if err != nil {
		return nil, err
	}
	if comesAt.IsZero() || comesAt.Before(now.Add(-time.Minute)) || comesAt.After(now.AddDate(0, 3, 0)) {
		return nil, errComes
	}
	u.answer(h, now)
	u.Reply, u.ComesAt, u.Reason = Accepted, comesAt, ""
	return append(missed, w.fact(EventAccepted, h, *u, "", now)), nil
}

// Refuse says that the unit will not come, and why. Everybody reads the reason.
func (w *Whistle) Refuse(n int, why string, h hand, now time.Time) ([]docstore.Fact, error) {
	missed := w.catchUp(now)
	u, err := w.unit(n, StepRefuse)
	if err != nil {
		return nil, err
	}
	if why == "" {
		return nil, errReason
	}
	u.answer(h, now)
	u.Reply, u.Reason = Refused, why
	return append(missed, w.fact(EventRefused, h, *u, why, now)), nil
}

// Arrive records that the unit was there, at an instant between its answer and now.
func (w *Whistle) Arrive(n int, at time.Time, h hand, now time.Time) ([]docstore.Fact, error) {
	missed := w.catchUp(now)
	u, err := w.unit(n, StepArrive)
	if err != nil {
		return nil, err
	}
	if at.Before(w.CalledAt.Truncate(time.Minute)) || at.After(now) {
		return nil, errWhen
	}
	u.Reply, u.ArrivedAt = Arrived, at
	return append(missed, w.fact(EventArrived, h, *u, "", now)), nil
}

// ReportOn writes down what the unit did; a later report takes the place of an earlier one, which stays in the record.
func (w *Whistle) ReportOn(n int, words string, h hand, now time.Time) ([]docstore.Fact, error) {
	missed := w.catchUp(now)
	u, err := w.unit(n, StepReport)
	if err != nil {
		return nil, err
	}
	if words == "" {
		return nil, errReason
	}
	if u.Report == words {
		return nil, docstore.ErrUnchanged
	}
	u.Report = words
	return append(missed, w.fact(EventReported, h, *u, words, now)), nil
}

// Insist calls a unit anew that refused or did not answer: supervision by the town, with a reason and a new instant.
// Before the first instant has passed there is nothing to supervise.
func (w *Whistle) Insist(n int, why string, due time.Time, h hand, now time.Time) ([]docstore.Fact, error) {
	missed := w.catchUp(now)
	u, err := w.unit(n, StepInsist)
	if err != nil {
		return nil, err
	}
	switch {
	case u.Reply == Asked && !u.Late(now):
		return nil, ErrState.With("step", StepInsist)
	case u.Insists >= maxInsists:
		return nil, errOften
	case why == "":
		return nil, errReason
	}
	u.Reply, u.AskedAt, u.DueAt, u.Insists = Asked, now, due, u.Insists+1
	return append(missed, w.fact(EventInsisted, h, *u, why, now)), nil
}

// Conclude writes down the joint solution. Nobody is asked any more.
func (w *Whistle) Conclude(solution string, h hand, now time.Time) ([]docstore.Fact, error) {
	missed := w.catchUp(now)
	if w.Status != Open {
		return nil, ErrState.With("step", "conclude")
	}
	if solution == "" {
		return nil, errReason
	}
	w.Status, w.Solution, w.EndedAt = Concluded, solution, now
	return append(missed, w.fact(EventConcluded, h, Unit{}, solution, now)), nil
}

// Evaluate is the caller's word on whether the solution helped.
func (w *Whistle) Evaluate(v Verdict, words string, h hand, now time.Time) ([]docstore.Fact, error) {
	if w.Status != Concluded {
		return nil, ErrState.With("step", "evaluate")
	}
	if !slices.Contains(Verdicts(), v) {
		return nil, errSay
	}
	w.Status, w.Verdict, w.Review = Evaluated, v, words
	return []docstore.Fact{w.fact(EventEvaluated, h, Unit{}, words, now)}, nil
}

// Cancel takes the call back, with a reason. What units missed before stays.
func (w *Whistle) Cancel(why string, h hand, now time.Time) ([]docstore.Fact, error) {
	missed := w.catchUp(now)
	if w.Status != Open {
		return nil, ErrState.With("step", "cancel")
	}
	if why == "" {
		return nil, errReason
	}
	w.Status, w.EndedAt = Cancelled, now
	return append(missed, w.fact(EventCancelled, h, Unit{}, why, now)), nil
}

// patrol are the platform's hands.
var patrol = identity.System("patrol")

// catchUp records which units had not answered when they had to. Every transition begins with it, so that the record
// does not depend on whether the sweep or the transition came first.
func (w *Whistle) catchUp(now time.Time) []docstore.Fact {
	if w.Status != Open {
		return nil
	}
	var late []Unit
	units := slices.Clone(w.Units)
	for i, u := range units {
		if u.Late(now) && !slices.ContainsFunc(u.Missed, u.DueAt.Equal) {
			units[i].Missed = append(slices.Clip(u.Missed), u.DueAt)
			late = append(late, units[i])
		}
	}
	if len(late) == 0 {
		return nil
	}
	w.Units = units
	var facts []docstore.Fact
	for _, u := range late {
		facts = append(facts, w.fact(EventUnanswered, hand{actor: patrol}, u, "", u.DueAt))
	}
	return facts
}

// NextStep returns when the sweep has to look: the earliest instant by which a unit has to answer and that is not
// recorded, or the call itself where the calendar did not reach so far.
func (w Whistle) NextStep() (time.Time, bool) {
	var next time.Time
	for _, u := range w.Units {
		at := u.DueAt
		if at.IsZero() {
			at = u.AskedAt
		}
		if w.Status != Open || u.Reply != Asked || slices.ContainsFunc(u.Missed, at.Equal) {
			continue
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next, !next.IsZero()
}

// Supervised reports whether a unit has not answered in time and still has not.
func (w Whistle) Supervised() bool {
	return w.Status == Open && slices.ContainsFunc(w.Units, func(u Unit) bool {
		return u.Reply == Asked && slices.ContainsFunc(u.Missed, u.DueAt.Equal)
	})
}
