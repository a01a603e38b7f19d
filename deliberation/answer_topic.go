package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// AnswerTopic is an official response.
type AnswerTopic struct {
	ID     string // the form's token
	Topic  TopicID
	Body   string
	Photos []PhotoID
	// Auto marks a reply no person wrote; it never stops the clock.
	Auto bool
}

// AnswerTopic adds an official response. The first one by an answering role who is not the author stops the
// response clock and starts that of acceptance; a second at the same moment stays beside it.
func (s *Service) AnswerTopic(ctx context.Context, actor identity.Actor, cmd AnswerTopic) (Topic, error) {
	t, err := s.topic(ctx, actor, cmd.Topic, identity.AnswerTopic)
	if err != nil {
		return Topic{}, err
	}
	text, err := NewText("", cmd.Body, cmd.Photos)
	if err := Joined(err, CheckToken(cmd.ID)); err != nil {
		return Topic{}, err
	}
	name, _ := actor.NameAt(t.Place())
	role, title := standing(actor, t.Place())
	terms, err := s.terms(ctx, t.Community)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	r := Response{
		ID: cmd.ID, By: actor.ID, Name: name, Role: role, Title: title,
		Body: text.Body, Photos: text.Photos, Auto: cmd.Auto,
	}
	return s.promised(s.topics.Update(ctx, string(t.ID), func(t *Topic) ([]docstore.Fact, error) {
		before := t.Answered()
		facts, err := t.Answer(r, now)
		if err == nil && !before && t.Answered() {
			t.startAcceptance(terms, now)
		}
		return facts, err
	}))
}
