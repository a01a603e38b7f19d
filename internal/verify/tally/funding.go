package tally

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"sort"
	"strings"
)

// Funding is what a budget poll bought.
type Funding struct {
	Rule      string      `json:"rule"`
	Winners   []int       `json:"winners"`
	Spent     int64       `json:"spent"`
	Budget    int64       `json:"budget"`
	Voters    int64       `json:"voters"`
	Endowment *big.Rat    `json:"endowment"`
	Steps     int         `json:"steps"`
	Rounds    []Deal      `json:"rounds"`
	Compared  *Comparison `json:"compared"`
}

// Deal is one decision about a project, in the order of deciding.
type Deal struct {
	Phase   string `json:"phase"`
	Project int    `json:"project"`
	Bought  bool   `json:"bought"`
	Cost    int64  `json:"cost"`
	Votes   int64  `json:"votes"`
	Score   int64  `json:"score"`
	Left    int64  `json:"left"`
}

// Comparison tells how many voters are better off under either way of counting.
type Comparison struct {
	BetterShares int64 `json:"betterShares"`
	BetterGreedy int64 `json:"betterGreedy"`
	TookGreedy   bool  `json:"tookGreedy"`
}

// fund is a budget poll. Voters who say the same are one crowd, and hold the same money at any time.
type fund struct {
	*Budget
	lot     []int
	voters  int64
	crowds  []crowd
	backers [][]backer // by project
	votes   []int64
	score   []int64
}

type crowd struct {
	n     int64
	picks []int
}

// backer is a crowd behind a project, each of it with so many units of weight.
type backer struct {
	crowd  int
	weight int64
}

// cart is what one way of counting bought; level are projects that only a lot could part, where none was drawn.
type cart struct {
	bought []int
	spent  int64
	deals  []Deal
	level  []int
}

func (c *count) fund() *fund {
	f := &fund{Budget: c.Rule.Budget, lot: c.Rule.Lot, voters: c.res.Turnout.Cast}
	f.votes, f.score, f.backers = make([]int64, c.Options), make([]int64, c.Options), make([][]backer, c.Options)
	known := map[string]int{}
	for _, b := range c.valid {
		label := fmt.Sprint(b.Picks, b.Scores)
		at, ok := known[label]
		if !ok {
			at = len(f.crowds)
			known[label] = at
			f.crowds = append(f.crowds, crowd{picks: b.Picks})
			for i, o := range b.Picks {
				weight := int64(1)
				if f.Points > 0 && f.family() == "points" {
					weight = int64(b.Scores[i])
				}
				f.backers[o] = append(f.backers[o], backer{at, weight})
			}
		}
		f.crowds[at].n++
		for i, o := range b.Picks {
			f.votes[o]++
			if f.Points > 0 {
				f.score[o] += int64(b.Scores[i])
			} else {
				f.score[o]++
			}
		}
	}
	return f
}

// family is the middle of the name of an equal shares rule: cost, card or points; "" under greedy.
func (f *fund) family() string { return part(f.Rule, 1) }

// completion is its end: "", add1 or add1u.
func (f *fund) completion() string { return part(f.Rule, 2) }

func part(name string, i int) string {
	parts := strings.Split(name, "-")
	if parts[0] != "mes" || i >= len(parts) {
		return ""
	}
	return parts[i]
}

// byCost says that a price is weighed against the cost of its project.
func (f *fund) byCost() bool {
	return f.family() == "cost" || f.family() == "points" && f.PointsTimesCost
}

// funding counts a budget poll.
func (c *count) funding() (func(), error) {
	f := c.fund()
	c.res.Votes = c.named()
	out := &Funding{Rule: f.Rule, Budget: f.Money, Voters: f.voters}
	var end cart
	var err error
	switch {
	case f.voters == 0:
	case f.family() == "":
		end = f.greedy(f.Rule, cart{})
	default:
		end, err = f.shares(out, c.Steps)
	}
	if err != nil {
		return nil, err
	}
	if len(end.level) > 0 {
		return func() { c.res.Outcome, c.res.Tied = "tied", slices.Sorted(slices.Values(end.level)) }, nil
	}
	out.Winners, out.Spent, out.Rounds = end.bought, end.spent, end.deals
	c.res.Funding = out
	return func() {
		if c.res.Outcome, c.res.Winners = "won", end.bought; len(end.bought) == 0 {
			c.res.Outcome = "nobody"
		}
	}, nil
}

func (f *fund) deal(phase string, project int, bought bool, spent int64) Deal {
	return Deal{phase, project, bought, f.Costs[project], f.votes[project], f.score[project], f.Money - spent}
}

// greedy goes on from what is in the cart: the best project first, as long as money lasts.
func (f *fund) greedy(rule string, got cart) cart {
	var line []int
	for p := range f.Costs {
		low := rule == "greedy-threshold" && f.score[p] < f.Threshold
		if !slices.Contains(got.bought, p) && !low && !(f.NeedVotes && f.votes[p] == 0) {
			line = append(line, p)
		}
	}
	better := func(a, b int) int { return cmp.Or(f.rank(rule, a, b), f.stated(a, b)) }
	sort.SliceStable(line, func(i, j int) bool { return better(line[i], line[j]) < 0 })
	for len(line) > 0 {
		n := 1
		for n < len(line) && better(line[0], line[n]) == 0 {
			n++
		}
		level := slices.Clone(line[:n])
		line = line[n:]
		if f.matters(level, f.Money-got.spent) && !f.drawn(level) {
			return cart{level: level}
		}
		for _, p := range level {
			fits := f.Costs[p] <= f.Money-got.spent
			if fits {
				got.spent += f.Costs[p]
				got.bought = append(got.bought, p)
			}
			got.deals = append(got.deals, f.deal("greedy", p, fits, got.spent))
			if !fits && rule == "greedy-no-skip" {
				return got
			}
		}
	}
	return got
}

// rank is negative if a goes before b on the ballots alone.
func (f *fund) rank(rule string, a, b int) int {
	if rule != "greedy-per-cost" {
		return cmp.Compare(f.score[b], f.score[a])
	}
	if f.Costs[a] == 0 || f.Costs[b] == 0 {
		return cmp.Compare(min(f.Costs[a], 1), min(f.Costs[b], 1))
	}
	return big.NewRat(f.score[b], f.Costs[b]).Cmp(big.NewRat(f.score[a], f.Costs[a]))
}

// matters reports whether the order of level projects decides what is bought.
func (f *fund) matters(level []int, left int64) bool {
	sum, least := int64(0), f.Costs[level[0]]
	for _, p := range level {
		sum += f.Costs[p]
		least = min(least, f.Costs[p])
	}
	return len(level) > 1 && sum > left && least <= left
}

// stated compares by the criteria of the rule.
func (f *fund) stated(a, b int) int {
	for _, by := range f.Ties {
		order := cmp.Compare(f.Costs[a], f.Costs[b])
		if by == "votes" {
			order = cmp.Compare(f.votes[b], f.votes[a])
		}
		if order != 0 {
			return order
		}
	}
	return 0
}

// drawn puts level projects into the order of the lot; false means that there was none.
func (f *fund) drawn(level []int) bool {
	for _, p := range level {
		if !slices.Contains(f.lot, p) {
			return false
		}
	}
	sort.Slice(level, func(i, j int) bool { return slices.Index(f.lot, level[i]) < slices.Index(f.lot, level[j]) })
	return true
}
