package deliberation

import (
	"context"
	"errors"
	"fmt"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// AskAuthor asks a topic's author a question.
type AskAuthor struct {
	Topic    TopicID
	Question string // everybody reads it
}

// AskAuthor asks a question that stops the clock which runs, until the author says something or the wait ends by itself.
func (s *Service) AskAuthor(ctx context.Context, actor identity.Actor, cmd AskAuthor) (Topic, error) {
	question, err := NewReason(cmd.Question)
	if err != nil {
		return Topic{}, err
	}
	now := s.now()
	return s.step(ctx, actor, cmd.Topic, identity.AcceptTopic, func(t *Topic, x Terms) ([]docstore.Fact, error) {
		return t.Ask(actor, question, x, now)
	})
}

// FollowReplies lets a clock that waits for a topic's author run again when the author comments, from a page, from the chat
// or by the hand of who entered the topic for somebody offline, hidden by the word list or not. The relay gives it
// topic.commented, any number of times.
func (s *Service) FollowReplies(ctx context.Context, e docstore.Event) error {
	if e.Type != TopicCommented {
		return nil
	}
	data, err := Decode[Commented](e)
	if err != nil {
		return err
	}
	t, _, err := s.topics.Get(ctx, string(data.Topic))
	if err != nil {
		return fmt.Errorf("follow a reply: %w", err)
	}
	if _, asked := t.Asked(e.At); !asked || !t.speaksFor(data.By) {
		return nil
	}
	by := identity.Actor{ID: data.By, Name: data.ByName, Masked: data.ByName}
	_, err = s.change(ctx, t.ID, func(t *Topic, x Terms) ([]docstore.Fact, error) { return t.Reply(by, x, e.At) })
	if errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	return err
}

// speaksFor reports whether the account is the author, or who entered the topic for an author offline.
func (t Topic) speaksFor(a identity.AccountID) bool {
	return t.IsAuthor(a) || t.EnteredBy != "" && t.EnteredBy == a
}
