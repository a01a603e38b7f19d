package digest

import (
	"context"
	"errors"

	"jushou/internal/calendar"
	"jushou/internal/docstore"
)

// Watch is one run of the sweep: it writes down what the town has not answered in time, with the true instants, and closes what
// has been answered long enough. Run twice it does nothing the second time. Where the calendar ends it goes on with what is
// known and returns the calendar's fault.
func (s *Service) Watch(ctx context.Context) (int, error) {
	now, n := s.now(), 0
	var beyond error
	err := s.digests.Each(ctx, docstore.Query{Index: byNext, To: now.UnixMilli() + 1}, func(d Digest) error {
		_, err := s.digests.Update(ctx, string(d.ID), func(d *Digest) ([]docstore.Fact, error) {
			facts, err := d.watch(s.Calendar, now)
			if errors.Is(err, calendar.ErrBeyond) {
				beyond, err = err, nil
				if len(facts) == 0 {
					return nil, docstore.ErrUnchanged
				}
			}
			return facts, err
		})
		n++
		return err
	})
	return n, errors.Join(err, beyond)
}
