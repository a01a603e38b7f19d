package recount_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/recount"
	"jushou/deliberation/poll/rule"
)

var polls = flag.Int("polls", 100_000, "random polls, over all methods, on which both counters must agree")

// draw makes a random poll. They are small, so that ties, missed quorums, empty polls and edges of a share are common.
type draw struct {
	*rand.Rand
	rule    rule.Rule
	options int
	roll    []rule.Voter
	ballots []rule.Ballot
}

func drawn(r *rand.Rand, m rule.Method) *draw {
	d := &draw{Rand: r, options: 2 + r.IntN(4)}
	d.rule = rule.Rule{Method: m, Abstain: r.IntN(2) == 0}
	if r.IntN(3) == 0 {
		d.rule.Spoilt = rule.SpoiltCast
	}
	d.terms()
	d.bars()
	if r.IntN(2) == 0 && m != rule.YesNo && m != rule.Owners {
		d.rule.Tie, d.rule.Lot = rule.TieByLot, r.Perm(d.options)
	}
	d.people()
	for v := range d.roll {
		if r.IntN(4) > 0 {
			d.vote(v)
		}
	}
	r.Shuffle(len(d.ballots), func(i, j int) { d.ballots[i], d.ballots[j] = d.ballots[j], d.ballots[i] })
	return d
}

func oneOf[T any](d *draw, choices ...T) T { return choices[d.IntN(len(choices))] }

// terms fills in what the method needs.
func (d *draw) terms() {
	switch d.rule.Method {
	case rule.Single:
		d.rule.Seats = d.IntN(min(2, d.options))
	case rule.Multiple:
		d.rule.Max = d.IntN(d.options + 1)
		d.rule.Min = d.IntN(max(1, d.rule.Max) + 1)
		d.rule.Seats = 1 + d.IntN(d.options-1)
	case rule.Score:
		d.rule.Range = &rule.Range{Min: -d.IntN(2), Max: 1 + d.IntN(4), By: oneOf(d, rule.BySum, rule.ByMean), Partial: d.IntN(2) == 0}
		d.rule.Seats = d.IntN(d.options)
	case rule.Schulze:
		d.rule.Equal = d.IntN(2) == 0
		d.rule.Max = d.IntN(d.options + 1)
	case rule.IRV:
		d.options += d.IntN(2)
		d.rule.Max = d.IntN(d.options + 1)
	case rule.YesNo:
		d.options = 2
	case rule.Owners:
		d.ownersTerms()
	case rule.Budget:
		d.budgetTerms()
	}
}

func (d *draw) ownersTerms() {
	t := &rule.OwnersTerms{
		Matter: 1 + d.IntN(9), Scope: rule.ScopeBuilding, Form: oneOf(d, rule.YesNo, rule.Single),
		Parking: oneOf(d, rule.ParkingCounts, rule.ParkingApart), ParkingClause: "5", NonReturn: rule.NotParticipating,
	}
	if d.IntN(3) > 0 {
		t.NonReturn = oneOf(d, rule.ParticipationOnly, rule.WithMajority)
		t.Clause, t.Warning, t.ServiceMethods = "18", "v1", []string{"door", "post"}
	}
	if d.rule.Owners = t; t.Form == rule.YesNo {
		d.options = 2
	}
}

func (d *draw) budgetTerms() {
	d.options = 1 + d.IntN(5)
	rules := budget.Rules()
	t := &rule.BudgetTerms{
		Rule: rules[d.IntN(len(rules))], Money: int64(d.IntN(60)), Unit: oneOf[int64](d, 1, 1, 10),
		Start: oneOf(d, budget.StartByRule, budget.StartByRule, budget.StartExact, budget.StartFloor), NeedVotes: d.IntN(4) == 0,
		Ties: oneOf(d, []budget.Criterion{budget.LowestCost, budget.MostVotes}, []budget.Criterion{budget.MostVotes}, nil),
	}
	for range d.options {
		t.Costs = append(t.Costs, int64(d.IntN(30)))
	}
	if t.Rule == budget.GreedyThreshold {
		t.Threshold = int64(1 + d.IntN(5))
	}
	if d.IntN(2) == 0 {
		t.Points, t.Total = 1+d.IntN(4), d.IntN(2)*20
	}
	if t.Rule[0] == 'm' {
		t.Compare, t.StopWhenFull = d.IntN(4) == 0, d.IntN(4) == 0
		t.Step = oneOf[int64](d, 0, 0, 1, 3)
		t.PointsTimesCost = t.Rule[:6] == "mes-po" && d.IntN(3) == 0
	}
	d.rule.Budget, d.rule.Max = t, d.IntN(d.options+1)
}

// bars draws presence, quorum and threshold where the method has them.
func (d *draw) bars() {
	if d.rule.Method == rule.Owners {
		return
	}
	share := func(of ...rule.Base) *rule.Bar {
		return &rule.Bar{Of: of[d.IntN(len(of))], Op: oneOf(d, rule.More, rule.AtLeast), Num: int64(1 + d.IntN(2)), Den: int64(3 + d.IntN(2))}
	}
	of, from := []rule.Base{rule.OfCast, rule.OfDecided, rule.OfRoll}, []rule.Base{rule.OfRoll}
	d.rule.Franchise = oneOf(d, rule.Persons, rule.Persons, rule.Households, rule.Council)
	if d.rule.Franchise == rule.Council {
		of, from = append(of, rule.OfPresent), append(from, rule.OfPresent)
		d.rule.Presence = share(rule.OfRoll)
	}
	if d.IntN(3) == 0 {
		d.rule.Quorum = share(from...)
	}
	m := d.rule.Method
	if m == rule.YesNo || (m == rule.Single || m == rule.Multiple) && d.IntN(2) == 0 {
		if d.rule.Threshold = share(of...); m == rule.Multiple && d.IntN(2) == 0 {
			d.rule.Seats = 0
		}
	}
}

func (d *draw) people() {
	d.roll = make([]rule.Voter, d.IntN(12))
	for i := range d.roll {
		v := &d.roll[i]
		v.Key, v.Household, v.Present = fmt.Sprint(i), fmt.Sprint("h", i), d.IntN(3) > 0
		if d.rule.Method != rule.Owners {
			continue
		}
		for n := range 1 + d.IntN(2) {
			v.Units = append(v.Units, rule.Unit{Key: fmt.Sprint(i, ".", n), Area: int64(1 + d.IntN(3)), Parking: d.IntN(8) == 0})
		}
		if d.IntN(2) == 0 {
			v.Service = &rule.Service{Method: oneOf(d, "door", "post", "chat"), At: time.Unix(int64(d.IntN(5)), 0), Recipient: "r", Warning: oneOf(d, "v1", "v1", "v0")}
		}
	}
}

func (d *draw) vote(voter int) {
	b := rule.Ballot{Voter: voter, Paper: d.IntN(3) == 0}
	switch {
	case b.Paper && d.IntN(3) == 0:
		b.Choice.Spoilt = rule.Spoils()[d.IntN(len(rule.Spoils()))]
	case d.rule.Abstain && d.IntN(6) == 0:
		b.Choice.Abstain = true
	default:
		b.Choice = d.choice()
	}
	d.ballots = append(d.ballots, b)
}

// choice draws what the rule accepts.
func (d *draw) choice() (c rule.Choice) {
	most := d.rule.Max
	if most == 0 {
		most = d.options
	}
	switch m := d.rule.Method; m {
	case rule.Schulze, rule.IRV:
		return d.ranking(most)
	case rule.Multiple:
		c.Picks = d.Perm(d.options)[:max(1, d.rule.Min)+d.IntN(most-max(1, d.rule.Min)+1)]
	case rule.Budget:
		c.Picks = d.Perm(d.options)[:d.IntN(most+1)]
		for range c.Picks {
			if d.rule.Budget.Points > 0 {
				c.Scores = append(c.Scores, 1+d.IntN(d.rule.Budget.Points))
			}
		}
	case rule.Score:
		c.Picks = d.Perm(d.options)
		if d.rule.Range.Partial {
			c.Picks = c.Picks[:1+d.IntN(d.options)]
		}
		for range c.Picks {
			c.Scores = append(c.Scores, d.rule.Range.Min+d.IntN(d.rule.Range.Max-d.rule.Range.Min+1))
		}
	default:
		c.Picks = []int{d.IntN(d.options)}
	}
	return c
}

func (d *draw) ranking(most int) rule.Choice {
	c := rule.Choice{Ranks: make([]int, d.options)}
	rank := 0
	for i, o := range d.Perm(d.options)[:1+d.IntN(most)] {
		if i == 0 || !d.rule.Equal || d.IntN(2) == 0 {
			rank++
		}
		c.Ranks[o] = rank
	}
	return c
}

// TestBothCountersAgree is the promise on which publishing rests. It also makes sure that the drawn polls reach
// every way in which a poll can end.
func TestBothCountersAgree(t *testing.T) {
	t.Parallel()
	for _, m := range rule.Methods() {
		t.Run(string(m), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(5, 8))
			ended := map[rule.Outcome]int{}
			for n := range *polls / len(rule.Methods()) {
				d := drawn(r, m)
				got, err := d.rule.Count(d.options, d.roll, d.ballots)
				if err != nil {
					t.Fatalf("poll %d: %v\n%s", n, err, d.rule.Canonical())
				}
				if err := recount.Compare(got, d.rule, d.options, d.roll, d.ballots); err != nil {
					t.Fatalf("poll %d: %v\nrule %s\nroll %+v\nballots %+v\nresult %s", n, err, d.rule.Canonical(), d.roll, d.ballots, got.JSON())
				}
				ended[got.Outcome]++
			}
			for _, o := range outcomes(m) {
				if *polls >= 10_000 && ended[o] == 0 {
					t.Errorf("no poll ended %q: %v", o, ended)
				}
			}
		})
	}
}

func outcomes(m rule.Method) []rule.Outcome {
	switch m {
	case rule.YesNo:
		return []rule.Outcome{rule.Passed, rule.Failed, rule.Short, rule.Empty}
	case rule.Owners:
		return []rule.Outcome{rule.Passed, rule.Failed, rule.Won, rule.Nobody, rule.Short, rule.Empty}
	}
	return []rule.Outcome{rule.Won, rule.Tied, rule.Nobody, rule.Short, rule.Empty}
}
