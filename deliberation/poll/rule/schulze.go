package rule

import "slices"

// Pairs is a Schulze count. Prefer[a][b] is how many ballots rank a above b. Path[a][b] is the strength of the
// strongest path from a to b: the largest number for which a chain of defeats exists whose weakest link has it.
// The strength of a defeat is the number of ballots on the winning side.
type Pairs struct {
	Prefer [][]int64 `json:"prefer"`
	Path   [][]int64 `json:"path"`
	Best   []int     `json:"best"` // options that no other beats by Path; at least one
}

// tallyPairs is the Schulze method (M. Schulze, Social Choice and Welfare 36, 2011), strength by winning votes,
// paths by Floyd and Warshall.
func (c *count) tallyPairs() func() {
	p := &Pairs{Prefer: c.prefer()}
	p.Path = strongest(p.Prefer)
	p.Best = p.best()
	c.res.Pairs, c.res.Votes = p, c.firsts(nil)
	return func() {
		switch {
		case len(c.valid) == 0:
			c.res.Outcome = Nobody
		case len(p.Best) == 1:
			c.res.Outcome, c.res.Winners = Won, p.Best
		default:
			c.elect(p.Best, func(int, int) int { return 0 })
		}
	}
}

func square(n int) [][]int64 {
	m := make([][]int64, n)
	for i := range m {
		m[i] = make([]int64, n)
	}
	return m
}

// prefer compares every pair on every ballot; an option without a rank is below all that have one.
func (c *count) prefer() [][]int64 {
	m := square(c.options)
	for _, choice := range c.valid {
		for a, rank := range choice.Ranks {
			if rank == 0 {
				continue
			}
			for b, other := range choice.Ranks {
				if other == 0 || other > rank {
					m[a][b]++
				}
			}
		}
	}
	return m
}

func strongest(prefer [][]int64) [][]int64 {
	n := len(prefer)
	path := square(n)
	for a := range n {
		for b := range n {
			if prefer[a][b] > prefer[b][a] {
				path[a][b] = prefer[a][b]
			}
		}
	}
	for by := range n {
		for a := range n {
			for b := range n {
				if a != b && a != by && b != by {
					path[a][b] = max(path[a][b], min(path[a][by], path[by][b]))
				}
			}
		}
	}
	return path
}

func (p *Pairs) best() []int {
	var best []int
	for a := range p.Path {
		beaten := slices.ContainsFunc(p.others(a), func(b int) bool { return p.Path[b][a] > p.Path[a][b] })
		if !beaten {
			best = append(best, a)
		}
	}
	return best
}

func (p *Pairs) others(a int) []int {
	var others []int
	for b := range p.Path {
		if b != a {
			others = append(others, b)
		}
	}
	return others
}
