package rule_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/rule"
	"jushou/internal/fault"
)

func codes(err error) []string {
	var codes []string
	for _, f := range fault.All(err) {
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	return codes
}

// lawful are rules that Check accepts for three options (two for yes/no), one of every method.
func lawful() map[rule.Method]rule.Rule {
	return map[rule.Method]rule.Rule{
		rule.Single:   {Method: rule.Single},
		rule.Multiple: {Method: rule.Multiple, Max: 2, Seats: 1},
		rule.Score:    {Method: rule.Score, Range: &rule.Range{Min: 1, Max: 5, By: rule.ByMean}},
		rule.Schulze:  {Method: rule.Schulze, Equal: true},
		rule.IRV:      {Method: rule.IRV, Tie: rule.TieByLot, Lot: []int{2, 0, 1}},
		rule.YesNo:    {Method: rule.YesNo, Abstain: true, Threshold: bar(rule.OfDecided, rule.More, 1, 2), Quorum: bar(rule.OfRoll, rule.More, 1, 2)},
		rule.Owners:   lenient(rule.WithMajority),
		rule.Budget: {Method: rule.Budget, Budget: &rule.BudgetTerms{
			Rule: budget.MESCostAdd1U, Money: 1000_00, Unit: 100, Costs: []int64{400_00, 300_00, 350_00},
			Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes},
		}},
	}
}

func optionsOf(m rule.Method) int {
	if m == rule.YesNo || m == rule.Owners {
		return 2
	}
	return 3
}

func TestLawfulRulesOfEveryMethod(t *testing.T) {
	t.Parallel()
	rules := lawful()
	for _, m := range rule.Methods() {
		r, there := rules[m]
		if !there {
			t.Errorf("no rule of method %s is tried", m)
		}
		if err := r.Check(optionsOf(m)); err != nil {
			t.Errorf("%s: %v", m, err)
		}
		if facts := r.Facts(optionsOf(m)); len(facts) < 4 {
			t.Errorf("%s tells only %v", m, facts)
		}
		back, err := rule.Parse(r.Canonical())
		if err != nil || !bytes.Equal(back.Canonical(), r.Canonical()) {
			t.Errorf("%s comes back as %s: %v", r.Canonical(), back.Canonical(), err)
		}
	}
}

// TestUnlawfulAndSenselessRules changes one thing of a lawful rule.
func TestUnlawfulAndSenselessRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code    string
		method  rule.Method
		options int // 0 is what fits the method
		change  func(*rule.Rule)
	}{
		{"rule.method", rule.Single, 0, func(r *rule.Rule) { r.Method = "borda" }},
		{"rule.method", rule.Single, 0, func(r *rule.Rule) { r.Method = "" }},
		{"rule.yes_no_options", rule.YesNo, 3, func(*rule.Rule) {}},
		{"rule.yes_no_options", rule.Owners, 3, func(*rule.Rule) {}},
		{"rule.too_few_options", rule.Single, 1, func(*rule.Rule) {}},
		{"rule.too_few_options", rule.IRV, 1, func(r *rule.Rule) { r.Lot = []int{0} }},
		{"rule.too_many_options", rule.Score, rule.MaxOptions + 1, func(*rule.Rule) {}},
		{"rule.franchise", rule.Single, 0, func(r *rule.Rule) { r.Franchise = "dogs" }},
		{"rule.owners_franchise", rule.Owners, 0, func(r *rule.Rule) { r.Franchise = rule.Households }},
		{"rule.presence_without_council", rule.YesNo, 0, func(r *rule.Rule) { r.Presence = bar(rule.OfRoll, rule.More, 1, 2) }},
		{"rule.council_without_presence", rule.YesNo, 0, func(r *rule.Rule) { r.Franchise = rule.Council }},
		{"rule.spoilt", rule.YesNo, 0, func(r *rule.Rule) { r.Spoilt = "yes" }},
		{"rule.bounds_without_use", rule.Single, 0, func(r *rule.Rule) { r.Max = 2 }},
		{"rule.bounds_without_use", rule.Owners, 0, func(r *rule.Rule) { r.Min = 1 }},
		{"rule.bounds", rule.Multiple, 0, func(r *rule.Rule) { r.Max = 4 }},
		{"rule.bounds", rule.Multiple, 0, func(r *rule.Rule) { r.Min = 3 }},
		{"rule.bounds", rule.Multiple, 0, func(r *rule.Rule) { r.Min = -1 }},
		{"rule.equal_ranks", rule.IRV, 0, func(r *rule.Rule) { r.Equal = true }},
		{"rule.seats", rule.Multiple, 0, func(r *rule.Rule) { r.Seats = 4 }},
		{"rule.seats", rule.Multiple, 0, func(r *rule.Rule) { r.Seats = -1 }},
		{"rule.everybody_wins", rule.Multiple, 0, func(r *rule.Rule) { r.Seats = 3 }},
		{"rule.multiple_without_end", rule.Multiple, 0, func(r *rule.Rule) { r.Seats = 0 }},
		{"rule.seats_without_use", rule.Schulze, 0, func(r *rule.Rule) { r.Seats = 1 }},
		{"rule.tie", rule.Single, 0, func(r *rule.Rule) { r.Tie = "oldest" }},
		{"rule.lot_without_use", rule.Single, 0, func(r *rule.Rule) { r.Lot = []int{0, 1, 2} }},
		{"rule.lot", rule.IRV, 0, func(r *rule.Rule) { r.Lot = []int{0, 1} }},
		{"rule.lot", rule.IRV, 0, func(r *rule.Rule) { r.Lot = []int{0, 1, 1} }},
		{"rule.lot", rule.IRV, 0, func(r *rule.Rule) { r.Lot = []int{0, 1, 3} }},
		{"rule.lot_on_yes_no", rule.YesNo, 0, func(r *rule.Rule) { r.Tie, r.Lot = rule.TieByLot, []int{0, 1} }},
		{"rule.owners_bars", rule.Owners, 0, func(r *rule.Rule) { r.Threshold = bar(rule.OfRoll, rule.More, 1, 2) }},
		{"rule.threshold_missing", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold = nil }},
		{"rule.threshold_without_use", rule.Schulze, 0, func(r *rule.Rule) { r.Threshold = bar(rule.OfCast, rule.More, 1, 2) }},
		{"rule.base", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold.Of = "moon" }},
		{"rule.base", rule.YesNo, 0, func(r *rule.Rule) { r.Quorum.Of = rule.OfCast }},
		{"rule.present_without_council", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold.Of = rule.OfPresent }},
		{"rule.op", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold.Op = "=>" }},
		{"rule.share", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold.Den = 0 }},
		{"rule.share", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold.Num = 3 }},
		{"rule.share", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold.Num, r.Threshold.Op = 0, rule.AtLeast }},
		{"rule.share", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold.Num, r.Threshold.Den = 600, rule.MaxDen+1 }},
		{"rule.out_of_reach", rule.YesNo, 0, func(r *rule.Rule) { r.Threshold.Num = 2 }},
		{"rule.terms", rule.Score, 0, func(r *rule.Rule) { r.Range = nil }},
		{"rule.terms", rule.Single, 0, func(r *rule.Rule) { r.Range = &rule.Range{Max: 5} }},
		{"rule.range", rule.Score, 0, func(r *rule.Rule) { r.Range.Max = 1 }},
		{"rule.range", rule.Score, 0, func(r *rule.Rule) { r.Range.Max = rule.MaxScore + 1 }},
		{"rule.score_by", rule.Score, 0, func(r *rule.Rule) { r.Range.By = "median" }},
		{"rule.matter", rule.Owners, 0, func(r *rule.Rule) { r.Owners.Matter = 10 }},
		{"rule.scope", rule.Owners, 0, func(r *rule.Rule) { r.Owners.Scope = "" }},
		{"rule.owners_form", rule.Owners, 0, func(r *rule.Rule) { r.Owners.Form = rule.IRV }},
		{"rule.parking", rule.Owners, 0, func(r *rule.Rule) { r.Owners.Parking = "" }},
		{"rule.parking_clause", rule.Owners, 0, func(r *rule.Rule) { r.Owners.Parking = rule.ParkingApart }},
		{"rule.non_return", rule.Owners, 0, func(r *rule.Rule) { r.Owners.NonReturn = "" }},
		{"rule.clause", rule.Owners, 0, func(r *rule.Rule) { r.Owners.Clause = "" }},
		{"rule.clause_without_use", rule.Owners, 0, func(r *rule.Rule) { r.Owners.NonReturn = rule.NotParticipating }},
		{"rule.service_methods", rule.Owners, 0, func(r *rule.Rule) { r.Owners.ServiceMethods = nil }},
		{"rule.service_methods", rule.Owners, 0, func(r *rule.Rule) { r.Owners.ServiceMethods = []string{""} }},
		{"rule.warning", rule.Owners, 0, func(r *rule.Rule) { r.Owners.Warning = "" }},
		{"rule.terms_too_long", rule.Owners, 0, func(r *rule.Rule) { r.Owners.Clause = strings.Repeat("条", 200) }},
		{"rule.costs", rule.Budget, 4, func(*rule.Rule) {}},
		{"rule.points", rule.Budget, 0, func(r *rule.Rule) { r.Budget.Total = 10 }},
		{"rule.budget_threshold", rule.Budget, 0, func(r *rule.Rule) { r.Budget.Threshold = 10 }},
		{"rule.budget_threshold", rule.Budget, 0, func(r *rule.Rule) { r.Budget.Rule = budget.GreedyThreshold }},
		{"rule.budget", rule.Budget, 0, func(r *rule.Rule) { r.Budget.Rule = "lottery" }},
		{"rule.budget", rule.Budget, 0, func(r *rule.Rule) { r.Budget.Money = -1 }},
		{"rule.budget", rule.Budget, 0, func(r *rule.Rule) { r.Budget.Money = budget.MaxMoney + 1 }},
		{"rule.budget", rule.Budget, 0, func(r *rule.Rule) { r.Budget.Costs[1] = -5 }},
		{"rule.budget", rule.Budget, 0, func(r *rule.Rule) { r.Budget.Unit = 0 }},
		{"rule.budget", rule.Budget, 0, func(r *rule.Rule) { r.Budget.PointsTimesCost = true }},
	} {
		r := lawful()[c.method]
		c.change(&r)
		options := c.options
		if options == 0 {
			options = optionsOf(c.method)
		}
		if got := codes(r.Check(options)); !slices.Contains(got, c.code) {
			t.Errorf("%s: want %s, got %v", c.method, c.code, got)
		}
		if _, err := r.Count(options, people(2), nil); err == nil {
			t.Errorf("%s: counted by a rule with %s", c.method, c.code)
		}
	}
}

func TestCheckTellsEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	r := rule.Rule{Method: rule.YesNo, Franchise: rule.Council, Max: 2, Seats: 1, Tie: "oldest"}
	want := []string{"rule.bounds_without_use", "rule.council_without_presence", "rule.seats_without_use", "rule.threshold_missing", "rule.tie", "rule.yes_no_options"}
	if got := codes(r.Check(5)); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAFieldThatNoRuleHasIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{"method":"single","bonus":2}`, `{"method":`, `[]`, ``} {
		if _, err := rule.Parse([]byte(text)); fault.CodeOf(err) != "rule.unreadable" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestChoicesThatDoNotFit(t *testing.T) {
	t.Parallel()
	few := rule.Rule{Method: rule.Multiple, Min: 2, Max: 3, Seats: 1}
	points := lawful()[rule.Budget]
	points.Budget.Points, points.Budget.Total = 5, 7
	limited := lawful()[rule.IRV]
	limited.Max = 2
	for _, c := range []struct {
		code   string
		rule   rule.Rule
		choice rule.Choice
	}{
		{"choice.empty", lawful()[rule.Single], rule.Choice{}},
		{"choice.unknown_option", lawful()[rule.Single], pick(3)},
		{"choice.unknown_option", lawful()[rule.Single], pick(-1)},
		{"choice.too_many", lawful()[rule.Single], pick(0, 1)},
		{"choice.no_abstention", lawful()[rule.Single], abstain()},
		{"choice.contradicts", lawful()[rule.YesNo], rule.Choice{Abstain: true, Picks: []int{0}}},
		{"choice.contradicts", lawful()[rule.YesNo], rule.Choice{Spoilt: "unclear", Picks: []int{0}}},
		{"choice.contradicts", lawful()[rule.YesNo], rule.Choice{Spoilt: "unclear", Abstain: true}},
		{"choice.spoilt", lawful()[rule.YesNo], rule.Choice{Spoilt: "ugly"}},
		{"choice.malformed", lawful()[rule.Single], rule.Choice{Picks: []int{0}, Ranks: []int{1, 2, 3}}},
		{"choice.malformed", lawful()[rule.Single], rule.Choice{Picks: []int{0}, Scores: []int{1}}},
		{"choice.too_few", few, pick(1)},
		{"choice.too_many", few, pick(0, 1, 2, 2)},
		{"choice.option_twice", few, pick(1, 1)},
		{"choice.score_missing", lawful()[rule.Score], rule.Choice{Picks: []int{0, 1}, Scores: []int{1, 1}}},
		{"choice.score_range", lawful()[rule.Score], rule.Choice{Picks: []int{0, 1, 2}, Scores: []int{1, 0, 1}}},
		{"choice.score_range", lawful()[rule.Score], rule.Choice{Picks: []int{0, 1, 2}, Scores: []int{1, 6, 1}}},
		{"choice.malformed", lawful()[rule.Score], rule.Choice{Picks: []int{0, 1, 2}, Scores: []int{1, 6}}},
		{"choice.malformed", lawful()[rule.IRV], rule.Choice{Ranks: []int{1, 2}}},
		{"choice.malformed", lawful()[rule.IRV], rule.Choice{Picks: []int{1}, Ranks: []int{1, 2, 3}}},
		{"choice.empty", lawful()[rule.IRV], rule.Choice{Ranks: []int{0, 0, 0}}},
		{"choice.empty", lawful()[rule.IRV], rule.Choice{}},
		{"choice.rank_range", lawful()[rule.IRV], rule.Choice{Ranks: []int{1, 2, 4}}},
		{"choice.rank_range", lawful()[rule.IRV], rule.Choice{Ranks: []int{1, 2, -1}}},
		{"choice.rank_shared", lawful()[rule.IRV], rule.Choice{Ranks: []int{1, 2, 2}}},
		{"choice.rank_gap", lawful()[rule.IRV], rule.Choice{Ranks: []int{1, 0, 3}}},
		{"choice.rank_gap", lawful()[rule.Schulze], rule.Choice{Ranks: []int{2, 2, 0}}},
		{"choice.too_many", limited, rule.Choice{Ranks: []int{1, 2, 3}}},
		{"choice.malformed", lawful()[rule.Budget], rule.Choice{Picks: []int{0}, Scores: []int{1}}},
		{"choice.malformed", points, rule.Choice{Picks: []int{0}}},
		{"choice.score_range", points, rule.Choice{Picks: []int{0}, Scores: []int{0}}},
		{"choice.score_range", points, rule.Choice{Picks: []int{0}, Scores: []int{6}}},
		{"choice.points_total", points, rule.Choice{Picks: []int{0, 1}, Scores: []int{4, 4}}},
	} {
		if got := fault.CodeOf(c.rule.Accept(c.choice, 3)); got != c.code && !(c.rule.Method == rule.YesNo && fault.CodeOf(c.rule.Accept(c.choice, 2)) == c.code) {
			t.Errorf("%s with %+v: %s, want %s", c.rule.Method, c.choice, got, c.code)
		}
	}
}

// TestRollsThatCannotBeCounted: duplicates, nothing to vote with, and sums that would not fit.
func TestRollsThatCannotBeCounted(t *testing.T) {
	t.Parallel()
	unit := func(key string, area int64) []rule.Unit { return []rule.Unit{{Key: key, Area: area}} }
	for _, c := range []struct {
		code string
		roll []rule.Voter
	}{
		{"count.roll_empty", nil},
		{"count.voter_without_key", []rule.Voter{{Units: unit("u", 1)}}},
		{"count.voter_twice", []rule.Voter{{Key: "a", Units: unit("u", 1)}, {Key: "a", Units: unit("v", 1)}}},
		{"count.owner_without_unit", []rule.Voter{{Key: "a"}}},
		{"count.unit_without_key", []rule.Voter{{Key: "a", Units: unit("", 1)}}},
		{"count.unit_without_area", []rule.Voter{{Key: "a", Units: unit("u", 0)}}},
		{"count.unit_without_area", []rule.Voter{{Key: "a", Units: unit("u", -1)}}},
		{"count.unit_twice", []rule.Voter{{Key: "a", Units: unit("u", 1)}, {Key: "b", Units: unit("u", 1)}}},
		{"count.area_too_large", []rule.Voter{{Key: "a", Units: unit("u", 1<<63-1)}}},
		{"count.area_too_large", []rule.Voter{{Key: "a", Units: unit("u", rule.MaxArea)}, {Key: "b", Units: unit("v", 1)}}},
	} {
		if got := fault.CodeOf(strict().CheckRoll(c.roll)); got != c.code {
			t.Errorf("%+v: %s, want %s", c.roll, got, c.code)
		}
		if _, err := strict().Count(2, c.roll, nil); len(c.roll) > 0 && fault.CodeOf(err) != c.code {
			t.Errorf("counted %+v: %v", c.roll, err)
		}
	}
	most := []rule.Voter{{Key: "a", Units: unit("u", rule.MaxArea-1)}, {Key: "b", Units: unit("v", 1)}}
	got := mustCount(t, strict(), 2, most, cast(pick(rule.Yes), pick(rule.Yes)))
	if s := got.Binding(); got.Outcome != rule.Passed || s.Total.Area != rule.MaxArea || s.Steps[0].Left != 3*rule.MaxArea {
		t.Errorf("the largest roll: %+v", got)
	}
}

func TestBallotsThatCannotBeCounted(t *testing.T) {
	t.Parallel()
	r := lawful()[rule.YesNo]
	for code, ballots := range map[string][]rule.Ballot{
		"count.ballot_of_nobody": {{Voter: 2, Choice: pick(0)}},
		"count.ballot_twice":     {{Voter: 1, Choice: pick(0)}, {Voter: 1, Choice: pick(0)}},
		"count.spoilt_online":    {{Voter: 1, Choice: spoilt()}},
		"count.ballot":           {{Voter: 1, Choice: pick(7)}},
	} {
		if _, err := r.Count(2, people(2), ballots); fault.CodeOf(err) != code {
			t.Errorf("%+v: %v, want %s", ballots, err, code)
		}
	}
	if _, err := r.Count(2, people(2), []rule.Ballot{{Voter: -1, Choice: pick(0)}}); fault.CodeOf(err) != "count.ballot_of_nobody" {
		t.Errorf("voter -1: %v", err)
	}
}

func TestTheSameChoiceHasTheSameJSON(t *testing.T) {
	t.Parallel()
	a := rule.Choice{Picks: []int{2, 0, 1}, Scores: []int{5, 3, 4}}.Canonical()
	b := rule.Choice{Picks: []int{1, 2, 0}, Scores: []int{4, 5, 3}}.Canonical()
	x, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"picks":[0,1,2],"scores":[3,4,5]}`; string(x) != want || string(y) != want {
		t.Errorf("%s and %s, want %s", x, y, want)
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole int64
		decimals    int
		want        string
	}{
		{703, 1291, 1, "54.5"}, {2066, 2261, 2, "91.38"}, {1, 3, 0, "33"}, {2, 3, 0, "67"}, {1, 200, 0, "1"}, {1, 8, 2, "12.50"},
		{0, 5, 2, "0.00"}, {5, 5, 1, "100.0"}, {3, 0, 1, "0.0"}, {1, 100_000, 1, "0.0"}, {999, 1000, 0, "100"},
		{rule.MaxArea - 1, rule.MaxArea, 6, "100.000000"}, {2 * rule.MaxArea / 3, rule.MaxArea, 6, "66.666667"},
	} {
		if got := rule.Percent(c.part, c.whole, c.decimals); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}
