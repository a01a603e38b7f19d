package patrol

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"
	_ "time/tzdata" // schedules name their zone, and a container may have no zone files

	"github.com/robfig/cron/v3"
)

// Sweep is one named piece of work.
type Sweep struct {
	// Name identifies the sweep for ever: its record is stored under it. At most 60 bytes.
	Name string
	// Spec is when it runs: five cron fields ("0 9,14,20 * * *"), six with seconds first, or "@every 30s". Cron
	// fields are read in Asia/Shanghai unless the spec begins with "CRON_TZ=Zone/Name ".
	Spec string
	// Timeout cancels one run, in real time; 0 is one minute.
	Timeout time.Duration
	// Run settles what is due and returns how many things it settled. It is right when it is run twice, at
	// once or again. What it has settled stays settled when it returns an error.
	Run func(ctx context.Context, w Window) (n int, err error)
}

// Window tells a run its time.
type Window struct {
	// Now is the instant the run was started for. The run uses it throughout, so that one run sees one time.
	Now time.Time
	// LastSuccess is the Now of the last run that succeeded, here or in another process; zero if none did.
	LastSuccess time.Time
}

// defaultZone is where the residents are.
const defaultZone = "Asia/Shanghai"

// defaultTimeout bounds a run whose sweep does not say.
const defaultTimeout = time.Minute

var parser = cron.NewParser(cron.SecondOptional | cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)

// schedule reads a spec, in the default zone unless it names one.
func schedule(spec string) (cron.Schedule, error) {
	if !strings.HasPrefix(spec, "CRON_TZ=") && !strings.HasPrefix(spec, "TZ=") {
		spec = "CRON_TZ=" + defaultZone + " " + spec
	}
	s, err := parser.Parse(spec)
	if err != nil {
		return nil, fmt.Errorf("read schedule %q: %w", spec, err)
	}
	return s, nil
}

func (s Sweep) check() error {
	if s.Name == "" || len(s.Name) > 60 || strings.Contains(s.Name, "/") {
		return fmt.Errorf("patrol: sweep name %q is empty, too long or has a slash", s.Name)
	}
	if s.Run == nil || s.Timeout < 0 {
		return fmt.Errorf("patrol: sweep %q has no work or a negative time-out", s.Name)
	}
	return nil
}

// panicked is a run's panic as an error; its stack is for the log only.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// call runs the sweep once, under its time-out and a panic guard.
func (s Sweep) call(ctx context.Context, w Window) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout())
	defer cancel()
	defer func() {
		if v := recover(); v != nil {
			err = &panicked{v, debug.Stack()}
		}
	}()
	return s.Run(ctx, w)
}

func (s Sweep) timeout() time.Duration {
	if s.Timeout == 0 {
		return defaultTimeout
	}
	return s.Timeout
}
