package main

import (
	"path/filepath"
	"testing"
)

// TestARequestAsksTheStoreSeldom is N10 on a small district: the numbers are counts, not times, so they may be asserted.
func TestARequestAsksTheStoreSeldom(t *testing.T) {
	t.Parallel()
	d, err := makeDistrict(t.Context(), filepath.Join(t.TempDir(), "district"), 40*communities)
	if err != nil {
		t.Fatal(err)
	}
	all, err := count(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(visits()) {
		t.Fatalf("counted %d kinds of requests", len(all))
	}
	for _, c := range all {
		if float64(c.then) > c.most {
			t.Errorf("%s: %d round trips, at most %v", c.name, c.then, c.most)
		}
	}
}
