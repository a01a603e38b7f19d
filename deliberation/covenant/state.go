package covenant

import (
	"slices"
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// State is where an edition stands. docs/hall.md draws the machine.
type State string

// States of an edition as they are stored. What an instant adds to them is Phase.
const (
	Drafting   State = "drafting"
	Commenting State = "commenting" // opened for comments; after Until they are being answered
	Recorded   State = "recorded"   // an adoption is recorded and waits for a second person
	Adopted    State = "adopted"
	Replaced   State = "replaced" // revised into a later edition
	DroppedOut State = "dropped"
)

// Phase is the state as it is at an instant.
type Phase string

// Phases of an edition.
const (
	PhaseDrafting   Phase = "drafting"
	PhaseCommenting Phase = "commenting" // residents comment
	PhaseReviewing  Phase = "reviewing"  // the comments are over and are being answered
	PhaseRecorded   Phase = "recorded"
	PhaseComing     Phase = "coming" // adopted, and not yet in force
	PhaseInForce    Phase = "in_force"
	PhaseSuperseded Phase = "superseded" // a later version is in force
	PhaseReplaced   Phase = "replaced"
	PhaseDropped    Phase = "dropped"
)

// Phases lists them in order.
func Phases() []Phase {
	return []Phase{PhaseDrafting, PhaseCommenting, PhaseReviewing, PhaseRecorded, PhaseComing, PhaseInForce, PhaseSuperseded, PhaseReplaced, PhaseDropped}
}

var (
	errState      = fault.New(fault.Conflict, "covenant.wrong_state")
	errStale      = fault.New(fault.Conflict, "covenant.stale")
	errUntil      = fault.New(fault.Invalid, "covenant.bad_until").On("until")
	errOver       = fault.New(fault.TooLate, "covenant.comments_over")
	errStillOpen  = fault.New(fault.Conflict, "covenant.comments_open")
	errOwed       = fault.New(fault.Conflict, "covenant.unanswered")
	errFirst      = fault.New(fault.Conflict, "covenant.comment_first")
	errSelf       = fault.New(fault.Denied, "covenant.second_person")
	errAdoption   = fault.New(fault.Invalid, "covenant.adoption_empty")
	errHeld       = fault.New(fault.Invalid, "covenant.bad_held").On("held")
	errEffective  = fault.New(fault.Invalid, "covenant.bad_effective").On("effective")
	errReason     = fault.New(fault.Invalid, "covenant.reason_needed").On("reason")
	errFiled      = fault.New(fault.Conflict, "covenant.filed_already")
	errFilingDate = fault.New(fault.Invalid, "covenant.bad_filing").On("on")
)

// PhaseOf returns where edition n stands at the instant.
func (c Covenant) PhaseOf(n int, now time.Time) Phase {
	e := c.Editions[n-1]
	switch e.State {
	case Commenting:
		if now.Before(e.Until) {
			return PhaseCommenting
		}
		return PhaseReviewing
	case Adopted:
		holds, ok := c.InForce(now)
		switch {
		case now.Before(e.Adoption.EffectiveAt):
			return PhaseComing
		case ok && holds.N == e.N:
			return PhaseInForce
		}
		return PhaseSuperseded
	}
	return Phase(e.State)
}

// at refuses a step on any edition but the last one, and in any other phase than those named.
func (c Covenant) at(n int, now time.Time, phases ...Phase) error {
	if n != len(c.Editions) {
		return errStale.With("edition", len(c.Editions))
	}
	p := c.PhaseOf(n, now)
	if slices.Contains(phases, p) {
		return nil
	}
	if p == PhaseCommenting {
		return errStillOpen.With("until", c.Last().Until.UTC().Format(time.RFC3339))
	}
	return errState.With("phase", p)
}

// change returns the last edition to write to, in a copy of the list.
func (c *Covenant) change() *Edition {
	c.Editions = slices.Clone(c.Editions)
	return &c.Editions[len(c.Editions)-1]
}

// Edit replaces the clauses of a draft. Of two people the second is told, by the revision that the form saw.
func (c *Covenant) Edit(n, revision int, clauses []Clause, note string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := c.at(n, now, PhaseDrafting); err != nil {
		return nil, err
	}
	if last := c.Last(); revision != last.Revision {
		return nil, errStale.With("edition", n)
	}
	numbered, err := c.number(clauses)
	if err != nil {
		return nil, err
	}
	e := c.change()
	if slices.Equal(e.Clauses, numbered) && e.Note == note {
		return nil, docstore.ErrUnchanged
	}
	e.Clauses, e.Note, e.Revision, e.By, e.At = numbered, note, e.Revision+1, by, now
	return []docstore.Fact{fact(Edited, by.Account, now, c.about(n))}, nil
}

// Open lets residents comment on the clauses until an instant.
func (c *Covenant) Open(n int, until time.Time, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := c.at(n, now, PhaseDrafting); err != nil {
		return nil, err
	}
	if until.Before(now.Add(MinOpen)) || until.After(now.Add(MaxOpen)) {
		return nil, errUntil.With("days", int(MaxOpen/(24*time.Hour)))
	}
	e := c.change()
	e.State, e.Opens, e.Until, e.Told = Commenting, now, until, false
	c.note(CommentsOpened, by, "", now)
	return []docstore.Fact{fact(CommentsOpened, by.Account, now, Opened{c.about(n), c.linked(by), until})}, nil
}

// Revise makes a further edition after the comments on edition n are over and all answered; owed is how many are not.
func (c *Covenant) Revise(n, owed int, clauses []Clause, note string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := c.at(n, now, PhaseReviewing); err != nil {
		return nil, err
	}
	if err := deliberation.Joined(fault.When(owed > 0, errOwed.With("n", owed)), fault.When(len(c.Editions) >= MaxEditions, errFull.With("max", MaxEditions))); err != nil {
		return nil, err
	}
	numbered, err := c.number(clauses)
	if err != nil {
		return nil, err
	}
	c.change().State = Replaced
	c.Editions = append(c.Editions, Edition{N: n + 1, Base: n, State: Drafting, Clauses: numbered, Note: note, By: by, At: now})
	c.note(Revised, by, note, now)
	return []docstore.Fact{fact(Revised, by.Account, now, c.about(n+1))}, nil
}

// Amend begins a further edition from the version in force.
func (c *Covenant) Amend(n int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := c.at(n, now, PhaseInForce, PhaseComing, PhaseDropped, PhaseSuperseded); err != nil {
		return nil, err
	}
	base := Edition{}
	for _, e := range c.Editions {
		if e.State == Adopted {
			base = e
		}
	}
	if len(c.Editions) >= MaxEditions {
		return nil, errFull.With("max", MaxEditions)
	}
	if base.N == 0 { // nothing was ever adopted: begin from what was dropped
		base = c.Last()
	}
	c.Editions = append(slices.Clip(c.Editions), Edition{N: n + 1, Base: base.N, State: Drafting, Clauses: base.Clauses, By: by, At: now})
	c.note(AmendBegun, by, "", now)
	return []docstore.Fact{fact(AmendBegun, by.Account, now, c.about(n+1))}, nil
}

// Check writes down what a lawyer said about the edition.
func (c *Covenant) Check(n int, l Legal, now time.Time) ([]docstore.Fact, error) {
	if err := c.at(n, now, PhaseDrafting, PhaseCommenting, PhaseReviewing, PhaseRecorded); err != nil {
		return nil, err
	}
	l.At = now
	c.change().Legal = &l
	c.note(LegalNoted, l.By, l.Note, now)
	return []docstore.Fact{fact(LegalNoted, l.By.Account, now, c.about(n))}, nil
}

// Record writes down that edition n was adopted. Residents must have been able to comment on it, or on the one it was
// revised from, and every comment must be answered.
func (c *Covenant) Record(n, owed int, a Adoption, now time.Time) ([]docstore.Fact, error) {
	last := c.Last()
	if last.N == n && last.State == Recorded && last.Adoption.By.Account == a.By.Account && last.Adoption.What == a.What {
		return nil, docstore.ErrUnchanged // the same form again
	}
	if err := c.at(n, now, PhaseReviewing, PhaseDrafting); err != nil {
		return nil, err
	}
	if last.State == Drafting && !c.revised(last) {
		return nil, errFirst
	}
	err := deliberation.Joined(fault.When(owed > 0, errOwed.With("n", owed)),
		fault.When(a.What == "", errAdoption.On("what")), fault.When(a.Rule == "", errAdoption.On("rule")), fault.When(a.Result == "", errAdoption.On("result")),
		fault.When(a.HeldAt.IsZero() || a.HeldAt.After(now), errHeld), fault.When(a.EffectiveAt.Before(a.HeldAt) || a.EffectiveAt.After(now.AddDate(1, 0, 0)), errEffective))
	if err != nil {
		return nil, err
	}
	a.At = now
	e := c.change()
	e.State, e.Adoption, e.Reason = Recorded, &a, ""
	c.note(AdoptionRecorded, a.By, a.What, now)
	return []docstore.Fact{fact(AdoptionRecorded, a.By.Account, now, c.about(n))}, nil
}

// Confirm makes a recorded adoption count. Who recorded it cannot.
func (c *Covenant) Confirm(n int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	last := c.Last()
	if last.N == n && last.State == Adopted && last.Adoption.ConfirmedBy.Account == by.Account {
		return nil, docstore.ErrUnchanged // the same form again
	}
	if err := c.at(n, now, PhaseRecorded); err != nil {
		return nil, err
	}
	if last.Adoption.By.Account == by.Account {
		return nil, errSelf
	}
	versions := 0
	for _, e := range c.Editions {
		versions = max(versions, e.Version)
	}
	e := c.change()
	a := *e.Adoption
	a.ConfirmedBy, a.ConfirmedAt = by, now
	e.State, e.Adoption, e.Version = Adopted, &a, versions+1
	c.note(AdoptionConfirmed, by, a.What, now)
	data := AdoptedData{About: c.about(n), Linked: c.linked(by), Version: e.Version, What: a.What, EffectiveAt: a.EffectiveAt}
	return []docstore.Fact{fact(AdoptionConfirmed, by.Account, now, data)}, nil
}

// SendBack undoes a record that the second person does not confirm.
func (c *Covenant) SendBack(n int, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := c.at(n, now, PhaseRecorded); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReason
	}
	e := c.change()
	recorder := e.Adoption.By.Account
	e.State, e.Adoption, e.Reason = Drafting, nil, reason
	if !e.Opens.IsZero() {
		e.State = Commenting // its comments are over; it is reviewed again
	}
	c.note(AdoptionReturned, by, reason, now)
	return []docstore.Fact{fact(AdoptionReturned, by.Account, now, Returned{c.about(n), recorder, reason})}, nil
}

// DropEdition ends an edition that is not going to be adopted. A version in force stays in force.
func (c *Covenant) DropEdition(n int, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := c.at(n, now, PhaseDrafting, PhaseCommenting, PhaseReviewing, PhaseRecorded); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReason
	}
	e := c.change()
	e.State, e.Reason = DroppedOut, reason
	c.note(EditionDropped, by, reason, now)
	return []docstore.Fact{fact(EditionDropped, by.Account, now, Opened{About: c.about(n), Linked: c.linked(by)})}, nil
}

// File says where an adopted version was filed; once.
func (c *Covenant) File(n int, f Filing, now time.Time) ([]docstore.Fact, error) {
	e, err := c.Edition(n)
	if err != nil {
		return nil, err
	}
	switch {
	case e.State != Adopted:
		return nil, errState.With("phase", c.PhaseOf(n, now))
	case e.Filing != nil && e.Filing.By.Account == f.By.Account && e.Filing.With == f.With && e.Filing.No == f.No:
		return nil, docstore.ErrUnchanged
	case e.Filing != nil:
		return nil, errFiled
	case f.With == "":
		return nil, errAdoption.On("with")
	case f.On.IsZero() || f.On.After(now):
		return nil, errFilingDate
	}
	f.At = now
	c.Editions = slices.Clone(c.Editions)
	c.Editions[n-1].Filing = &f
	c.note(Filed, f.By, f.With, now)
	return []docstore.Fact{fact(Filed, f.By.Account, now, c.about(n))}, nil
}

// commentsOver records, once, that the window has ended.
func (c *Covenant) commentsOver(owed int, now time.Time) ([]docstore.Fact, error) {
	at, due := c.nextStep()
	if !due || now.Before(at) {
		return nil, docstore.ErrUnchanged
	}
	c.change().Told = true
	return []docstore.Fact{{Type: CommentsOver, Actor: keeping.Ref(), At: now, Data: Over{c.about(len(c.Editions)), owed}}}, nil
}

// nextStep returns the instant at which a sweep has something to record.
func (c Covenant) nextStep() (time.Time, bool) {
	last := c.Last()
	return last.Until, last.State == Commenting && !last.Told
}

// keeping are the platform's own hands.
var keeping, forgetting = identity.System("covenants"), identity.System("forgetting")

func clauseID(n int) string { return "k" + strconv.Itoa(n) }
