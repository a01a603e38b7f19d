package budget

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// mostSteps is how often Add1 raises the endowment where Options.MaxSteps is 0.
const mostSteps = 5_000_000

// ErrSteps means that Add1 did not end within its steps.
var ErrSteps = errors.New("too many Add1 steps: state a larger one")

// Count counts the election by the rule. It returns an error that is ErrElection or ErrRule for input that
// cannot be counted, *TieError if a lot is needed that was not stated, and ErrSteps. The same input gives
// the same result, always.
func Count(e *Election, rule Rule, o Options) (*Result, error) {
	m, err := methodOf(rule)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(o.check(m), e.Check()); err != nil {
		return nil, err
	}
	c := &counting{e: e, m: m, o: o, got: e.standings()}
	if c.ties, err = newTies(e, c.got, o); err != nil {
		return nil, err
	}
	res := &Result{Rule: rule, Budget: e.Budget, Voters: len(e.Ballots)}
	switch {
	case len(e.Ballots) == 0:
		c.explainAll(res, ReasonNoBallots)
	case m.shares:
		err = c.shares(res)
	default:
		err = c.greedy(res)
	}
	if err != nil {
		return nil, fmt.Errorf("counting by %s: %w", rule, err)
	}
	return res, nil
}

// counting is one election being counted by one method.
type counting struct {
	e    *Election
	m    method
	o    Options
	got  []standing
	ties ties
}

// candidates are the projects that a greedy rule may buy besides those taken.
func (c *counting) candidates(m method, taken []int) []int {
	var line []int
	for p, project := range c.e.Projects {
		switch {
		case project.Withdrawn, slices.Contains(taken, p):
		case m.threshold && c.got[p].score < c.o.Threshold:
		case c.o.NeedVotes && c.got[p].votes == 0:
		default:
			line = append(line, p)
		}
	}
	return line
}

func (c *counting) line(m method, taken []int, left int64) (*greedyRun, error) {
	g := &greedyRun{e: c.e, got: c.got, ties: c.ties, m: m, o: c.o, left: left}
	return g, g.run(c.candidates(m, taken))
}

func (c *counting) greedy(res *Result) error {
	g, err := c.line(c.m, nil, c.e.Budget)
	if err != nil {
		return err
	}
	res.Winners, res.Spent, res.Rounds = g.bought, c.e.Budget-g.left, g.rounds
	c.explainGreedy(res)
	return nil
}

// shares runs equal shares with the completion of the method, and the comparison if it was stated.
func (c *counting) shares(res *Result) error {
	f := newField(c.e, c.got, c.ties, c.m, c.o)
	kept, err := c.complete(f, res)
	if err != nil {
		return err
	}
	res.Winners, res.Spent = slices.Clone(kept.outcome.bought), kept.outcome.spent
	res.Rounds = slices.Clone(kept.outcome.rounds)
	if all, cost := f.parties(); c.m.complete != leave && cost <= c.e.Budget {
		c.takeAll(res, all)
	}
	if c.m.complete == add1u {
		g, err := c.line(method{}, res.Winners, c.e.Budget-res.Spent)
		if err != nil {
			return err
		}
		res.Winners = append(res.Winners, g.bought...)
		res.Spent = c.e.Budget - g.left
		res.Rounds = append(res.Rounds, g.rounds...)
	}
	c.explainShares(res, f, kept)
	if c.o.Compare {
		return c.compare(res)
	}
	return nil
}

// complete finds the last endowment whose outcome the budget can pay and returns that run. Where everything
// that anybody supports fits the budget there is no such endowment, and the first run is returned.
func (c *counting) complete(f *field, res *Result) (*run, error) {
	endowment := c.start()
	kept, err := f.share(endowment)
	if err != nil {
		return nil, err
	}
	res.Endowment = endowment
	if _, cost := f.parties(); c.m.complete == leave || cost <= c.e.Budget || c.allTooDear(f) {
		return kept, nil
	}
	step := new(big.Rat).SetInt64(c.step())
	most := c.o.MaxSteps
	if most == 0 {
		most = mostSteps
	}
	look := &ahead{}
	for res.Steps < most {
		if c.o.StopWhenFull && c.full(kept.outcome) {
			return kept, nil
		}
		taken := max(1, min(look.steps(kept, res.Endowment, step), most-res.Steps))
		next := new(big.Rat).Mul(step, new(big.Rat).SetInt64(int64(taken)))
		next.Add(next, res.Endowment)
		tried, err := f.share(next)
		if err != nil {
			return nil, err
		}
		if tried.outcome.spent > c.e.Budget {
			return kept, nil
		}
		kept, res.Endowment = tried, next
		res.Steps += taken
	}
	return nil, ErrSteps
}

// allTooDear reports whether the first purchase of any run overspends, so that steps are in vain.
func (c *counting) allTooDear(f *field) bool {
	parties, _ := f.parties()
	return !slices.ContainsFunc(parties, func(p int) bool {
		cost := c.e.Projects[p].Cost
		return cost > 0 && cost <= c.e.Budget
	})
}

func (c *counting) step() int64 {
	if c.o.Step == 0 {
		return c.e.Unit
	}
	return c.o.Step
}

// start returns the first endowment, in smallest parts.
func (c *counting) start() *big.Rat {
	n := int64(len(c.e.Ballots))
	exact := c.o.Start == StartExact || c.o.Start == StartByRule && c.m.complete == leave
	if exact {
		return big.NewRat(c.e.Budget, n)
	}
	return new(big.Rat).SetInt64(c.e.Budget / n / c.e.Unit * c.e.Unit)
}

// full reports whether no project left out would fit what is left.
func (c *counting) full(o outcome) bool {
	for p, project := range c.e.Projects {
		if !project.Withdrawn && !slices.Contains(o.bought, p) && o.spent+project.Cost <= c.e.Budget {
			return false
		}
	}
	return true
}

// takeAll buys all that take part and are not bought yet.
func (c *counting) takeAll(res *Result, all []int) {
	for _, p := range all {
		if slices.Contains(res.Winners, p) {
			continue
		}
		res.Winners = append(res.Winners, p)
		res.Spent += c.e.Projects[p].Cost
		res.Rounds = append(res.Rounds, Round{
			Phase: PhaseAllFits, Project: p, Bought: true, Cost: c.e.Projects[p].Cost,
			Votes: c.got[p].votes, Score: c.got[p].score, Left: c.e.Budget - res.Spent,
		})
	}
}

// compare takes the greedy outcome if more voters are better off under it, counting for each voter the funded
// projects that the voter supports.
func (c *counting) compare(res *Result) error {
	g, err := c.line(method{}, nil, c.e.Budget)
	if err != nil {
		return err
	}
	res.Compared = &Comparison{}
	shares, greedy := c.set(res.Winners), c.set(g.bought)
	for _, ballot := range c.e.Ballots {
		by := 0
		for _, choice := range ballot {
			if choice.Points > 0 && shares[choice.Project] {
				by++
			}
			if choice.Points > 0 && greedy[choice.Project] {
				by--
			}
		}
		switch {
		case by > 0:
			res.Compared.BetterShares++
		case by < 0:
			res.Compared.BetterGreedy++
		}
	}
	if res.Compared.BetterGreedy <= res.Compared.BetterShares {
		return nil
	}
	res.Compared.TookGreedy = true
	res.Winners, res.Spent, res.Rounds = g.bought, c.e.Budget-g.left, g.rounds
	res.Endowment, res.Steps = nil, 0
	c.explainGreedy(res)
	return nil
}

func (c *counting) set(projects []int) []bool {
	in := make([]bool, len(c.e.Projects))
	for _, p := range projects {
		in[p] = true
	}
	return in
}
