package deliberation

import (
	"context"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/deadline"
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
	Clock string // ClockResponse, or a deadline.Kind
	// Topics were promised something, once for each time it was. Withdrawn, hidden and merged ones do not count unless it
	// was kept before.
	Topics   int
	Answered int // kept, in time or late
	// Waiting run with time left; Never run past their due time. Of a mean alone nobody could see these.
	Waiting int
	Never   int
	// Mean, Median and P90 are over the answered. The percentiles are nearest rank: the smallest time that
	// at least half, or nine tenths, of the answers did not exceed.
	Mean, Median, P90 time.Duration
	// Suppressed means that every figure is zero because they are of fewer than SmallCell topics, or would give such
	// figures away. TimesSuppressed is the same for answers and the times.
	Suppressed      bool
	TimesSuppressed bool
}

// ClockResponse is the clock until the first official answer.
const ClockResponse = "response"

// Stats are a community's clocks over a window: until the answer, until acceptance, until it is done.
type Stats struct {
	Community community.ID
	Window    Window
	Clocks    []ClockStats
	Boards    []BoardStats // the boards that residents post on, in the catalogue's order
}

// BoardStats are the clocks of the topics that are on one board now.
type BoardStats struct {
	Board  BoardKey
	Clocks []ClockStats
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
	now, all := s.now(), map[BoardKey]tallies{}
	err := s.topics.Each(ctx, docstore.Query{
		Index: byFeed, Equal: []any{string(in)}, From: w.From.UnixMilli(), To: w.To.UnixMilli(),
	}, func(t Topic) error {
		all[t.Board] = all[t.Board].with(t, now)
		return nil
	})
	if err != nil {
		return Stats{}, err
	}
	st := published(all)
	st.Community, st.Window = in, w
	return st, nil
}

// tally is what became of one clock's promises.
type tally struct {
	times          []time.Duration // of those kept
	waiting, never int
}

func (y *tally) count(took time.Duration, kept, running, past bool) {
	switch {
	case kept:
		y.times = append(y.times, took)
	case running && past:
		y.never++
	case running:
		y.waiting++
	}
}

func (y *tally) response(c ResponseClock, now time.Time) {
	took, kept := c.Took()
	y.count(took, kept, c.Running(), c.Overdue(now))
}

func (y *tally) deadline(c deadline.Clock, now time.Time) {
	for _, one := range append(slices.Clone(c.Earlier), c) {
		took, kept := one.Took()
		due, owed := one.Owed()
		y.count(took, kept, one.Running(), owed && !now.Before(due))
	}
}

func (y tally) topics() int { return len(y.times) + y.waiting + y.never }

// figures are the tally's, unless they are of too few.
func (y tally) figures(clock string) ClockStats {
	st := ClockStats{Clock: clock, Topics: y.topics(), Answered: len(y.times), Waiting: y.waiting, Never: y.never}
	if st.Topics < SmallCell {
		return ClockStats{Clock: clock, Suppressed: true, TimesSuppressed: true}
	}
	if st.TimesSuppressed = st.Answered < SmallCell; st.TimesSuppressed {
		return st
	}
	times := slices.Sorted(slices.Values(y.times))
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
