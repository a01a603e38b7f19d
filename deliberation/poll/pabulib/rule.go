package pabulib

import (
	"fmt"
	"strings"

	"jushou/deliberation/poll/budget"
)

// Rule returns the rule that META names and what it states beside it: the threshold, and for
// equalshares/add1-comparison the comparison. Equal shares mean cost utilities for approval and choose-1, and
// points for the other vote types. The error is *Malformed, at META's line, for a rule that is not counted here.
func (f *File) Rule() (budget.Rule, budget.Options, error) {
	var o budget.Options
	var bad Malformed
	if entry := f.entry("min_project_score_threshold"); entry.Value != "" {
		var ok bool
		if o.Threshold, ok = parsePoints(entry.Value); !ok {
			bad.add(entry.Line, "min_project_score_threshold %q is not a whole number", clip(entry.Value))
		}
	}
	entry := f.entry("rule")
	name := strings.ToLower(entry.Value)
	rule, known := f.ruleNamed(name)
	switch {
	case !known:
		bad.add(max(entry.Line, 1), "rule %q is not counted here: name one", clip(entry.Value))
	case rule == budget.GreedyThreshold && f.Get("min_project_score_threshold") == "":
		bad.add(entry.Line, "rule %s without min_project_score_threshold", rule)
	}
	o.Compare = strings.HasSuffix(name, "-comparison")
	if err := bad.err(); err != nil {
		return "", o, fmt.Errorf("the file's rule: %w", err)
	}
	return rule, o, nil
}

func (f *File) ruleNamed(name string) (budget.Rule, bool) {
	if rest, shares := strings.CutPrefix(name, "equalshares"); shares {
		rest = strings.ReplaceAll(strings.TrimSuffix(rest, "-comparison"), "/", "-")
		prefix := "mes-points"
		if t := strings.ToLower(f.Get("vote_type")); t == Approval || t == ChooseOne {
			prefix = "mes-cost"
		}
		name = prefix + rest
	}
	for _, r := range budget.Rules() {
		if string(r) == name {
			return r, true
		}
	}
	return "", false
}
