package deliberation

import (
	"context"

	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// AskExtension asks for a later day to resolve a topic.
type AskExtension struct {
	Topic  TopicID
	To     calendar.Date
	Reason string // needed; everybody reads it
}

// AskExtension asks for a later day. Nothing moves until somebody else grants it.
func (s *Service) AskExtension(ctx context.Context, actor identity.Actor, cmd AskExtension) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.HandleTopic, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		return t.AskExtension(actor, cmd.To, reason, x, now)
	})
}

// DecideExtension grants or refuses a later day.
type DecideExtension struct {
	Topic  TopicID
	Grant  bool
	Reason string // needed to refuse
}

// DecideExtension decides on a later day that somebody else asked for.
func (s *Service) DecideExtension(ctx context.Context, actor identity.Actor, cmd DecideExtension) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.ExtendClock, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		if cmd.Grant {
			return t.GrantExtension(actor, x, now)
		}
		return t.RefuseExtension(actor, reason, now)
	})
}
