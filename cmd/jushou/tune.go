package main

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

const (
	// gcPercent is how much garbage may lie beside what is in use before it is collected, in percent. Go's 100 is for programs whose
	// memory counts most; ours is small, and in a rush collecting was 7 to 9 % of the work.
	gcPercent = 200
	// inKernel is how many threads may sit in the kernel while all processors work. A thread that waits for the disk keeps its place
	// among GOMAXPROCS until the runtime's monitor comes by, and has to queue for a place when it is back. The store's writer waits
	// for the disk four hundred times a second in a rush, and everybody waits for the writer: on two processors one in six went idle.
	inKernel = 1
)

// tune sets Go's runtime for a server. What the environment says in GOGC and GOMAXPROCS goes before it.
func (p *program) tune() {
	if !p.given("GOGC") {
		debug.SetGCPercent(gcPercent)
	}
	if !p.given("GOMAXPROCS") {
		runtime.SetDefaultGOMAXPROCS() // as many as the machine has, or the container may use
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + inKernel)
	}
}

// given reports whether the environment has the variable.
func (p *program) given(name string) bool {
	return slices.ContainsFunc(p.environ, func(e string) bool { return strings.HasPrefix(e, name+"=") })
}
