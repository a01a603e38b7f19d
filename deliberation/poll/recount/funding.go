package recount

import (
	"fmt"
	"math/big"
	"strings"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/rule"
)

// fund is a budget poll on the table. Ballots that say the same are one kind, and every voter of a kind holds the
// same money at any time.
type fund struct {
	*rule.BudgetTerms
	lot     []int // nil where none was drawn
	voters  int64 // all who cast a ballot
	kinds   []kind
	backing [][]backer // by project
	votes   []int64
	score   []int64

	shares   bool   // equal shares, not greedy
	perCost  bool   // a price is weighed against the cost of its project
	complete string // "", "add1" or "add1u"
}

type kind struct {
	n      int64
	points map[int]int64
}

type backer struct {
	kind   int
	weight int64
}

// bought is what one way of counting bought, or the projects that only a lot could part.
type bought struct {
	projects []int
	spent    int64
	rounds   []budget.Round
	level    []int
	purse    []*big.Rat // by kind: what a voter still holds (equal shares)
}

func (b *bought) has(p int) bool {
	for _, q := range b.projects {
		if q == p {
			return true
		}
	}
	return false
}

func (t *table) fund() *fund {
	terms := t.rule.Budget
	name := string(terms.Rule)
	f := &fund{BudgetTerms: terms, lot: t.rule.Lot, voters: int64(t.seen.Cast), shares: strings.HasPrefix(name, "mes-")}
	f.votes, f.score = make([]int64, t.options), make([]int64, t.options)
	f.backing = make([][]backer, t.options)
	if parts := strings.Split(name, "-"); f.shares && len(parts) == 3 {
		f.complete = parts[2]
	}
	points := strings.HasPrefix(name, "mes-points")
	f.perCost = strings.HasPrefix(name, "mes-cost") || points && terms.PointsTimesCost
	for _, p := range t.piles {
		k := kind{n: p.n, points: map[int]int64{}}
		for i, o := range p.choice.Picks {
			k.points[o] = 1
			if terms.Points > 0 {
				k.points[o] = int64(p.choice.Scores[i])
			}
			weight := int64(1)
			if points {
				weight = k.points[o]
			}
			f.votes[o] += k.n
			f.score[o] += k.n * k.points[o]
			f.backing[o] = append(f.backing[o], backer{len(f.kinds), weight})
		}
		f.kinds = append(f.kinds, k)
	}
	return f
}

// funding counts a budget poll again.
func (t *table) funding() verdict {
	f := t.fund()
	t.same("votes", t.result.Votes, t.named())
	got := t.result.Funding
	if got == nil {
		got = &budget.Result{Steps: -1} // a tie: there is nothing to go by
	}
	again := &budget.Result{Rule: f.Rule, Budget: f.Money, Voters: int(f.voters)}
	claimed := got.Steps
	if got.Compared != nil && got.Compared.TookGreedy {
		claimed = -1 // the steps went with the outcome that was not taken
	}
	end, level := f.count(again, claimed)
	if len(level) > 0 {
		t.same("money shared out in a tie", t.result.Funding == nil, true)
		return verdict{outcome: rule.Tied, tied: level}
	}
	again.Winners, again.Spent, again.Rounds = end.projects, end.spent, end.rounds
	t.sameFunding(*got, *again)
	if len(end.projects) == 0 {
		return verdict{outcome: rule.Nobody}
	}
	return verdict{outcome: rule.Won, winners: end.projects}
}

// count follows the rule to its end. Its result has everything but winners, money spent and rounds.
func (f *fund) count(res *budget.Result, steps int) (end *bought, level []int) {
	switch {
	case f.voters == 0:
		end = &bought{}
		f.losers(res, end, nil)
		return end, nil
	case !f.shares:
		end = f.greedy(f.Rule, &bought{})
		f.losers(res, end, nil)
		return end, end.level
	}
	kept, level := f.completed(res, steps)
	if len(level) > 0 {
		return nil, level
	}
	end = &bought{projects: append([]int{}, kept.projects...), spent: kept.spent, rounds: append([]budget.Round{}, kept.rounds...)}
	if f.complete != "" && f.everything() <= f.Money {
		f.takeAll(end)
	}
	if f.complete == "add1u" {
		if end = f.greedy(budget.Greedy, end); len(end.level) > 0 {
			return nil, end.level
		}
	}
	f.losers(res, end, kept)
	if f.Compare {
		return f.compared(res, end)
	}
	return end, nil
}

// takesPart reports whether supporters can buy a project at all.
func (f *fund) takesPart(p int) bool { return f.votes[p] > 0 && (f.Costs[p] > 0 || !f.perCost) }

func (f *fund) everything() (cost int64) {
	for p := range f.Costs {
		if f.takesPart(p) {
			cost += f.Costs[p]
		}
	}
	return cost
}

// takeAll buys the rest of what takes part, where all of it fits.
func (f *fund) takeAll(b *bought) {
	for p := range f.Costs {
		if f.takesPart(p) && !b.has(p) {
			b.projects = append(b.projects, p)
			b.spent += f.Costs[p]
			b.rounds = append(b.rounds, f.plain(budget.PhaseAllFits, p, true, b.spent))
		}
	}
}

func (f *fund) plain(phase budget.Phase, p int, took bool, spent int64) budget.Round {
	return budget.Round{
		Phase: phase, Project: p, Bought: took, Cost: f.Costs[p], Votes: int(f.votes[p]), Score: f.score[p], Left: f.Money - spent,
	}
}

// compared lets the voters choose between the two outcomes by what each has of it.
func (f *fund) compared(res *budget.Result, end *bought) (*bought, []int) {
	other := f.greedy(budget.Greedy, &bought{})
	if len(other.level) > 0 {
		return nil, other.level
	}
	c := &budget.Comparison{}
	for _, k := range f.kinds {
		mine, theirs := 0, 0
		for p := range k.points {
			if end.has(p) {
				mine++
			}
			if other.has(p) {
				theirs++
			}
		}
		if mine > theirs {
			c.BetterShares += int(k.n)
		}
		if theirs > mine {
			c.BetterGreedy += int(k.n)
		}
	}
	c.TookGreedy = c.BetterGreedy > c.BetterShares
	if res.Compared = c; c.TookGreedy {
		res.Endowment, res.Steps = nil, 0
		f.losers(res, other, nil)
		return other, nil
	}
	return end, nil
}

// losers gives the reason of each project that was not bought; kept is the run of equal shares, if there was one.
func (f *fund) losers(res *budget.Result, end, kept *bought) {
	res.Losers = nil
	for p := range f.Costs {
		if end.has(p) {
			continue
		}
		l := budget.Loser{Project: p, Cost: f.Costs[p], Votes: int(f.votes[p]), Score: f.score[p]}
		for _, r := range end.rounds {
			if r.Project == p && !r.Bought {
				l.Had = big.NewRat(r.Left, 1)
			}
		}
		l.Reason = f.reason(&l, kept)
		res.Losers = append(res.Losers, l)
	}
}

func (f *fund) reason(l *budget.Loser, kept *bought) budget.Reason {
	offered := l.Had
	l.Had = nil
	switch {
	case f.Rule == budget.GreedyThreshold && f.voters > 0 && l.Score < f.Threshold:
		return budget.ReasonThreshold
	case l.Cost > f.Money:
		return budget.ReasonTooDear
	case f.voters == 0:
		return budget.ReasonNoBallots
	case offered != nil:
		l.Had = offered
		return budget.ReasonDidNotFit
	case l.Votes == 0:
		return budget.ReasonNoVotes
	case kept == nil:
		return budget.ReasonAfterStop
	case !f.takesPart(l.Project):
		return budget.ReasonNoWorth
	}
	l.Had = new(big.Rat)
	for _, b := range f.backing[l.Project] {
		l.Had.Add(l.Had, new(big.Rat).Mul(kept.purse[b.kind], big.NewRat(f.kinds[b.kind].n, 1)))
	}
	return budget.ReasonPoor
}

func (t *table) sameFunding(counted, again budget.Result) {
	t.same("budget rule", counted.Rule, again.Rule)
	t.same("money spent", counted.Spent, again.Spent)
	t.same("money to be had", counted.Budget, again.Budget)
	t.same("voters", counted.Voters, again.Voters)
	t.same("projects funded", counted.Winners, again.Winners)
	t.same("endowment", counted.Endowment, again.Endowment)
	t.same("steps", counted.Steps, again.Steps)
	t.same("number of rounds", len(counted.Rounds), len(again.Rounds))
	for i := range min(len(counted.Rounds), len(again.Rounds)) {
		t.same(fmt.Sprintf("round %d", i+1), counted.Rounds[i], again.Rounds[i])
	}
	t.same("number of losers", len(counted.Losers), len(again.Losers))
	for i := range min(len(counted.Losers), len(again.Losers)) {
		t.same(fmt.Sprintf("loser %d", i+1), counted.Losers[i], again.Losers[i])
	}
	if counted.Compared == nil || again.Compared == nil {
		t.same("comparison with greedy", counted.Compared == nil, again.Compared == nil)
		return
	}
	t.same("comparison with greedy", *counted.Compared, *again.Compared)
}
