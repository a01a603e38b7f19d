package tally

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sort"
)

// Poll is everything that a count reads.
type Poll struct {
	Rule    Rule
	Options int
	Voters  int // lines of the roll, those added late among them
	Present int // members on the attendance list of a council, which is not published: it has to be taken as it is told
	Ballots []Ballot
	Stakes  *Stakes // of owners; nil where they are not known
	// Steps is how many Add1 steps the result took, or -1 if it does not say: see steps.
	Steps int
}

// ErrBeyond means that a poll cannot be counted from what is published.
var ErrBeyond = errors.New("it cannot be counted from what is published")

// Result is a count, in the form and under the names of the published one.
type Result struct {
	Method  string   `json:"method"`
	Outcome string   `json:"outcome"`
	Winners []int    `json:"winners"`
	Tied    []int    `json:"tied"`
	ByLot   bool     `json:"byLot"`
	Turnout Turnout  `json:"turnout"`
	Steps   []Step   `json:"steps"`
	Votes   []int64  `json:"votes"`
	Scores  []Score  `json:"scores"`
	Pairs   *Pairs   `json:"pairs"`
	Rounds  []Round  `json:"rounds"`
	Sheets  []Sheet  `json:"sheets"`
	Funding *Funding `json:"funding"`
}

// Turnout says what came in.
type Turnout struct {
	Roll    int64 `json:"roll"`
	Present int64 `json:"present"`
	Ballots int64 `json:"ballots"`
	Paper   int64 `json:"paper"`
	Absent  int64 `json:"absent"`
	Spoilt  int64 `json:"spoilt"`
	Abstain int64 `json:"abstain"`
	Cast    int64 `json:"cast"`
	Decided int64 `json:"decided"`
}

// Step is one comparison of a share.
type Step struct {
	Code   string `json:"code"`
	Option int    `json:"option"`
	Of     string `json:"of"`
	Part   int64  `json:"part"`
	Whole  int64  `json:"whole"`
	Op     string `json:"op"`
	Num    int64  `json:"num"`
	Den    int64  `json:"den"`
	Holds  bool   `json:"holds"`
}

// Score is what one option drew.
type Score struct {
	Sum     int64 `json:"sum"`
	Ballots int64 `json:"ballots"`
}

// count is one poll being counted.
type count struct {
	Poll
	valid []Ballot // those that say something
	res   Result
}

// Count counts a poll. The error is ErrBeyond if that cannot be done, and otherwise says which ballot should never have been taken in.
func Count(p Poll) (Result, error) {
	c := &count{Poll: p, res: Result{Method: p.Rule.Method}}
	if err := c.sort(); err != nil {
		return Result{}, err
	}
	enough := c.floor()
	decide, err := c.tally()
	if err != nil {
		return Result{}, err
	}
	switch {
	case c.res.Turnout.Cast == 0 && c.Rule.Method != "owners" || c.res.Turnout.Ballots == 0:
		c.res.Outcome = "empty"
	case !enough:
		c.res.Outcome = "short"
	default:
		decide()
	}
	return c.res, nil
}

// sort puts each ballot where it counts.
func (c *count) sort() error {
	t := &c.res.Turnout
	t.Roll, t.Ballots = int64(c.Voters), int64(len(c.Ballots))
	if c.Rule.Franchise == "council" {
		t.Present = int64(c.Present)
	}
	if t.Ballots > t.Roll || c.Rule.Franchise == "council" && (t.Present > t.Roll || t.Ballots > t.Present) {
		return fmt.Errorf("%d ballots of %d voters, %d of them present", t.Ballots, t.Roll, t.Present)
	}
	for i, b := range c.Ballots {
		if flaw := c.Rule.flaw(b, c.Options); flaw != "" {
			return fmt.Errorf("ballot %d does not fit the rule: %s", i+1, flaw)
		}
		if b.Paper {
			t.Paper++
		}
		switch {
		case b.Spoilt != "":
			t.Spoilt++
		case b.Abstain:
			t.Abstain++
		default:
			c.valid = append(c.valid, b)
		}
	}
	t.Decided = int64(len(c.valid))
	t.Cast = t.Decided + t.Abstain
	if c.Rule.Spoilt == "cast" {
		t.Cast += t.Spoilt
	}
	return nil
}

// compare records whether part reaches a share.
func (c *count) compare(code string, option int, part int64, s Share) bool {
	t := c.res.Turnout
	whole := map[string]int64{"roll": t.Roll, "present": t.Present, "cast": t.Cast, "decided": t.Decided}[s.Of]
	step := stepOf(code, option, part, whole, s)
	c.res.Steps = append(c.res.Steps, step)
	return step.Holds
}

// stepOf compares two fractions; of nothing, nothing holds.
func stepOf(code string, option int, part, whole int64, s Share) Step {
	step := Step{Code: code, Option: option, Of: s.Of, Part: part, Whole: whole, Op: s.Op, Num: s.Num, Den: s.Den}
	if whole > 0 {
		by := big.NewRat(part, whole).Cmp(big.NewRat(s.Num, s.Den))
		step.Holds = by > 0 || by == 0 && s.Op == ">="
	}
	return step
}

// floor asks for presence and quorum.
func (c *count) floor() bool {
	enough := true
	if s := c.Rule.Presence; s != nil {
		enough = c.compare("presence", -1, c.res.Turnout.Present, *s)
	}
	if s := c.Rule.Quorum; s != nil {
		enough = c.compare("quorum", -1, c.res.Turnout.Cast, *s) && enough
	}
	return enough
}

// tally adds up, and returns what decides if enough took part.
func (c *count) tally() (decide func(), err error) {
	switch c.Rule.Method {
	case "single", "multiple":
		return c.votes(), nil
	case "yes-no":
		return c.yesNo(), nil
	case "score":
		return c.scores(), nil
	case "schulze":
		return c.schulze(), nil
	case "irv":
		return c.runoff(), nil
	case "budget":
		return c.funding()
	case "owners":
		return c.owners()
	}
	return nil, fmt.Errorf("%w: a vote by %q", ErrBeyond, c.Rule.Method)
}

// named counts the ballots that name each option.
func (c *count) named() []int64 {
	votes := make([]int64, c.Options)
	for _, b := range c.valid {
		for _, o := range b.Picks {
			votes[o]++
		}
	}
	return votes
}

func (c *count) votes() func() {
	votes := c.named()
	c.res.Votes = votes
	var able []int
	for o, n := range votes {
		clears := c.Rule.Threshold == nil || c.compare("threshold", o, n, *c.Rule.Threshold)
		if clears && n > 0 {
			able = append(able, o)
		}
	}
	return func() { c.elect(able, func(o int) *big.Rat { return big.NewRat(votes[o], 1) }) }
}

func (c *count) yesNo() func() {
	c.res.Votes = c.named()
	passes := c.compare("threshold", 0, c.res.Votes[0], *c.Rule.Threshold)
	return func() {
		if c.res.Outcome = "failed"; passes {
			c.res.Outcome, c.res.Winners = "passed", []int{0}
		}
	}
}

func (c *count) scores() func() {
	got := make([]Score, c.Options)
	for _, b := range c.valid {
		for i, o := range b.Picks {
			got[o].Sum += int64(b.Scores[i])
			got[o].Ballots++
		}
	}
	var able []int
	for o := range got {
		if got[o].Ballots > 0 {
			able = append(able, o)
		}
	}
	c.res.Scores = got
	return func() {
		c.elect(able, func(o int) *big.Rat {
			if c.Rule.Range.By == "mean" {
				return big.NewRat(got[o].Sum, got[o].Ballots)
			}
			return big.NewRat(got[o].Sum, 1)
		})
	}
}

// elect gives the seats to the options with the highest values. Those level for the last seat are parted by the lot, or none has it.
func (c *count) elect(able []int, value func(int) *big.Rat) {
	line := slices.Clone(able)
	sort.SliceStable(line, func(i, j int) bool { return value(line[i]).Cmp(value(line[j])) > 0 })
	seats := max(1, c.Rule.Seats)
	if c.Rule.Method == "multiple" && c.Rule.Seats == 0 {
		seats = c.Options
	}
	if len(line) <= seats {
		c.res.Winners = line
	} else {
		c.seat(line, seats, value)
	}
	switch {
	case len(c.res.Tied) > 0 && !c.res.ByLot:
		c.res.Outcome = "tied"
	case len(c.res.Winners) == 0:
		c.res.Outcome = "nobody"
	default:
		c.res.Outcome = "won"
	}
}

// seat cuts a line that is longer than the seats.
func (c *count) seat(line []int, seats int, value func(int) *big.Rat) {
	last := value(line[seats-1])
	var level []int
	for _, o := range line {
		switch value(o).Cmp(last) {
		case 1:
			c.res.Winners = append(c.res.Winners, o)
		case 0:
			level = append(level, o)
		}
	}
	free := seats - len(c.res.Winners)
	if len(level) > free {
		c.res.Tied = slices.Sorted(slices.Values(level))
		if c.Rule.Tie != "lot" {
			return
		}
		c.res.ByLot = true
		c.draw(level)
	}
	c.res.Winners = append(c.res.Winners, level[:free]...)
}

// draw puts options into the order of the lot.
func (c *count) draw(options []int) {
	sort.SliceStable(options, func(i, j int) bool {
		return slices.Index(c.Rule.Lot, options[i]) < slices.Index(c.Rule.Lot, options[j])
	})
}
