package main

import (
	"context"
	"errors"
	"fmt"

	"jushou/internal/app"
	"jushou/internal/config"
)

// runMenu replaces the menu of the configured account. It is a command and not part of starting, because an
// account may have a menu of its own that a restart must not take away.
func runMenu(ctx context.Context, p *program, args []string) error {
	set, file := p.flags("menu")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	cfg, err := config.Load(p.environ, *file)
	if err != nil {
		return err
	}
	a, err := app.New(ctx, cfg, app.Options{NoDemo: true})
	if err != nil {
		return err
	}
	err = errors.Join(a.PublishMenu(ctx), a.Stop(ctx))
	if err == nil {
		fmt.Fprintln(p.out, "the menu is published; phones show it within five minutes")
	}
	return err
}
