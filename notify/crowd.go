package notify

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Telling is one thing told to a stretch of many people.
type Telling struct {
	// Run names the whole; its notices are counted under it. It is the cause of their ids too, so that a
	// stretch told again after a crash tells nobody twice.
	Run string
	At  time.Time
	// Draft is everybody's; its Person is filled in.
	Draft  Draft
	People []identity.AccountID
}

const (
	// crowdHands is how many people of a stretch are told side by side, so that the store commits them together and
	// the platform's latency is not ours.
	crowdHands = 32
	// crowdGrace is how long the sweep leaves a notice alone that a stretch has just written: if the process dies
	// between the two, the sweep sends it after that.
	crowdGrace = 2 * time.Minute
)

var errTakenBack = fault.New(fault.Conflict, "notify.taken_back")

// TellCrowd writes everybody's notice and sends it. It may be given the same stretch any number of times: a notice that
// is there is left to the sweep. Memory is that of the stretch. It ends early, without an error, when the run was
// stopped.
func (s *Service) TellCrowd(ctx context.Context, t Telling) error {
	channels, err := s.gather(ctx, t.People)
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(crowdHands)
	for _, person := range t.People {
		stopped, err := s.stopped(ctx, t.Run)
		if err != nil || stopped {
			return errors.Join(err, group.Wait())
		}
		group.Go(func() error { return s.tellOne(ctx, t, person, channels) })
	}
	return group.Wait()
}

// gather lets every channel look up the people of a stretch at once.
func (s *Service) gather(ctx context.Context, people []identity.AccountID) ([]Channel, error) {
	channels := make([]Channel, len(s.channels))
	for i, c := range s.channels {
		channels[i] = c
		if crowd, ok := c.(Crowd); ok {
			var err error
			if channels[i], err = crowd.Gather(ctx, people); err != nil {
				return nil, err
			}
		}
	}
	return channels, nil
}

func (s *Service) tellOne(ctx context.Context, t Telling, person identity.AccountID, channels []Channel) error {
	now := s.clock.Now()
	n := Notice{
		ID: MakeID(t.Run, person), Event: t.Run, Run: t.Run, Person: person, Community: t.Draft.Community,
		Key: t.Draft.Key, Args: t.Draft.Args, Link: t.Draft.Link, At: t.At, Made: now, Pace: t.Draft.Pace,
	}
	for _, c := range channels {
		n.Delivery = append(n.Delivery, Delivery{Channel: c.Name(), State: Pending, Next: now.Add(crowdGrace)})
	}
	version, err := s.notices.Put(ctx, string(n.ID), docstore.Absent, n)
	if errors.Is(err, docstore.ErrConflict) {
		return nil // told before
	}
	if err != nil {
		return err
	}
	return s.sendNew(ctx, n, version, channels)
}

// sendNew sends a notice that was written a moment ago and records all of it in one write; if somebody else has
// changed the notice since (its reader has opened it), channel by channel.
func (s *Service) sendNew(ctx context.Context, n Notice, version int64, channels []Channel) error {
	sent := n
	sent.Delivery = make([]Delivery, len(channels))
	receipts, errs := make([]string, len(channels)), make([]error, len(channels))
	for i, c := range channels {
		receipts[i], errs[i] = s.send(ctx, c, n)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		sent.Delivery[i] = n.Delivery[i].after(s.clock.Now(), receipts[i], errs[i])
	}
	_, err := s.notices.Put(ctx, string(n.ID), docstore.Want(version), sent)
	if !errors.Is(err, docstore.ErrConflict) {
		return err
	}
	for i, c := range channels {
		if err := s.record(ctx, n, c.Name(), receipts[i], errs[i]); err != nil {
			return err
		}
	}
	return nil
}

// Told counts the notices of a run by what became of them.
type Told struct {
	Inbox   int // written; the sum of the others and of those without any channel
	Sent    int // the platform took it
	Waiting int // for the end of quiet hours, or for another try
	// Unreachable do not follow, or do not want WeChat messages; NoTemplate means that the account lacks the template.
	Unreachable, NoTemplate int
	TakenBack               int // not sent because it was taken back first
	Failed                  int // given up, or refused for another reason
}

// mostTold is where counting ends: far more people than one run has.
const mostTold = 10_000_000

// Told counts what became of a run. It is a handful of counts over an index, whatever the run's size.
func (s *Service) Told(ctx context.Context, run string) (Told, error) {
	var t Told
	var skipped int
	for _, c := range []struct {
		into *int
		by   []any
	}{
		{&t.Inbox, []any{run}}, {&t.Sent, []any{run, string(Sent)}}, {&t.Waiting, []any{run, string(Pending)}},
		{&t.Failed, []any{run, string(Failed)}}, {&skipped, []any{run, string(Skipped)}},
		{&t.Unreachable, []any{run, string(Skipped), errUnreachable.Code}}, {&t.NoTemplate, []any{run, string(Skipped), errNoTemplate.Code}},
		{&t.TakenBack, []any{run, string(Skipped), errTakenBack.Code}},
	} {
		n, err := s.notices.Count(ctx, docstore.Query{Index: "run", Equal: c.by}, mostTold)
		if err != nil {
			return Told{}, err
		}
		*c.into = n
	}
	t.Failed += skipped - t.Unreachable - t.NoTemplate - t.TakenBack
	return t, nil
}
