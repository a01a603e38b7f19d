package deliberation

import (
	"context"
	"errors"
	"fmt"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// MergeTopic lets two topics about the same matter go on as one.
type MergeTopic struct {
	Topic  TopicID
	Into   TopicID
	Reason string // may be empty
}

// MergeTopic merges the younger of two topics of a community into the older, whichever of them is named as which: the
// promise that was given first stays, and merges cannot run in a circle. The merged topic is written first; what the
// older one takes over follows from its event, so a stop in between is made good by the relay (FollowMerges).
func (s *Service) MergeTopic(ctx context.Context, actor identity.Actor, cmd MergeTopic) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	from, err := s.known(ctx, actor, cmd.Topic)
	if err != nil {
		return Topic{}, err
	}
	into, err := s.known(ctx, actor, cmd.Into)
	if err != nil {
		return Topic{}, err
	}
	if from.Older(into) {
		from, into = into, from
	}
	if err := into.allows(actor, identity.DispatchTopic); err != nil {
		return Topic{}, err
	}
	now := s.now()
	merged, err := s.step(ctx, actor, from.ID, identity.DispatchTopic, func(t *Topic, _ Terms) ([]docstore.Fact, error) {
		return t.MergeInto(actor, into, reason, now)
	})
	if err != nil {
		return Topic{}, err
	}
	return merged, s.absorb(ctx, actor, merged.ID)
}

// FollowMerges completes what MergeTopic began. The relay gives it topic.merged, any number of times.
func (s *Service) FollowMerges(ctx context.Context, e docstore.Event) error {
	data, err := Decode[Progress](e)
	if err != nil || e.Type != TopicMerged {
		return err
	}
	by := identity.Actor{ID: data.By, Name: data.ByName, Masked: data.ByName}
	return s.absorb(ctx, by, data.Topic)
}

// absorb lets the older topic take the merged one in, at the instant it was merged. If that one has gone on in a third
// meanwhile, so do both: the way is followed to its end, which is the oldest.
func (s *Service) absorb(ctx context.Context, by identity.Actor, merged TopicID) error {
	from, _, err := s.topics.Get(ctx, string(merged))
	for err == nil && from.Into != "" {
		passing := from
		from, err = s.change(ctx, passing.Into, func(t *Topic, x Terms) ([]docstore.Fact, error) {
			return t.Absorb(by, passing, x, passing.mergedAt())
		})
	}
	if errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("absorb topic %s: %w", merged, err)
	}
	return nil
}
