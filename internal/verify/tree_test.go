package verify

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// naive is MTH of RFC 6962, 2.1, as it is written there.
func naive(leaves [][]byte) [32]byte {
	switch n := len(leaves); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, leaves[0]...))
	default:
		k := 1
		for 2*k < n {
			k *= 2
		}
		left, right := naive(leaves[:k]), naive(leaves[k:])
		return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
	}
}

func TestTheTreeGrowsAsTheNaiveOne(t *testing.T) {
	t.Parallel()
	var tr tree
	var leaves [][]byte
	for n := range 301 {
		if got, err := tr.root(); err != nil || got != tlog.Hash(naive(leaves)) {
			t.Fatalf("size %d: %v, %v", n, got, err)
		}
		leaf := fmt.Appendf(nil, "leaf %d", n)
		leaves = append(leaves, leaf)
		tr.add(tlog.RecordHash(leaf))
	}
}

func TestTilesLieWhereTheSpecificationPutsThem(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"tile/0/000.p/1":                 place("0", 0, 1),
		"tile/1/999":                     place("1", 999, 256),
		"tile/0/x001/x234/067":           place("0", 1234067, 256),
		"tile/entries/x001/x000/000.p/9": place("entries", 1000000, 9),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	// The example of the specification: a tree of 70,000.
	var tr tree
	full := map[string]int{}
	for range 70000 {
		for _, tile := range tr.add(tlog.Hash{}) {
			full[fmt.Sprint(tile.level)]++
		}
	}
	var open []string
	for _, tile := range tr.rest() {
		open = append(open, tile.path())
	}
	if full["0"] != 273 || full["1"] != 1 || len(full) != 2 || fmt.Sprint(open) != "[tile/0/273.p/112 tile/1/001.p/17 tile/2/000.p/1]" {
		t.Errorf("full %v, open %v", full, open)
	}
}
