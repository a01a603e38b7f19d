package tally_test

import (
	"errors"
	"strings"
	"testing"

	"jushou/internal/verify/tally"
)

// Random polls of every method are held against the house's own counters in deliberation/poll/recount.

func ballots(picks ...int) (all []tally.Ballot) {
	for _, o := range picks {
		all = append(all, tally.Ballot{Choice: tally.Choice{Picks: []int{o}}})
	}
	return all
}

func ruleOf(t *testing.T, text string) tally.Rule {
	t.Helper()
	r, err := tally.ParseRule([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestADifferenceIsFoundWhereverItIs(t *testing.T) {
	t.Parallel()
	r := ruleOf(t, `{"method":"single","quorum":{"of":"roll","op":">","num":1,"den":2}}`)
	res, err := tally.Count(tally.Poll{Rule: r, Options: 3, Voters: 5, Ballots: ballots(1, 1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	const good = `{"method":"single","outcome":"won","winners":[1],"turnout":{"roll":5,"ballots":3,"cast":3,"decided":3},` +
		`"steps":[{"code":"quorum","option":-1,"of":"roll","part":3,"whole":5,"op":">","num":1,"den":2,"left":6,"right":5,"holds":true}],"votes":[1,2,0]}`
	if found, err := res.Differs([]byte(good)); err != nil || found != "" {
		t.Fatalf("%s, %v", found, err)
	}
	changed := 0
	for _, c := range [][2]string{
		{`"won"`, `"tied"`}, {`[1],`, `[2],`}, {`[1],`, `[1,0],`}, {`"winners":[1],`, ``}, {`"roll":5,`, `"roll":6,`}, {`"cast":3`, `"cast":2`},
		{`"part":3`, `"part":4`}, {`"holds":true`, `"holds":false`}, {`[1,2,0]`, `[2,1,0]`}, {`[1,2,0]`, `[1,2]`}, {`[1,2,0]`, `7`},
		{`"votes"`, `"tied":[0],"votes"`}, {`"votes"`, `"byLot":true,"votes"`},
	} {
		bad := strings.Replace(good, c[0], c[1], 1)
		if bad == good {
			t.Fatalf("%q is not there", c[0])
		}
		found, err := res.Differs([]byte(bad))
		if err != nil || found == "" {
			t.Errorf("%q for %q is not found: %v", c[1], c[0], err)
		}
		changed++
	}
	if changed < 10 {
		t.Error("too little was changed")
	}
	if _, err := res.Differs([]byte(`{`)); err == nil {
		t.Error("half a result is compared")
	}
}

func TestWhatCannotBeCounted(t *testing.T) {
	t.Parallel()
	if _, err := tally.ParseRule([]byte(`{"method":"single","weight":"sqrt"}`)); err == nil {
		t.Error("a rule with an unknown field is read")
	}
	if _, err := tally.Count(tally.Poll{Rule: ruleOf(t, `{"method":"quadratic"}`), Options: 2, Voters: 1}); !errors.Is(err, tally.ErrBeyond) {
		t.Errorf("an unknown method: %v", err)
	}
	for text, bad := range map[string]tally.Ballot{
		`{"method":"single"}`:                       {Choice: tally.Choice{Picks: []int{0, 1}}},
		`{"method":"multiple","min":2,"seats":1}`:   {Choice: tally.Choice{Picks: []int{0}}},
		`{"method":"multiple","max":2,"seats":1}`:   {Choice: tally.Choice{Picks: []int{1, 1}}},
		`{"method":"yes-no","threshold":{"den":1}}`: {Choice: tally.Choice{Abstain: true}},
		`{"method":"irv"}`:                          {Choice: tally.Choice{Ranks: []int{1, 3, 0}}},
		`{"method":"schulze"}`:                      {Choice: tally.Choice{Ranks: []int{1, 1, 0}}},
		`{"method":"score","range":{"max":5}}`:      {Choice: tally.Choice{Picks: []int{0, 1, 2}, Scores: []int{1, 6, 0}}},
		`{"method":"single","abstain":true}`:        {Choice: tally.Choice{Spoilt: "unclear"}},
		`{"method":"budget","budget":{"points":2}}`: {Choice: tally.Choice{Picks: []int{0}, Scores: []int{3}}},
	} {
		if _, err := tally.Count(tally.Poll{Rule: ruleOf(t, text), Options: 3, Voters: 1, Ballots: []tally.Ballot{bad}}); err == nil || errors.Is(err, tally.ErrBeyond) {
			t.Errorf("%s takes %+v: %v", text, bad.Choice, err)
		}
	}
	if _, err := tally.Count(tally.Poll{Rule: ruleOf(t, `{"method":"single"}`), Options: 3, Voters: 1, Ballots: ballots(0, 1)}); err == nil {
		t.Error("two ballots of one voter are counted")
	}
}
