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
