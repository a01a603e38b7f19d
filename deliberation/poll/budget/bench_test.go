package budget_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"jushou/deliberation/poll/budget"
)

// town draws an election of the size of a city: every voter approves up to ten projects, popular ones more
// often, and nearly no two ballots are alike.
func town(voters, projects int) *budget.Election {
	r := rand.New(rand.NewPCG(1, 2))
	e := &budget.Election{Budget: 500_000_000, Unit: 100}
	for i := range projects {
		e.Projects = append(e.Projects, budget.Project{ID: fmt.Sprint(i), Cost: int64(1+r.IntN(400)) * 100_000})
	}
	for range voters {
		var b budget.Ballot
		named := map[int]bool{}
		for range r.IntN(11) {
			p := int(float64(projects) * r.Float64() * r.Float64())
			if !named[p] {
				b = append(b, budget.Choice{Project: p, Points: int64(1 + r.IntN(3))})
			}
			named[p] = true
		}
		e.Ballots = append(e.Ballots, b)
	}
	return e
}

func BenchmarkCount(b *testing.B) {
	e := town(100_000, 100)
	var lot []string
	for _, p := range e.Projects {
		lot = append(lot, p.ID)
	}
	for _, rule := range []budget.Rule{budget.Greedy, budget.MESCost, budget.MESCostAdd1U, budget.MESPointsAdd1U} {
		b.Run(string(rule), func(b *testing.B) {
			for b.Loop() {
				res, err := budget.Count(e, rule, budget.Options{Lot: lot})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(res.Steps), "steps")
				b.ReportMetric(float64(len(res.Winners)), "winners")
			}
		})
	}
}
