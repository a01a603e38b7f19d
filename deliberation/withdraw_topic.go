package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// WithdrawTopic takes a topic back.
type WithdrawTopic struct {
	Topic  TopicID
	Reason string // may be empty
}

// WithdrawTopic withdraws the author's own topic. Withdrawing it again changes nothing.
func (s *Service) WithdrawTopic(ctx context.Context, actor identity.Actor, cmd WithdrawTopic) (Topic, error) {
	t, err := s.own(ctx, actor, cmd.Topic)
	if err != nil {
		return Topic{}, err
	}
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.topics.Update(ctx, string(t.ID), func(t *Topic) ([]docstore.Fact, error) {
		if t.Status == Withdrawn {
			return nil, docstore.ErrUnchanged
		}
		return t.Withdraw(actor, reason, now)
	})
}
