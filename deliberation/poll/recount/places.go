package recount

import (
	"math/big"
	"sort"

	"jushou/deliberation/poll/rule"
)

// named counts the ballots that name each option.
func (t *table) named() []int64 {
	votes := make([]int64, t.options)
	for _, p := range t.piles {
		for _, o := range p.choice.Picks {
			votes[o] += p.n
		}
	}
	return votes
}

// byVotes decides yes/no, single and multiple.
func (t *table) byVotes(votes []int64, steps *[]finding) verdict {
	bar := t.rule.Threshold
	if t.rule.Method == rule.YesNo {
		yes := find("threshold", 0, votes[0], t.whole(bar.Of), *bar)
		*steps = append(*steps, yes)
		if yes.holds {
			return verdict{outcome: rule.Passed, winners: []int{0}}
		}
		return verdict{outcome: rule.Failed}
	}
	merit := map[int]*big.Rat{}
	for o, n := range votes {
		able := n > 0
		if bar != nil {
			f := find("threshold", o, n, t.whole(bar.Of), *bar)
			*steps = append(*steps, f)
			able = able && f.holds
		}
		if able {
			merit[o] = new(big.Rat).SetInt64(n)
		}
	}
	return t.places(merit)
}

// places gives the seats by merit. An option is in if at most as many as there are seats are at least as good,
// itself among them; it is out if all seats can be filled with better ones; and otherwise it is level for the last.
func (t *table) places(merit map[int]*big.Rat) verdict {
	seats := t.rule.Seats
	if seats == 0 {
		if seats = 1; t.rule.Method == rule.Multiple {
			seats = t.options
		}
	}
	var v verdict
	for o := range t.options {
		if merit[o] == nil {
			continue
		}
		better, asGood := 0, 0
		for _, m := range merit {
			switch m.Cmp(merit[o]) {
			case 1:
				better++
			case 0:
				asGood++
			}
		}
		if better+asGood <= seats {
			v.winners = append(v.winners, o)
		} else if better < seats {
			v.tied = append(v.tied, o)
		}
	}
	sort.SliceStable(v.winners, func(i, j int) bool { return merit[v.winners[i]].Cmp(merit[v.winners[j]]) > 0 })
	return t.settle(v, seats)
}

// settle lets the lot give away the places for which options are level, if the rule has one.
func (t *table) settle(v verdict, seats int) verdict {
	v.outcome = rule.Won
	switch {
	case len(v.tied) > 0 && t.rule.Tie != rule.TieByLot:
		v.outcome = rule.Tied
	case len(v.tied) > 0:
		v.byLot = true
		level := map[int]bool{}
		for _, o := range v.tied {
			level[o] = true
		}
		for _, o := range t.rule.Lot {
			if level[o] && len(v.winners) < seats {
				v.winners = append(v.winners, o)
			}
		}
	case len(v.winners) == 0:
		v.outcome = rule.Nobody
	}
	return v
}

// scores adds up a score vote from how often each score was given.
func (t *table) scores() verdict {
	g := t.rule.Range
	given := make([]map[int]int64, t.options)
	for o := range given {
		given[o] = map[int]int64{}
	}
	for _, p := range t.piles {
		for i, o := range p.choice.Picks {
			given[o][p.choice.Scores[i]] += p.n
		}
	}
	merit := map[int]*big.Rat{}
	var again []rule.OptionScore
	for o := range given {
		sum, ballots := new(big.Rat), new(big.Rat)
		got := rule.OptionScore{MeanDen: 1}
		for score := g.Min; score <= g.Max; score++ {
			n := given[o][score]
			got.Spread = append(got.Spread, n)
			ballots.Add(ballots, big.NewRat(n, 1))
			sum.Add(sum, big.NewRat(n*int64(score), 1))
		}
		got.Sum, got.Ballots = sum.Num().Int64(), ballots.Num().Int64()
		if ballots.Sign() > 0 {
			mean := new(big.Rat).Quo(sum, ballots)
			got.MeanNum, got.MeanDen = mean.Num().Int64(), mean.Denom().Int64()
			if merit[o] = sum; g.By == rule.ByMean {
				merit[o] = mean
			}
		}
		again = append(again, got)
	}
	t.same("scores", t.result.Scores, again)
	return t.places(merit)
}
