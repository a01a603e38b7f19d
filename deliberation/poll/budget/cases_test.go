package budget_test

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"jushou/deliberation/poll/budget"
)

// street is the worked example of docs/budget-rules.md: ten voters, 1,000 yuan.
func street() *budget.Election {
	return election(1000, "park 400, library 300, bikes 350, trees 100",
		"park library", "park library", "park library", "park library", "park library",
		"park trees", "bikes trees", "bikes", "bikes", "bikes")
}

// election builds one from "id cost, id cost" and ballots "id id" or "id=points id=points".
func election(money int64, projects string, ballots ...string) *budget.Election {
	e := &budget.Election{Budget: money, Unit: 1}
	index := map[string]int{}
	for i, text := range strings.Split(projects, ", ") {
		id, cost, _ := strings.Cut(text, " ")
		index[id] = i
		n, _ := new(big.Int).SetString(cost, 10)
		e.Projects = append(e.Projects, budget.Project{ID: id, Cost: n.Int64()})
	}
	for _, text := range ballots {
		var b budget.Ballot
		for _, word := range strings.Fields(text) {
			id, points, weighed := strings.Cut(word, "=")
			c := budget.Choice{Project: index[id], Points: 1}
			if weighed {
				n, _ := new(big.Int).SetString(points, 10)
				c.Points = n.Int64()
			}
			b = append(b, c)
		}
		e.Ballots = append(e.Ballots, b)
	}
	return e
}

func won(e *budget.Election, res *budget.Result) string {
	var ids []string
	for _, p := range res.Winners {
		ids = append(ids, e.Projects[p].ID)
	}
	return strings.Join(ids, " ")
}

func TestHandWorkedElections(t *testing.T) {
	t.Parallel()
	free := election(10, "bench 0, lamp 4, sign 9", "bench lamp", "bench sign")
	withdrawn := election(10, "old 4, new 5", "old", "old", "new")
	withdrawn.Projects[0].Withdrawn = true
	cents := election(1050, "a 525, b 524", "a", "b", "a b")
	cents.Unit = 100
	shrinking := election(24, "A 6, B 9, C 20", "A C", "A C", "B C", "B")
	stars := election(100, "x 60, y 40", "x=3", "x=1 y=2")
	scored := election(10, "a 6, b 5, c 4", "a=5 b=1", "b=5", "c=3", "b=-4")
	for _, c := range []struct {
		name string
		e    *budget.Election
		rule budget.Rule
		o    budget.Options
		want string
	}{
		{"the street, greedy", street(), budget.Greedy, budget.Options{}, "park library trees"},
		{"the street, stopping at bikes", street(), budget.GreedyNoSkip, budget.Options{}, "park library"},
		{"the street, four votes needed", street(), budget.GreedyThreshold, budget.Options{Threshold: 4}, "park library"},
		{"the street, most votes for the money", street(), budget.GreedyPerCost, budget.Options{}, "trees library park"},
		{"the street, equal shares", street(), budget.MESCost, budget.Options{}, "park bikes"},
		{"the street, steps up to 126", street(), budget.MESCostAdd1, budget.Options{}, "park bikes"},
		{"the street, the rest by votes", street(), budget.MESCostAdd1U, budget.Options{}, "park bikes trees"},
		{"the street, each project worth one: all of 350 is paid by supporters with exactly 350", street(), budget.MESCard, budget.Options{}, "trees library bikes"},
		{"points weigh the payment", stars, budget.MESPoints, budget.Options{}, "x"},
		{"points times cost", stars, budget.MESPoints, budget.Options{PointsTimesCost: true}, "x"},
		{"minus points lower a score", scored, budget.Greedy, budget.Options{}, "a c"},
		{"minus points pay nothing: b is paid by two with 2.50 each", scored, budget.MESPoints, budget.Options{}, "b"},

		{"free of cost, worth its cost", free, budget.MESCost, budget.Options{}, "lamp"},
		{"free of cost, worth one", free, budget.MESCard, budget.Options{}, "bench lamp"},
		{"free of cost, greedy on the rest", free, budget.MESCostAdd1U, budget.Options{}, "lamp bench"},
		{"a project without votes fits", election(10, "a 5, b 5", "a"), budget.Greedy, budget.Options{}, "a b"},
		{"a project without votes, votes needed", election(10, "a 5, b 5", "a"), budget.Greedy, budget.Options{NeedVotes: true}, "a"},
		{"a project without votes gets no share", election(10, "a 5, b 5", "a"), budget.MESCostAdd1, budget.Options{}, "a"},
		{"empty ballots halve the shares", election(10, "a 6", "a", ""), budget.MESCost, budget.Options{}, ""},
		{"dearer than all there is", election(10, "a 11, b 3", "a", "a b"), budget.Greedy, budget.Options{}, "b"},
		{"dearer than all there is stops a rule that stops", election(10, "a 11, b 3", "a", "a b"), budget.GreedyNoSkip, budget.Options{}, ""},
		{"everything fits: no step", election(10, "a 4, b 6", "a", "b"), budget.MESCostAdd1, budget.Options{}, "a b"},
		{"withdrawn with most votes", withdrawn, budget.Greedy, budget.Options{}, "new"},
		{"withdrawn takes no share", withdrawn, budget.MESCostAdd1, budget.Options{}, "new"},
		{"nobody voted", election(10, "a 4"), budget.MESCostAdd1U, budget.Options{}, ""},
		{"nobody voted, greedy", election(10, "a 4"), budget.Greedy, budget.Options{}, ""},
		{"nothing to vote on", &budget.Election{Budget: 10, Unit: 1, Ballots: []budget.Ballot{{}}}, budget.MESCostAdd1U, budget.Options{}, ""},
		{"no money", election(0, "a 1", "a"), budget.MESCostAdd1U, budget.Options{}, ""},

		{"floor to whole units of 100: three hold 3.00 each, and 5.25 for a is 2.625 from two of them; b is cheaper", cents, budget.MESCost, budget.Options{Start: budget.StartFloor}, "b"},
		{"6 each buy two", shrinking, budget.MESCost, budget.Options{}, "A B"},
		{"7 each buy one: more money, fewer projects", shrinking, budget.MESCostAdd1, budget.Options{}, "C"},
		{"level votes: the cheaper", election(10, "a 7, b 6", "a b"), budget.Greedy, budget.Options{}, "b"},
		{"level in everything, room for both: no lot", election(12, "a 6, b 6", "a b"), budget.Greedy, budget.Options{}, "a b"},
		{"level in everything, room for one: the lot", election(10, "a 6, b 6", "a b"), budget.Greedy, budget.Options{Lot: []string{"b", "a"}}, "b"},
		{"level shares: the lot", election(10, "a 6, b 6", "a b"), budget.MESCost, budget.Options{Lot: []string{"b", "a"}}, "b"},
		{"level shares: the stated order goes before the lot", election(10, "a 7, b 6", "a b"), budget.MESCost, budget.Options{Lot: []string{"a", "b"}}, "b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			res, err := budget.Count(c.e, c.rule, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if got := won(c.e, res); got != c.want {
				t.Errorf("won %q, want %q\n%+v", got, c.want, res)
			}
			checkStory(t, c.e, c.o, res)
		})
	}
}

// The numbers of the street's rounds, worked by hand.
func TestRoundsTellWhatHappened(t *testing.T) {
	t.Parallel()
	res, err := budget.Count(street(), budget.MESCostAdd1U, budget.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if res.Steps != 26 || res.Endowment.RatString() != "126" || res.Spent != 850 {
		t.Fatalf("%d steps to %s, spent %d", res.Steps, res.Endowment, res.Spent)
	}
	park, bikes, trees := res.Rounds[0], res.Rounds[1], res.Rounds[2]
	if park.Effective.RatString() != "6" || park.MaxPayment.RatString() != "200/3" || park.Rho.RatString() != "1/6" || park.Payers != 6 || park.Emptied != 0 || park.Left != 600 {
		t.Errorf("park: %+v", park)
	}
	if bikes.Effective.RatString() != "4" || bikes.MaxPayment.RatString() != "175/2" || bikes.Payers != 4 {
		t.Errorf("bikes: %+v", bikes)
	}
	if trees.Phase != budget.PhaseGreedy || !trees.Bought && trees.Left != 250 {
		t.Errorf("trees: %+v", trees)
	}
	if l := res.Losers[0]; len(res.Losers) != 1 || l.Reason != budget.ReasonDidNotFit || l.Had.RatString() != "250" {
		t.Errorf("losers: %+v", res.Losers)
	}
	plain, err := budget.Count(street(), budget.MESCost, budget.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if l := plain.Losers[0]; l.Reason != budget.ReasonPoor || l.Had.RatString() != "500/3" {
		t.Errorf("the library's five have 33⅓ each left: %+v", l)
	}
}

// Who can pay only part gives all, and the others more: 350 from one with 50 and three with 100.
func TestSomePayAllTheyHave(t *testing.T) {
	t.Parallel()
	res, err := budget.Count(street(), budget.MESCard, budget.Options{})
	if err != nil {
		t.Fatal(err)
	}
	bikes := res.Rounds[2]
	if bikes.MaxPayment.RatString() != "100" || bikes.Payers != 4 || bikes.Emptied != 4 || bikes.Effective.RatString() != "7/2" {
		t.Errorf("%+v", bikes)
	}
}

func TestReasonsOfLosing(t *testing.T) {
	t.Parallel()
	e := election(10, "free 0, dear 11, poor 9, lonely 2, gone 1, fits 5", "free dear poor gone", "dear fits", "dear fits")
	e.Projects[4].Withdrawn = true
	res, err := budget.Count(e, budget.MESCost, budget.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []budget.Reason
	for _, l := range res.Losers {
		got = append(got, l.Reason)
	}
	want := []budget.Reason{budget.ReasonNoWorth, budget.ReasonTooDear, budget.ReasonPoor, budget.ReasonNoVotes, budget.ReasonWithdrawn}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestComparisonTakesGreedyWhenMoreVotersGain(t *testing.T) {
	t.Parallel()
	e := election(12, "big 12, small 4", "big", "big", "small")
	plain, err := budget.Count(e, budget.MESCostAdd1, budget.Options{})
	if err != nil {
		t.Fatal(err)
	}
	res, err := budget.Count(e, budget.MESCostAdd1, budget.Options{Compare: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := won(e, plain) + ", " + won(e, res); got != "small, big" {
		t.Errorf("won %s", got)
	}
	if c := *res.Compared; c != (budget.Comparison{BetterShares: 1, BetterGreedy: 2, TookGreedy: true}) {
		t.Errorf("%+v", c)
	}
	checkStory(t, e, budget.Options{}, res)
}

func TestTieWithoutLotStops(t *testing.T) {
	t.Parallel()
	for _, rule := range []budget.Rule{budget.Greedy, budget.MESCost, budget.MESCardAdd1U} {
		_, err := budget.Count(election(10, "a 6, b 6", "a b"), rule, budget.Options{})
		tie := new(budget.TieError)
		if !errors.As(err, &tie) || !slices.Equal(tie.Projects, []string{"a", "b"}) {
			t.Errorf("%s: %v", rule, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	twice := election(10, "a 1", "a a")
	same := election(10, "a 1, a 1")
	minus := election(10, "a -1", "a")
	beyond := &budget.Election{Budget: 1, Unit: 1, Ballots: []budget.Ballot{{{Project: 3, Points: 1}}}}
	loud := election(10, "a 1", "a=1000001")
	for name, e := range map[string]*budget.Election{
		"project twice on a ballot": twice, "two projects of one id": same, "cost below zero": minus,
		"unknown project": beyond, "points out of range": loud, "no unit": {Budget: 1}, "budget below zero": {Budget: -1, Unit: 1},
		"too much money": {Budget: budget.MaxMoney + 1, Unit: 1},
	} {
		if _, err := budget.Count(e, budget.Greedy, budget.Options{}); !errors.Is(err, budget.ErrElection) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		rule budget.Rule
		o    budget.Options
	}{
		"no rule":               {"", budget.Options{}},
		"start":                 {budget.MESCost, budget.Options{Start: "half"}},
		"tie order":             {budget.MESCost, budget.Options{Ties: []budget.Criterion{"name"}}},
		"step":                  {budget.MESCost, budget.Options{Step: -1}},
		"lot of strangers":      {budget.MESCost, budget.Options{Lot: []string{"zoo"}}},
		"lot with one twice":    {budget.MESCost, budget.Options{Lot: []string{"park", "park"}}},
		"points without them":   {budget.MESCost, budget.Options{PointsTimesCost: true}},
		"greedy against itself": {budget.Greedy, budget.Options{Compare: true}},
	} {
		if _, err := budget.Count(street(), c.rule, c.o); !errors.Is(err, budget.ErrRule) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTooSmallAStepIsRefused(t *testing.T) {
	t.Parallel()
	e := election(1_000_000, "a 999999, b 1000000", "a b")
	_, err := budget.Count(e, budget.MESCostAdd1, budget.Options{MaxSteps: 1000})
	if !errors.Is(err, budget.ErrSteps) {
		t.Errorf("err = %v, want too many steps", err)
	}
}
