package neighbourhood

import (
	"context"

	"jushou/internal/docstore"
)

// Sweep records what has ended and asks what still stands. It returns how much it recorded. Run late, it records the true
// times; run twice, it records nothing the second time.
func (s *Service) Sweep(ctx context.Context) (int, error) {
	now := s.now()
	due := docstore.Query{Index: byNext, To: now.UnixMilli() + 1}
	n := 0
	count := func(err error) error {
		if err == nil {
			n++
		}
		return err
	}
	err := s.offers.Each(ctx, due, func(o Offer) error {
		_, err := s.changeOffer(ctx, o.ID, func(o *Offer) ([]docstore.Fact, error) { return recorded(o.record(now)) })
		return count(err)
	})
	if err != nil {
		return n, err
	}
	err = s.wishes.Each(ctx, due, func(w Wish) error {
		_, err := s.changeWish(ctx, w.ID, func(w *Wish) ([]docstore.Fact, error) { return recorded(w.record(now)) })
		return count(err)
	})
	return n, err
}

func recorded(facts []docstore.Fact) ([]docstore.Fact, error) {
	if len(facts) == 0 {
		return nil, docstore.ErrUnchanged
	}
	return facts, nil
}
