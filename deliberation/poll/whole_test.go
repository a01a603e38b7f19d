package poll_test

import (
	"testing"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/rule"
)

// TestAnEvaluation plays a 评议 from its draft to the published means.
func TestAnEvaluation(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 4), t.Context()
	d := g.draft()
	d.Label, d.Question, d.Options = poll.Evaluation, "今年的三件实事办得怎么样？", []poll.Option{{Text: "楼道灯"}, {Text: "晾衣架"}}
	d.Rule = rule.Rule{Method: rule.Score, Range: &rule.Range{Min: 1, Max: 5, By: rule.ByMean, Partial: true}}
	p := g.opened(d)
	for i, c := range []rule.Choice{
		{Picks: []int{0, 1}, Scores: []int{5, 2}}, {Picks: []int{0}, Scores: []int{4}}, {Picks: []int{1}, Scores: []int{3}},
	} {
		_, err := g.CastBallot(ctx, g.p(i), poll.Cast{Poll: p.ID, Choice: c, Tag: poll.TagOf(string(rune('a' + i)))})
		must(t, err)
	}
	_, err := g.CastBallot(ctx, g.p(3), poll.Cast{Poll: p.ID, Choice: rule.Choice{Picks: []int{0}, Scores: []int{6}}, Tag: poll.TagOf("x")})
	code(t, err, "choice.score_range")
	out := g.closed(p)
	if s := out.Count.Scores; s[0].Sum != 9 || s[0].Ballots != 2 || s[1].Sum != 5 || s[1].Ballots != 2 || out.Count.Winners[0] != 0 {
		t.Errorf("counted %s", out.Result.Text)
	}
}

// TestARankingOfABudget plays a 预算排序 to its end, under the rule that shares equally: the many do not take it all.
func TestARankingOfABudget(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 5), t.Context()
	d := g.draft()
	d.Label, d.Question = poll.Ranking, "自治金先做哪几件？"
	d.Options = []poll.Option{{Text: "凉亭", Cost: 300_00}, {Text: "车棚", Cost: 310_00}, {Text: "沙池", Cost: 200_00}}
	d.Rule = rule.Rule{Method: rule.Budget, Budget: &rule.BudgetTerms{
		Rule: budget.MESCostAdd1U, Money: 500_00, Unit: 100, Costs: []int64{300_00, 310_00, 200_00}, Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes},
	}}
	p := g.opened(d)
	for i, picks := range [][]int{{0, 1}, {0, 1}, {0, 1}, {2}, {2}} {
		_, err := g.CastBallot(ctx, g.p(i), poll.Cast{Poll: p.ID, Choice: pick(picks...), Tag: poll.TagOf(string(rune('a' + i)))})
		must(t, err)
	}
	out := g.closed(p)
	f := out.Count.Funding
	if f == nil || f.Spent != 500_00 || len(out.Count.Winners) != 2 || out.Count.Winners[0]+out.Count.Winners[1] != 2 {
		t.Fatalf("counted %s", out.Result.Text)
	}
	if len(f.Losers) != 1 || f.Losers[0].Project != 1 || f.Losers[0].Reason == "" {
		t.Errorf("why the loser lost: %+v", f.Losers)
	}
}

// TestAnOverrideStandsBesideTheResult: with a reason and a second person, and the computed result stays.
func TestAnOverrideStandsBesideTheResult(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t, 3), t.Context()
	p := g.opened(g.draft())
	_, err := g.cast(g.p(0), p.ID, 1)
	must(t, err)
	over := poll.Overrule{Poll: p.ID, ID: g.token(), Says: "撤销", Reason: "法院判决撤销"}
	_, err = g.OverrideResult(ctx, g.staff, over)
	code(t, err, "poll.wrong_state")
	before := g.closed(p)
	for want, change := range map[string]func(*poll.Overrule){
		"poll.reason":         func(o *poll.Overrule) { o.Reason = "" },
		"poll.override_empty": func(o *poll.Overrule) { o.Says = " " },
		"topic.bad_token":     func(o *poll.Overrule) { o.ID = "x" },
	} {
		o := over
		change(&o)
		_, err := g.OverrideResult(ctx, g.staff, o)
		code(t, err, want)
	}
	_, err = g.OverrideResult(ctx, g.p(0), over)
	code(t, err, "identity.denied")
	_, err = g.ConfirmOverride(ctx, g.colleague, p.ID)
	code(t, err, "poll.no_override")
	for range 2 {
		_, err = g.OverrideResult(ctx, g.staff, over)
		must(t, err)
	}
	_, err = g.ConfirmOverride(ctx, g.staff, p.ID)
	code(t, err, "poll.override_second_person")
	if out, err := g.Result(ctx, p.ID); err != nil || out.Poll.Override != nil {
		t.Errorf("public before a second person agreed: %+v, %v", out.Poll.Override, err)
	}
	seen, err := g.Poll(ctx, g.p(0), p.ID)
	must(t, err)
	if seen.Override != nil {
		t.Error("residents see a proposed override")
	}
	for range 2 {
		_, err = g.ConfirmOverride(ctx, g.colleague, p.ID)
		must(t, err)
	}
	out, err := g.Result(ctx, p.ID)
	must(t, err)
	if o := out.Poll.Override; o == nil || o.Says != "撤销" || out.Result.Text != before.Result.Text || out.Count.Winners[0] != 1 {
		t.Errorf("in the end %+v with %s", out.Poll.Override, out.Result.Text)
	}
	_, err = g.OverrideResult(ctx, g.third, poll.Overrule{Poll: p.ID, ID: g.token(), Says: "又改", Reason: "又改"})
	code(t, err, "poll.overridden_already")
	if n := len(g.events(poll.PollOverridden)); n != 1 {
		t.Errorf("%d entries of it", n)
	}
}
