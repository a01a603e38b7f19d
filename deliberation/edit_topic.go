package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// EditTopic replaces the author's text.
type EditTopic struct {
	Topic    TopicID
	Revision int // Topic.Revision as the form saw it
	Title    string
	Body     string
	Photos   []PhotoID
}

// EditTopic changes the author's own topic while it has no official answer.
func (s *Service) EditTopic(ctx context.Context, actor identity.Actor, cmd EditTopic) (Topic, error) {
	t, err := s.own(ctx, actor, cmd.Topic)
	if err != nil {
		return Topic{}, err
	}
	text, err := NewText(cmd.Title, cmd.Body, cmd.Photos)
	if err != nil {
		return Topic{}, err
	}
	node, err := s.community(ctx, t.Community)
	if err != nil {
		return Topic{}, err
	}
	board, err := s.knownBoard(node, t.Board)
	if err != nil {
		return Topic{}, err
	}
	found, now := s.screen(ctx, actor, node, board, text), s.now()
	return s.topics.Update(ctx, string(t.ID), func(t *Topic) ([]docstore.Fact, error) {
		return t.Edit(actor, text, cmd.Revision, found, now)
	})
}

// own returns the actor's own topic. The author may reach it after moving away, too.
func (s *Service) own(ctx context.Context, actor identity.Actor, id TopicID) (Topic, error) {
	if !actor.Known() {
		return Topic{}, identity.ErrSignIn
	}
	t, err := s.topic(ctx, actor, id, identity.ReadPublic)
	if err != nil {
		return Topic{}, err
	}
	if t.Via == ViaBulletin || !t.IsAuthor(actor.ID) && (t.EnteredBy == "" || t.EnteredBy != actor.ID) {
		return Topic{}, ErrNotAuthor
	}
	return t, nil
}
