package deliberation

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// CommentTopic is a comment under a topic.
type CommentTopic struct {
	ID    CommentID // the form's token
	Topic TopicID
	Body  string
	Via   Via
	// ReplyTo is the comment that this one answers, "" for none. It then stands among that comment's replies.
	ReplyTo CommentID
	// Quote is a passage of ReplyTo, or of the topic where that is ""; "" for none.
	Quote string
}

// CommentTopic adds a comment. It writes only the comment; the topic's count follows from the event. A
// comment in which the reviewer finds something is kept, hidden, for staff to see.
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
	window, err := s.editWindow(ctx, t)
	if err != nil {
		return Comment{}, err
	}
	c := Comment{
		ID: cmd.ID, Topic: t.ID, Community: t.Community, Path: t.Path, Board: t.Board, Author: author, Via: cmd.Via,
		Body: body, CreatedAt: s.now(),
	}
	c.EditUntil, c.Place = c.CreatedAt.Add(window), c.key()
	told, err := s.join(ctx, t, &c, cmd)
	if err != nil {
		return Comment{}, err
	}
	if identity.Can(actor, identity.HoldTopic, t.Place()) != nil {
		c = c.screened(s.review(ctx, body))
	}
	return s.putComment(ctx, actor, t, c, told)
}

// join ties the comment to what it answers, quotes and calls, and returns the account that is answered.
func (s *Service) join(ctx context.Context, t Topic, c *Comment, cmd CommentTopic) (identity.AccountID, error) {
	said, name, told := t.Title+"\n"+t.Body, t.Author.Name, identity.AccountID("")
	if cmd.ReplyTo != "" {
		to, _, err := s.comments.Get(ctx, string(cmd.ReplyTo))
		if errors.Is(err, docstore.ErrNotFound) || err == nil && to.Topic != t.ID {
			return "", ErrNotFound.With("comment", cmd.ReplyTo)
		}
		if err != nil {
			return "", err
		}
		if !to.Shown() {
			return "", ErrCommentGone
		}
		top, _, _ := strings.Cut(to.place(), "/")
		c.Place = top + "/" + c.key()
		c.ReplyTo, c.ReplyToName, c.Parent = to.ID, to.Author.Name, to.ID
		if to.Parent != "" {
			c.Parent = to.Parent
		}
		said, name, told = to.Body, to.Author.Name, to.Author.Account
	}
	quote, err := newQuote(cmd.Quote, said)
	if err != nil {
		return "", err
	}
	if quote != "" {
		c.Quote = &Quote{Comment: cmd.ReplyTo, Name: name, Text: quote}
	}
	c.Mentions, err = s.mentions(ctx, t, c.Body)
	return told, err
}

// newQuote cleans a quotation and holds it against what was said: nobody is quoted with other words than their own.
func newQuote(quote, said string) (string, error) {
	quote = firstLines(Clean(quote))
	return quote, Joined(
		Within(quote, MaxQuote, errLongQuote),
		check(!strings.Contains(firstLines(said), quote), errQuote),
	)
}

func (s *Service) putComment(ctx context.Context, actor identity.Actor, t Topic, c Comment, told identity.AccountID) (Comment, error) {
	data := Commented{About: t.about(), Comment: c.ID, By: actor.ID, ByName: c.Author.Name, Held: c.Hidden}
	if c.Hidden {
		data.Author = ""
	} else {
		data.Excerpt, data.ReplyTo = Excerpt(c.Body), told
		for _, m := range c.Mentions {
			data.Mentions = append(data.Mentions, m.Account)
		}
	}
	_, err := s.comments.Put(ctx, string(c.ID), docstore.Absent, c, fact(TopicCommented, actor, c.CreatedAt, data))
	if !errors.Is(err, docstore.ErrConflict) {
		return c, err
	}
	first, _, err := s.comments.Get(ctx, string(c.ID))
	if err != nil {
		return Comment{}, fmt.Errorf("look up a comment sent twice: %w", err)
	}
	if first.Author.Account == c.Author.Account && first.Topic == c.Topic && first.original() == c.Body {
		return first, nil
	}
	return Comment{}, ErrTaken.With("comment", c.ID)
}

// original is what was first posted.
func (c Comment) original() string {
	if len(c.Versions) > 0 {
		return c.Versions[0].Body
	}
	return c.Body
}
