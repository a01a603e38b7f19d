package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// HoldTopic takes a public topic out of sight until it is released or hidden.
type HoldTopic struct {
	Topic  TopicID
	Reason string // needed; shown in its place
}

// HoldTopic takes a public topic out of sight until it is released or hidden. Doing it twice changes nothing.
func (s *Service) HoldTopic(ctx context.Context, actor identity.Actor, cmd HoldTopic) (Topic, error) {
	t, err := s.topic(ctx, actor, cmd.Topic, identity.HoldTopic)
	if err != nil {
		return Topic{}, err
	}
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.topics.Update(ctx, string(t.ID), func(t *Topic) ([]docstore.Fact, error) {
		if t.Status == Held {
			return nil, docstore.ErrUnchanged
		}
		return t.Hold(actor, reason, now)
	})
}
