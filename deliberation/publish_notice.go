package deliberation

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/identity"
)

// PublishNotice is an official notice. It is readable by anybody, signed in or not.
type PublishNotice struct {
	ID        TopicID
	Community community.ID
	Board     BoardKey // "" for the notice board
	Title     string
	Body      string
	Photos    []PhotoID
	// Guide is needed on the board of guides and refused elsewhere.
	Guide Guide
}

// PublishNotice publishes a notice in one community. Like PostTopic it may be sent twice.
func (s *Service) PublishNotice(ctx context.Context, actor identity.Actor, cmd PublishNotice) (Topic, error) {
	if cmd.Board == "" {
		cmd.Board = BoardNotice
	}
	return s.PostTopic(ctx, actor, PostTopic{
		ID: cmd.ID, Community: cmd.Community, Board: cmd.Board, Kind: KindNotice,
		Title: cmd.Title, Body: cmd.Body, Photos: cmd.Photos, Via: ViaDesk, Guide: cmd.Guide,
	})
}
