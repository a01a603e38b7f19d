package rule

import (
	"cmp"
	"errors"
	"slices"
)

// Count counts a poll. The result depends on nothing but its arguments and neither on the order of the roll nor
// on that of the ballots. It refuses, with a fault, a rule that Check refuses, a roll that CheckRoll refuses (an
// empty one counts as an empty poll), and any ballot that the poll should not have taken.
func (r Rule) Count(options int, roll []Voter, ballots []Ballot) (Result, error) {
	c, err := r.begin(options, roll, ballots)
	if err != nil {
		return Result{}, err
	}
	err = c.run()
	return *c.res, err
}

// begin checks everything and sorts the ballots.
func (r Rule) begin(options int, roll []Voter, ballots []Ballot) (*count, error) {
	if err := errors.Join(r.Check(options), r.lawful(roll)); err != nil {
		return nil, err
	}
	if err := r.checkBallots(options, roll, ballots); err != nil {
		return nil, err
	}
	c := &count{Rule: r, options: options, roll: roll, res: &Result{Method: r.Method}}
	c.sort(ballots)
	return c, nil
}

// count is one poll being counted.
type count struct {
	Rule
	options int
	roll    []Voter
	all     []Ballot  // as they came in
	valid   []*Choice // that say something
	res     *Result
}

// sort puts every ballot where it counts.
func (c *count) sort(ballots []Ballot) {
	t := &c.res.Turnout
	t.Roll, t.Ballots, c.all = len(c.roll), len(ballots), ballots
	if c.Franchise == Council {
		for _, v := range c.roll {
			if v.Present {
				t.Present++
			}
		}
	}
	c.valid = make([]*Choice, 0, len(ballots))
	for i := range ballots {
		b := &ballots[i]
		if b.Paper {
			t.Paper++
		}
		switch {
		case c.Franchise == Council && !c.roll[b.Voter].Present:
			t.Absent++
		case b.Choice.Spoilt != "":
			t.Spoilt++
		case b.Choice.Abstain:
			t.Abstain++
		default:
			c.valid = append(c.valid, &b.Choice)
		}
	}
	t.Decided = len(c.valid)
	t.Cast = t.Decided + t.Abstain
	if c.Spoilt == SpoiltCast {
		t.Cast += t.Spoilt
	}
}

// run tallies, whatever the quorum says, and then decides.
func (c *count) run() error {
	enough := c.quorum()
	decide, err := c.tally()
	switch {
	case err != nil:
		return err
	case c.res.Turnout.Cast == 0 && c.Method != Owners:
		c.res.Outcome = Empty
	case !enough:
		c.res.Outcome = Short
	default:
		decide()
	}
	return nil
}

// quorum compares presence and turnout with what the rule asks for, if it asks.
func (c *count) quorum() bool {
	enough, t := true, c.res.Turnout
	if c.Presence != nil {
		enough = c.compare(*c.Presence, StepPresence, -1, int64(t.Present))
	}
	if c.Quorum != nil {
		enough = c.compare(*c.Quorum, StepQuorum, -1, int64(t.Cast)) && enough
	}
	return enough
}

// compare records a comparison with a number of ballots or voters.
func (c *count) compare(b Bar, code Code, option int, part int64) bool {
	s := b.step(code, option, part, c.base(b.Of))
	c.res.Steps = append(c.res.Steps, s)
	return s.Holds
}

func (c *count) base(of Base) int64 {
	t := c.res.Turnout
	switch of {
	case OfRoll:
		return int64(t.Roll)
	case OfPresent:
		return int64(t.Present)
	case OfDecided:
		return int64(t.Decided)
	}
	return int64(t.Cast)
}

// tally adds up and returns what decides if there is a quorum.
func (c *count) tally() (decide func(), err error) {
	switch c.Method {
	case Score:
		return c.tallyScores(), nil
	case Schulze:
		return c.tallyPairs(), nil
	case IRV:
		return c.tallyRounds(), nil
	case Owners:
		return c.tallyOwners(), nil
	case Budget:
		return c.tallyBudget()
	case YesNo:
		return c.tallyYesNo(), nil
	}
	return c.tallyVotes(), nil
}

// votes counts for each option the ballots that name it.
func (c *count) votes() []int64 {
	votes := make([]int64, c.options)
	for _, choice := range c.valid {
		for _, o := range choice.Picks {
			votes[o]++
		}
	}
	return votes
}

// tallyVotes is single and multiple: the most votes win, among options that clear the threshold if there is one.
func (c *count) tallyVotes() func() {
	votes := c.votes()
	c.res.Votes = votes
	var able []int
	for o, n := range votes {
		clears := c.Threshold == nil || c.compare(*c.Threshold, StepThreshold, o, n)
		if clears && n > 0 {
			able = append(able, o)
		}
	}
	return func() { c.elect(able, func(a, b int) int { return cmp.Compare(votes[b], votes[a]) }) }
}

// tallyYesNo passes if the yes votes clear the threshold; an abstention is no yes, and whether it is in the
// whole is what the threshold says.
func (c *count) tallyYesNo() func() {
	c.res.Votes = c.votes()
	passes := c.compare(*c.Threshold, StepThreshold, Yes, c.res.Votes[Yes])
	return func() {
		c.res.Outcome = Failed
		if passes {
			c.res.Outcome, c.res.Winners = Passed, []int{Yes}
		}
	}
}

// elect gives the seats to the first of the options that are able to win. Options that are level across the last
// seat are parted by the lot, or none of them gets a seat.
func (c *count) elect(able []int, better func(a, b int) int) {
	line := slices.Clone(able)
	slices.SortStableFunc(line, better)
	seats := c.seats(c.options)
	if len(line) > seats {
		c.part(line, seats, better)
	} else {
		c.res.Winners = line
	}
	switch {
	case len(c.res.Tied) > 0 && !c.res.ByLot:
		c.res.Outcome = Tied
	case len(c.res.Winners) == 0:
		c.res.Outcome = Nobody
	default:
		c.res.Outcome = Won
	}
}

// part cuts a line that is longer than the seats.
func (c *count) part(line []int, seats int, better func(a, b int) int) {
	from, to := seats-1, seats
	if better(line[from], line[to]) != 0 {
		c.res.Winners = line[:seats:seats]
		return
	}
	for from > 0 && better(line[from-1], line[seats]) == 0 {
		from--
	}
	for to < len(line) && better(line[to], line[seats]) == 0 {
		to++
	}
	level := slices.Clone(line[from:to])
	c.res.Tied = slices.Sorted(slices.Values(level))
	c.res.Winners = slices.Clone(line[:from])
	if c.Tie == TieByLot {
		c.res.ByLot = true
		c.byLot(level)
		c.res.Winners = append(c.res.Winners, level[:seats-from]...)
	}
}

// byLot puts options into the order in which the lot drew them.
func (c *count) byLot(options []int) {
	slices.SortFunc(options, func(a, b int) int {
		return cmp.Compare(slices.Index(c.Lot, a), slices.Index(c.Lot, b))
	})
}
