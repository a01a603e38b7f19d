package whistle

import (
	"slices"
	"time"

	"jushou/internal/docstore"
)

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
