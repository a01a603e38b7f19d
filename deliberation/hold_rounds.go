package deliberation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// How a sweep works through what is due.
const (
	sweepBatch = 500 // topics one page of the index brings
	sweepHands = 32  // topics written at a time, so that the store commits them together
)

// dueTopic is what a sweep keeps of a topic while it runs.
type dueTopic struct {
	id        TopicID
	community community.ID
	town      community.ID
	steps     []StepRecord
	extend    []time.Time // Rounds the calendar knows by now
}

// HoldRounds records what the Rounds up to now found, and returns how many topics it changed. It is one
// run of the sweep: after an outage of any length it takes every step that fell due, in order, with its
// true time. It may run twice at once, or be killed anywhere, and tells nobody twice: first each
// community's Round is written, under its own key, and only then the topics' steps, which is what takes
// them off the index.
//
// A topic whose clock the calendar could not complete makes every run end in an error until it can.
func (s *Service) HoldRounds(ctx context.Context) (int, error) {
	now := s.now()
	due, incomplete, err := s.dueTopics(ctx, now)
	if err != nil {
		return 0, fmt.Errorf("hold rounds: %w", err)
	}
	if err := s.writeRounds(ctx, due, now); err != nil {
		return 0, fmt.Errorf("hold rounds: %w", err)
	}
	n, err := s.recordSteps(ctx, due, now)
	if err := Joined(err, incomplete); err != nil {
		return n, fmt.Errorf("hold rounds: %w", err)
	}
	return n, nil
}

// dueTopics reads what is due from the index, in order. incomplete is the calendar's fault, if any.
func (s *Service) dueTopics(ctx context.Context, now time.Time) (due []dueTopic, incomplete, err error) {
	q := docstore.Query{Index: byNextStep, To: now.UnixMilli() + 1, Limit: sweepBatch}
	err = s.topics.Each(ctx, q, func(t Topic) error {
		d := dueTopic{id: t.ID, community: t.Community, town: t.Town()}
		if t.Clock != nil && t.Clock.Incomplete() {
			var fault error
			if d.extend, fault = s.complete(ctx, &t); fault != nil {
				incomplete = fault
			}
		}
		d.steps = Due(t, now)
		if len(d.steps) > 0 || len(d.extend) > 0 {
			due = append(due, d)
		}
		return nil
	})
	return due, incomplete, err
}

// complete gives the clock the Rounds that were unknown when it started, and returns them.
func (s *Service) complete(ctx context.Context, t *Topic) ([]time.Time, error) {
	node, err := s.community(ctx, t.Community)
	if err != nil {
		return nil, err
	}
	after := t.Clock.StartedAt
	if n := len(t.Clock.Rounds); n > 0 {
		after = t.Clock.Rounds[n-1]
	}
	more, _, err := s.calendar.NextRounds(node.Settings, after, rungs-len(t.Clock.Rounds))
	if err != nil {
		err = fmt.Errorf("complete the clock of topic %s: %w", t.ID, err)
	}
	c := *t.Clock
	c.extend(more)
	t.Clock = &c
	return more, err
}

// writeRounds writes the Rounds that have not been held, the earliest first. A Round found by a later
// sweep of the same instant stays as it was told: a topic that came in while it was held is on
// the list without another message.
func (s *Service) writeRounds(ctx context.Context, due []dueTopic, now time.Time) error {
	duties := map[community.ID]Duty{}
	for _, r := range gatherRounds(due) {
		duty, ok := duties[r.Community]
		if !ok {
			var err error
			if duty, err = s.duty(ctx, r.Community); err != nil {
				return fmt.Errorf("look up duty of %q: %w", r.Community, err)
			}
			duties[r.Community] = duty
		}
		r.HeldAt, r.Duty, r.Next = now, duty.Person.Account, duty.Next.Account
		_, err := s.rounds.Put(ctx, roundKey(r.Community, r.At), docstore.Absent, r, fact(RoundHeld, patrol, now, r.event()))
		if err != nil && !errors.Is(err, docstore.ErrConflict) {
			return err
		}
	}
	return nil
}

// gatherRounds sorts the due steps into one Round per community and instant, the earliest first.
func gatherRounds(due []dueTopic) []Round {
	found := map[string]*Round{}
	for _, d := range due {
		for _, step := range d.steps {
			key := roundKey(d.community, step.At)
			if found[key] == nil {
				found[key] = &Round{Community: d.community, Town: d.town, At: step.At}
			}
			found[key].add(d.id, step.Step)
		}
	}
	rounds := make([]Round, 0, len(found))
	for _, r := range found {
		rounds = append(rounds, *r)
	}
	slices.SortFunc(rounds, func(a, b Round) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(string(a.Community), string(b.Community))
	})
	return rounds
}

// recordSteps writes the steps into their topics, many at a time. One topic that cannot be written
// does not keep the others from it.
func (s *Service) recordSteps(ctx context.Context, due []dueTopic, now time.Time) (int, error) {
	changed, faults := make([]bool, len(due)), make([]error, len(due))
	var hands errgroup.Group
	hands.SetLimit(sweepHands)
	for i, d := range due {
		hands.Go(func() error {
			changed[i], faults[i] = s.recordStep(ctx, d, now)
			return nil
		})
	}
	if err := hands.Wait(); err != nil {
		return 0, err
	}
	n := 0
	for _, c := range changed {
		if c {
			n++
		}
	}
	return n, Joined(faults...)
}

func (s *Service) recordStep(ctx context.Context, d dueTopic, now time.Time) (changed bool, err error) {
	_, err = s.topics.Update(ctx, string(d.id), func(t *Topic) ([]docstore.Fact, error) {
		changed = false
		if t.Clock == nil || !t.Clock.Running() {
			return nil, docstore.ErrUnchanged
		}
		c := *t.Clock
		c.extend(d.extend)
		extended := len(c.Rounds) > len(t.Clock.Rounds)
		t.Clock = &c
		facts := t.catchUp(now)
		if changed = extended || len(facts) > 0; !changed {
			return nil, docstore.ErrUnchanged
		}
		return facts, nil
	})
	return changed && err == nil, err
}
