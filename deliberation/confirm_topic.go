package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ConfirmTopic is the author's word on a resolved topic.
type ConfirmTopic struct {
	Topic  TopicID
	Solved bool
	Reason string // needed to dispute
}

// ConfirmTopic closes the author's resolved topic or, once, disputes the result. Confirming it again changes nothing.
// Who entered a topic for somebody offline says what that person said, unless they worked on it themselves.
func (s *Service) ConfirmTopic(ctx context.Context, actor identity.Actor, cmd ConfirmTopic) (Topic, error) {
	if _, err := s.own(ctx, actor, cmd.Topic); err != nil {
		return Topic{}, err
	}
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.ConfirmWork, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		switch {
		case !t.speaksFor(actor.ID):
			return nil, ErrNotAuthor
		case !cmd.Solved:
			return t.Dispute(actor, reason, x, now)
		case t.Status == Closed && t.Work.Ending == EndConfirmed:
			return nil, docstore.ErrUnchanged
		}
		return t.Confirm(actor, reason, now)
	})
}
