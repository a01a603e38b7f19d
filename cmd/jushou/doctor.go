package main

import (
	"context"
	"fmt"
	"time"

	"jushou/internal/app"
	"jushou/internal/config"
)

// doctorLimit bounds all checks together.
const doctorLimit = 30 * time.Second

// runDoctor prints one line per check and fails if one fails. It opens the stores, so it runs where the
// program would; it starts nothing and changes nothing.
func runDoctor(ctx context.Context, p *program, args []string) error {
	set, file := p.flags("doctor")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	cfg, err := config.Load(p.environ, *file)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, cfg.Dump())
	ctx, cancel := context.WithTimeout(ctx, doctorLimit)
	defer cancel()
	checks, err := app.Examine(ctx, cfg)
	if err != nil {
		return err
	}
	failed := 0
	for _, c := range checks {
		mark := "ok  "
		if c.Problem != "" {
			mark = "FAIL"
			failed++
		}
		fmt.Fprintf(p.out, "%s  %-12s %s\n", mark, c.Part, c.Problem)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d checks failed", failed, len(checks))
	}
	return nil
}
