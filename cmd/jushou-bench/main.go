// Command jushou-bench measures what docs/bench says about speed: the numbers N1–N6 and N10, each as a ratio against
// a baseline that is measured in the same run, in turns with it, on the same processors.
//
//	jushou-bench             the short form, a few minutes
//	jushou-bench -full       longer stretches, and 10^6 topics for the sweep
//	jushou-bench -check      print a line per target, exit with 1 if one is missed, write nothing
//	jushou-bench -only N1,N3 only some items, write nothing
//
// The program under test is the real binary in a process of its own, with the settings of production, on the embedded
// store. Baseline S is a bare fiber handler in another process; the load comes from this one. Baseline R is raw SQLite in
// this process. Data sets live in a temporary directory for as long as the run takes; the report goes to docs/bench and
// every single round to docs/bench/raw.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "jushou-bench:", err)
		os.Exit(1)
	}
}

var errMissed = errors.New("a target was missed")

func run(ctx context.Context, args []string) error {
	if len(args) == 2 && args[0] == "bare" {
		return serveBare(ctx, args[1])
	}
	set := flag.NewFlagSet("jushou-bench", flag.ContinueOnError)
	full := set.Bool("full", false, "the long form")
	check := set.Bool("check", false, "print a line per target and fail if one is missed")
	only := set.String("only", "", "items to measure, for example N1,N3")
	binary := set.String("binary", "bin/jushou", "the program under test")
	largest := set.Int("topics", 100_000, "topics of the district that the claims are about")
	docs := set.String("docs", "docs/bench", "where the report goes")
	if err := set.Parse(args); err != nil {
		return err
	}
	b := &bench{out: os.Stdout, full: *full, began: time.Now(), rounds: 5, length: time.Second, raw: map[string]any{}}
	if b.sizes = []int{*largest}; b.full {
		b.sizes = []int{*largest / 10, *largest}
		b.rounds, b.length = 9, 3*time.Second
	}
	if *only != "" {
		b.only = strings.Split(*only, ",")
	}
	if err := b.prepare(*binary); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if err := b.run(ctx); err != nil {
		return err
	}
	return b.conclude(*check, *docs)
}

// prepare finds the program and makes room for data sets.
func (b *bench) prepare(binary string) (err error) {
	if b.binary, err = filepath.Abs(binary); err != nil {
		return err
	}
	if _, err := os.Stat(b.binary); err != nil {
		return fmt.Errorf("the program under test: %w (make build makes it)", err)
	}
	b.dir, err = os.MkdirTemp("", "jushou-bench-")
	return err
}

// conclude writes the report, or only judges.
func (b *bench) conclude(check bool, docs string) error {
	missed := 0
	for _, f := range b.found {
		if !f.holds() {
			missed++
		}
		if check && !f.Told {
			word := "pass"
			if !f.holds() {
				word = "FAIL"
			}
			fmt.Fprintf(b.out, "%s %s %s: %s, target %s\n", word, f.Item, f.What, f.amount(f.Value), f.bound(f.Target))
		}
	}
	switch {
	case check && missed > 0:
		return fmt.Errorf("%w: %d of %d", errMissed, missed, len(b.found))
	case check || len(b.only) > 0:
		return nil
	}
	return b.report(docs)
}
