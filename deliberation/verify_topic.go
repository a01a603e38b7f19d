package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// VerifyTopic is what somebody says who looked at a reported result and did not handle it.
type VerifyTopic struct {
	Topic  TopicID
	Passed bool
	Reason string // needed to send it back
}

// VerifyTopic resolves a reported topic, or sends it back. Resolving it again changes nothing.
func (s *Service) VerifyTopic(ctx context.Context, actor identity.Actor, cmd VerifyTopic) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.VerifyWork, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		switch {
		case !cmd.Passed:
			return t.SendBack(actor, reason, now)
		case t.Status == Resolved:
			return nil, docstore.ErrUnchanged
		}
		return t.Verify(actor, reason, x, now)
	})
}

// UpholdTopic decides that a disputed topic is solved as far as it can be.
type UpholdTopic struct {
	Topic  TopicID
	Reason string // needed
}

// UpholdTopic decides a dispute against its author, and closes the topic. Who handled or verified it does not decide.
func (s *Service) UpholdTopic(ctx context.Context, actor identity.Actor, cmd UpholdTopic) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.VerifyWork, func(t *Topic, _ Terms) ([]docstore.Fact, error) {
		return t.Uphold(actor, reason, now)
	})
}
