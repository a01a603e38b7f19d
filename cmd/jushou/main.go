// Command jushou is the whole platform in one binary.
//
//	jushou demo      start with the WeChat simulator and a demo district
//	jushou serve     start for real residents
//	jushou import    read a household roster into a community
//	jushou backup    copy the embedded store while it is in use
//	jushou count     count a participatory budget from a .pb file
//	jushou verify    check a public log from outside
//	jushou ledger    reconcile the money of all funds
//	jushou menu      put our menu under the account's chat
//	jushou doctor    check settings, stores, WeChat account and calendar
//	jushou version   print the version
//
// Settings come from JUSHOU_* variables and from the file given with --config; docs/operations.md lists them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"jushou/internal/verify"
)

// command is one word after the program's name.
type command struct {
	name, what string
	run        func(ctx context.Context, p *program, args []string) error
}

// program is what a command may touch of the outside world.
type program struct {
	environ []string
	out     io.Writer
	err     io.Writer
}

func commands() []command {
	return []command{
		{"demo", "start with the WeChat simulator and a demo district", runDemo},
		{"serve", "start for real residents", runServe},
		{"import", "read a household roster into a community", runImport},
		{"backup", "copy the embedded store while it is in use", runBackup},
		{"count", "count a participatory budget from a .pb file", runCount},
		{"verify", "check a public log from outside", runVerify},
		{"ledger", "reconcile the money of all funds", runLedger},
		{"menu", "put our menu under the account's chat", runMenu},
		{"doctor", "check settings, stores, WeChat account and calendar", runDoctor},
		{"version", "print the version", runVersion},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := &program{environ: os.Environ(), out: os.Stdout, err: os.Stderr}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// errUsage means that the command was called wrongly and has said so.
var errUsage = errors.New("usage")

// errMalformed means that what the command was given cannot be what was meant; the text says where and why.
var errMalformed = errors.New("bad input")

// run picks the command and returns the exit status: 0 done, 1 failed, 2 called wrongly or, of verify, nothing can be said.
func (p *program) run(ctx context.Context, args []string) int {
	if len(args) > 0 {
		for _, c := range commands() {
			if c.name == args[0] {
				return p.status(c.run(ctx, p, args[1:]))
			}
		}
		fmt.Fprintf(p.err, "jushou: there is no command %q\n", args[0])
	}
	fmt.Fprintln(p.err, "usage: jushou COMMAND [--config FILE] …")
	for _, c := range commands() {
		fmt.Fprintf(p.err, "  %-9s %s\n", c.name, c.what)
	}
	return 2
}

func (p *program) status(err error) int {
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return 0
	case errors.Is(err, errUsage), errors.Is(err, flag.ErrHelp):
		return 2
	case errors.Is(err, errMalformed), errors.Is(err, verify.ErrUnreachable) && !errors.Is(err, verify.ErrWrong):
		fmt.Fprintln(p.err, "jushou:", err)
		return 2
	}
	fmt.Fprintln(p.err, "jushou:", err)
	return 1
}

// flags returns the flag set of a command, which has --config like all the others.
func (p *program) flags(name string) (*flag.FlagSet, *string) {
	set := flag.NewFlagSet("jushou "+name, flag.ContinueOnError)
	set.SetOutput(p.err)
	return set, set.String("config", "", "file of JUSHOU_* settings; the environment goes before it")
}

// parse reads the flags and refuses arguments beyond want.
func parse(set *flag.FlagSet, args []string, want int) error {
	if err := set.Parse(args); err != nil {
		return errUsage
	}
	if set.NArg() != want {
		fmt.Fprintf(set.Output(), "%s takes %d argument(s), not %d\n", set.Name(), want, set.NArg())
		return errUsage
	}
	return nil
}
