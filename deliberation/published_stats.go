package deliberation

import (
	"context"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// PublishedPeriods and PublishedDays are the windows whose figures anybody may read: this many in a row, the
// latest first, of so many whole days.
const (
	PublishedPeriods = 3
	PublishedDays    = 30
)

// PublishedStats returns how a community answers, for anybody. The windows are fixed whole days that end with
// yesterday, so that nobody can ask twice and subtract one answer from the other to find a single topic; figures of
// fewer than SmallCell topics are left out. It adds up three months of topics: keep the answer for a while.
func (s *Service) PublishedStats(ctx context.Context, actor identity.Actor, in community.ID) ([]Stats, error) {
	node, err := s.community(ctx, in)
	if err != nil {
		return nil, err
	}
	if err := identity.Can(actor, identity.ReadStatistics, identity.At(node)); err != nil {
		return nil, err
	}
	var all []Stats
	for _, w := range publishedWindows(s.now(), s.calendar.Zone()) {
		st, err := s.measure(ctx, in, w)
		if err != nil {
			return nil, err
		}
		all = append(all, st)
	}
	return all, nil
}

// publishedWindows returns the windows as they stand on the day of now, the latest first.
func publishedWindows(now time.Time, zone *time.Location) []Window {
	end := calendar.DateOf(now.In(zone))
	windows := make([]Window, PublishedPeriods)
	for i := range windows {
		start := end.AddDays(-PublishedDays)
		windows[i] = Window{From: start.At(0, zone), To: end.At(0, zone)}
		end = start
	}
	return windows
}
