package recount_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"jushou/deliberation/poll/recount"
	"jushou/deliberation/poll/rule"
)

// spots calls do for every number, word, truth and list below a value, with how to change it and how to undo that.
func spots(v reflect.Value, path string, do func(path string, change, undo func())) {
	if f, ok := v.Interface().(*big.Rat); ok && f != nil {
		do(path, func() { f.Add(f, big.NewRat(1, 7)) }, func() { f.Sub(f, big.NewRat(1, 7)) })
		return
	}
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		do(path, func() { v.SetInt(v.Int() + 1) }, func() { v.SetInt(v.Int() - 1) })
	case reflect.Bool:
		turn := func() { v.SetBool(!v.Bool()) }
		do(path, turn, turn)
	case reflect.String:
		was := v.String()
		do(path, func() { v.SetString(was + "x") }, func() { v.SetString(was) })
	case reflect.Pointer:
		if !v.IsNil() {
			spots(v.Elem(), path, do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			spots(v.Field(i), path+"."+v.Type().Field(i).Name, do)
		}
	case reflect.Slice:
		if v.Len() == 0 {
			return
		}
		whole := reflect.ValueOf(v.Interface())
		do(path+" without its last", func() { v.Set(whole.Slice(0, whole.Len()-1)) }, func() { v.Set(whole) })
		for i := range whole.Len() {
			spots(whole.Index(i), fmt.Sprint(path, "[", i, "]"), do)
		}
	}
}

// TestAnyChangeOfAResultIsFound changes every single part of many results, one at a time.
func TestAnyChangeOfAResultIsFound(t *testing.T) {
	t.Parallel()
	changed := 0
	for _, m := range rule.Methods() {
		r := rand.New(rand.NewPCG(7, 7))
		for range 25 {
			d := drawn(r, m)
			got, err := d.rule.Count(d.options, d.roll, d.ballots)
			if err != nil {
				t.Fatal(err)
			}
			again := func() error { return recount.Compare(got, d.rule, d.options, d.roll, d.ballots) }
			spots(reflect.ValueOf(&got).Elem(), string(m), func(path string, change, undo func()) {
				changed++
				change()
				var diff *recount.Difference
				if err := again(); !errors.As(err, &diff) || diff.What == "" {
					t.Errorf("%s was changed and not found: %v\nrule %s\nresult %s", path, err, d.rule.Canonical(), got.JSON())
				}
				undo()
			})
			if err := again(); err != nil {
				t.Fatalf("after undoing: %v", err)
			}
			if t.Failed() {
				return
			}
		}
	}
	if changed < 3_000 {
		t.Fatalf("only %d changes were tried", changed)
	}
}

// TestBallotsThatShouldNotBeThere: the second counter looks at every ballot itself.
func TestBallotsThatShouldNotBeThere(t *testing.T) {
	t.Parallel()
	yesNo := rule.Rule{Method: rule.YesNo, Threshold: &rule.Bar{Of: rule.OfCast, Op: rule.More, Num: 1, Den: 2}}
	ranked := rule.Rule{Method: rule.IRV, Max: 2}
	several := rule.Rule{Method: rule.Multiple, Min: 2, Max: 2, Seats: 1}
	scored := rule.Rule{Method: rule.Score, Range: &rule.Range{Min: 1, Max: 5, By: rule.ByMean}}
	for _, c := range []struct {
		name   string
		rule   rule.Rule
		choice rule.Choice
	}{
		{"unknown option", yesNo, rule.Choice{Picks: []int{2}}},
		{"negative option", yesNo, rule.Choice{Picks: []int{-1}}},
		{"two options", yesNo, rule.Choice{Picks: []int{0, 1}}},
		{"none", yesNo, rule.Choice{}},
		{"an abstention", yesNo, rule.Choice{Abstain: true}},
		{"spoilt online", yesNo, rule.Choice{Spoilt: "unclear"}},
		{"spoilt and marked", yesNo, rule.Choice{Spoilt: "unclear", Picks: []int{1}}},
		{"scores", yesNo, rule.Choice{Picks: []int{0}, Scores: []int{1}}},
		{"one option twice", several, rule.Choice{Picks: []int{1, 1}}},
		{"too few", several, rule.Choice{Picks: []int{1}}},
		{"a rank twice", ranked, rule.Choice{Ranks: []int{1, 1, 0}}},
		{"a gap", ranked, rule.Choice{Ranks: []int{1, 3, 0}}},
		{"too many ranked", ranked, rule.Choice{Ranks: []int{1, 3, 2}}},
		{"a negative rank", ranked, rule.Choice{Ranks: []int{1, -1, 0}}},
		{"ranks for other options", ranked, rule.Choice{Ranks: []int{1, 2}}},
		{"a score too high", scored, rule.Choice{Picks: []int{0, 1, 2}, Scores: []int{1, 2, 6}}},
		{"a score missing", scored, rule.Choice{Picks: []int{0, 1}, Scores: []int{1, 2}}},
	} {
		options := 3
		if c.rule.Method == rule.YesNo {
			options = 2
		}
		ballots := []rule.Ballot{{Choice: c.choice}}
		if _, err := c.rule.Count(options, []rule.Voter{{Key: "a"}}, ballots); err == nil {
			t.Errorf("%s: counted", c.name)
		}
		if err := recount.Compare(rule.Result{}, c.rule, options, []rule.Voter{{Key: "a"}}, ballots); err == nil || !slices.Contains([]string{"ballot 1", "ballot 1: its voter"}, what(err)) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	twice := []rule.Ballot{{Choice: rule.Choice{Picks: []int{0}}}, {Choice: rule.Choice{Picks: []int{1}}}}
	if err := recount.Compare(rule.Result{}, yesNo, 2, []rule.Voter{{Key: "a"}}, twice); what(err) != "ballot 2: its voter" {
		t.Errorf("two ballots of one voter: %v", err)
	}
}

func what(err error) string {
	var d *recount.Difference
	if errors.As(err, &d) {
		return d.What
	}
	return ""
}
