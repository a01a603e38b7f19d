package archtest

import (
	"slices"
	"strings"
	"testing"
)

// checkers are the packages that check the house from outside. They share the hash and note library with it and nothing else, so
// that one mistake is not made on both sides. Their counter has nothing but the standard library.
var checkers = map[string][]string{
	"internal/verify":       {"golang.org/x/mod/sumdb/note", "golang.org/x/mod/sumdb/tlog", module + "/internal/verify/tally"},
	"internal/verify/tally": {},
}

func TestCheckersShareNothingWithTheHouse(t *testing.T) {
	seen := map[string]int{}
	for _, s := range sources(t) {
		allowed, ok := checkers[s.dir]
		if !ok || s.test {
			continue
		}
		for _, name := range s.imports {
			seen[s.dir]++
			first, _, _ := strings.Cut(name, "/")
			if strings.Contains(first, ".") || within(name, module) {
				if !slices.Contains(allowed, name) {
					t.Errorf("%s imports %s", s.name, name)
				}
			}
		}
	}
	for dir := range checkers {
		if seen[dir] == 0 {
			t.Errorf("saw no import of %s: the test looks at the wrong place", dir)
		}
	}
}
