package deadline

import (
	"errors"
	"strconv"
	"strings"

	"jushou/internal/fault"
)

// Kind names a clock: one runs per kind and case.
type Kind string

// The kinds that topics use. Other rooms name their own.
const (
	Acceptance Kind = "acceptance" // until somebody says who takes it on, or why not
	Resolution Kind = "resolution" // until it is done
)

// Recipient is who hears of a step. The room that owns the case knows which persons that are.
type Recipient string

// The levels of our default ladder.
const (
	ToOwner     Recipient = "owner"     // who has the case in hand
	ToSuperior  Recipient = "superior"  // the owner's superior
	ToSecretary Recipient = "secretary" // the community's secretary
	ToTown      Recipient = "town"      // the town
	ToPublic    Recipient = "public"    // everybody who may read the case
)

// Rung is one level of the ladder.
type Rung struct {
	// Before is for a warning: which percentage of the term is left when it is given, 1 to 99. 0 is at DueAt or after.
	Before int `json:"before,omitempty"`
	// After is how long after DueAt, in working days or working minutes; zero is at DueAt.
	After Term      `json:"after,omitzero"`
	To    Recipient `json:"to"`
}

// PauseRule caps the time during which a clock waits for a resident.
type PauseRule struct {
	Times int  `json:"times"` // questions a clock may wait for; 0 never waits
	Total Term `json:"total"` // together
	Each  Term `json:"each"`  // one question's own end
}

// Policy is versioned data: which terms are promised, and what happens when they are missed. A clock keeps what it
// needs of it, so an edited policy is a new version that only new clocks know.
type Policy struct {
	Name    string        `json:"name"`
	Version int           `json:"version"`
	Terms   map[Kind]Term `json:"terms"`
	Pause   PauseRule     `json:"pause"`
	// Extensions is how often one clock's due date may be put off.
	Extensions int    `json:"extensions"`
	Ladder     []Rung `json:"ladder"`
}

// Bounds of a policy.
const (
	MaxRungs      = 12
	MaxPauses     = 10
	MaxExtensions = 10
)

// DefaultPause is our default and nobody's rule: two questions, five working days each.
func DefaultPause() PauseRule {
	return PauseRule{Times: 2, Total: Term{10, WorkingDays}, Each: Term{5, WorkingDays}}
}

// DefaultLadder is our default and nobody's rule: a warning when a fifth of the term is left, then upwards at the due
// instant and one, three and five working days after it, the last one in public.
func DefaultLadder() []Rung {
	return []Rung{
		{Before: 20, To: ToOwner},
		{To: ToSuperior},
		{After: Term{1, WorkingDays}, To: ToSecretary},
		{After: Term{3, WorkingDays}, To: ToTown},
		{After: Term{5, WorkingDays}, To: ToPublic},
	}
}

// DefaultPolicy is our default and nobody's rule: accepted within two working days, done within ten.
func DefaultPolicy() Policy {
	return Policy{
		Name: "default", Version: 1,
		Terms: map[Kind]Term{Acceptance: {2, WorkingDays}, Resolution: {10, WorkingDays}},
		Pause: DefaultPause(), Extensions: 2, Ladder: DefaultLadder(),
	}
}

// errBadPolicy is one fault of a policy; the field says where, Args["rule"] which rule is broken.
var errBadPolicy = fault.New(fault.Invalid, "deadline.bad_policy")

// Check returns every fault of the policy at once, joined.
func (p Policy) Check() error {
	var faults []error
	bad := func(broken bool, field, rule string) {
		if broken {
			faults = append(faults, errBadPolicy.On(field).With("rule", rule))
		}
	}
	bad(strings.TrimSpace(p.Name) == "", "name", "missing")
	bad(p.Version < 1, "version", "below_one")
	bad(len(p.Terms) == 0, "terms", "missing")
	for kind, term := range p.Terms {
		bad(kind == "", "terms", "no_kind")
		bad(!term.legal(), "terms."+string(kind), "bad_term")
	}
	bad(p.Extensions < 0 || p.Extensions > MaxExtensions, "extensions", "out_of_range")
	p.Pause.check(bad)
	checkLadder(p.Ladder, bad)
	return errors.Join(faults...)
}

func (t Term) legal() bool { return t.known() && t.N >= 1 && t.N <= MaxTerm }

func (r PauseRule) check(bad func(bool, string, string)) {
	bad(r.Times < 0 || r.Times > MaxPauses, "pause.times", "out_of_range")
	if r.Times == 0 {
		return
	}
	bad(!r.Total.legal(), "pause.total", "bad_term")
	bad(!r.Each.legal(), "pause.each", "bad_term")
	bad(r.Each.Unit != r.Total.Unit, "pause.each", "other_unit")
	bad(r.Each.Unit == r.Total.Unit && r.Each.N > r.Total.N, "pause.each", "above_total")
}

// checkLadder refuses rungs out of order: warnings first, each later than the one before, all delays in one unit
// of working time, and the public last.
func checkLadder(ladder []Rung, bad func(bool, string, string)) {
	bad(len(ladder) > MaxRungs, "ladder", "too_many")
	for i, r := range ladder {
		field := "ladder." + strconv.Itoa(i)
		bad(r.To == "", field, "no_recipient")
		bad(r.Before < 0 || r.Before > 99, field, "bad_share")
		bad(r.Before > 0 && !r.After.IsZero(), field, "before_and_after")
		bad(!r.After.IsZero() && (!r.After.legal() || !r.After.working()), field, "bad_term")
		bad(r.To == ToPublic && (i != len(ladder)-1 || r.Before > 0), field, "public_not_last")
		if i > 0 {
			bad(!r.follows(ladder[i-1]), field, "not_later")
		}
	}
}

func (r Rung) follows(earlier Rung) bool {
	switch {
	case earlier.Before > 0:
		return r.Before < earlier.Before
	case r.Before > 0:
		return false
	case earlier.After.IsZero():
		return !r.After.IsZero()
	}
	return r.After.Unit == earlier.After.Unit && r.After.N > earlier.After.N
}
