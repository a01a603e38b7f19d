package rule

import (
	"errors"
	"fmt"
	"strconv"

	"jushou/deliberation/poll/budget"
	"jushou/internal/fault"
)

// BudgetTerms are a sum of money and what the options cost; docs/budget-rules.md tells the rules and options.
// Money is in the smallest parts of the currency.
type BudgetTerms struct {
	Rule  budget.Rule `json:"rule"`
	Money int64       `json:"money"`
	Unit  int64       `json:"unit"`  // parts of one whole of the currency: 100
	Costs []int64     `json:"costs"` // by option

	// Points is the most points for one project and Total for all of a ballot's; with 0 Points a ballot approves,
	// and with 0 Total there is no such bound.
	Points int `json:"points,omitempty"`
	Total  int `json:"total,omitempty"`

	Start           budget.Start       `json:"start,omitempty"`
	Ties            []budget.Criterion `json:"ties,omitempty"` // none: level projects are parted by the lot or not at all
	Step            int64              `json:"step,omitempty"`
	Threshold       int64              `json:"threshold,omitempty"`
	StopWhenFull    bool               `json:"stopWhenFull,omitempty"`
	Compare         bool               `json:"compare,omitempty"`
	PointsTimesCost bool               `json:"pointsTimesCost,omitempty"`
	NeedVotes       bool               `json:"needVotes,omitempty"`
}

func (t *BudgetTerms) check(options int) error {
	switch {
	case len(t.Costs) != options:
		return fault.New(fault.Invalid, "rule.costs").On("costs").With("options", options)
	case t.Points < 0 || t.Points > MaxScore || t.Total < 0 || t.Total > MaxScore*MaxOptions || t.Points == 0 && t.Total > 0:
		return fault.New(fault.Invalid, "rule.points").On("points").With("max", MaxScore)
	case t.Threshold != 0 && t.Rule != budget.GreedyThreshold, t.Threshold == 0 && t.Rule == budget.GreedyThreshold:
		return fault.New(fault.Invalid, "rule.budget_threshold").On("threshold")
	}
	// A count without ballots looks at the rule, its options and the money, and at nothing else.
	if _, err := budget.Count(t.election(nil), t.Rule, t.options(nil)); err != nil {
		return fault.New(fault.Invalid, "rule.budget").On("budget").Because(err)
	}
	return nil
}

func (t *BudgetTerms) accept(c Choice) error {
	switch {
	case t.Points == 0 && len(c.Scores) > 0, t.Points > 0 && len(c.Scores) != len(c.Picks):
		return fault.New(fault.Invalid, "choice.malformed").On("choice")
	}
	sum := 0
	for _, p := range c.Scores {
		if p < 1 || p > t.Points {
			return fault.New(fault.Invalid, "choice.score_range").On("choice").With("min", 1).With("max", t.Points)
		}
		sum += p
	}
	if t.Total > 0 && sum > t.Total {
		return fault.New(fault.Invalid, "choice.points_total").On("choice").With("max", t.Total)
	}
	return nil
}

// election is the poll as budget and pabulib know it: the id of a project is the index of the option.
func (t *BudgetTerms) election(ballots []budget.Ballot) *budget.Election {
	e := &budget.Election{Budget: t.Money, Unit: t.Unit, Ballots: ballots}
	for i, cost := range t.Costs {
		e.Projects = append(e.Projects, budget.Project{ID: strconv.Itoa(i), Cost: cost})
	}
	return e
}

func (t *BudgetTerms) options(lot []int) budget.Options {
	o := budget.Options{
		Start: t.Start, Ties: append([]budget.Criterion{}, t.Ties...), Step: t.Step, Threshold: t.Threshold,
		StopWhenFull: t.StopWhenFull, Compare: t.Compare, PointsTimesCost: t.PointsTimesCost, NeedVotes: t.NeedVotes,
	}
	for _, p := range lot {
		o.Lot = append(o.Lot, strconv.Itoa(p))
	}
	return o
}

// Election returns a budget poll as package budget counts it and pabulib writes it: the rule, its options, and
// the election with one ballot for everybody who cast one. An abstention is an empty ballot. It refuses what
// Count refuses.
func (r Rule) Election(options int, roll []Voter, ballots []Ballot) (*budget.Election, budget.Options, error) {
	c, err := r.begin(options, roll, ballots)
	if err == nil && r.Method != Budget {
		err = fault.New(fault.Invalid, "rule.terms").On("method").With("method", string(r.Method))
	}
	if err != nil {
		return nil, budget.Options{}, err
	}
	return r.Budget.election(c.fundingBallots()), r.Budget.options(r.Lot), nil
}

// fundingBallots are the ballots cast; one that names nothing is empty.
func (c *count) fundingBallots() []budget.Ballot {
	ballots := make([]budget.Ballot, c.res.Turnout.Cast)
	for i, choice := range c.valid {
		for at, o := range choice.Picks {
			points := int64(1)
			if c.Budget.Points > 0 {
				points = int64(choice.Scores[at])
			}
			ballots[i] = append(ballots[i], budget.Choice{Project: o, Points: points})
		}
	}
	return ballots
}

// tallyBudget hands the poll to package budget. Projects that only a lot could part, where none was drawn, leave
// the poll tied, with nothing bought.
func (c *count) tallyBudget() (func(), error) {
	c.res.Votes = c.votes()
	funding, err := budget.Count(c.Budget.election(c.fundingBallots()), c.Budget.Rule, c.Budget.options(c.Lot))
	var tie *budget.TieError
	switch {
	case errors.As(err, &tie):
		return func() { c.tiedProjects(tie) }, nil
	case err != nil:
		return nil, fmt.Errorf("counting %d ballots: %w", c.res.Turnout.Cast, err)
	}
	c.res.Funding = funding
	return func() {
		if c.res.Outcome, c.res.Winners = Won, funding.Winners; len(funding.Winners) == 0 {
			c.res.Outcome = Nobody
		}
	}, nil
}

func (c *count) tiedProjects(tie *budget.TieError) {
	c.res.Outcome = Tied
	for o := range c.Budget.Costs {
		for _, id := range tie.Projects {
			if id == strconv.Itoa(o) {
				c.res.Tied = append(c.res.Tied, o)
			}
		}
	}
}
