package budget

import (
	"cmp"
	"math/big"
	"slices"
)

// greedyRun buys from the front of a line of projects while money lasts.
type greedyRun struct {
	e      *Election
	got    []standing
	ties   ties
	m      method
	o      Options
	left   int64
	rounds []Round
	bought []int
	full   bool // a project did not fit and the rule stops there
}

// run lines up the candidates and walks the line. Projects that stand level are taken together if all fit
// and passed over together if none does; only otherwise is a lot needed.
func (g *greedyRun) run(candidates []int) error {
	line := slices.Clone(candidates)
	slices.SortStableFunc(line, func(a, b int) int { return cmp.Or(g.rank(a, b), g.ties.stated(a, b)) })
	for len(line) > 0 && !g.full {
		n := 1
		for n < len(line) && g.rank(line[0], line[n]) == 0 && g.ties.stated(line[0], line[n]) == 0 {
			n++
		}
		level, err := g.part(line[:n])
		if err != nil {
			return err
		}
		for _, p := range level {
			g.offer(p)
		}
		line = line[n:]
	}
	return nil
}

// rank is negative if a goes before b on the ballots alone.
func (g *greedyRun) rank(a, b int) int {
	sa, sb := g.got[a].score, g.got[b].score
	if !g.m.perCost {
		return cmp.Compare(sb, sa)
	}
	ca, cb := g.e.Projects[a].Cost, g.e.Projects[b].Cost
	if ca == 0 || cb == 0 { // without cost a project goes first, whatever its score: it takes nothing from others
		return cmp.Compare(min(ca, 1), min(cb, 1))
	}
	perA := new(big.Int).Mul(big.NewInt(sa), big.NewInt(cb))
	return new(big.Int).Mul(big.NewInt(sb), big.NewInt(ca)).Cmp(perA)
}

func (g *greedyRun) part(level []int) ([]int, error) {
	sum, least := int64(0), int64(MaxMoney)
	for _, p := range level {
		sum += g.e.Projects[p].Cost
		least = min(least, g.e.Projects[p].Cost)
	}
	if len(level) == 1 || sum <= g.left || least > g.left {
		return level, nil
	}
	return g.ties.drawn(level)
}

func (g *greedyRun) offer(p int) {
	if g.full {
		return
	}
	cost := g.e.Projects[p].Cost
	fits := cost <= g.left
	if fits {
		g.left -= cost
		g.bought = append(g.bought, p)
	}
	g.full = !fits && g.m.stopFirst
	g.rounds = append(g.rounds, Round{
		Phase: PhaseGreedy, Project: p, Bought: fits, Cost: cost,
		Votes: g.got[p].votes, Score: g.got[p].score, Left: g.left,
	})
}
