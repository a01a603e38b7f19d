package budget_test

import (
	"math/big"
	"sort"

	"jushou/deliberation/poll/budget"
)

// naive is the second counter: written from the definitions in docs/budget-rules.md, one fraction for every
// voter, everything computed anew each round, nothing shared with the package but its input types.
type naive struct {
	e      *budget.Election
	o      budget.Options
	place  map[string]int // in the lot
	points [][]int64      // by voter and project
	votes  []int64
	score  []int64
	held   *big.Rat // set to what each voter held in the run that was kept
}

func newNaive(e *budget.Election, o budget.Options) naive {
	n := naive{e: e, o: o, place: map[string]int{}, held: new(big.Rat)}
	for i, id := range o.Lot {
		n.place[id] = i
	}
	n.votes, n.score = make([]int64, len(e.Projects)), make([]int64, len(e.Projects))
	for _, b := range e.Ballots {
		row := make([]int64, len(e.Projects))
		for _, c := range b {
			row[c.Project] = c.Points
			n.score[c.Project] += c.Points
			if c.Points > 0 {
				n.votes[c.Project]++
			}
		}
		n.points = append(n.points, row)
	}
	return n
}

func rat(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

// before is the stated tie order, the lot last.
func (n naive) before(a, b int) bool {
	order := n.o.Ties
	if order == nil {
		order = []budget.Criterion{"cost", "votes"}
	}
	for _, c := range order {
		if c == "cost" && n.e.Projects[a].Cost != n.e.Projects[b].Cost {
			return n.e.Projects[a].Cost < n.e.Projects[b].Cost
		}
		if c == "votes" && n.votes[a] != n.votes[b] {
			return n.votes[a] > n.votes[b]
		}
	}
	return n.place[n.e.Projects[a].ID] < n.place[n.e.Projects[b].ID]
}

func (n naive) count(rule string) map[int]bool {
	if len(n.e.Ballots) == 0 {
		return map[int]bool{}
	}
	switch rule {
	case "greedy", "greedy-no-skip", "greedy-threshold", "greedy-per-cost":
		return n.greedy(rule, map[int]bool{})
	}
	worth, completion := rule[len("mes-"):], ""
	for _, c := range []string{"-add1u", "-add1"} {
		if len(worth) > len(c) && worth[len(worth)-len(c):] == c {
			worth, completion = worth[:len(worth)-len(c)], c
			break
		}
	}
	won := n.completed(worth, completion)
	if completion == "-add1u" {
		won = n.greedy("greedy", won)
	}
	if n.o.Compare {
		other := n.greedy("greedy", map[int]bool{})
		if n.prefer(other, won) > n.prefer(won, other) {
			return other
		}
	}
	return won
}

func (n naive) prefer(a, b map[int]bool) (voters int) {
	for v := range n.e.Ballots {
		inA, inB := 0, 0
		for p := range n.e.Projects {
			if n.points[v][p] > 0 && a[p] {
				inA++
			}
			if n.points[v][p] > 0 && b[p] {
				inB++
			}
		}
		if inA > inB {
			voters++
		}
	}
	return voters
}

func (n naive) cost(won map[int]bool) (sum int64) {
	for p := range won {
		sum += n.e.Projects[p].Cost
	}
	return sum
}

func (n naive) greedy(rule string, already map[int]bool) map[int]bool {
	won := map[int]bool{}
	for p := range already {
		won[p] = true
	}
	key := func(p int) *big.Rat {
		if rule != "greedy-per-cost" {
			return rat(n.score[p])
		}
		if n.e.Projects[p].Cost == 0 {
			return rat(1 << 60)
		}
		return new(big.Rat).Quo(rat(n.score[p]), rat(n.e.Projects[p].Cost))
	}
	var line []int
	for p, project := range n.e.Projects {
		if project.Withdrawn || won[p] || rule == "greedy-threshold" && n.score[p] < n.o.Threshold || n.o.NeedVotes && n.votes[p] == 0 {
			continue
		}
		line = append(line, p)
	}
	sort.Slice(line, func(i, j int) bool {
		if by := key(line[i]).Cmp(key(line[j])); by != 0 {
			return by > 0
		}
		return n.before(line[i], line[j])
	})
	left := n.e.Budget - n.cost(won)
	for _, p := range line {
		if n.e.Projects[p].Cost <= left {
			left -= n.e.Projects[p].Cost
			won[p] = true
		} else if rule == "greedy-no-skip" {
			break
		}
	}
	return won
}

func (n naive) utility(worth string, v, p int) *big.Rat {
	points, cost := n.points[v][p], n.e.Projects[p].Cost
	switch {
	case points <= 0:
		return rat(0)
	case worth == "cost":
		return rat(cost)
	case worth == "card":
		return rat(1)
	case n.o.PointsTimesCost:
		return rat(points * cost)
	}
	return rat(points)
}

// completed is equal shares with or without Add1.
func (n naive) completed(worth, completion string) map[int]bool {
	voters := int64(len(n.e.Ballots))
	money := new(big.Rat).Quo(rat(n.e.Budget), rat(voters))
	if n.o.Start == "floor" || n.o.Start == "" && completion != "" {
		money = rat(n.e.Budget / (voters * n.e.Unit) * n.e.Unit)
	}
	won := n.shares(worth, money)
	if completion == "" {
		return won
	}
	all := map[int]bool{}
	for p := range n.e.Projects {
		for v := range n.e.Ballots {
			if n.utility(worth, v, p).Sign() > 0 && !n.e.Projects[p].Withdrawn {
				all[p] = true
			}
		}
	}
	if n.cost(all) <= n.e.Budget {
		return all
	}
	step := n.o.Step
	if step == 0 {
		step = n.e.Unit
	}
	for {
		n.held.Set(money)
		if n.o.StopWhenFull && n.full(won) {
			return won
		}
		money = new(big.Rat).Add(money, rat(step))
		next := n.shares(worth, money)
		if n.cost(next) > n.e.Budget {
			return won
		}
		won = next
	}
}

func (n naive) full(won map[int]bool) bool {
	for p, project := range n.e.Projects {
		if !won[p] && !project.Withdrawn && n.cost(won)+project.Cost <= n.e.Budget {
			return false
		}
	}
	return true
}

func (n naive) shares(worth string, money *big.Rat) map[int]bool {
	holds := make([]*big.Rat, len(n.e.Ballots))
	for v := range holds {
		holds[v] = money
	}
	won := map[int]bool{}
	for {
		best, bestRho := -1, (*big.Rat)(nil)
		for p := range n.e.Projects {
			if won[p] || n.e.Projects[p].Withdrawn {
				continue
			}
			rho := n.rho(worth, holds, p)
			if rho == nil {
				continue
			}
			if best < 0 || rho.Cmp(bestRho) < 0 || rho.Cmp(bestRho) == 0 && n.before(p, best) {
				best, bestRho = p, rho
			}
		}
		if best < 0 {
			return won
		}
		won[best] = true
		for v := range holds {
			share := new(big.Rat).Mul(bestRho, n.utility(worth, v, best))
			if share.Cmp(holds[v]) > 0 {
				share = holds[v]
			}
			holds[v] = new(big.Rat).Sub(holds[v], share)
		}
	}
}

// rho is the least one with Σ min(b, rho × u) = cost: supporters are sorted by b/u, and who cannot afford an
// equal part of what is still to pay gives all.
func (n naive) rho(worth string, holds []*big.Rat, p int) *big.Rat {
	type supporter struct{ has, worth *big.Rat }
	var line []supporter
	worths := rat(0)
	for v := range holds {
		if u := n.utility(worth, v, p); u.Sign() > 0 {
			line = append(line, supporter{holds[v], u})
			worths.Add(worths, u)
		}
	}
	sort.Slice(line, func(i, j int) bool {
		a, b := new(big.Rat).Quo(line[i].has, line[i].worth), new(big.Rat).Quo(line[j].has, line[j].worth)
		return a.Cmp(b) < 0
	})
	due := rat(n.e.Projects[p].Cost)
	for _, s := range line {
		rho := new(big.Rat).Quo(due, worths)
		if new(big.Rat).Mul(rho, s.worth).Cmp(s.has) <= 0 {
			return rho
		}
		due.Sub(due, s.has)
		worths.Sub(worths, s.worth)
	}
	return nil
}
