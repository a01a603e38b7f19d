package deliberation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/internal/calendar"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
)

// WatchPromises records what the clocks of acceptance and resolution have come to by now: questions whose wait ended,
// missed dates, steps of the ladder, topics that close by themselves. It returns how many topics it changed. It is one run
// of a sweep: it seeks a sparse index, so it costs what is due and not what is there; after an outage of any length it
// writes every fact with its true time and tells only the highest step; it may run twice at once.
//
// A clock that the calendar could not complete makes every run end in an error until it can.
func (s *Service) WatchPromises(ctx context.Context) (int, error) {
	now := s.now()
	var due []Topic
	var incomplete error
	q := docstore.Query{Index: byNextWork, To: now.UnixMilli() + 1, Limit: sweepBatch}
	err := s.topics.Each(ctx, q, func(t Topic) error {
		x, err := s.terms(ctx, t.Community)
		if err != nil {
			return err
		}
		look := t
		_, err = look.watch(x, now)
		if err == nil {
			due = append(due, Topic{ID: t.ID, Community: t.Community})
		}
		if beyond := look.unfinished(); beyond != nil {
			incomplete = fmt.Errorf("complete a clock of topic %s: %w", t.ID, beyond)
		}
		if err != nil && !errors.Is(err, docstore.ErrUnchanged) {
			return fmt.Errorf("topic %s: %w", t.ID, err)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("watch promises: %w", err)
	}
	n, err := s.recordWork(ctx, due)
	if err := Joined(err, incomplete); err != nil {
		return n, fmt.Errorf("watch promises: %w", err)
	}
	return n, nil
}

// recordWork writes what is due into the topics, many at a time. One that cannot be written does not keep the others.
func (s *Service) recordWork(ctx context.Context, due []Topic) (int, error) {
	now, done, faults := s.now(), make([]int, len(due)), make([]error, len(due))
	var hands errgroup.Group
	hands.SetLimit(sweepHands)
	for i, t := range due {
		hands.Go(func() error {
			x, err := s.terms(ctx, t.Community)
			if err == nil {
				_, err = s.topics.Update(ctx, string(t.ID), func(t *Topic) ([]docstore.Fact, error) {
					facts, err := t.watch(x, now)
					done[i] = 1
					if err != nil {
						done[i] = 0
					}
					return facts, err
				})
			}
			faults[i] = err
			return nil
		})
	}
	if err := hands.Wait(); err != nil {
		return 0, err
	}
	n := 0
	for _, one := range done {
		n += one
	}
	return n, Joined(faults...)
}

// watch records what the topic's work owes at now; docstore.ErrUnchanged if that is nothing. Terms give the calendar
// that completes a clock; nothing else of them is used, because a promise stays what it was.
func (t *Topic) watch(x Terms, now time.Time) ([]docstore.Fact, error) {
	if t.Status.Ended() {
		return nil, docstore.ErrUnchanged
	}
	completed := false
	for _, c := range []*deadline.Clock{&t.Acceptance, &t.Resolution} {
		if c.Incomplete && c.Running() {
			before := len(c.Plan)
			known := !c.DueAt.IsZero()
			if err := c.Complete(x.Days); err != nil && !errors.Is(err, calendar.ErrBeyond) {
				return nil, err
			}
			completed = completed || len(c.Plan) > before || known == c.DueAt.IsZero()
		}
	}
	facts := t.catchUpWork(now)
	if closed, err := t.Close(now); err == nil {
		facts = append(facts, closed...)
	}
	if len(facts) == 0 && !completed {
		return nil, docstore.ErrUnchanged
	}
	return facts, nil
}

// unfinished returns calendar.ErrBeyond while a running clock is incomplete.
func (t Topic) unfinished() error {
	for _, c := range []deadline.Clock{t.Acceptance, t.Resolution} {
		if c.Running() && c.Incomplete {
			return calendar.ErrBeyond
		}
	}
	return nil
}
