package budget

import (
	"errors"
	"fmt"
	"slices"
)

// Rule names a way of counting, as users write it.
type Rule string

// The rules. docs/budget-rules.md tells each in plain words.
const (
	Greedy          Rule = "greedy"
	GreedyNoSkip    Rule = "greedy-no-skip"
	GreedyThreshold Rule = "greedy-threshold"
	GreedyPerCost   Rule = "greedy-per-cost"
	MESCost         Rule = "mes-cost"
	MESCostAdd1     Rule = "mes-cost-add1"
	MESCostAdd1U    Rule = "mes-cost-add1u"
	MESCard         Rule = "mes-card"
	MESCardAdd1     Rule = "mes-card-add1"
	MESCardAdd1U    Rule = "mes-card-add1u"
	MESPoints       Rule = "mes-points"
	MESPointsAdd1   Rule = "mes-points-add1"
	MESPointsAdd1U  Rule = "mes-points-add1u"
)

// ErrRule means a rule or an option that does not exist or does not fit.
var ErrRule = errors.New("no such way of counting")

// utility says how much a funded project is worth to a supporter.
type utility int

const (
	byCost   utility = iota // its cost
	byCount                 // one
	byPoints                // the points given
)

// completion says what happens with money that equal shares leave.
type completion int

const (
	leave completion = iota // nothing
	add1                    // raise every endowment by a step and count again
	add1u                   // and then greedy by score on the rest
)

// method is a rule taken apart. Greedy rules have shares false.
type method struct {
	rule      Rule
	shares    bool
	worth     utility
	complete  completion
	perCost   bool
	stopFirst bool
	threshold bool
}

func methods() []method {
	return []method{
		{rule: Greedy},
		{rule: GreedyNoSkip, stopFirst: true},
		{rule: GreedyThreshold, threshold: true},
		{rule: GreedyPerCost, perCost: true},
		{rule: MESCost, shares: true, worth: byCost},
		{rule: MESCostAdd1, shares: true, worth: byCost, complete: add1},
		{rule: MESCostAdd1U, shares: true, worth: byCost, complete: add1u},
		{rule: MESCard, shares: true, worth: byCount},
		{rule: MESCardAdd1, shares: true, worth: byCount, complete: add1},
		{rule: MESCardAdd1U, shares: true, worth: byCount, complete: add1u},
		{rule: MESPoints, shares: true, worth: byPoints},
		{rule: MESPointsAdd1, shares: true, worth: byPoints, complete: add1},
		{rule: MESPointsAdd1U, shares: true, worth: byPoints, complete: add1u},
	}
}

// Rules lists every rule, greedy ones first.
func Rules() []Rule {
	var all []Rule
	for _, m := range methods() {
		all = append(all, m.rule)
	}
	return all
}

func methodOf(r Rule) (method, error) {
	for _, m := range methods() {
		if m.rule == r {
			return m, nil
		}
	}
	return method{}, fmt.Errorf("%w: %q", ErrRule, r)
}

// Start says what every voter holds before the first purchase.
type Start string

// StartByRule, the zero Start, is exact for plain equal shares and floor before a completion, which is what
// cities that use Add1 have announced.
const (
	StartByRule Start = ""
	StartFloor  Start = "floor" // whole units of the currency: ⌊B/n⌋
	StartExact  Start = "exact" // B/n as a fraction
)

// Criterion parts projects that are level.
type Criterion string

const (
	LowestCost Criterion = "cost"
	MostVotes  Criterion = "votes"
)

// Options are the parts of a rule that have to be announced beside its name. The zero Options are: start by
// rule, ties to the lower cost and then to more votes and never by lot, Add1 in steps of one whole unit until
// the outcome would cost more than the budget, no comparison, points as they are.
type Options struct {
	Start     Start
	Ties      []Criterion // nil means cost, then votes
	Lot       []string    // ids of projects, first drawn first; the last resort in a tie
	Step      int64       // smallest parts that Add1 adds to everybody; 0 means one whole unit
	MaxSteps  int         // Add1 gives up with ErrSteps after this many; 0 means 5 million
	Threshold int64       // least score under greedy-threshold

	// StopWhenFull ends Add1 as soon as no project left out would fit, though a later step might give
	// another outcome. Cities count on; some libraries stop.
	StopWhenFull bool
	// Compare takes the greedy outcome instead if more voters have more funded projects under it.
	Compare bool
	// PointsTimesCost makes a project worth points × cost to its supporter under mes-points rules.
	PointsTimesCost bool
	// NeedVotes keeps greedy rules from buying a project that nobody supports only because it fits.
	NeedVotes bool
}

func (o Options) check(m method) error {
	if !slices.Contains([]Start{StartByRule, StartFloor, StartExact}, o.Start) {
		return fmt.Errorf("%w: start value %q", ErrRule, o.Start)
	}
	for _, c := range o.Ties {
		if c != LowestCost && c != MostVotes {
			return fmt.Errorf("%w: tie order %q", ErrRule, c)
		}
	}
	if o.Step < 0 || o.Step > MaxMoney || o.MaxSteps < 0 {
		return fmt.Errorf("%w: a step of %d, %d times", ErrRule, o.Step, o.MaxSteps)
	}
	if o.PointsTimesCost && m.worth != byPoints {
		return fmt.Errorf("%w: points times cost under %s", ErrRule, m.rule)
	}
	if o.Compare && !m.shares {
		return fmt.Errorf("%w: %s compared with greedy", ErrRule, m.rule)
	}
	return nil
}

// payByCost reports whether a project's price is weighed against its cost.
func (o Options) payByCost(m method) bool {
	return m.worth == byCost || m.worth == byPoints && o.PointsTimesCost
}
