package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// AcceptTopic accepts an answered topic: somebody will see to it.
type AcceptTopic struct {
	Topic TopicID
	Note  string // may be empty
}

// AcceptTopic accepts a topic and starts its resolution clock. Accepting it again changes nothing.
func (s *Service) AcceptTopic(ctx context.Context, actor identity.Actor, cmd AcceptTopic) (Topic, error) {
	note, err := NewReason(cmd.Note)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.AcceptTopic, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		if t.Status == Accepted {
			return nil, docstore.ErrUnchanged
		}
		return t.Accept(actor, note, x, now)
	})
}

// RefuseTopic says that nothing more is done.
type RefuseTopic struct {
	Topic  TopicID
	Kind   RefusalKind
	Reason string // needed; everybody reads it
}

// RefuseTopic does not take a topic up. Refusing it again changes nothing.
func (s *Service) RefuseTopic(ctx context.Context, actor identity.Actor, cmd RefuseTopic) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.AcceptTopic, func(t *Topic, _ Terms) ([]docstore.Fact, error) {
		if t.Status == Refused {
			return nil, docstore.ErrUnchanged
		}
		return t.Refuse(actor, cmd.Kind, reason, now)
	})
}
