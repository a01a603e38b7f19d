package main

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestTheEnvironmentGoesBeforeOurTuning(t *testing.T) {
	t.Cleanup(func() {
		debug.SetGCPercent(100)
		runtime.SetDefaultGOMAXPROCS()
	})
	runtime.SetDefaultGOMAXPROCS()
	plain := runtime.GOMAXPROCS(0)
	for _, c := range []struct {
		name         string
		environ      []string
		percent, run int
	}{
		{"nothing", nil, gcPercent, plain + inKernel},
		{"others", []string{"GOGCX=7", "XGOMAXPROCS=7"}, gcPercent, plain + inKernel},
		{"collection", []string{"GOGC=50"}, 50, plain + inKernel},
		{"threads", []string{"GOMAXPROCS=9"}, gcPercent, 9},
		{"both", []string{"GOMAXPROCS=9", "GOGC=50"}, 50, 9},
	} {
		t.Run(c.name, func(t *testing.T) {
			debug.SetGCPercent(50) // as the runtime reads GOGC=50
			runtime.GOMAXPROCS(9)
			p := &program{environ: c.environ}
			for range 2 { // a second server in the process gets no more
				p.tune()
			}
			if got := runtime.GOMAXPROCS(0); got != c.run {
				t.Errorf("%d threads run Go at once, not %d", got, c.run)
			}
			if got := debug.SetGCPercent(50); got != c.percent {
				t.Errorf("collects at %d %%, not at %d", got, c.percent)
			}
		})
	}
}
