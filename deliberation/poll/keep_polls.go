package poll

import (
	"context"
	"fmt"

	"jushou/deliberation"
	"jushou/internal/docstore"
)

// Keep does what the stored instants say: it makes rolls, opens, closes, counts, publishes and settles. Each step is recorded
// once, whoever runs it and however often, and one that was broken off is taken up again. Polls that fail or wait do not
// hold the others up, however many they are. It returns how many polls it took further.
func (s *Service) Keep(ctx context.Context) (int, error) {
	done := 0
	var faults []error
	err := s.polls.Each(ctx, docstore.Query{Index: byStep, To: s.Now().UnixMilli() + 1}, func(p Poll) error {
		moved, err := s.keep(ctx, p)
		if err != nil {
			faults = append(faults, fmt.Errorf("keep poll %q (%s): %w", p.ID, p.State, err))
		}
		if moved {
			done++
		}
		return nil
	})
	return done, deliberation.Joined(append(faults, err)...)
}

// keep takes one poll as far as it goes.
func (s *Service) keep(ctx context.Context, p Poll) (moved bool, err error) {
	for {
		before := p.State
		if p, err = s.advance(ctx, p); err != nil || p.State == before {
			return moved, err
		}
		moved = true
		if at, due := p.next(); !due || s.Now().Before(at) {
			return moved, nil
		}
	}
}

// advance takes one poll one state further, or leaves it.
func (s *Service) advance(ctx context.Context, p Poll) (Poll, error) {
	switch p.State {
	case Rolling:
		if err := s.fill(ctx, p); err != nil {
			return p, err
		}
		return s.get(ctx, p.ID)
	case Listed:
		if err := s.openDue(ctx, p); err != nil {
			return p, err
		}
		return s.get(ctx, p.ID)
	case Open:
		return s.closeDue(ctx, p)
	case Closed:
		if s.Now().Before(p.counting()) {
			return p, nil // paper ballots are being entered
		}
		return s.release(ctx, p)
	case Released:
		return s.count(ctx, p)
	case Published:
		return s.settle(ctx, p)
	}
	return p, nil
}
