package rule_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jushou/deliberation/poll/rule"
)

var update = flag.Bool("update", false, "write the examples into docs/voting-rules.md")

// block is an example in the chapter: a mark with its name, and what the count prints.
var block = regexp.MustCompile("(?s)<!-- example ([a-z-]+) -->\n```\n(.*?)```\n")

// TestTheChapterPrintsWhatIsCounted holds docs/voting-rules.md against counts.
func TestTheChapterPrintsWhatIsCounted(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "..", "docs", "voting-rules.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := examples(t)
	seen := 0
	fresh := block.ReplaceAllStringFunc(string(text), func(b string) string {
		name := block.FindStringSubmatch(b)[1]
		printed, there := all[name]
		if !there {
			t.Errorf("no example %q is counted", name)
		}
		seen++
		return "<!-- example " + name + " -->\n```\n" + printed + "```\n"
	})
	if seen != len(all) {
		t.Errorf("the chapter has %d of %d examples", seen, len(all))
	}
	switch {
	case fresh == string(text):
	case *update:
		if err := os.WriteFile(path, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Error("docs/voting-rules.md prints other numbers: go test ./deliberation/poll/rule -update")
	}
}

func examples(t *testing.T) map[string]string {
	t.Helper()
	yesNo := func(of rule.Base) rule.Rule {
		return rule.Rule{Method: rule.YesNo, Abstain: true, Threshold: bar(of, rule.More, 1, 2)}
	}
	waver := slices.Concat(times(3, pick(rule.Yes)), times(2, pick(rule.No)), times(2, abstain()))
	partial := rule.Rule{Method: rule.Score, Range: &rule.Range{Min: 1, Max: 5, By: rule.ByMean, Partial: true}}
	scores := []rule.Choice{
		{Picks: []int{0, 1}, Scores: []int{4, 5}}, {Picks: []int{0}, Scores: []int{4}}, {Picks: []int{0, 1}, Scores: []int{3, 4}},
	}
	ranked := orders(t, 4, tennessee)
	silent, court := courtCase(1291, 417, 278, 8, 584)
	roll, hired := shanghai2022()
	hire := strict()
	hire.Owners.Form = rule.Single
	return map[string]string{
		"rules":          lawfulRules(),
		"yes-no-cast":    printed(mustCount(t, yesNo(rule.OfCast), 2, people(9), cast(waver...))),
		"yes-no-decided": printed(mustCount(t, yesNo(rule.OfDecided), 2, people(9), cast(waver...))),
		"multiple": printed(mustCount(t, rule.Rule{Method: rule.Multiple, Min: 1, Max: 2, Seats: 2}, 4, people(6),
			cast(pick(0, 3), pick(0, 1)))),
		"score":         printed(mustCount(t, partial, 2, people(4), cast(scores...))),
		"schulze":       printed(mustCount(t, rule.Rule{Method: rule.Schulze}, 4, people(100), cast(ranked...))),
		"irv":           printed(mustCount(t, rule.Rule{Method: rule.IRV}, 4, people(100), cast(ranked...))),
		"owners-silent": printed(mustCount(t, lenient(rule.WithMajority), 2, silent, court)),
		"owners-strict": printed(mustCount(t, hire, 3, roll, hired)),
	}
}

// lawfulRules prints one rule of each method.
func lawfulRules() string {
	var b strings.Builder
	for _, m := range rule.Methods() {
		fmt.Fprintf(&b, "%s\n", lawful()[m].Canonical())
	}
	return b.String()
}

// printed is a result in plain text.
func printed(res rule.Result) string {
	var b strings.Builder
	printVotes(&b, res)
	for _, s := range res.Steps {
		fmt.Fprintln(&b, step(s))
	}
	for _, s := range res.Sheets {
		printSheet(&b, s)
	}
	fmt.Fprint(&b, "outcome: ", res.Outcome)
	if len(res.Winners) > 0 {
		fmt.Fprint(&b, ", ", letters(res.Winners))
	}
	if len(res.Tied) > 0 {
		fmt.Fprint(&b, "; level: ", letters(res.Tied))
	}
	return b.String() + "\n"
}

func printVotes(b *strings.Builder, res rule.Result) {
	if res.Votes != nil && res.Rounds == nil && res.Pairs == nil {
		fmt.Fprintln(b, "votes:", columns(res.Votes))
	}
	for o, s := range res.Scores {
		fmt.Fprintf(b, "%s: sum %d of %d ballots, mean %d/%d\n", letter(o), s.Sum, s.Ballots, s.MeanNum, s.MeanDen)
	}
	if p := res.Pairs; p != nil {
		for a := range p.Prefer {
			fmt.Fprintf(b, "%s preferred to %s   strongest paths %s\n", letter(a), columns(p.Prefer[a]), columns(p.Path[a]))
		}
	}
	for i, r := range res.Rounds {
		fmt.Fprintf(b, "round %d: ", i+1)
		for at, o := range r.Race {
			fmt.Fprintf(b, "%s %d  ", letter(o), r.Votes[at])
		}
		fmt.Fprint(b, step(r.Majority))
		if len(r.Out) > 0 {
			fmt.Fprint(b, "; out: ", letters(r.Out))
		}
		fmt.Fprintln(b)
	}
}

func printSheet(b *strings.Builder, s rule.Sheet) {
	fmt.Fprintf(b, "silence: %s, parking: %s", s.NonReturn, s.Parking)
	if s.Binding {
		fmt.Fprint(b, " (decides)")
	}
	fmt.Fprintf(b, "\n  all %s, returned %s, silent %s, taking part %s\n", weight(s.Total), weight(s.Returned), weight(s.Silent), weight(s.Participating))
	for o, w := range s.Options {
		fmt.Fprintf(b, "  %s: %s, of those taking part %s %% of owners, %s %% of area\n", letter(o), weight(w),
			rule.Percent(w.Heads, s.Participating.Heads, 2), rule.Percent(w.Area, s.Participating.Area, 2))
	}
	for _, one := range s.Steps {
		fmt.Fprintln(b, " ", step(one))
	}
}

func step(s rule.Step) string {
	what := string(s.Code)
	if s.Option >= 0 {
		what += " of " + letter(s.Option)
	}
	word := "no"
	if s.Holds {
		word = "yes"
	}
	return fmt.Sprintf("%s: %d of %d %s %d/%d? %d × %d = %d, %d × %d = %d: %s", what, s.Part, s.Whole, s.Op, s.Num, s.Den,
		s.Part, s.Den, s.Left, s.Whole, s.Num, s.Right, word)
}

func weight(w rule.Weight) string {
	return fmt.Sprintf("%d (%d.%02d m²)", w.Heads, w.Area/100, w.Area%100)
}

func letter(o int) string { return string(rune('A' + o)) }

func letters(options []int) string {
	var all []string
	for _, o := range options {
		all = append(all, letter(o))
	}
	return strings.Join(all, " ")
}

func columns(numbers []int64) string {
	var all []string
	for o, n := range numbers {
		all = append(all, fmt.Sprint(letter(o), " ", n))
	}
	return strings.Join(all, ", ")
}
