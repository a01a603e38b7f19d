package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"time"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/recount"
	"jushou/deliberation/poll/rule"
)

// The poll of N5: so many ballots, one of each voter.
const (
	voters = 1_000_000
	places = 6 // options of a ranked poll
)

// million is one poll of the size of a city.
type million struct {
	name    string
	long    bool // only in the long form
	rule    rule.Rule
	options int
	choose  func(r *rand.Rand) rule.Choice
}

func millions() []million {
	half := &rule.Bar{Of: rule.OfCast, Op: rule.More, Num: 1, Den: 2}
	rank := func(r *rand.Rand) rule.Choice {
		c := rule.Choice{Ranks: make([]int, places)}
		for at, o := range r.Perm(places)[:1+r.IntN(places)] {
			c.Ranks[o] = at + 1
		}
		return c
	}
	one := func(r *rand.Rand) rule.Choice { return rule.Choice{Picks: []int{r.IntN(2)}} }
	return []million{
		{"yes or no", true, rule.Rule{Method: rule.YesNo, Threshold: half}, 2, one},
		{"owners, four readings", false, rule.Rule{Method: rule.Owners, Owners: &rule.OwnersTerms{
			Matter: 6, Scope: rule.ScopeArea, Form: rule.YesNo, Parking: rule.ParkingCounts, NonReturn: rule.WithMajority,
			Clause: "18", Warning: "v1", ServiceMethods: []string{"door"},
		}}, 2, one},
		{"Schulze, 6 options", false, rule.Rule{Method: rule.Schulze}, places, rank},
		{"instant runoff, 6 options", true, rule.Rule{Method: rule.IRV}, places, rank},
		{"equal shares, 20 projects", false, rule.Rule{Method: rule.Budget, Budget: &rule.BudgetTerms{
			Rule: budget.MESCostAdd1U, Money: 10_000_000_00, Unit: 100, Costs: costs(20),
			Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes},
		}}, 20, func(r *rand.Rand) rule.Choice { return rule.Choice{Picks: r.Perm(20)[:1+r.IntN(4)]} }},
	}
}

// costs are what projects cost, in fen: from 300,000 to 1.25 million yuan.
func costs(n int) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = int64(300_000_00 + i*50_000_00)
	}
	return all
}

// make draws the poll. The same poll is drawn every time.
func (m million) make() (roll []rule.Voter, ballots []rule.Ballot) {
	r := rand.New(rand.NewPCG(5, 5))
	roll, ballots = make([]rule.Voter, voters), make([]rule.Ballot, voters)
	for i := range roll {
		key := strconv.Itoa(i)
		roll[i].Key = key
		if m.rule.Method == rule.Owners {
			roll[i].Units = []rule.Unit{{Key: key, Area: int64(5_000 + r.IntN(10_000)), Parking: i%50 == 0}}
		}
		ballots[i] = rule.Ballot{Voter: i, Choice: m.choose(r)}
	}
	return roll, ballots
}

// tallying measures how long both counters take over a million ballots, in turns with a bare loop over them.
func (b *bench) tallying(ctx context.Context) error {
	for _, m := range millions() {
		if m.long && !b.full {
			continue
		}
		roll, ballots := m.make()
		var first, second, bare []time.Duration
		for range b.rounds {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			runtime.GC()
			bare = append(bare, addUp(ballots))
			began := time.Now()
			got, err := m.rule.Count(m.options, roll, ballots)
			if err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
			first = append(first, time.Since(began))
			began = time.Now()
			if err := recount.Compare(got, m.rule, m.options, roll, ballots); err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
			second = append(second, time.Since(began))
		}
		b.tallied(m, first, second, bare)
	}
	return nil
}

func (b *bench) tallied(m million, first, second, bare []time.Duration) {
	same := func(d time.Duration) time.Duration { return d }
	one, two, loop := median(first, same), median(second, same), median(bare, same)
	b.raw["N5 count, "+m.name] = map[string][]time.Duration{"count": first, "second count": second, "bare loop": bare}
	b.note(finding{
		Item: "N5", What: "two counts of 10^6 ballots: " + m.name, Value: (one + two).Seconds(), Target: 10, Stretch: 4, Unit: "s",
		Detail: fmt.Sprintf("%.2f s and %.2f s; %.0f times a bare loop over the same ballots (%.1f ms)", one.Seconds(), two.Seconds(),
			float64(one+two)/float64(max(loop, 1)), millis(loop)),
	})
}

// addUp is the baseline: it reads every mark once and checks nothing.
func addUp(ballots []rule.Ballot) time.Duration {
	began := time.Now()
	sums := make([]int, 100)
	for i := range ballots {
		for _, o := range ballots[i].Choice.Picks {
			sums[o]++
		}
		for o, rank := range ballots[i].Choice.Ranks {
			sums[o] += rank
		}
	}
	runtime.KeepAlive(sums)
	return time.Since(began)
}
