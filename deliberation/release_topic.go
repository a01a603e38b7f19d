package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ReleaseTopic shows a held or hidden topic again.
type ReleaseTopic struct {
	Topic  TopicID
	Reason string // may be empty
}

// ReleaseTopic shows a held or hidden topic again. Doing it twice changes nothing.
func (s *Service) ReleaseTopic(ctx context.Context, actor identity.Actor, cmd ReleaseTopic) (Topic, error) {
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
		if t.Status.Shown() {
			return nil, docstore.ErrUnchanged
		}
		return t.Release(actor, reason, now)
	})
}
