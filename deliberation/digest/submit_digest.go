package digest

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// SubmitDigest passes a sorted digest up to the town: the secretary, as a second person. The instant by which the town answers is
// fixed now.
func (s *Service) SubmitDigest(ctx context.Context, actor identity.Actor, id ID, seen int) (View, error) {
	d, h, err := s.at(ctx, actor, id, identity.SubmitDigest)
	if err != nil {
		return View{}, err
	}
	if d.State.Allows(MoveSubmit) && d.Revision != seen {
		return View{}, ErrStale
	}
	weights, err := s.weights(ctx, d)
	if err != nil {
		return View{}, err
	}
	return s.save(ctx, actor, id, h, func(d *Digest, h hand, now time.Time) ([]docstore.Fact, error) {
		return d.Submit(weights, seen, h, s.Calendar, now)
	})
}
