package deliberation

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// consistent calls found with every choice of cells that publishes what want publishes: the sum and the cells not hidden.
func consistent(cells []int, hidden []bool, found func([]int)) {
	left, guess := 0, slices.Clone(cells)
	var open []int
	for i, v := range cells {
		if hidden[i] {
			left, open = left+v, append(open, i)
		}
	}
	var try func(k, left int)
	try = func(k, left int) {
		if k == len(open)-1 {
			guess[open[k]] = left
			if slices.Equal(concealed(guess, make([]bool, len(guess))), hidden) {
				found(guess)
			}
			return
		}
		for v := range left + 1 {
			guess[open[k]] = v
			try(k+1, left-v)
		}
	}
	if len(open) > 0 {
		try(0, left)
	}
}

// TestNoHiddenCellFollowsFromThePublished plays the reader who knows the sum, the cells that are shown and the rule.
func TestNoHiddenCellFollowsFromThePublished(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		cells := rapid.SliceOfN(rapid.IntRange(0, 9), 2, 5).Draw(r, "cells")
		hidden, sum, left := concealed(cells, make([]bool, len(cells))), 0, 0
		could := make([]map[int]bool, len(cells))
		for i, v := range cells {
			if sum += v; hidden[i] {
				left += v
			} else if v < SmallCell {
				r.Fatalf("%d is shown", v)
			}
			could[i] = map[int]bool{}
		}
		if left == 0 || sum < SmallCell { // nothing happened there, or the sum is not published
			return
		}
		if left < SmallCell {
			r.Fatalf("the hidden cells of %v are together %d", cells, left)
		}
		consistent(cells, hidden, func(guess []int) {
			for i, v := range guess {
				could[i][v] = true
			}
		})
		for i := range cells {
			if hidden[i] && len(could[i]) < 2 {
				r.Fatalf("cell %d of %v, hidden %v, can only be %v", i, cells, hidden, could[i])
			}
		}
	})
}

// TestTimesOfFewAnswersDoNotFollowFromTheMeans holds for the answers without times what holds for topics.
func TestTimesOfFewAnswersDoNotFollowFromTheMeans(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		cells := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) tally {
			n := rapid.IntRange(0, 12).Draw(r, "answered")
			return tally{times: slices.Repeat([]time.Duration{time.Hour}, n), never: rapid.IntRange(0, 8).Draw(r, "never")}
		}), 2, 7).Draw(r, "cells")
		timeless, shown := 0, 0
		for i, f := range guarded(ClockResponse, cells) {
			if f.TimesSuppressed {
				timeless += len(cells[i].times)
			} else {
				shown++
			}
			if f.Suppressed && f != (ClockStats{Clock: ClockResponse, Suppressed: true, TimesSuppressed: true}) {
				r.Fatalf("a suppressed cell says %+v", f)
			}
		}
		if shown > 0 && timeless > 0 && timeless < SmallCell {
			r.Fatalf("the times of %d answers follow from the others", timeless)
		}
	})
}
