package budget

import "math/big"

// lose starts the list of losers: every project that did not win, with a reason that the ballots alone give,
// or with the one that why finds.
func (c *counting) lose(res *Result, threshold bool, why func(*Loser)) {
	res.Losers = nil
	won := c.set(res.Winners)
	for p, project := range c.e.Projects {
		if won[p] {
			continue
		}
		l := Loser{Project: p, Cost: project.Cost, Votes: c.got[p].votes, Score: c.got[p].score}
		switch {
		case project.Withdrawn:
			l.Reason = ReasonWithdrawn
		case threshold && l.Score < c.o.Threshold:
			l.Reason = ReasonThreshold
		case project.Cost > c.e.Budget:
			l.Reason = ReasonTooDear
		default:
			why(&l)
		}
		res.Losers = append(res.Losers, l)
	}
}

func (c *counting) explainAll(res *Result, reason Reason) {
	c.lose(res, false, func(l *Loser) { l.Reason = reason })
}

// explainGreedy reads the reasons off the rounds.
func (c *counting) explainGreedy(res *Result) {
	left := refusals(res)
	c.lose(res, c.m.threshold, func(l *Loser) {
		had, asked := left[l.Project]
		switch {
		case asked:
			l.Reason, l.Had = ReasonDidNotFit, had
		case l.Votes == 0:
			l.Reason = ReasonNoVotes
		default:
			l.Reason = ReasonAfterStop
		}
	})
}

// explainShares asks the run that was kept what the supporters of each loser still hold.
func (c *counting) explainShares(res *Result, f *field, kept *run) {
	left := refusals(res)
	c.lose(res, false, func(l *Loser) {
		had, asked := left[l.Project]
		switch {
		case asked:
			l.Reason, l.Had = ReasonDidNotFit, had
		case l.Votes == 0:
			l.Reason = ReasonNoVotes
		case !f.takesPart(l.Project):
			l.Reason = ReasonNoWorth
		default:
			l.Reason, l.Had = ReasonPoor, kept.held(l.Project)
		}
	})
}

// refusals maps every project that a greedy round could not pay for to what was left then.
func refusals(res *Result) map[int]*big.Rat {
	left := map[int]*big.Rat{}
	for _, r := range res.Rounds {
		if !r.Bought {
			left[r.Project] = new(big.Rat).SetInt64(r.Left)
		}
	}
	return left
}
