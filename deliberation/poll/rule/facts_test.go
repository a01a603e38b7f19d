package rule_test

import (
	"fmt"
	"reflect"
	"testing"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/rule"
)

// numbers calls do for every number and truth below a value, with a way to change it.
func numbers(v reflect.Value, path string, do func(path string, change, undo func())) {
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		was := v.Int()
		next := max(2, was+1) // 0 is short for 1 in some fields
		do(path, func() { v.SetInt(next) }, func() { v.SetInt(was) })
	case reflect.Bool:
		was := v.Bool()
		do(path, func() { v.SetBool(!was) }, func() { v.SetBool(was) })
	case reflect.Pointer:
		if !v.IsNil() {
			numbers(v.Elem(), path, do)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			numbers(v.Field(i), path+"."+v.Type().Field(i).Name, do)
		}
	case reflect.Slice:
		for i := range v.Len() {
			numbers(v.Index(i), fmt.Sprint(path, "[", i, "]"), do)
		}
	}
}

// TestFactsTellEverythingThatDecides: wherever one number of a rule can be another, the facts say another thing.
func TestFactsTellEverythingThatDecides(t *testing.T) {
	t.Parallel()
	rules := lawful()
	council := rules[rule.YesNo]
	council.Franchise, council.Presence = rule.Council, bar(rule.OfRoll, rule.AtLeast, 2, 3)
	points := rules[rule.Budget]
	terms := *points.Budget
	terms.Rule, terms.Points, terms.Total, terms.Step = budget.MESPointsAdd1, 3, 9, 100
	points.Budget = &terms
	greedy := rules[rule.Budget]
	least := *greedy.Budget
	least.Rule, least.Threshold = budget.GreedyThreshold, 5
	greedy.Budget = &least
	changed := 0
	for _, r := range []rule.Rule{
		rules[rule.Single], rules[rule.Multiple], rules[rule.Score], rules[rule.Schulze], rules[rule.IRV], council, rules[rule.Owners],
		rules[rule.Budget], points, greedy,
	} {
		options := optionsOf(r.Method)
		before := fmt.Sprintf("%+v", told(r, options))
		numbers(reflect.ValueOf(&r).Elem(), string(r.Method), func(path string, change, undo func()) {
			change()
			defer undo()
			if r.Check(options) != nil {
				return
			}
			changed++
			if after := fmt.Sprintf("%+v", told(r, options)); after == before {
				t.Errorf("%s can be another and the facts do not say: %s", path, after)
			}
		})
	}
	if changed < 40 {
		t.Fatalf("only %d changes were lawful", changed)
	}
}

// told are the facts with their bars written out.
func told(r rule.Rule, options int) []string {
	var lines []string
	for _, f := range r.Facts(options) {
		line := fmt.Sprint(f.Code, f.Text, " ", f.N, " ", f.M, f.Options)
		if f.Bar != nil {
			line += fmt.Sprint(*f.Bar)
		}
		lines = append(lines, line)
	}
	return lines
}
