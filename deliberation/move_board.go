package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// MoveTopic puts a topic on another board.
type MoveTopic struct {
	Topic  TopicID
	Board  BoardKey
	Reason string // needed; everybody reads it
}

// MoveTopic puts a topic on another board of its community. Its clocks run on; one that began on a board without a
// promise gets the new board's promise from now on.
func (s *Service) MoveTopic(ctx context.Context, actor identity.Actor, cmd MoveTopic) (Topic, error) {
	reason, err := NewReason(cmd.Reason)
	if err != nil {
		return Topic{}, err
	}
	t, err := s.known(ctx, actor, cmd.Topic)
	if err != nil {
		return Topic{}, err
	}
	if err := t.allows(actor, identity.DispatchTopic); err != nil {
		return Topic{}, err
	}
	node, err := s.community(ctx, t.Community)
	if err != nil {
		return Topic{}, err
	}
	board, err := s.board(node, cmd.Board)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	var clock *ResponseClock
	if board.Clock {
		clock = s.promise(node, board, now)
	}
	return s.step(ctx, actor, cmd.Topic, identity.DispatchTopic, func(t *Topic, _ Terms) ([]docstore.Fact, error) {
		return t.MoveBoard(actor, board, reason, clock, now)
	})
}
