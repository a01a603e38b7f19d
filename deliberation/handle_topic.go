package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// TakeTopic takes a topic in hand. Taking it again changes nothing.
func (s *Service) TakeTopic(ctx context.Context, actor identity.Actor, id TopicID) (Topic, error) {
	now := s.now()
	return s.step(ctx, actor, id, identity.HandleTopic, func(t *Topic, _ Terms) ([]docstore.Fact, error) {
		if t.Status == InHand && t.Work.Handler != nil && t.Work.Handler.Account == actor.ID {
			return nil, docstore.ErrUnchanged
		}
		return t.Take(actor, now)
	})
}

// ReportTopic says what was done.
type ReportTopic struct {
	ID     string // the form's token
	Topic  TopicID
	Body   string
	Photos []PhotoID
}

// ReportTopic says what was done about a topic. The same form sent again changes nothing.
func (s *Service) ReportTopic(ctx context.Context, actor identity.Actor, cmd ReportTopic) (Topic, error) {
	text, err := NewText("", cmd.Body, cmd.Photos)
	if err := Joined(err, CheckToken(cmd.ID)); err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.HandleTopic, func(t *Topic, _ Terms) ([]docstore.Fact, error) {
		return t.Report(actor, cmd.ID, text, now)
	})
}
