package recount_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/recount"
	"jushou/deliberation/poll/rule"
)

// few draws up to three numbers, most of them sensible.
func few(r *rand.Rand, options int) []int {
	var list []int
	for range r.IntN(4) {
		list = append(list, r.IntN(options+3)-1)
	}
	return list
}

// garbage is a choice that nobody made on a page.
func garbage(r *rand.Rand, options int) (c rule.Choice) {
	if r.IntN(2) == 0 {
		c.Picks = few(r, options)
	}
	if r.IntN(3) == 0 {
		c.Scores = few(r, 5)
	}
	if r.IntN(3) == 0 {
		for range options - r.IntN(20)/19 {
			c.Ranks = append(c.Ranks, max(-1, r.IntN(options+3)-2))
		}
	}
	c.Abstain = r.IntN(8) == 0
	if r.IntN(10) == 0 {
		c.Spoilt = "unclear"
	}
	return c
}

// TestBothCountersRefuseTheSameBallots: whether a ballot may be counted is decided twice as well.
func TestBothCountersRefuseTheSameBallots(t *testing.T) {
	t.Parallel()
	for _, m := range rule.Methods() {
		r := rand.New(rand.NewPCG(3, 9))
		refused, counted := 0, 0
		for range max(2000, *polls/50) {
			d := drawn(r, m)
			if len(d.roll) == 0 {
				continue
			}
			ballots := []rule.Ballot{{Choice: garbage(r, d.options), Paper: r.IntN(2) == 0}}
			got, err := d.rule.Count(d.options, d.roll, ballots)
			diff := recount.Compare(got, d.rule, d.options, d.roll, ballots)
			switch {
			case err == nil && diff == nil:
				counted++
			case err != nil && strings.HasPrefix(what(diff), "ballot 1"):
				refused++
			default:
				t.Fatalf("counted: %v, and again: %v\nrule %s\nballot %+v of %d options", err, diff, d.rule.Canonical(), ballots[0], d.options)
			}
		}
		if refused < 50 || counted < 50 {
			t.Errorf("%s: %d refused, %d counted", m, refused, counted)
		}
	}
}

// anyRule puts fields together without looking whether they fit.
func anyRule(d *draw) rule.Rule {
	share := func() *rule.Bar {
		if d.IntN(2) == 0 {
			return nil
		}
		return &rule.Bar{Of: oneOf(d, rule.OfCast, rule.OfDecided, rule.OfRoll, rule.OfPresent), Op: oneOf(d, rule.More, rule.AtLeast), Num: int64(d.IntN(4)), Den: int64(d.IntN(4))}
	}
	r := rule.Rule{
		Method: rule.Methods()[d.IntN(8)], Franchise: oneOf(d, rule.Persons, rule.Households, rule.Council),
		Min: max(0, d.IntN(8)-5), Max: max(0, d.IntN(8)-4), Seats: max(0, d.IntN(8)-4), Abstain: d.IntN(2) == 0, Equal: d.IntN(4) == 0,
		Spoilt: oneOf(d, rule.SpoiltApart, rule.SpoiltCast), Presence: share(), Quorum: share(), Threshold: share(),
	}
	if d.IntN(3) == 0 {
		r.Tie, r.Lot = rule.TieByLot, d.Perm(d.options)
	}
	switch r.Method {
	case rule.YesNo:
		r.Min, r.Max, r.Seats, r.Tie, r.Lot = 0, 0, 0, rule.TieStands, nil
	case rule.Score:
		r.Range = &rule.Range{Min: d.IntN(5) - 2, Max: d.IntN(5), By: rule.ByMean, Partial: d.IntN(2) == 0}
	case rule.Owners:
		d.rule = r
		d.ownersTerms()
		r.Owners, r.Presence, r.Quorum, r.Threshold, r.Tie, r.Lot = d.rule.Owners, nil, nil, nil, rule.TieStands, nil
	case rule.Budget:
		d.rule = r
		d.budgetTerms()
		r.Budget = d.rule.Budget
		r.Budget.Rule = budget.Rules()[d.IntN(13)]
	}
	return r
}

// TestEveryRuleThatPassesCheckCanBeCounted: whatever Check lets through, Count counts without a word, the second
// counter agrees, and the rule comes back from its JSON as it was.
func TestEveryRuleThatPassesCheckCanBeCounted(t *testing.T) {
	t.Parallel()
	passed := map[rule.Method]int{}
	for n := range max(50_000, *polls/2) {
		d := &draw{Rand: rand.New(rand.NewPCG(13, uint64(n))), options: 1 + n%4}
		d.rule = anyRule(d)
		if d.rule.Check(d.options) != nil {
			continue
		}
		d.people()
		for v := range d.roll {
			b := rule.Ballot{Voter: v, Choice: garbage(d.Rand, d.options), Paper: true}
			if d.rule.Accept(b.Choice, d.options) == nil {
				d.ballots = append(d.ballots, b)
			}
		}
		got := d.count(t)
		if err := recount.Compare(got, d.rule, d.options, d.roll, d.ballots); err != nil {
			t.Fatalf("poll %d: %v\nrule %s\nballots %+v\nresult %s", n, err, d.rule.Canonical(), d.ballots, got.JSON())
		}
		if back, err := rule.Parse(d.rule.Canonical()); err != nil || string(back.Canonical()) != string(d.rule.Canonical()) {
			t.Fatalf("poll %d: %s came back as %s: %v", n, d.rule.Canonical(), back.Canonical(), err)
		}
		passed[d.rule.Method]++
	}
	for _, m := range rule.Methods() {
		if passed[m] < 20 {
			t.Errorf("%s: only %d rules passed", m, passed[m])
		}
	}
}
