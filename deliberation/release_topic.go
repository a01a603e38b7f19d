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
	// Seen is Topic.Seen as the page showed it; "" does not ask whether something has changed.
	Seen string
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
		by, _ := t.Moderator()
		switch {
		case t.Status.Shown() && (by == actor.Ref() || cmd.Seen == ""):
			return nil, docstore.ErrUnchanged
		case cmd.Seen != "" && cmd.Seen != t.Seen():
			return nil, ErrDecidedMeanwhile
		case t.IsAuthor(actor.ID) && by != actor.Ref() && by != screening.Ref():
			return nil, ErrOwnAffair
		}
		return t.Release(actor, reason, now)
	})
}
