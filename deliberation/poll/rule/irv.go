package rule

import (
	"cmp"
	"slices"
)

// Round is one round of instant runoff: what each option in the race has, and what follows.
type Round struct {
	Race      []int   `json:"race"`      // options still in
	Votes     []int64 `json:"votes"`     // of each of Race: ballots whose best option in the race it is
	Exhausted int64   `json:"exhausted"` // ballots that rank none of Race
	Majority  Step    `json:"majority"`  // of the leader, of the ballots that are not exhausted
	Out       []int   `json:"out,omitempty"`
	// Level are the options that shared the last place in this round, if only a lot could part them.
	Level []int `json:"level,omitempty"`
	ByLot bool  `json:"byLot,omitempty"`
}

// firsts counts for each option the ballots on which it is the best of those in the race; a nil race is all.
func (c *count) firsts(race []bool) []int64 {
	votes := make([]int64, c.options)
	for _, choice := range c.valid {
		best := -1
		for o, rank := range choice.Ranks {
			if rank > 0 && (race == nil || race[o]) && (best < 0 || rank < choice.Ranks[best]) {
				best = o
			}
		}
		if best >= 0 && !c.shared(choice, best) {
			votes[best]++
		}
	}
	return votes
}

// shared reports whether a ballot has another option on the same rank, which only Equal allows.
func (c *count) shared(choice *Choice, best int) bool {
	if !c.Equal {
		return false
	}
	for o, rank := range choice.Ranks {
		if o != best && rank == choice.Ranks[best] {
			return true
		}
	}
	return false
}

// tallyRounds is instant runoff: whoever has more than half of the ballots that still name somebody in the race
// wins; otherwise the last one drops out and its ballots go to their next option. Options that share the last
// place drop out together if all their votes together are fewer than what the next one has, for then their order
// makes no difference to anybody else. Otherwise the lot decides, the one drawn last dropping out, or the count
// stops as tied.
func (c *count) tallyRounds() func() {
	race := make([]bool, c.options)
	for o := range race {
		race[o] = true
	}
	c.res.Votes = c.firsts(race)
	for len(c.valid) > 0 {
		r := c.round(race)
		for _, o := range r.Out {
			race[o] = false
		}
		c.res.Rounds = append(c.res.Rounds, r)
		if r.Majority.Holds || len(r.Out) == 0 {
			break
		}
	}
	return c.decideRounds
}

func (c *count) round(race []bool) Round {
	votes := c.firsts(race)
	r := Round{Exhausted: int64(len(c.valid))}
	lead := -1
	for o, in := range race {
		if !in {
			continue
		}
		r.Race, r.Votes = append(r.Race, o), append(r.Votes, votes[o])
		r.Exhausted -= votes[o]
		if lead < 0 || votes[o] > votes[lead] {
			lead = o
		}
	}
	half := Bar{Of: OfDecided, Op: More, Num: 1, Den: 2}
	r.Majority = half.step(StepMajority, lead, votes[lead], int64(len(c.valid))-r.Exhausted)
	if !r.Majority.Holds && len(r.Race) > 1 {
		c.dropOut(&r, votes)
	}
	return r
}

// dropOut finds who leaves the race.
func (c *count) dropOut(r *Round, votes []int64) {
	line := slices.Clone(r.Race)
	slices.SortStableFunc(line, func(a, b int) int { return cmp.Compare(votes[a], votes[b]) })
	n := 1
	for n < len(line) && votes[line[n]] == votes[line[0]] {
		n++
	}
	last := line[:n:n]
	switch {
	case n == 1, n < len(line) && int64(n)*votes[line[0]] < votes[line[n]]:
		r.Out = last
	case c.Tie == TieByLot:
		r.Level, r.ByLot = slices.Clone(last), true
		c.byLot(last)
		r.Out = last[n-1:]
	default:
		r.Level = last
	}
}

func (c *count) decideRounds() {
	if len(c.res.Rounds) == 0 {
		c.res.Outcome = Nobody
		return
	}
	for _, r := range c.res.Rounds {
		if r.ByLot {
			c.res.ByLot, c.res.Tied = true, r.Level
		}
	}
	last := c.res.Rounds[len(c.res.Rounds)-1]
	switch {
	case last.Majority.Holds:
		c.res.Outcome, c.res.Winners = Won, []int{last.Majority.Option}
	default:
		c.res.Outcome, c.res.Tied, c.res.ByLot = Tied, last.Level, false
	}
}
