package main

import (
	"context"
	"errors"
	"fmt"

	"jushou/internal/app"
	"jushou/internal/config"
)

var errDiffers = errors.New("the accounts do not agree")

// runLedger reconciles all funds to the fen: docs/ledger.md. It exits with 0 when everything agrees, with 1 when something
// differs, and with 2 when it was called wrongly.
func runLedger(ctx context.Context, p *program, args []string) error {
	if len(args) == 0 || args[0] != "check" {
		fmt.Fprintln(p.err, "usage: jushou ledger check [--config FILE] [--data-dir DIR]")
		return errUsage
	}
	set, file := p.flags("ledger check")
	dir := set.String("data-dir", "", "folder of the embedded store, in place of the setting")
	if err := parse(set, args[1:], 0); err != nil {
		return err
	}
	cfg, err := config.Load(p.environ, *file)
	if err != nil {
		return err
	}
	if *dir != "" {
		cfg.DataDir, cfg.MongoURI = *dir, ""
	}
	r, err := app.Reconcile(ctx, cfg, p.reconciling)
	if err != nil {
		return err
	}
	for _, f := range r.Found {
		fmt.Fprintf(p.out, "WRONG %s\n", f)
	}
	fmt.Fprintf(p.out, "%d funds, %d vouchers posted: cap %s, received %s, allocated %s, committed %s, paid %s, balance %s\n",
		r.Funds, r.Entries, r.Cap, r.Sums.Received, r.Sums.Allocated, r.Sums.Committed, r.Sums.Paid, r.Sums.Balance())
	if len(r.Found) > 0 {
		return fmt.Errorf("%w: %d findings", errDiffers, len(r.Found))
	}
	fmt.Fprintln(p.out, "ok    all accounts are zero together, none is below zero, and every voucher is told once")
	return nil
}

// progressEvery is how many events lie between two lines about the progress.
const progressEvery = 100_000

func (p *program) reconciling(_ int, events int64) {
	if events > 0 && events%progressEvery == 0 {
		fmt.Fprintf(p.err, "read %d events\n", events)
	}
}
