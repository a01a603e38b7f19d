package digest

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// CloseDigest says that nothing more will be said.
func (s *Service) CloseDigest(ctx context.Context, actor identity.Actor, id ID, seen int) (View, error) {
	return s.step(ctx, actor, id, identity.WriteDigest, func(d *Digest, h hand, now time.Time) ([]docstore.Fact, error) {
		return d.Close(seen, h, now)
	})
}

// WithdrawDigest takes a digest back, with a reason. What the town has is the secretary's to take back.
func (s *Service) WithdrawDigest(ctx context.Context, actor identity.Actor, id ID, why string, seen int) (View, error) {
	verb := identity.WriteDigest
	if d, err := s.digests.Read(ctx, actor, string(id)); err != nil {
		return View{}, err
	} else if d.Public() {
		verb = identity.SubmitDigest
	}
	return s.stepWith(ctx, actor, id, verb, why, func(d *Digest, why string, h hand, now time.Time) ([]docstore.Fact, error) {
		if d.Public() && verb != identity.SubmitDigest {
			return nil, ErrStale // passed up meanwhile
		}
		return d.Withdraw(why, seen, h, now)
	})
}
