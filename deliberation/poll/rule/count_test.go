package rule_test

import (
	"fmt"
	"slices"
	"testing"

	"jushou/deliberation/poll/rule"
	"jushou/internal/fault"
)

// people makes a roll of n persons.
func people(n int) []rule.Voter {
	roll := make([]rule.Voter, n)
	for i := range roll {
		roll[i].Key = fmt.Sprint("p", i)
	}
	return roll
}

// cast gives each choice to the next voter of the roll.
func cast(choices ...rule.Choice) []rule.Ballot {
	ballots := make([]rule.Ballot, len(choices))
	for i, c := range choices {
		ballots[i] = rule.Ballot{Voter: i, Choice: c, Paper: c.Spoilt != ""}
	}
	return ballots
}

// times repeats a choice.
func times(n int, c rule.Choice) []rule.Choice { return slices.Repeat([]rule.Choice{c}, n) }

func pick(options ...int) rule.Choice { return rule.Choice{Picks: options} }

func abstain() rule.Choice { return rule.Choice{Abstain: true} }

func spoilt() rule.Choice { return rule.Choice{Spoilt: "unclear"} }

func bar(of rule.Base, op rule.Op, num, den int64) *rule.Bar {
	return &rule.Bar{Of: of, Op: op, Num: num, Den: den}
}

// poll is one count worked by hand.
type poll struct {
	name    string
	rule    rule.Rule
	options int
	roll    int
	ballots []rule.Choice
	outcome rule.Outcome
	winners []int
	tied    []int
	holds   []bool // of the steps, in order
}

func (p poll) check(t *testing.T) {
	t.Helper()
	got, err := p.rule.Count(p.options, people(p.roll), cast(p.ballots...))
	if err != nil {
		t.Fatal(err)
	}
	if got.Outcome != p.outcome || !slices.Equal(got.Winners, p.winners) || !slices.Equal(got.Tied, p.tied) {
		t.Errorf("%s, winners %v, tied %v; want %s, %v, %v", got.Outcome, got.Winners, got.Tied, p.outcome, p.winners, p.tied)
	}
	if len(p.holds) != len(got.Steps) {
		t.Fatalf("%d steps, want %d: %+v", len(got.Steps), len(p.holds), got.Steps)
	}
	for i, s := range got.Steps {
		if s.Holds != p.holds[i] {
			t.Errorf("step %d: %+v, want %v", i, s, p.holds[i])
		}
	}
}

func checkAll(t *testing.T, polls []poll) {
	t.Helper()
	for _, p := range polls {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			p.check(t)
		})
	}
}

func TestYesNoOfCastRollAndDecided(t *testing.T) {
	t.Parallel()
	yesNo := func(threshold, quorum *rule.Bar) rule.Rule {
		return rule.Rule{Method: rule.YesNo, Abstain: true, Threshold: threshold, Quorum: quorum}
	}
	half := slices.Concat(times(3, pick(rule.Yes)), times(3, pick(rule.No)))
	waver := slices.Concat(times(3, pick(rule.Yes)), times(2, pick(rule.No)), times(2, abstain()))
	checkAll(t, []poll{
		{name: "half is not more than half", rule: yesNo(bar(rule.OfCast, rule.More, 1, 2), nil), options: 2, roll: 10,
			ballots: half, outcome: rule.Failed, holds: []bool{false}},
		{name: "half is at least half", rule: yesNo(bar(rule.OfCast, rule.AtLeast, 1, 2), nil), options: 2, roll: 10,
			ballots: half, outcome: rule.Passed, winners: []int{rule.Yes}, holds: []bool{true}},
		{name: "an abstention is in what was cast", rule: yesNo(bar(rule.OfCast, rule.More, 1, 2), nil), options: 2, roll: 10,
			ballots: waver, outcome: rule.Failed, holds: []bool{false}}, // 3 of 7
		{name: "and not in what was decided", rule: yesNo(bar(rule.OfDecided, rule.More, 1, 2), nil), options: 2, roll: 10,
			ballots: waver, outcome: rule.Passed, winners: []int{rule.Yes}, holds: []bool{true}}, // 3 of 5
		{name: "of the roll", rule: yesNo(bar(rule.OfRoll, rule.More, 1, 2), nil), options: 2, roll: 10,
			ballots: times(5, pick(rule.Yes)), outcome: rule.Failed, holds: []bool{false}}, // 5 of 10
		{name: "a quorum missed by one", rule: yesNo(bar(rule.OfCast, rule.More, 1, 2), bar(rule.OfRoll, rule.More, 1, 2)), options: 2,
			roll: 10, ballots: times(5, pick(rule.Yes)), outcome: rule.Short, holds: []bool{false, true}},
		{name: "a quorum met by abstaining", rule: yesNo(bar(rule.OfCast, rule.AtLeast, 1, 6), bar(rule.OfRoll, rule.More, 1, 2)), options: 2,
			roll: 10, ballots: slices.Concat(times(1, pick(rule.Yes)), times(5, abstain())), outcome: rule.Passed, winners: []int{rule.Yes}, holds: []bool{true, true}},
		{name: "everybody has to agree (Art. 279)", rule: yesNo(bar(rule.OfRoll, rule.AtLeast, 1, 1), nil), options: 2, roll: 4,
			ballots: times(3, pick(rule.Yes)), outcome: rule.Failed, holds: []bool{false}},
		{name: "and everybody did", rule: yesNo(bar(rule.OfRoll, rule.AtLeast, 1, 1), nil), options: 2, roll: 4,
			ballots: times(4, pick(rule.Yes)), outcome: rule.Passed, winners: []int{rule.Yes}, holds: []bool{true}},
		{name: "nobody voted", rule: yesNo(bar(rule.OfCast, rule.AtLeast, 1, 2), nil), options: 2, roll: 4,
			outcome: rule.Empty, holds: []bool{false}},
		{name: "nobody on the roll", rule: yesNo(bar(rule.OfRoll, rule.AtLeast, 1, 2), bar(rule.OfRoll, rule.AtLeast, 1, 2)), options: 2,
			outcome: rule.Empty, holds: []bool{false, false}},
	})
}

func TestSpoiltBallotsCountAsTheRuleSays(t *testing.T) {
	t.Parallel()
	votes := slices.Concat(times(2, pick(rule.Yes)), times(1, pick(rule.No)), times(2, spoilt()))
	apart := rule.Rule{Method: rule.YesNo, Threshold: bar(rule.OfCast, rule.More, 1, 2)}
	within := apart
	within.Spoilt = rule.SpoiltCast
	checkAll(t, []poll{
		{name: "apart", rule: apart, options: 2, roll: 9, ballots: votes, outcome: rule.Passed, winners: []int{rule.Yes}, holds: []bool{true}}, // 2 of 3
		{name: "cast", rule: within, options: 2, roll: 9, ballots: votes, outcome: rule.Failed, holds: []bool{false}},                          // 2 of 5
	})
}

func TestSingleAndMultiple(t *testing.T) {
	t.Parallel()
	single := rule.Rule{Method: rule.Single, Abstain: true}
	majority, lot := single, single
	majority.Threshold = bar(rule.OfCast, rule.More, 1, 2)
	lot.Tie, lot.Lot = rule.TieByLot, []int{2, 1, 0}
	two := rule.Rule{Method: rule.Multiple, Min: 1, Max: 2, Seats: 2}
	approve := rule.Rule{Method: rule.Multiple, Threshold: bar(rule.OfCast, rule.AtLeast, 1, 2)}
	twoLot := two
	twoLot.Tie, twoLot.Lot = rule.TieByLot, []int{3, 2, 1, 0}
	checkAll(t, []poll{
		{name: "the most votes", rule: single, options: 3, roll: 6, ballots: []rule.Choice{pick(0), pick(1), pick(1), pick(2)},
			outcome: rule.Won, winners: []int{1}},
		{name: "level and nobody wins", rule: single, options: 3, roll: 6, ballots: []rule.Choice{pick(0), pick(1)},
			outcome: rule.Tied, tied: []int{0, 1}},
		{name: "level and the lot", rule: lot, options: 3, roll: 6, ballots: []rule.Choice{pick(0), pick(1)},
			outcome: rule.Won, winners: []int{1}, tied: []int{0, 1}},
		{name: "most is not more than half", rule: majority, options: 3, roll: 6, ballots: []rule.Choice{pick(0), pick(0), pick(1), pick(2)},
			outcome: rule.Nobody, holds: []bool{false, false, false}},
		{name: "everybody abstains", rule: single, options: 3, roll: 6, ballots: times(3, abstain()), outcome: rule.Nobody},
		{name: "two seats", rule: two, options: 4, roll: 6, ballots: []rule.Choice{pick(0, 3), pick(3), pick(0, 1), pick(0)},
			outcome: rule.Won, winners: []int{0, 3}},
		{name: "one clear, one place level", rule: two, options: 4, roll: 6, ballots: []rule.Choice{pick(0, 3), pick(0, 1)},
			outcome: rule.Tied, winners: []int{0}, tied: []int{1, 3}},
		{name: "one clear, one place by lot", rule: twoLot, options: 4, roll: 6, ballots: []rule.Choice{pick(0, 3), pick(0, 1)},
			outcome: rule.Won, winners: []int{0, 3}, tied: []int{1, 3}},
		{name: "fewer have votes than there are seats", rule: two, options: 4, roll: 6, ballots: []rule.Choice{pick(2)},
			outcome: rule.Won, winners: []int{2}},
		{name: "all that half approve", rule: approve, options: 3, roll: 6, ballots: []rule.Choice{pick(0, 1), pick(1), pick(2), pick(0)},
			outcome: rule.Won, winners: []int{0, 1}, holds: []bool{true, true, false}},
	})
}

func TestACouncilCountsThoseWhoArePresent(t *testing.T) {
	t.Parallel()
	r := rule.Rule{
		Method: rule.YesNo, Franchise: rule.Council, Abstain: true,
		Presence: bar(rule.OfRoll, rule.AtLeast, 2, 3), Threshold: bar(rule.OfPresent, rule.More, 1, 2),
	}
	for _, c := range []struct {
		present, yes int
		outcome      rule.Outcome
	}{
		{5, 5, rule.Short}, // 5 of 9 came
		{6, 3, rule.Failed},
		{6, 4, rule.Passed},
		{9, 4, rule.Failed}, // five came and did not vote
		{9, 5, rule.Passed},
	} {
		roll := people(9)
		for i := range c.present {
			roll[i].Present = true
		}
		ballots := append(cast(times(c.yes, pick(rule.Yes))...), rule.Ballot{Voter: 8, Choice: pick(rule.No)})
		got, err := r.Count(2, roll, ballots)
		if err != nil {
			t.Fatal(err)
		}
		absent := 1
		if c.present == 9 {
			absent = 0
		}
		if got.Outcome != c.outcome || got.Turnout.Absent != absent || got.Turnout.Present != c.present {
			t.Errorf("%d present, %d yes: %s, %+v, want %s", c.present, c.yes, got.Outcome, got.Turnout, c.outcome)
		}
	}
}

func TestAHouseholdIsOneVoice(t *testing.T) {
	t.Parallel()
	r := rule.Rule{Method: rule.YesNo, Franchise: rule.Households, Threshold: bar(rule.OfRoll, rule.More, 1, 2)}
	roll := []rule.Voter{{Key: "a", Household: "3-101"}, {Key: "b", Household: "3-102"}, {Key: "c", Household: "3-101"}}
	if err := r.CheckRoll(roll); fault.CodeOf(err) != "count.voter_twice" {
		t.Errorf("one household twice: %v", err)
	}
	if err := r.CheckRoll(roll[:2]); err != nil {
		t.Errorf("two households: %v", err)
	}
	got, err := r.Count(2, roll[:2], cast(pick(rule.Yes)))
	if err != nil || got.Outcome != rule.Failed {
		t.Errorf("one of two households: %s, %v", got.Outcome, err)
	}
}
