package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"golang.org/x/sync/errgroup"

	"jushou/internal/docstore"
)

// EventMade is the event of a new notice; the relay "deliver" reads it so that a notice leaves within
// milliseconds.
const EventMade = "notify.made"

// inFlight bounds sends at one time: the platform's own latency is the limit, not our processor.
const inFlight = 16

// Deliver tries every pending delivery of the notice that is due. It is safe to call twice: a send
// that is recorded is not repeated, and one that was made but not recorded (a crash between) is made
// again under the same notice id, which channels use to make it harmless.
func (s *Service) Deliver(ctx context.Context, id ID) error {
	n, _, err := s.notices.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil // the person was deleted meanwhile
	}
	if err != nil {
		return err
	}
	for _, d := range n.Delivery {
		if d.State != Pending || d.Next.After(s.clock.Now()) {
			continue
		}
		if err := s.try(ctx, n, d.Channel); err != nil {
			return err
		}
	}
	return nil
}

// try sends by one channel and records how it ended.
func (s *Service) try(ctx context.Context, n Notice, channel string) error {
	i := slices.IndexFunc(s.channels, func(c Channel) bool { return c.Name() == channel })
	var receipt string
	err := fmt.Errorf("channel %q is not configured: %w", channel, ErrSkip)
	if i >= 0 {
		receipt, err = s.send(ctx, s.channels[i], n)
	}
	if ctx.Err() != nil {
		return ctx.Err() // we were stopped: that is no attempt
	}
	return s.record(ctx, n, channel, receipt, err)
}

// send gives a notice to a channel, unless what it tells was taken back.
func (s *Service) send(ctx context.Context, c Channel, n Notice) (receipt string, err error) {
	if n.Run != "" {
		stopped, err := s.stopped(ctx, n.Run)
		if err != nil {
			return "", err
		}
		if stopped {
			return "", fmt.Errorf("%w: %w", ErrSkip, errTakenBack)
		}
	}
	return c.Send(ctx, Message{
		Notice: n.ID, Person: n.Person, Key: n.Key, Args: n.Args, Link: s.baseURL + n.Link, At: n.At, Pace: n.pace(),
	})
}

// record writes how a try ended.
func (s *Service) record(ctx context.Context, n Notice, channel, receipt string, err error) error {
	var wait *Wait
	if err != nil && !errors.Is(err, ErrSkip) && !errors.As(err, &wait) {
		s.log.WarnContext(ctx, "notice not delivered", slog.String("notice", string(n.ID)), slog.String("channel", channel), slog.String("reason", reason(err)))
	}
	_, updateErr := s.notices.Update(ctx, string(n.ID), func(n *Notice) ([]docstore.Fact, error) {
		list := slices.Clone(n.Delivery)
		at := slices.IndexFunc(list, func(d Delivery) bool { return d.Channel == channel && d.State == Pending })
		if at < 0 {
			return nil, docstore.ErrUnchanged
		}
		list[at] = list[at].after(s.clock.Now(), receipt, err)
		n.Delivery = list
		return nil, nil
	})
	if updateErr != nil {
		return fmt.Errorf("record delivery of %s: %w", n.ID, updateErr)
	}
	return nil
}

// batch bounds what one look of the sweep takes on.
const batch = 200

// DeliverDue tries again what is due, and returns how many notices it looked at. It is the sweep
// behind the relay: retries, and notices whose relay died.
func (s *Service) DeliverDue(ctx context.Context) (int, error) {
	total := 0
	for {
		now := s.clock.Now()
		page, _, err := s.notices.Find(ctx, docstore.Query{Index: "due", To: now.UnixMilli() + 1, Limit: batch})
		if err != nil || len(page) == 0 {
			return total, err
		}
		group, groupCtx := errgroup.WithContext(ctx)
		group.SetLimit(inFlight)
		for _, n := range page {
			group.Go(func() error { return s.Deliver(groupCtx, n.ID) })
		}
		if err := group.Wait(); err != nil {
			return total, err
		}
		total += len(page)
		if len(page) < batch {
			return total, nil
		}
	}
}
