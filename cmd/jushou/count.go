package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/pabulib"
)

// countFlags are the announced parts of a rule as words on the command line.
type countFlags struct {
	rule, start, ties, lot, step, stop, out string
	threshold                               int64
	json, compare, needVotes, times         bool
}

// runCount counts a .pb file and tells how: docs/budget-rules.md.
func runCount(ctx context.Context, p *program, args []string) error {
	set, _ := p.flags("count")
	var f countFlags
	set.StringVar(&f.rule, "rule", "", "how to count, or \"file\" for the rule that the file names; one of "+ruleNames())
	set.BoolVar(&f.json, "json", false, "print the result as JSON")
	set.StringVar(&f.start, "start", "", "what each voter holds first: floor (whole units) or exact; by default floor before a completion, else exact")
	set.StringVar(&f.ties, "ties", "cost,votes", "what parts level projects: cost (lower first), votes (more first), in this order")
	set.StringVar(&f.lot, "lot", "", "project ids in the order drawn, parted by commas, or \"file\" for the file's order")
	set.StringVar(&f.step, "step", "1", "how much Add1 gives to every voter each time, in the file's currency")
	set.StringVar(&f.stop, "stop", "overspend", "when Add1 ends: overspend, or full (also when nothing left out would fit)")
	set.StringVar(&f.out, "out", "", "also write the election with rule and winners to this new .pb file")
	set.BoolVar(&f.compare, "compare", false, "take the greedy outcome if more voters are better off under it")
	set.BoolVar(&f.needVotes, "need-votes", false, "never buy a project without votes only because it fits")
	set.BoolVar(&f.times, "points-times-cost", false, "under mes-points rules: worth is points times cost")
	set.Int64Var(&f.threshold, "threshold", 0, "least score under greedy-threshold, instead of the file's")
	path, err := parseAround(set, args)
	if err != nil {
		return err
	}
	if f.rule == "" {
		fmt.Fprintln(p.err, "jushou count: --rule is missing: file, or one of", ruleNames())
		return errUsage
	}
	file, election, err := readElection(path)
	if err != nil {
		return err
	}
	rule, options, err := f.announced(file, election)
	if err != nil {
		return malformed(path, err)
	}
	res, err := countUntil(ctx, election, rule, options)
	if errors.Is(err, budget.ErrRule) || errors.Is(err, budget.ErrElection) {
		return fmt.Errorf("%w: %w", errMalformed, err)
	}
	if err != nil {
		return err
	}
	if f.out != "" {
		if err := writeCounted(f.out, file, election, res); err != nil {
			return err
		}
	}
	report := countReport{file: file, e: election, res: res, timesCost: options.PointsTimesCost}
	if f.json {
		return report.json(p.out)
	}
	return report.text(p.out)
}

// countUntil leaves a count behind when the person has interrupted it: small steps of Add1 can take minutes.
func countUntil(ctx context.Context, e *budget.Election, rule budget.Rule, o budget.Options) (*budget.Result, error) {
	type answer struct {
		res *budget.Result
		err error
	}
	done := make(chan answer, 1)
	go func() {
		res, err := budget.Count(e, rule, o)
		done <- answer{res, err}
	}()
	select {
	case a := <-done:
		return a.res, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func ruleNames() string {
	var names []string
	for _, r := range budget.Rules() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// parseAround reads flags before and after the one argument.
func parseAround(set *flag.FlagSet, args []string) (string, error) {
	var found []string
	for {
		if err := set.Parse(args); err != nil {
			return "", errUsage
		}
		if set.NArg() == 0 {
			break
		}
		found = append(found, set.Args()[0])
		args = set.Args()[1:]
	}
	if len(found) != 1 {
		return "", fmt.Errorf("%w: jushou count takes one FILE.pb, not %d", errMalformed, len(found))
	}
	return found[0], nil
}

// readElection reads a file; faults of the file are printed with their lines.
func readElection(path string) (*pabulib.File, *budget.Election, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	file, err := pabulib.Read(in)
	var election *budget.Election
	if err == nil {
		election, err = file.Election()
	}
	return file, election, malformed(path, err)
}

// malformed marks an error that the file is to blame for.
func malformed(path string, err error) error {
	if bad := new(pabulib.Malformed); errors.As(err, &bad) {
		return fmt.Errorf("%w: %s: %w", errMalformed, path, err)
	}
	return err
}

// announced turns words into options. What the file states goes first only under --rule file.
func (f countFlags) announced(file *pabulib.File, e *budget.Election) (budget.Rule, budget.Options, error) {
	rule, o, err := file.Rule()
	if f.rule != "file" {
		o, rule, err = budget.Options{Threshold: o.Threshold}, budget.Rule(f.rule), nil
	}
	if err != nil {
		return "", o, err
	}
	if f.threshold != 0 {
		o.Threshold = f.threshold
	}
	o.Start, o.NeedVotes, o.PointsTimesCost = budget.Start(f.start), f.needVotes, f.times
	o.Compare = o.Compare || f.compare
	o.Ties = []budget.Criterion{}
	for _, word := range strings.FieldsFunc(f.ties, isComma) {
		o.Ties = append(o.Ties, budget.Criterion(word))
	}
	o.Lot = strings.FieldsFunc(f.lot, isComma)
	if f.lot == "file" {
		o.Lot = nil
		for _, p := range e.Projects {
			o.Lot = append(o.Lot, p.ID)
		}
	}
	o.StopWhenFull = f.stop == "full"
	if f.stop != "full" && f.stop != "overspend" {
		return "", o, fmt.Errorf("%w: --stop %q", errMalformed, f.stop)
	}
	step, ok := pabulib.ParseMoney(f.step, e.Unit)
	if !ok || step == 0 {
		return "", o, fmt.Errorf("%w: --step %q is not an amount of this file's money", errMalformed, f.step)
	}
	o.Step = step
	return rule, o, nil
}

func isComma(r rune) bool { return r == ',' }
