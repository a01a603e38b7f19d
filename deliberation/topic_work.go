package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Bounds of the work on one topic.
const (
	MaxDispatches = 20
	MaxReports    = 30
	MaxChecks     = 30
	MaxContests   = 10
)

// Hand is somebody who took a step in the work, as it stands beside that step.
type Hand struct {
	Account    identity.AccountID `json:"account,omitempty"` // left out of what residents get
	Name       string             `json:"name"`
	Title      string             `json:"title,omitempty"`
	Department string             `json:"department,omitempty"` // key of the department somebody acted for
	At         time.Time          `json:"at"`
}

// Errand is what a matter comes to in the town's catalogue of items: whose business it is, and within how many
// working days. Item is "" where somebody chose the department by hand.
type Errand struct {
	Item           string `json:"item,omitempty"`
	ItemName       string `json:"item_name,omitempty"`
	Department     string `json:"department"`
	DepartmentName string `json:"department_name"`
	Days           int    `json:"days,omitempty"` // working days to resolve; 0 says nothing
}

// Work is what becomes of an accepted topic: who was given it, who does it, what was done, who looked. Its stages
// are 任务派遣, 任务处理, 结果反馈, 核查结案; whoever handles it never verifies it (查办分离).
type Work struct {
	Errand *Errand `json:"errand,omitempty"` // nil while the community keeps it
	Why    string  `json:"why,omitempty"`    // why it was dispatched there
	// Dispatches counts: a form that saw another number is stale.
	Dispatches int `json:"dispatches,omitempty"`
	// First is the department it was sent to first, 首问负责: until somebody takes it in hand, or a dispute of the
	// dispatch is decided, that one answers for it.
	First *Errand `json:"first,omitempty"`
	// Handler has it in hand now; Handled names everybody who ever had, or reported, and so may not verify.
	Handler  *Hand                `json:"handler,omitempty"`
	Handled  []identity.AccountID `json:"handled,omitempty"`
	Contests []Contest            `json:"contests,omitempty"`
	Reports  []Report             `json:"reports,omitempty"`
	Checks   []Check              `json:"checks,omitempty"`
	// Verdict is the author's word on the result; Disputed stays set when it was dispute, which an author has once.
	Verdict  *AuthorWord `json:"verdict,omitempty"`
	Disputed bool        `json:"disputed,omitempty"`
	// Ending says how a closed topic ended.
	Ending Ending `json:"ending,omitempty"`
	// Reopened counts.
	Reopened int `json:"reopened,omitempty"`
}

// Contest is a department's word that a matter is not its business.
type Contest struct {
	By     Hand   `json:"by"`
	Reason string `json:"reason"`
	// Decided is who decided, nil while it waits. Stands is set if the dispatch stood.
	Decided *Hand  `json:"decided,omitempty"`
	Stands  bool   `json:"stands,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Report says what was done.
type Report struct {
	ID     string    `json:"id"` // the form's token
	By     Hand      `json:"by"`
	Body   string    `json:"body"`
	Photos []PhotoID `json:"photos,omitempty"`
}

// Check is what somebody else found when they looked.
type Check struct {
	By     Hand   `json:"by"`
	Passed bool   `json:"passed,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// AuthorWord is the author's word.
type AuthorWord struct {
	Confirmed bool      `json:"confirmed,omitempty"`
	Reason    string    `json:"reason,omitempty"`
	At        time.Time `json:"at"`
}

// Ending says how a matter ended.
type Ending string

// Endings.
const (
	EndConfirmed Ending = "confirmed" // the author says that it is solved
	EndSilent    Ending = "silent"    // the author said nothing for the days the community gives
	EndUpheld    Ending = "upheld"    // the author disputed it, and a third person decided that it is solved
)

// RefusalKind says why a topic is not taken up.
type RefusalKind string

// Kinds of refusals. The first is no harm: what was asked is answered.
const (
	RefusedAnswered  RefusalKind = "answered"  // the answer settles it
	RefusedOthers    RefusalKind = "others"    // another party's legal duty; the reason names whose
	RefusedDuplicate RefusalKind = "duplicate" // already under way elsewhere
	RefusedNoGround  RefusalKind = "no_ground" // looked into, nothing found to do
	RefusedCannot    RefusalKind = "cannot"    // rules or means do not allow it
)

// RefusalKinds lists them.
func RefusalKinds() []RefusalKind {
	return []RefusalKind{RefusedAnswered, RefusedOthers, RefusedDuplicate, RefusedNoGround, RefusedCannot}
}

// Refusals of the work.
var (
	// ErrSameHand means that who handled something, or asked for it, wants to verify or approve it: 查办分离.
	ErrSameHand = fault.New(fault.Denied, "topic.same_hand")
	// ErrDisputedOnce means that the author has disputed a result before.
	ErrDisputedOnce = fault.New(fault.TooLate, "topic.disputed_once")
	errNoWork       = fault.New(fault.Conflict, "topic.no_work")
	errRefusal      = fault.New(fault.Invalid, "topic.bad_refusal").On("kind")
	errContested    = fault.New(fault.Conflict, "topic.contested_already")
	errNoContest    = fault.New(fault.Conflict, "topic.not_contested")
	errNotDispatch  = fault.New(fault.Invalid, "topic.dispatch_where").On("item")
)

// Undertakes reports whether topics of the kind become work; notices, mutual aid and what is only told do not.
func (k Kind) Undertakes() bool { return k == KindProblem || k == KindSuggestion }

// step checks the table and what kind of topic it is, and gives the caller work it may write. Every transition checks
// all it has to before it changes anything, then records what is owed (catchUp), then takes the step.
func (t *Topic) step(m Move) (*Work, error) {
	if err := t.may(m); err != nil {
		return nil, err
	}
	if !t.Kind.Undertakes() {
		return nil, errNoWork.With("kind", t.Kind)
	}
	var w Work
	if t.Work != nil {
		w = *t.Work
	}
	return &w, nil
}

// try lets change work on a copy, so that a refusal in its middle changes nothing.
func (t *Topic) try(change func(*Topic) ([]docstore.Fact, error)) ([]docstore.Fact, error) {
	c := *t
	facts, err := change(&c)
	if err != nil {
		return nil, err
	}
	*t = c
	return facts, nil
}

// advance writes a step: the work, the stage, a line of the history and the fact.
func (t *Topic) advance(w *Work, stage Status, what string, by identity.Actor, reason string, now time.Time, more ...func(*Progress)) docstore.Fact {
	t.Work, t.Stage = w, stage
	t.Status = t.visible()
	return t.progress(what, by, reason, now, more...)
}

// progress writes a line of the history and returns its fact.
func (t *Topic) progress(what string, by identity.Actor, reason string, now time.Time, more ...func(*Progress)) docstore.Fact {
	t.note(what, by, reason, now, true)
	t.LastActivity = later(t.LastActivity, now)
	p := Progress{About: t.about(), Status: t.Status, By: by.ID, Reason: reason}
	if !by.System {
		p.ByName, p.ByTitle = by.NameAt(t.placeOf(by))
	}
	p.errand(t.Work)
	for _, f := range more {
		f(&p)
	}
	return fact(what, by, now, p)
}

// dueBy puts into a fact by when the matter is to be resolved.
func (t *Topic) dueBy(p *Progress) {
	p.DueAt, _ = t.Resolution.Owed()
}

// hand describes who takes a step.
func (t Topic) hand(by identity.Actor, now time.Time) Hand {
	p := t.placeOf(by)
	h := Hand{Account: by.ID, At: now}
	h.Name, h.Title = by.NameAt(p)
	if p.Board != string(t.Board) && t.Work != nil && t.Work.Errand != nil {
		h.Department = t.Work.Errand.Department
	}
	return h
}

// DepartmentPlace is the topic's place on the desk of the department that has it; ok is false while none has.
func (t Topic) DepartmentPlace() (p identity.Place, ok bool) {
	if t.Work == nil || t.Work.Errand == nil {
		return p, false
	}
	return t.Place().On(identity.DepartmentBoard(t.Work.Errand.Department)), true
}

// placeOf returns where the actor stands to the topic: at its board, or at the desk of the department that has it.
func (t Topic) placeOf(a identity.Actor) identity.Place {
	if role, _ := standing(a, t.Place()); role != "" {
		return t.Place()
	}
	if p, ok := t.DepartmentPlace(); ok {
		if _, holds := a.Holds(identity.RoleDepartment, p); holds {
			return p
		}
	}
	return t.Place()
}

// handledBy reports whether the account ever had the matter in hand.
func (w Work) handledBy(a identity.AccountID) bool { return a != "" && slices.Contains(w.Handled, a) }

// handled adds somebody to those who may not verify.
func (w *Work) handled(a identity.AccountID) {
	if a != "" && !slices.Contains(w.Handled, a) {
		w.Handled = append(slices.Clip(w.Handled), a)
	}
}

// contested returns the contest that waits for a decision, nil if there is none.
func (w Work) contested() *Contest {
	if n := len(w.Contests); n > 0 && w.Contests[n-1].Decided == nil {
		return &w.Contests[n-1]
	}
	return nil
}

// Contested reports whether a department's word that it is not its business waits for a decision.
func (t Topic) Contested() bool { return t.Work != nil && t.Work.contested() != nil }

// HasPhoto reports whether the photo belongs to the topic, one of its answers or one of its reports.
func (t Topic) HasPhoto(id PhotoID) bool {
	holds := func(photos []PhotoID) bool { return slices.Contains(photos, id) }
	if holds(t.Photos) || slices.ContainsFunc(t.Responses, func(r Response) bool { return holds(r.Photos) }) {
		return true
	}
	return t.Work != nil && slices.ContainsFunc(t.Work.Reports, func(r Report) bool { return holds(r.Photos) })
}
