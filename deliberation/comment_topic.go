package deliberation

import (
	"context"
	"errors"
	"fmt"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// CommentTopic is a comment under a topic.
type CommentTopic struct {
	ID    CommentID // the form's token
	Topic TopicID
	Body  string
	Via   Via
}

// CommentTopic adds a comment. It writes only the comment; the topic's count follows from the event. A
// comment in which the word list finds something is kept, hidden, for staff to see.
func (s *Service) CommentTopic(ctx context.Context, actor identity.Actor, cmd CommentTopic) (Comment, error) {
	t, err := s.topic(ctx, actor, cmd.Topic, identity.CommentTopic)
	if err != nil {
		return Comment{}, err
	}
	body := Clean(cmd.Body)
	faults := Joined(check(body == "", errNoWords), Within(body, MaxComment, errComment),
		CheckToken(string(cmd.ID)), checkVia(cmd.Via))
	if faults != nil {
		return Comment{}, faults
	}
	if err := t.may(MoveComment); err != nil {
		return Comment{}, err
	}
	author, err := s.AuthorOf(ctx, actor, t.Place())
	if err != nil {
		return Comment{}, err
	}
	c := Comment{
		ID: cmd.ID, Topic: t.ID, Community: t.Community, Path: t.Path, Author: author, Via: cmd.Via,
		Body: body, CreatedAt: s.now(),
	}
	if identity.Can(actor, identity.HoldTopic, t.Place()) != nil {
		c = c.screened(s.review(ctx, body))
	}
	return s.putComment(ctx, actor, t, c)
}

func (c Comment) screened(found Verdict) Comment {
	if found.Holds() {
		c.Hidden, c.Reason, c.Hits = true, found.Reason(), found.Words()
	}
	return c
}

func (s *Service) putComment(ctx context.Context, actor identity.Actor, t Topic, c Comment) (Comment, error) {
	data := Commented{About: t.about(), Comment: c.ID, By: actor.ID, ByName: c.Author.Name}
	if data.Excerpt = excerpt(c.Body); c.Hidden {
		data.Excerpt, data.Author = "", ""
	}
	_, err := s.comments.Put(ctx, string(c.ID), docstore.Absent, c, fact(TopicCommented, actor, c.CreatedAt, data))
	if !errors.Is(err, docstore.ErrConflict) {
		return c, err
	}
	first, _, err := s.comments.Get(ctx, string(c.ID))
	if err != nil {
		return Comment{}, fmt.Errorf("look up a comment sent twice: %w", err)
	}
	if first.Author.Account == c.Author.Account && first.Topic == c.Topic && first.Body == c.Body {
		return first, nil
	}
	return Comment{}, ErrTaken.With("comment", c.ID)
}
