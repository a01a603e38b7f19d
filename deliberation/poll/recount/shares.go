package recount

import (
	"fmt"
	"math/big"

	"jushou/deliberation/poll/rule"
)

// finding is a comparison made again.
type finding struct {
	code        rule.Code
	option      int
	part, whole int64
	bar         rule.Bar
	holds       bool
}

// clears divides and compares the fractions.
func clears(part, whole int64, b rule.Bar) bool {
	if whole == 0 {
		return false
	}
	by := big.NewRat(part, whole).Cmp(big.NewRat(b.Num, b.Den))
	return by > 0 || by == 0 && b.Op == rule.AtLeast
}

func find(code rule.Code, option int, part, whole int64, b rule.Bar) finding {
	return finding{code, option, part, whole, b, clears(part, whole, b)}
}

// whole is what a share is taken of.
func (t *table) whole(of rule.Base) int64 {
	wholes := map[rule.Base]int{
		rule.OfRoll: len(t.roll), rule.OfPresent: t.seen.Present, rule.OfCast: t.seen.Cast, rule.OfDecided: t.seen.Decided,
	}
	return int64(wholes[of])
}

// floor asks for presence and quorum.
func (t *table) floor() (steps []finding, enough bool) {
	enough = true
	if b := t.rule.Presence; b != nil {
		steps = append(steps, find("presence", -1, int64(t.seen.Present), t.whole(b.Of), *b))
	}
	if b := t.rule.Quorum; b != nil {
		steps = append(steps, find("quorum", -1, int64(t.seen.Cast), t.whole(b.Of), *b))
	}
	for _, s := range steps {
		enough = enough && s.holds
	}
	return steps, enough
}

// sameSteps compares the comparisons, and their cross products by multiplying again.
func (t *table) sameSteps(again []finding) { t.sameList("step", t.result.Steps, again) }

func (t *table) sameList(what string, counted []rule.Step, again []finding) {
	if len(counted) != len(again) {
		t.same("number of "+what+"s", len(counted), len(again))
		return
	}
	for i, f := range again {
		if want := f.step(); counted[i] != want {
			t.same(fmt.Sprintf("%s %d (%s)", what, i+1, f.code), counted[i], want)
		}
	}
}

// step is what a result has to say of a comparison.
func (f finding) step() rule.Step {
	left := new(big.Int).Mul(big.NewInt(f.part), big.NewInt(f.bar.Den))
	right := new(big.Int).Mul(big.NewInt(f.whole), big.NewInt(f.bar.Num))
	return rule.Step{
		Code: f.code, Option: f.option, Of: f.bar.Of, Part: f.part, Whole: f.whole, Op: f.bar.Op, Num: f.bar.Num, Den: f.bar.Den,
		Left: left.Int64(), Right: right.Int64(), Holds: f.holds,
	}
}
