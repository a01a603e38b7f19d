package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/valyala/fasthttp"
)

// bench is one run.
type bench struct {
	out    io.Writer
	dir    string // of data sets, gone after the run
	binary string // the real program
	full   bool
	rounds int
	length time.Duration // of one measured stretch
	only   []string
	sizes  []int // topics of the districts, the last is what the claims are about

	machine machine
	began   time.Time
	found   []finding
	raw     map[string]any // every round, for docs/bench/raw
}

func (b *bench) wants(item string) bool { return len(b.only) == 0 || slices.Contains(b.only, item) }

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.out, "%6.1fs  "+format+"\n", append([]any{time.Since(b.began).Seconds()}, args...)...)
}

// note keeps a finding and says it.
func (b *bench) note(f finding) {
	b.found = append(b.found, f)
	b.say("%-4s %-44s %14s  %-14s %s", f.Item, f.What, f.amount(f.Value), f.bound(f.Target), f.verdict())
}

// run measures everything that is wanted.
func (b *bench) run(ctx context.Context) (err error) {
	if b.machine, err = lookAt(b.dir); err != nil {
		return err
	}
	b.say("%d cores, %s, %.0f fsyncs/s", b.machine.Cores, b.machine.Go, b.machine.Fsyncs)
	if b.wants("N1") || b.wants("N2") || b.wants("N4") {
		for _, topics := range b.sizes {
			if err := b.serving(ctx, topics); err != nil {
				return err
			}
		}
	}
	if b.wants("N3") {
		if err := b.sweeping(ctx); err != nil {
			return fmt.Errorf("N3: %w", err)
		}
	}
	if b.wants("N5") {
		if err := errors.Join(b.rush(ctx), b.tallying(ctx), b.proving(ctx)); err != nil {
			return fmt.Errorf("N5: %w", err)
		}
	}
	if b.wants("N6") {
		if err := b.searching(ctx); err != nil {
			return fmt.Errorf("N6: %w", err)
		}
	}
	if b.wants("N10") {
		if err := b.counting(ctx); err != nil {
			return fmt.Errorf("N10: %w", err)
		}
	}
	return nil
}

// serving measures the real program on a district of so many topics. The claims are about the largest; the
// smaller one, in the long form, is told beside it.
func (b *bench) serving(ctx context.Context, topics int) (err error) {
	size := town{topics, buildings, polls}
	if b.wants("N2") {
		size.rolls = b.freshPolls()
	}
	d, err := makeTown(ctx, filepath.Join(b.dir, fmt.Sprintf("district-%d", topics)), size)
	if err != nil {
		return err
	}
	b.say("district of %d topics, %d residents: made in %.1f s", topics, len(d.visitors), d.took.Seconds())
	claim := topics == b.sizes[len(b.sizes)-1]
	if b.wants("N4") && claim {
		if err := b.starting(ctx, d); err != nil {
			return fmt.Errorf("N4: %w", err)
		}
	}
	if !b.wants("N1") && !b.wants("N2") {
		return nil
	}
	bare, err := startBare(ctx)
	if err != nil {
		return err
	}
	defer bare.stop()
	server, _, err := b.startReal(ctx, d)
	if err != nil {
		return err
	}
	defer server.stop()
	b.say("serving on %s, profiles on http://%s/debug/pprof/", server.addr, d.cfg.AdminAddr)
	if b.wants("N1") {
		if err := b.reading(d, server, bare, claim); err != nil {
			return fmt.Errorf("N1: %w", err)
		}
	}
	if b.wants("N2") {
		if err := errors.Join(b.posting(d, server, claim), b.casts(d, server, claim)); err != nil {
			return fmt.Errorf("N2: %w", err)
		}
	}
	return nil
}

// startReal starts the real program on a district and returns how long it took to answer with a page.
func (b *bench) startReal(ctx context.Context, d *district) (*child, time.Duration, error) {
	server, err := start(ctx, d.cfg.Addr, d.environ, b.binary, "serve")
	if err != nil {
		return nil, 0, err
	}
	var req fasthttp.Request
	d.visitors[0].ask(&req, server.addr, "/c/"+string(d.visitors[0].community)+"/topics")
	took, err := server.answered(&req, fasthttp.StatusOK)
	return server, took, err
}

// ask makes a request of a signed-in resident.
func (v visitor) ask(req *fasthttp.Request, addr, path string) {
	req.SetRequestURI("http://" + addr + path)
	req.Header.SetCookie("jushou", v.token)
}
