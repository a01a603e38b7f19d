package budget_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"jushou/deliberation/poll/budget"
)

var elections = flag.Int("elections", 10_000, "random elections for every rule on which both counters must agree")

// random draws a small election in which ties, short purses, free and withdrawn projects, empty ballots and
// projects without votes are all common.
func random(r *rand.Rand) *budget.Election {
	e := &budget.Election{Budget: int64(r.IntN(60)), Unit: []int64{1, 1, 10}[r.IntN(3)]}
	dear := 1 + r.IntN(40)
	projects, voters := 1+r.IntN(6), r.IntN(9)
	if r.IntN(1000) == 0 {
		projects, voters = 8+r.IntN(8), 20+r.IntN(60)
		e.Budget *= 10
	}
	for i := range projects {
		p := budget.Project{ID: fmt.Sprint("p", i), Cost: int64(r.IntN(dear + 1)), Withdrawn: r.IntN(15) == 0}
		e.Projects = append(e.Projects, p)
	}
	if r.IntN(10) == 0 {
		magnify(r, e)
	}
	points := []int64{1, 1, 1, 2, 3, 5, 0, -2}
	if r.IntN(2) == 0 {
		points = points[:1]
	}
	wide := 1 + r.IntN(4)
	for range voters {
		var b budget.Ballot
		for p := range e.Projects {
			if r.IntN(4) < wide {
				b = append(b, budget.Choice{Project: p, Points: points[r.IntN(len(points))]})
			}
		}
		e.Ballots = append(e.Ballots, b)
	}
	return e
}

const magnified = 100_000_000_000

// magnify makes the money so large, and level amounts differ by so little, that floating point cannot tell
// them apart.
func magnify(r *rand.Rand, e *budget.Election) {
	e.Budget = e.Budget*magnified + int64(r.IntN(3))
	for i := range e.Projects {
		if e.Projects[i].Cost > 0 {
			e.Projects[i].Cost = e.Projects[i].Cost*magnified + int64(r.IntN(3)) - 1
		}
	}
}

func randomOptions(r *rand.Rand, e *budget.Election, rule budget.Rule) budget.Options {
	o := budget.Options{
		Start:     []budget.Start{budget.StartByRule, budget.StartByRule, budget.StartExact, budget.StartFloor}[r.IntN(4)],
		Threshold: int64(r.IntN(6)),
		NeedVotes: r.IntN(4) == 0,
		Ties:      [][]budget.Criterion{nil, nil, {budget.MostVotes, budget.LowestCost}, {}}[r.IntN(4)],
	}
	if rule[0] == 'm' {
		o.Compare = r.IntN(4) == 0
		o.StopWhenFull = r.IntN(4) == 0
		o.Step = []int64{0, 0, 1, 3}[r.IntN(4)]
		if slices.ContainsFunc(e.Projects, func(p budget.Project) bool { return p.Cost >= magnified/2 }) {
			o.Step = magnified + int64(r.IntN(2))
		}
		o.PointsTimesCost = rule[:6] == "mes-po" && r.IntN(3) == 0
	}
	return o
}

func lot(r *rand.Rand, e *budget.Election) []string {
	var ids []string
	for _, p := range e.Projects {
		ids = append(ids, p.ID)
	}
	r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	return ids
}

func reference(e *budget.Election, o budget.Options, rule budget.Rule) []int {
	return slices.Sorted(maps.Keys(newNaive(e, o).count(string(rule))))
}

func TestBothCountersAgree(t *testing.T) {
	t.Parallel()
	for seed, rule := range budget.Rules() {
		t.Run(string(rule), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), 278))
			bought := 0
			for range *elections {
				e := random(r)
				o := randomOptions(r, e, rule)
				o.Lot = lot(r, e)
				res, err := budget.Count(e, rule, o)
				if err != nil {
					t.Fatalf("%v\n%+v\n%+v", err, e, o)
				}
				if got, want := sorted(res.Winners), reference(e, o, rule); !slices.Equal(got, want) {
					t.Fatalf("won %v, second counter %v\n%+v\n%+v\n%+v", got, want, e, o, res)
				}
				if res.Steps > 0 {
					n := newNaive(e, o)
					n.count(string(rule))
					if n.held.Cmp(res.Endowment) != 0 {
						t.Fatalf("each held %s after %d steps, by the second counter %s\n%+v\n%+v", res.Endowment, res.Steps, n.held, e, o)
					}
				}
				checkStory(t, e, o, res)
				bought += len(res.Winners)
			}
			if bought < *elections/2 {
				t.Errorf("only %d projects bought in %d elections: they test little", bought, *elections)
			}
		})
	}
}

func sorted(winners []int) []int { return slices.Sorted(slices.Values(winners)) }

// checkStory holds the explanation against the outcome it explains.
func checkStory(t *testing.T, e *budget.Election, o budget.Options, res *budget.Result) {
	t.Helper()
	var bought []int
	left := e.Budget
	for _, r := range res.Rounds {
		if r.Bought {
			bought = append(bought, r.Project)
			left -= r.Cost
		}
		if r.Left != left || r.Cost != e.Projects[r.Project].Cost {
			t.Fatalf("round says %d left, it is %d\n%+v\n%+v", r.Left, left, e, res)
		}
	}
	if !slices.Equal(bought, res.Winners) || res.Spent != e.Budget-left || left < 0 {
		t.Fatalf("rounds bought %v with %d left\n%+v\n%+v", bought, left, e, res)
	}
	if len(res.Losers)+len(res.Winners) != len(e.Projects) {
		t.Fatalf("%d projects won, %d lost, of %d\n%+v", len(res.Winners), len(res.Losers), len(e.Projects), res)
	}
	for _, l := range res.Losers {
		if l.Reason == "" || l.Had != nil && l.Had.Cmp(e.Whole(l.Cost*e.Unit)) >= 0 {
			t.Fatalf("loser %+v is not explained\n%+v\n%+v", l, e, res)
		}
	}
}

// A count that needed no lot must be the same under any, and one that asks for a greedy lot must depend on it.
func TestNoLotIsAskedForInVain(t *testing.T) {
	t.Parallel()
	for seed, rule := range budget.Rules() {
		t.Run(string(rule), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), 5))
			asked := 0
			for range max(*elections/40, 100) {
				e := random(r)
				o := randomOptions(r, e, rule)
				res, err := budget.Count(e, rule, o)
				tie := new(budget.TieError)
				if err != nil && !errors.As(err, &tie) {
					t.Fatal(err)
				}
				outcomes := map[string]bool{}
				for range 12 {
					o.Lot = lot(r, e)
					outcomes[fmt.Sprint(reference(e, o, rule))] = true
				}
				if err == nil && !(len(outcomes) == 1 && outcomes[fmt.Sprint(sorted(res.Winners))]) {
					t.Fatalf("no lot asked for, and the lots give %v\n%+v\n%+v", outcomes, e, o)
				}
				if err != nil {
					asked++
				}
			}
			if asked == 0 {
				t.Error("no election needed a lot: this tests nothing")
			}
		})
	}
}
