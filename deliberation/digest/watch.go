package digest

import (
	"context"

	"jushou/deliberation/room"
	"jushou/internal/docstore"
)

// Watch is one run of the sweep: it writes down what the town has not answered in time, with the true instants, and closes what
// has been answered long enough. Run twice it does nothing the second time. Where the calendar ends it goes on with what is
// known and returns the calendar's fault.
func (s *Service) Watch(ctx context.Context) (int, error) {
	now := s.Now()
	return room.Watch(ctx, s.digests.Table, byNext, now, Digest.key, func(d *Digest) ([]docstore.Fact, error) { return d.watch(s.Calendar, now) })
}
