package deliberation

import (
	"time"

	"jushou/internal/deadline"
)

// clocksKept are the names of the three clocks, in the order in which a topic meets them.
func clocksKept() [3]string {
	return [...]string{ClockResponse, string(deadline.Acceptance), string(deadline.Resolution)}
}

// tallies are those of the three clocks.
type tallies [3]tally

// with returns the tallies with a topic's clocks in them.
func (y tallies) with(t Topic, now time.Time) tallies {
	if t.Clock != nil {
		y[0].response(*t.Clock, now)
	}
	y[1].deadline(t.Acceptance, now)
	y[2].deadline(t.Resolution, now)
	return y
}

// published makes figures of tallies: those of the community, and those of the boards as far as they and the community's
// together give no small cell away.
func published(all map[BoardKey]tallies) Stats {
	var st Stats
	var boards []tallies
	for _, b := range Boards() {
		if b.Asks() {
			st.Boards = append(st.Boards, BoardStats{Board: b.Key})
			boards = append(boards, all[b.Key])
		}
	}
	for k, clock := range clocksKept() {
		var total tally
		cells := make([]tally, len(boards))
		for i, b := range boards {
			cells[i] = b[k]
			total.times = append(total.times, b[k].times...)
			total.waiting += b[k].waiting
			total.never += b[k].never
		}
		st.Clocks = append(st.Clocks, total.figures(clock))
		for i, c := range guarded(clock, cells) {
			st.Boards[i].Clocks = append(st.Boards[i].Clocks, c)
		}
	}
	return st
}

// guarded are the figures of the cells, with those left out that could be told from the sum of all.
func guarded(clock string, cells []tally) []ClockStats {
	topics, answers := make([]int, len(cells)), make([]int, len(cells))
	for i, c := range cells {
		topics[i], answers[i] = c.topics(), len(c.times)
	}
	hidden := concealed(topics, make([]bool, len(cells)))
	timeless := concealed(answers, hidden)
	figures := make([]ClockStats, len(cells))
	for i, c := range cells {
		f := c.figures(clock)
		switch {
		case hidden[i]:
			f = ClockStats{Clock: clock, Suppressed: true, TimesSuppressed: true}
		case timeless[i]:
			f.TimesSuppressed, f.Mean, f.Median, f.P90 = true, 0, 0, 0
		}
		figures[i] = f
	}
	return figures
}

// concealed says which cells of a sum are left out: those below SmallCell, empty ones too, and then in the cells' order,
// which tells nothing of what is in them, as many others as it takes until those left out are two and are together
// either nothing, or no small cell themselves and not the most that as many small cells can be. What is left out already stays so.
func concealed(cells []int, already []bool) []bool {
	hidden, n, sum := make([]bool, len(cells)), 0, 0
	hide := func(i int) { hidden[i], n, sum = true, n+1, sum+cells[i] }
	for i, v := range cells {
		if already[i] || v < SmallCell {
			hide(i)
		}
	}
	for i := range cells {
		// Were the sum the most that small cells can come to, each of them would be known.
		if safe := n == 0 || n > 1 && (sum == 0 || sum >= SmallCell && sum != n*(SmallCell-1)); safe {
			break
		}
		if !hidden[i] {
			hide(i)
		}
	}
	return hidden
}
