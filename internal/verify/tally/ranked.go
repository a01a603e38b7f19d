package tally

import (
	"math/big"
	"slices"
)

// Pairs is a Schulze count.
type Pairs struct {
	Prefer [][]int64 `json:"prefer"`
	Path   [][]int64 `json:"path"`
	Best   []int     `json:"best"`
}

// Round is a round of instant runoff.
type Round struct {
	Race      []int   `json:"race"`
	Votes     []int64 `json:"votes"`
	Exhausted int64   `json:"exhausted"`
	Majority  Step    `json:"majority"`
	Out       []int   `json:"out"`
	Level     []int   `json:"level"`
	ByLot     bool    `json:"byLot"`
}

// first is the option that a ballot ranks highest of those in the race, -1 if it ranks none or two share the place.
func first(b Ballot, race []int) int {
	best, shared := -1, false
	for _, o := range race {
		switch rank := b.Ranks[o]; {
		case rank == 0:
		case best < 0 || rank < b.Ranks[best]:
			best, shared = o, false
		case rank == b.Ranks[best]:
			shared = true
		}
	}
	if shared {
		return -1
	}
	return best
}

// firsts counts by option, and the ballots that are for none.
func (c *count) firsts(race []int) (votes []int64, none int64) {
	votes = make([]int64, c.Options)
	for _, b := range c.valid {
		if o := first(b, race); o >= 0 {
			votes[o]++
		} else {
			none++
		}
	}
	return votes, none
}

func (c *count) everybody() []int {
	all := make([]int, c.Options)
	for o := range all {
		all[o] = o
	}
	return all
}

// schulze compares every pair on every ballot, and widens paths until none can be widened any more.
func (c *count) schulze() func() {
	all := c.everybody()
	p := &Pairs{}
	for range all {
		p.Prefer, p.Path = append(p.Prefer, make([]int64, c.Options)), append(p.Path, make([]int64, c.Options))
	}
	for _, b := range c.valid {
		for _, x := range all {
			for _, y := range all {
				if b.Ranks[x] > 0 && (b.Ranks[y] == 0 || b.Ranks[x] < b.Ranks[y]) {
					p.Prefer[x][y]++
				}
			}
		}
	}
	for _, x := range all {
		for _, y := range all {
			if p.Prefer[x][y] > p.Prefer[y][x] {
				p.Path[x][y] = p.Prefer[x][y]
			}
		}
	}
	for p.widen(all) {
	}
	for _, x := range all {
		if !slices.ContainsFunc(all, func(y int) bool { return p.Path[y][x] > p.Path[x][y] }) {
			p.Best = append(p.Best, x)
		}
	}
	c.res.Pairs = p
	c.res.Votes, _ = c.firsts(all)
	return func() {
		if len(c.valid) == 0 {
			c.res.Outcome = "nobody"
			return
		}
		c.elect(p.Best, func(int) *big.Rat { return new(big.Rat) })
	}
}

// widen makes paths stronger by one more stop each, and reports whether any became stronger.
func (p *Pairs) widen(all []int) (more bool) {
	for _, x := range all {
		for _, by := range all {
			for _, y := range all {
				if through := min(p.Path[x][by], p.Path[by][y]); x != y && through > p.Path[x][y] {
					p.Path[x][y], more = through, true
				}
			}
		}
	}
	return more
}

// runoff takes the last option out round by round until one has more than half.
func (c *count) runoff() func() {
	race := c.everybody()
	c.res.Votes, _ = c.firsts(race)
	for len(c.valid) > 0 {
		r := c.round(race)
		c.res.Rounds = append(c.res.Rounds, r)
		if r.Majority.Holds || len(r.Out) == 0 {
			break
		}
		race = slices.DeleteFunc(slices.Clone(race), func(o int) bool { return slices.Contains(r.Out, o) })
	}
	return c.decideRunoff
}

func (c *count) round(race []int) Round {
	votes, none := c.firsts(race)
	r := Round{Race: race, Exhausted: none}
	most, least := race[0], race[0]
	for _, o := range race {
		r.Votes = append(r.Votes, votes[o])
		if votes[o] > votes[most] {
			most = o
		}
		if votes[o] < votes[least] {
			least = o
		}
	}
	half := Share{Of: "decided", Op: ">", Num: 1, Den: 2}
	if r.Majority = stepOf("majority", most, votes[most], int64(len(c.valid))-none, half); r.Majority.Holds || len(race) == 1 {
		return r
	}
	var last []int
	next := int64(-1) // the fewest votes above the last place
	for _, o := range race {
		switch {
		case votes[o] == votes[least]:
			last = append(last, o)
		case next < 0 || votes[o] < next:
			next = votes[o]
		}
	}
	switch {
	case len(last) == 1, next >= 0 && int64(len(last))*votes[least] < next:
		r.Out = last
	case c.Rule.Tie == "lot":
		r.Level, r.ByLot = slices.Clone(last), true
		c.draw(last)
		r.Out = last[len(last)-1:]
	default:
		r.Level = last
	}
	return r
}

func (c *count) decideRunoff() {
	if len(c.res.Rounds) == 0 {
		c.res.Outcome = "nobody"
		return
	}
	end := c.res.Rounds[len(c.res.Rounds)-1]
	if !end.Majority.Holds {
		c.res.Outcome, c.res.Tied = "tied", end.Level
		return
	}
	c.res.Outcome, c.res.Winners = "won", []int{end.Majority.Option}
	for _, r := range c.res.Rounds {
		if r.ByLot {
			c.res.ByLot, c.res.Tied = true, r.Level
		}
	}
}
