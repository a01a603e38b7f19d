package rule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/rule"
)

// order ranks options by letters: "CAB" prefers 2 to 0 to 1. Letters in brackets share a rank; letters left out have none.
func order(options int, letters string) rule.Choice {
	c := rule.Choice{Ranks: make([]int, options)}
	rank, shared := 0, false
	for _, l := range letters {
		switch l {
		case '(':
			rank, shared = rank+1, true
		case ')':
			shared = false
		default:
			if !shared {
				rank++
			}
			c.Ranks[l-'A'] = rank
		}
	}
	return c
}

// orders reads "5 ACBED, 8 BEDAC".
func orders(t *testing.T, options int, text string) []rule.Choice {
	t.Helper()
	var all []rule.Choice
	for part := range strings.SplitSeq(text, ", ") {
		var n int
		var letters string
		if _, err := fmt.Sscan(part, &n, &letters); err != nil {
			t.Fatal(err)
		}
		all = append(all, times(n, order(options, letters))...)
	}
	return all
}

// schulzePaper is example 1 of M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and
// condorcet-consistent single-winner election method", Social Choice and Welfare 36 (2011), with 45 voters.
const schulzePaper = "5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC"

func TestSchulzeExampleOfThePaper(t *testing.T) {
	t.Parallel()
	choices := orders(t, 5, schulzePaper)
	got := mustCount(t, rule.Rule{Method: rule.Schulze}, 5, people(45), cast(choices...))
	prefer := [][]int64{{0, 20, 26, 30, 22}, {25, 0, 16, 33, 18}, {19, 29, 0, 17, 24}, {15, 12, 28, 0, 14}, {23, 27, 21, 31, 0}}
	path := [][]int64{{0, 28, 28, 30, 24}, {25, 0, 28, 33, 24}, {25, 29, 0, 29, 24}, {25, 28, 28, 0, 24}, {25, 28, 28, 31, 0}}
	if fmt.Sprint(got.Pairs.Prefer) != fmt.Sprint(prefer) {
		t.Errorf("pairs %v, want %v", got.Pairs.Prefer, prefer)
	}
	if fmt.Sprint(got.Pairs.Path) != fmt.Sprint(path) {
		t.Errorf("paths %v, want %v", got.Pairs.Path, path)
	}
	if got.Outcome != rule.Won || !slices.Equal(got.Winners, []int{4}) {
		t.Errorf("%s, %v: want E", got.Outcome, got.Winners)
	}
}

// tennessee is the textbook electorate: A Memphis, B Nashville, C Chattanooga, D Knoxville.
const tennessee = "42 ABCD, 26 BCDA, 15 CDBA, 17 DCBA"

func TestTheSameBallotsUnderBothRankedRules(t *testing.T) {
	t.Parallel()
	choices := orders(t, 4, tennessee)
	schulze := mustCount(t, rule.Rule{Method: rule.Schulze}, 4, people(100), cast(choices...))
	if !slices.Equal(schulze.Winners, []int{1}) {
		t.Errorf("schulze: %v, want Nashville, which beats each other one", schulze.Winners)
	}
	irv := mustCount(t, rule.Rule{Method: rule.IRV}, 4, people(100), cast(choices...))
	if !slices.Equal(irv.Winners, []int{3}) || len(irv.Rounds) != 3 {
		t.Fatalf("irv: %v after %d rounds, want Knoxville after 3", irv.Winners, len(irv.Rounds))
	}
	for i, want := range []struct{ votes, out string }{{"[42 26 15 17]", "[2]"}, {"[42 26 32]", "[1]"}, {"[42 58]", "[]"}} {
		if r := irv.Rounds[i]; fmt.Sprint(r.Votes) != want.votes || fmt.Sprint(r.Out) != want.out {
			t.Errorf("round %d: %v, out %v, want %v", i+1, r.Votes, r.Out, want)
		}
	}
}

func TestRankedPollsByHand(t *testing.T) {
	t.Parallel()
	lot := func(m rule.Method, lot ...int) rule.Rule { return rule.Rule{Method: m, Tie: rule.TieByLot, Lot: lot} }
	for _, c := range []struct {
		name    string
		rule    rule.Rule
		options int
		orders  string
		outcome rule.Outcome
		winners []int
		tied    []int
		rounds  int
	}{
		{"a circle of three", rule.Rule{Method: rule.Schulze}, 3, "1 ABC, 1 BCA, 1 CAB", rule.Tied, nil, []int{0, 1, 2}, 0},
		{"a circle and the lot", lot(rule.Schulze, 2, 0, 1), 3, "1 ABC, 1 BCA, 1 CAB", rule.Won, []int{2}, []int{0, 1, 2}, 0},
		{"the weakest defeat gives way", rule.Rule{Method: rule.Schulze}, 3, "4 ABC, 3 BCA, 2 CAB", rule.Won, []int{0}, nil, 0},
		{"unranked is below", rule.Rule{Method: rule.Schulze}, 3, "2 A, 1 BA, 1 CA", rule.Won, []int{0}, nil, 0},
		{"shared ranks", rule.Rule{Method: rule.Schulze, Equal: true}, 3, "3 (AB)C, 2 BC, 1 AC", rule.Won, []int{1}, nil, 0},
		{"more than half at once", rule.Rule{Method: rule.IRV}, 3, "3 A, 1 B, 1 C", rule.Won, []int{0}, nil, 1},
		{"half is not more than half", rule.Rule{Method: rule.IRV}, 3, "2 A, 1 BC, 1 C", rule.Tied, nil, []int{1, 2}, 1},
		{"the lot parts the last", lot(rule.IRV, 2, 1, 0), 3, "3 A, 2 BA, 2 CB", rule.Won, []int{0}, []int{1, 2}, 2},
		{"those without a vote drop out together", rule.Rule{Method: rule.IRV}, 4, "2 AB, 1 BA", rule.Won, []int{0}, nil, 1},
		{"small ones drop out together", rule.Rule{Method: rule.IRV}, 4, "4 A, 3 B, 1 CB, 1 DB", rule.Won, []int{1}, nil, 2},
		{"a ballot is exhausted", rule.Rule{Method: rule.IRV}, 3, "3 A, 2 B, 1 C", rule.Won, []int{0}, nil, 2}, // 3 of 5 left
		{"everything ties", rule.Rule{Method: rule.IRV}, 3, "1 A, 1 B, 1 C", rule.Tied, nil, []int{0, 1, 2}, 1},
		{"everything ties and the lot", lot(rule.IRV, 1, 0, 2), 3, "1 A, 1 B, 1 C", rule.Won, []int{1}, []int{0, 1}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			choices := orders(t, c.options, c.orders)
			got := mustCount(t, c.rule, c.options, people(len(choices)), cast(choices...))
			if got.Outcome != c.outcome || !slices.Equal(got.Winners, c.winners) || !slices.Equal(got.Tied, c.tied) || len(got.Rounds) != c.rounds {
				t.Errorf("%s, winners %v, tied %v after %d rounds", got.Outcome, got.Winners, got.Tied, len(got.Rounds))
			}
		})
	}
}

func TestScoresBySumAndByMean(t *testing.T) {
	t.Parallel()
	sum := rule.Rule{Method: rule.Score, Abstain: true, Range: &rule.Range{Min: 1, Max: 5, By: rule.BySum, Partial: true}}
	mean := sum
	mean.Range = &rule.Range{Min: 1, Max: 5, By: rule.ByMean, Partial: true}
	choices := []rule.Choice{
		{Picks: []int{0, 1}, Scores: []int{4, 5}}, {Picks: []int{0}, Scores: []int{4}}, {Picks: []int{0, 1}, Scores: []int{3, 4}}, abstain(),
	}
	bySum := mustCount(t, sum, 3, people(5), cast(choices...))
	if !slices.Equal(bySum.Winners, []int{0}) { // 11 against 9
		t.Errorf("by sum: %v", bySum.Winners)
	}
	byMean := mustCount(t, mean, 3, people(5), cast(choices...))
	if !slices.Equal(byMean.Winners, []int{1}) { // 9/2 against 11/3
		t.Errorf("by mean: %v", byMean.Winners)
	}
	want := "[{11 3 11 3 [0 0 1 2 0]} {9 2 9 2 [0 0 0 1 1]} {0 0 0 1 [0 0 0 0 0]}]"
	if fmt.Sprint(byMean.Scores) != want {
		t.Errorf("scores %v, want %s", byMean.Scores, want)
	}
	level := []rule.Choice{{Picks: []int{0, 1}, Scores: []int{2, 4}}, {Picks: []int{0}, Scores: []int{4}}, {Picks: []int{1, 2}, Scores: []int{2, 1}}}
	if got := mustCount(t, mean, 3, people(5), cast(level...)); got.Outcome != rule.Tied || !slices.Equal(got.Tied, []int{0, 1}) { // 6/2 and 6/2
		t.Errorf("level means: %s, %v", got.Outcome, got.Tied)
	}
}

// TestABudgetPoll is the street of docs/budget-rules.md, as a poll.
func TestABudgetPoll(t *testing.T) {
	t.Parallel()
	street := []rule.Choice{
		pick(0, 1), pick(0, 1), pick(0, 1), pick(0, 1), pick(0, 1), pick(0, 3), pick(2, 3), pick(2), pick(2), pick(2),
	}
	for _, c := range []struct {
		rule    budget.Rule
		winners []int
	}{
		{budget.Greedy, []int{0, 1, 3}}, {budget.MESCost, []int{0, 2}}, {budget.MESCostAdd1U, []int{0, 2, 3}}, {budget.MESCard, []int{3, 1, 2}},
	} {
		r := rule.Rule{Method: rule.Budget, Abstain: true, Budget: &rule.BudgetTerms{
			Rule: c.rule, Money: 1000_00, Unit: 100, Costs: []int64{400_00, 300_00, 350_00, 100_00}, Ties: []budget.Criterion{budget.LowestCost},
		}}
		got := mustCount(t, r, 4, people(12), cast(street...))
		if got.Outcome != rule.Won || !slices.Equal(got.Winners, c.winners) || got.Funding == nil || len(got.Funding.Rounds) == 0 {
			t.Errorf("%s: %s, %v, want %v", c.rule, got.Outcome, got.Winners, c.winners)
		}
		election, _, err := r.Election(4, people(12), cast(append(street, abstain())...))
		if err != nil || len(election.Ballots) != 11 || len(election.Projects) != 4 {
			t.Errorf("as an election: %+v, %v", election, err)
		}
	}
}

func TestLevelProjectsWithoutALotBuyNothing(t *testing.T) {
	t.Parallel()
	r := rule.Rule{Method: rule.Budget, Budget: &rule.BudgetTerms{Rule: budget.Greedy, Money: 10, Unit: 1, Costs: []int64{8, 8}}}
	got := mustCount(t, r, 2, people(2), cast(pick(0), pick(1)))
	if got.Outcome != rule.Tied || !slices.Equal(got.Tied, []int{0, 1}) || got.Funding != nil {
		t.Errorf("%+v", got)
	}
	r.Tie, r.Lot = rule.TieByLot, []int{1, 0}
	if got := mustCount(t, r, 2, people(2), cast(pick(0), pick(1))); got.Outcome != rule.Won || !slices.Equal(got.Winners, []int{1}) {
		t.Errorf("with a lot: %+v", got)
	}
}
