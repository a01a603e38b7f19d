package pabulib_test

import (
	"bytes"
	"slices"
	"testing"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/pabulib"
)

func ours() *budget.Election {
	return &budget.Election{
		Budget: 100050, Unit: 100,
		Projects: []budget.Project{{ID: "a", Cost: 40025}, {ID: "b", Cost: 30000}, {ID: "c", Withdrawn: true}},
		Ballots:  []budget.Ballot{{{Project: 1, Points: 2}, {Project: 0, Points: 1}}, nil, {{Project: 0, Points: 2}}},
	}
}

func TestExportCountsTheSameElsewhere(t *testing.T) {
	t.Parallel()
	for _, a := range []pabulib.About{
		{Description: "Street\nmoney", VoteType: pabulib.Ordinal, MaxLength: 2, Rule: budget.MESPointsAdd1U},
		{Description: "Street; money", VoteType: pabulib.Cumulative, MaxSumPoints: 3, Rule: budget.Greedy},
		{VoteType: pabulib.Scoring, Rule: budget.GreedyThreshold, Threshold: 2},
	} {
		e := ours()
		res, err := budget.Count(e, a.Rule, budget.Options{Threshold: int64(a.Threshold)})
		if err != nil {
			t.Fatal(err)
		}
		f, err := pabulib.Export(a, e, []string{"Park, \"old\"; and\nnew", "Library", "Bikes"}, res.Winners)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := pabulib.Write(&out, f); err != nil {
			t.Fatal(err)
		}
		file, back := read(t, out.String())
		rule, o, err := file.Rule()
		if err != nil || rule != a.Rule {
			t.Fatalf("%s: rule %s, %v", a.VoteType, rule, err)
		}
		again, err := budget.Count(back, rule, o)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(again.Winners, res.Winners) || back.Whole(again.Spent).Cmp(e.Whole(res.Spent)) != 0 || len(res.Winners) == 0 {
			t.Errorf("%s: %v for %d here, %v for %d there", a.VoteType, res.Winners, res.Spent, again.Winners, again.Spent)
		}
		if got := file.Projects.Rows[0].Fields[3]; got != `Park, "old"; and new` {
			t.Errorf("name %q", got)
		}
	}
}

func TestExportRefusesWhatOthersWouldMisread(t *testing.T) {
	t.Parallel()
	comma, mark, points := ours(), ours(), ours()
	comma.Projects[0].ID = "a,b"
	mark.Budget, mark.Projects[0].Cost = 99999999900, 99999999900
	for name, c := range map[string]struct {
		a pabulib.About
		e *budget.Election
	}{
		"a comma in an id":            {pabulib.About{VoteType: pabulib.Cumulative}, comma},
		"the cost of a withdrawn one": {pabulib.About{VoteType: pabulib.Cumulative}, mark},
		"points on approvals":         {pabulib.About{VoteType: pabulib.Approval}, points},
		"two choices on choose-1":     {pabulib.About{VoteType: pabulib.ChooseOne}, ours()},
		"no vote type":                {pabulib.About{}, ours()},
	} {
		if _, err := pabulib.Export(c.a, c.e, nil, nil); err == nil {
			t.Errorf("%s was exported", name)
		}
	}
}
