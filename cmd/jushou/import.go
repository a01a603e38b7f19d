package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"jushou/internal/app"
	"jushou/internal/community"
	"jushou/internal/config"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
)

// maxPrinted is how many faults the command prints; the page shows them all.
const maxPrinted = 40

var errHasErrors = errors.New("nothing was imported: correct the rows above and run it again")

// runImport reads a roster as the page at /desk/import does: first every fault by row and column, and with
// --apply, and only without errors, the import with a progress bar. The embedded store has one owner, so
// the program must not be serving from it meanwhile.
func runImport(ctx context.Context, p *program, args []string) error {
	set, file := p.flags("import")
	in := set.String("community", "", "id of the community, as in /c/ID")
	apply := set.Bool("apply", false, "import if the file has no errors; otherwise only look")
	if err := parse(set, args, 1); err != nil {
		return err
	}
	cfg, err := config.Load(p.environ, *file)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(set.Arg(0))
	if err != nil {
		return err
	}
	a, err := app.New(ctx, cfg, app.Options{NoDemo: true})
	if err != nil {
		return err
	}
	err = p.importRoster(ctx, a.Roster, community.ID(*in), filepath.Base(set.Arg(0)), data, *apply)
	return errors.Join(err, a.Stop(ctx))
}

func (p *program) importRoster(ctx context.Context, r *roster.Service, in community.ID, name string, data []byte, apply bool) error {
	actor := identity.System("import")
	seen, err := r.PreviewRoster(ctx, actor, in, name, data)
	if err != nil {
		return err
	}
	faults, err := r.Faults(ctx, actor, seen.ID)
	if err != nil {
		return err
	}
	p.print(seen, faults)
	if seen.Errors > 0 || !apply {
		if _, err := r.DiscardRoster(ctx, actor, seen.ID); err != nil {
			return err
		}
	}
	switch {
	case seen.Errors > 0:
		return errHasErrors
	case !apply:
		fmt.Fprintln(p.out, "nothing was imported: this was a look; add --apply to import")
		return nil
	}
	return p.apply(ctx, r, actor, seen)
}

func (p *program) print(seen roster.Import, faults []roster.Fault) {
	for i, f := range faults {
		if i == maxPrinted {
			fmt.Fprintf(p.out, "  … and %d more\n", seen.FaultTotal-i)
			break
		}
		where := fmt.Sprintf("row %d", f.Row)
		if f.Letter != "" {
			where += " column " + f.Letter
		}
		fmt.Fprintf(p.out, "  %-7s %-18s %s %v\n", f.Severity, where, f.Code, map[string]string(f.Args))
	}
	fmt.Fprintf(p.out, "%d rows, %d households, %d faults of which %d are errors\n", seen.Rows, seen.Total, seen.FaultTotal, seen.Errors)
}

// apply confirms and carries out, drawing how far it is.
func (p *program) apply(ctx context.Context, r *roster.Service, actor identity.Actor, seen roster.Import) error {
	if _, err := r.ConfirmRoster(ctx, actor, seen.ID); err != nil {
		return err
	}
	done := make(chan struct{})
	var drawing sync.WaitGroup
	drawing.Go(func() { p.draw(ctx, r, actor, seen.ID, done) })
	err := r.ApplyRoster(ctx, seen.ID)
	close(done)
	drawing.Wait()
	if err != nil {
		return fmt.Errorf("import %s stopped (%s); running the program again finishes it: %w", seen.ID, fault.CodeOf(err), err)
	}
	fmt.Fprintln(p.out, "imported")
	return nil
}

func (p *program) draw(ctx context.Context, r *roster.Service, actor identity.Actor, id string, done <-chan struct{}) {
	const width = 30
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		if now, err := r.Progress(ctx, actor, id); err == nil && now.Total > 0 {
			full := width * now.Applied / now.Total
			fmt.Fprintf(p.err, "\r  [%s%s] %d/%d households", strings.Repeat("█", full), strings.Repeat("·", width-full), now.Applied, now.Total)
		}
		select {
		case <-done:
			fmt.Fprintln(p.err)
			return
		case <-tick.C:
		}
	}
}
