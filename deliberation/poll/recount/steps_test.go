package recount_test

import (
	"math/big"
	"testing"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/recount"
	"jushou/deliberation/poll/rule"
)

// TestManyStepsAreLookedAtInPart: three voters hold 33,333 each. All of them buy B for 30,000 each; the two behind A
// need 15,000 each, which they have after 11,667 steps, and then both together would cost more than there is.
func TestManyStepsAreLookedAtInPart(t *testing.T) {
	t.Parallel()
	r := rule.Rule{Method: rule.Budget, Budget: &rule.BudgetTerms{
		Rule: budget.MESCostAdd1, Money: 100_000, Unit: 1, Costs: []int64{30_000, 90_000}, Ties: []budget.Criterion{budget.LowestCost},
	}}
	roll := []rule.Voter{{Key: "a"}, {Key: "b"}, {Key: "c"}}
	ballots := []rule.Ballot{
		{Voter: 0, Choice: rule.Choice{Picks: []int{0, 1}}}, {Voter: 1, Choice: rule.Choice{Picks: []int{0, 1}}}, {Voter: 2, Choice: rule.Choice{Picks: []int{1}}},
	}
	got, err := r.Count(2, roll, ballots)
	if err != nil {
		t.Fatal(err)
	}
	if got.Funding.Steps != 11_666 || len(got.Winners) != 1 {
		t.Fatalf("%d steps, winners %v", got.Funding.Steps, got.Winners)
	}
	if err := recount.Compare(got, r, 2, roll, ballots); err != nil {
		t.Error(err)
	}
	for _, by := range []int{-1, 1, -9000, 3000} {
		f := *got.Funding
		f.Steps += by
		f.Endowment = new(big.Rat).Add(f.Endowment, big.NewRat(int64(by), 1))
		other := got
		other.Funding = &f
		if err := recount.Compare(other, r, 2, roll, ballots); what(err) != "endowment" {
			t.Errorf("%d steps: %v", f.Steps, err)
		}
	}
}
