package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// HideTopic takes a topic's text out of sight.
type HideTopic struct {
	Topic  TopicID
	Reason string // needed; shown in its place
	// Seen is Topic.Seen as the page showed it; "" does not ask whether something has changed.
	Seen string
}

// HideTopic takes a topic's text out of sight. Doing it twice changes nothing.
func (s *Service) HideTopic(ctx context.Context, actor identity.Actor, cmd HideTopic) (Topic, error) {
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
		if by, _ := t.Moderator(); t.Status == Hidden && by == actor.Ref() {
			return nil, docstore.ErrUnchanged
		}
		if cmd.Seen != "" && cmd.Seen != t.Seen() {
			return nil, ErrDecidedMeanwhile
		}
		if t.Status == Hidden {
			return nil, docstore.ErrUnchanged
		}
		return t.Hide(actor, reason, now)
	})
}
