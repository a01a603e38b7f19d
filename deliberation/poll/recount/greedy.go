package recount

import (
	"math/big"
	"sort"

	"jushou/deliberation/poll/budget"
)

// leads compares two projects by the stated tie order, without the lot: negative if a goes first.
func (f *fund) leads(a, b int) int {
	for _, by := range f.Ties {
		x, y := f.Costs[a], f.Costs[b]
		if by == budget.MostVotes {
			x, y = f.votes[b], f.votes[a]
		}
		if x < y {
			return -1
		}
		if x > y {
			return 1
		}
	}
	return 0
}

// bestOf are those of level projects that nothing but a lot can part.
func (f *fund) bestOf(level []int) []int {
	var best []int
	for _, p := range level {
		led := false
		for _, q := range level {
			led = led || f.leads(q, p) < 0
		}
		if !led {
			best = append(best, p)
		}
	}
	return best
}

// first is the one of level projects that goes first; false if a lot is needed and there is none.
func (f *fund) first(level []int) (int, bool) {
	best := f.bestOf(level)
	if len(best) == 1 {
		return best[0], true
	}
	for _, p := range f.lot {
		for _, q := range best {
			if p == q {
				return p, true
			}
		}
	}
	return 0, false
}

// merit is what greedy goes by; a free project goes before all others under greedy-per-cost.
func (f *fund) merit(way budget.Rule, p int) (free bool, merit *big.Rat) {
	switch {
	case way != budget.GreedyPerCost:
		return false, big.NewRat(f.score[p], 1)
	case f.Costs[p] == 0:
		return true, new(big.Rat)
	}
	return false, big.NewRat(f.score[p], f.Costs[p])
}

// better is negative if a goes before b, by merit and then by the stated order.
func (f *fund) better(way budget.Rule, a, b int) int {
	freeA, meritA := f.merit(way, a)
	freeB, meritB := f.merit(way, b)
	if freeA != freeB {
		if freeA {
			return -1
		}
		return 1
	}
	if by := meritB.Cmp(meritA); by != 0 {
		return by
	}
	return f.leads(a, b)
}

// greedy goes on from what was bought already.
func (f *fund) greedy(way budget.Rule, from *bought) *bought {
	var waiting []int
	for p := range f.Costs {
		out := from.has(p) || way == budget.GreedyThreshold && f.score[p] < f.Threshold || f.NeedVotes && f.votes[p] == 0
		if !out {
			waiting = append(waiting, p)
		}
	}
	b := &bought{projects: from.projects, spent: from.spent, rounds: from.rounds}
	for len(waiting) > 0 {
		group, rest := f.front(way, waiting)
		if waiting = rest; f.contested(b, group) {
			if f.lot == nil {
				b.level = group
				return b
			}
			f.draw(group)
		}
		for _, p := range group {
			fits := f.Costs[p] <= f.Money-b.spent
			if fits {
				b.projects = append(b.projects, p)
				b.spent += f.Costs[p]
			}
			b.rounds = append(b.rounds, f.plain(budget.PhaseGreedy, p, fits, b.spent))
			if !fits && way == budget.GreedyNoSkip {
				return b
			}
		}
	}
	return b
}

// front takes out the projects that nothing goes before.
func (f *fund) front(way budget.Rule, waiting []int) (group, rest []int) {
	best := waiting[0]
	for _, p := range waiting {
		if f.better(way, p, best) < 0 {
			best = p
		}
	}
	for _, p := range waiting {
		if f.better(way, p, best) == 0 {
			group = append(group, p)
		} else {
			rest = append(rest, p)
		}
	}
	return group, rest
}

// contested reports whether some of a level group would fit and not all of them would.
func (f *fund) contested(b *bought, group []int) bool {
	all, any := int64(0), false
	for _, p := range group {
		all += f.Costs[p]
		any = any || f.Costs[p] <= f.Money-b.spent
	}
	return any && all > f.Money-b.spent && len(group) > 1
}

func (f *fund) draw(group []int) {
	place := map[int]int{}
	for i, p := range f.lot {
		place[p] = i
	}
	sort.Slice(group, func(i, j int) bool { return place[group[i]] < place[group[j]] })
}
