package poll_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/pabulib"
	"jushou/deliberation/poll/rule"
)

// TestAFinishedBudgetRoundIsCountedFromItsFile by the rule that the file names, and gives the same winners.
func TestAFinishedBudgetRoundIsCountedFromItsFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		terms rule.BudgetTerms
		named string // in the file
	}{
		"equal shares": {rule.BudgetTerms{Rule: budget.MESCostAdd1U, Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes}}, "equalshares/add1u"},
		"comparison":   {rule.BudgetTerms{Rule: budget.MESCostAdd1, Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes}, Compare: true}, "equalshares/add1-comparison"},
		"most votes":   {rule.BudgetTerms{Rule: budget.Greedy, Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes}}, "greedy"},
		"points":       {rule.BudgetTerms{Rule: "mes-points", Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes}, Points: 5, Total: 8}, "equalshares"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := setup(t, 34)
			c.terms.Money, c.terms.Unit, c.terms.Costs = 500_00, 100, []int64{300_00, 310_50, 200_00, 90_00}
			out := g.budgetRound(c.terms)
			f, err := g.Election(t.Context(), out.Poll.ID)
			must(t, err)
			var text bytes.Buffer
			must(t, pabulib.Write(&text, f))
			back, err := pabulib.Read(&text)
			must(t, err)
			if back.Get("rule") != c.named || back.Get("budget") != "500" && back.Get("budget") != "500.00" {
				t.Errorf("the file says rule %q, budget %q", back.Get("rule"), back.Get("budget"))
			}
			e, err := back.Election()
			must(t, err)
			r, o, err := back.Rule()
			must(t, err)
			o.Ties = c.terms.Ties // what the command takes by itself
			again, err := budget.Count(e, r, o)
			must(t, err)
			if !slices.Equal(again.Winners, out.Count.Winners) || again.Spent*100 != out.Count.Funding.Spent*e.Unit {
				t.Errorf("the file gives %v for %d/%d and the poll %v for %d", again.Winners, again.Spent, e.Unit, out.Count.Winners, out.Count.Funding.Spent)
			}
		})
	}
}

// budgetRound lets everybody on the ground vote, some for nothing at all.
func (g *ground) budgetRound(terms rule.BudgetTerms) poll.Announced {
	d := g.draft()
	d.Label, d.Question = poll.Ranking, "自治金先做哪几件？"
	d.Options = []poll.Option{{Text: "凉亭"}, {Text: "车棚"}, {Text: "沙池"}, {Text: "长椅"}}
	for i := range d.Options {
		d.Options[i].Cost = terms.Costs[i]
	}
	d.Rule = rule.Rule{Method: rule.Budget, Abstain: true, Budget: &terms}
	p := g.opened(d)
	for i := range 34 {
		choice := pick([][]int{{0, 1}, {0, 3}, {2}, {1, 2, 3}, {0}}[i%5]...)
		for n := range choice.Picks {
			if terms.Points > 0 {
				choice.Scores = append(choice.Scores, 1+(i+n)%2)
			}
		}
		if i == 7 {
			choice = rule.Choice{Abstain: true}
		}
		_, err := g.CastBallot(g.t.Context(), g.p(i), poll.Cast{Poll: p.ID, Choice: choice, Tag: poll.TagOf(fmt.Sprint("round ", i))})
		must(g.t, err)
	}
	return g.closed(p)
}

// TestWhatHasNoFile: a small round, and a poll of another kind.
func TestWhatHasNoFile(t *testing.T) {
	t.Parallel()
	g := setup(t, 3)
	p := g.opened(g.draft())
	_, err := g.Election(t.Context(), p.ID)
	code(t, err, "poll.not_found") // it is open
	g.closed(p)
	_, err = g.Election(t.Context(), p.ID)
	code(t, err, "poll.not_found")
}
