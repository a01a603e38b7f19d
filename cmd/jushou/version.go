package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

func runVersion(_ context.Context, p *program, args []string) error {
	set, _ := p.flags("version")
	if err := parse(set, args, 0); err != nil {
		return err
	}
	fmt.Fprintln(p.out, "jushou", version())
	return nil
}

// version is the commit the binary was built from, with a mark if the tree had changes.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, at, dirty := "unknown", "", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value
		case "vcs.time":
			at = " of " + s.Value
		case "vcs.modified":
			if s.Value == "true" {
				dirty = " with changes"
			}
		}
	}
	return revision + at + dirty + ", " + info.GoVersion
}
