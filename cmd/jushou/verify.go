package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"strings"

	"jushou/internal/app"
	"jushou/internal/verify"
)

// runVerify checks a public log from outside: docs/public-log.md. It reads no settings and no store.
func runVerify(ctx context.Context, p *program, args []string) error {
	set := flag.NewFlagSet("jushou verify", flag.ContinueOnError)
	set.SetOutput(p.err)
	set.Usage = func() {
		fmt.Fprintln(p.err, "usage: jushou verify [--key KEY] [--since FILE] [--save DIR] URL|DIR")
		set.PrintDefaults()
	}
	key := set.String("key", "", "the log's public key, as it is printed; without it the log's own word is taken")
	since := set.String("since", "", "file with an earlier checkpoint that the log must continue")
	save := set.String("save", "", "folder to keep a copy in; a copy that is there must be continued")
	if err := parse(set, args, 1); err != nil {
		return err
	}
	o := verify.Options{Key: *key, Report: func(c verify.Check) { fmt.Fprintf(p.out, "ok    %-11s %s\n", c.Name, c.Text) }}
	if *since != "" {
		note, err := os.ReadFile(*since)
		if err != nil {
			return fmt.Errorf("%w: %w", verify.ErrUnreachable, err)
		}
		o.Since = note
	}
	src, err := verify.Open(logAddress(set.Arg(0)))
	if err != nil {
		return err
	}
	if *save != "" {
		_, err = verify.Save(ctx, src, *save, o)
	} else {
		_, err = verify.Log(ctx, src, o)
	}
	if errors.Is(err, verify.ErrWrong) {
		for line := range strings.Lines(err.Error()) {
			fmt.Fprintf(p.out, "WRONG %s\n", strings.TrimPrefix(strings.TrimSpace(line), verify.ErrWrong.Error()+": "))
		}
	}
	return err
}

// logAddress completes the address of an installation by where the log lies on it.
func logAddress(place string) string {
	u, err := url.Parse(place)
	if err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" {
		u.Path = app.LogPath
		return u.String()
	}
	return place
}
