package deliberation

import (
	"context"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// SmallCell is the least number of topics a figure is published for.
const SmallCell = 5

// maxWindow bounds what one question adds up.
const maxWindow = 366 * 24 * time.Hour

// Window is [From, To) of posting times.
type Window struct{ From, To time.Time }

// ClockStats describes one clock over the topics posted in a window. It is information about a
// community's service, never about a person.
type ClockStats struct {
	Clock string // "response"; acceptance and resolution come with their clocks
	// Topics were promised an answer. Withdrawn and hidden ones do not count unless answered before.
	Topics   int
	Answered int
	// Waiting are unanswered with time left; Never are unanswered past their due time. Of a mean alone
	// nobody could see these.
	Waiting int
	Never   int
	// Mean, Median and P90 are over the answered. The percentiles are nearest rank: the smallest time that
	// at least half, or nine tenths, of the answers did not exceed.
	Mean, Median, P90 time.Duration
	// Suppressed means fewer than SmallCell topics: every figure is zero. TimesSuppressed means fewer than
	// SmallCell answers: the times are zero.
	Suppressed      bool
	TimesSuppressed bool
}

// Stats are a community's clocks over a window.
type Stats struct {
	Community community.ID
	Window    Window
	Clocks    []ClockStats
}

var errWindow = fault.New(fault.Invalid, "stats.bad_window").With("days", 366)

// Stats adds up the response clocks of the topics posted in a window of at most 366 days.
func (s *Service) Stats(ctx context.Context, actor identity.Actor, in community.ID, w Window) (Stats, error) {
	node, err := s.community(ctx, in)
	if err != nil {
		return Stats{}, err
	}
	if err := identity.Can(actor, identity.SeeStatistics, identity.At(node)); err != nil {
		return Stats{}, err
	}
	if !w.To.After(w.From) || w.To.Sub(w.From) > maxWindow {
		return Stats{}, errWindow
	}
	return s.measure(ctx, in, w)
}

// measure adds up without asking who wants to know.
func (s *Service) measure(ctx context.Context, in community.ID, w Window) (Stats, error) {
	var clocks []ResponseClock
	err := s.topics.Each(ctx, docstore.Query{
		Index: byFeed, Equal: []any{string(in)}, From: w.From.UnixMilli(), To: w.To.UnixMilli(),
	}, func(t Topic) error {
		if t.Clock != nil {
			clocks = append(clocks, *t.Clock)
		}
		return nil
	})
	if err != nil {
		return Stats{}, err
	}
	return Stats{Community: in, Window: w, Clocks: []ClockStats{Measure(clocks, s.now())}}, nil
}

// Measure adds up response clocks as they stand at now.
func Measure(clocks []ResponseClock, now time.Time) ClockStats {
	st := ClockStats{Clock: "response"}
	var times []time.Duration
	for _, c := range clocks {
		took, ok := c.Took()
		switch {
		case ok:
			times = append(times, took)
		case !c.Running():
			continue
		case c.Overdue(now):
			st.Never++
		default:
			st.Waiting++
		}
		st.Topics++
	}
	if st.Topics < SmallCell {
		return ClockStats{Clock: st.Clock, Suppressed: true, TimesSuppressed: true}
	}
	st.Answered = len(times)
	if st.TimesSuppressed = st.Answered < SmallCell; st.TimesSuppressed {
		return st
	}
	slices.Sort(times)
	st.Mean, st.Median, st.P90 = mean(times), nearestRank(times, 50), nearestRank(times, 90)
	return st
}

func mean(times []time.Duration) time.Duration {
	var sum time.Duration
	for _, t := range times {
		sum += t
	}
	return sum / time.Duration(len(times))
}

// nearestRank returns the smallest of sorted times that percent of them do not exceed.
func nearestRank(sorted []time.Duration, percent int) time.Duration {
	rank := (len(sorted)*percent + 99) / 100
	return sorted[max(rank, 1)-1]
}
