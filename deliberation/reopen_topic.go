package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ReopenTopic takes up again what was refused, closed or disputed.
type ReopenTopic struct {
	Topic  TopicID
	Reason string // needed; everybody reads it
}

// ReopenTopic takes a topic up again with a new resolution clock; the old one's record stays.
func (s *Service) ReopenTopic(ctx context.Context, actor identity.Actor, cmd ReopenTopic) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.DispatchTopic, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		return t.Reopen(actor, reason, x, now)
	})
}
