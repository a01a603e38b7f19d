package deliberation

import (
	"testing"
	"time"
)

func TestMeasureShowsWhatAMeanHides(t *testing.T) {
	t.Parallel()
	var clocks []ResponseClock
	add := func(minutes ...int) {
		for _, m := range minutes {
			c := startClock(at(8, 0), dayRounds(), 1, "v1", true)
			if m > 0 {
				c.MetAt = at(8, m)
			}
			clocks = append(clocks, *c)
		}
	}
	add(1, 2, 3, 4)
	if st := measure(clocks, at(23, 0)); !st.Suppressed || st.Topics != 0 || st.Mean != 0 {
		t.Errorf("four topics: %+v", st)
	}
	add(0)
	if st := measure(clocks, at(23, 0)); st.Suppressed || !st.TimesSuppressed || st.Answered != 4 || st.Never != 1 || st.P90 != 0 {
		t.Errorf("four answers of five: %+v", st)
	}
	add(5, 6, 7, 8, 9, 50)
	st := measure(clocks, at(23, 0))
	minutes := func(n float64) time.Duration { return time.Duration(n * float64(time.Minute)) }
	if st.Topics != 11 || st.Answered != 10 || st.Never != 1 || st.Mean != minutes(9.5) || st.Median != minutes(5) || st.P90 != minutes(9) {
		t.Errorf("ten answers of eleven: %+v", st)
	}
	if st := measure(clocks, at(8, 55)); st.Waiting != 1 || st.Never != 0 {
		t.Errorf("before the Round: %+v", st)
	}
	withdrawn := startClock(at(8, 0), dayRounds(), 1, "v1", true)
	withdrawn.EndedAt = at(10, 0)
	if got := measure(append(clocks, *withdrawn), at(23, 0)); got.Topics != 11 {
		t.Errorf("a withdrawn topic counts: %+v", got)
	}
}

// measure adds up response clocks as they stand at now.
func measure(clocks []ResponseClock, now time.Time) ClockStats {
	var all tally
	for _, c := range clocks {
		all.response(c, now)
	}
	return all.figures(ClockResponse)
}
