package deliberation

import (
	"context"
	"errors"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// EditComment replaces the text of one's own comment.
type EditComment struct {
	Comment  CommentID
	Revision int // Comment.Revision as the form saw it
	Body     string
}

// EditComment changes one's own comment while there is time for it. Whom it calls is told no second time.
func (s *Service) EditComment(ctx context.Context, actor identity.Actor, cmd EditComment) (Comment, error) {
	c, t, err := s.ownComment(ctx, actor, cmd.Comment)
	if err != nil {
		return Comment{}, err
	}
	if err := identity.Can(actor, identity.CommentTopic, t.Place()); err != nil {
		return Comment{}, err
	}
	body := Clean(cmd.Body)
	if err := Joined(check(body == "", errNoWords), Within(body, MaxComment, errComment)); err != nil {
		return Comment{}, err
	}
	var found Verdict
	if identity.Can(actor, identity.HoldTopic, t.Place()) != nil {
		found = s.review(ctx, body)
	}
	now := s.now()
	return s.comments.Update(ctx, string(c.ID), func(c *Comment) ([]docstore.Fact, error) {
		if err := c.Edit(body, cmd.Revision, found, now); err != nil {
			return nil, err
		}
		return []docstore.Fact{fact(CommentEdited, actor, now, CommentStep{About: t.about(), Comment: c.ID, By: c.Author.Account, Held: c.Hidden})}, nil
	})
}

// WithdrawComment takes one's own comment back; the place stays. Doing it twice changes nothing.
func (s *Service) WithdrawComment(ctx context.Context, actor identity.Actor, id CommentID) (Comment, error) {
	c, t, err := s.ownComment(ctx, actor, id)
	if err != nil {
		return Comment{}, err
	}
	now := s.now()
	return s.comments.Update(ctx, string(c.ID), func(c *Comment) ([]docstore.Fact, error) {
		if c.Withdrawn {
			return nil, docstore.ErrUnchanged
		}
		c.Withdrawn = true
		return []docstore.Fact{fact(CommentWithdrawn, actor, now, CommentStep{About: t.about(), Comment: c.ID, By: c.Author.Account})}, nil
	})
}

// ownComment returns a comment of the actor's and its topic.
func (s *Service) ownComment(ctx context.Context, actor identity.Actor, id CommentID) (Comment, Topic, error) {
	if !actor.Known() {
		return Comment{}, Topic{}, identity.ErrSignIn
	}
	c, t, err := s.comment(ctx, actor, id)
	if err == nil && !c.IsAuthor(actor.ID) {
		return Comment{}, Topic{}, ErrNotAuthor
	}
	return c, t, err
}

// comment returns a comment whose topic the actor may read, as it is stored.
func (s *Service) comment(ctx context.Context, actor identity.Actor, id CommentID) (Comment, Topic, error) {
	c, _, err := s.comments.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Comment{}, Topic{}, ErrNotFound.With("comment", id)
	}
	if err != nil {
		return Comment{}, Topic{}, err
	}
	t, err := s.topic(ctx, actor, c.Topic, identity.ReadPublic)
	return c, t, err
}

// Comment returns a comment as the actor may see it, with its topic.
func (s *Service) Comment(ctx context.Context, actor identity.Actor, id CommentID) (Comment, TopicView, error) {
	c, t, err := s.comment(ctx, actor, id)
	if err != nil {
		return Comment{}, TopicView{}, err
	}
	sight := sightOf(actor, t)
	v := sight.view(t, s.now())
	if v.Masked {
		return Comment{}, TopicView{}, ErrNotFound.With("comment", id)
	}
	shown := []Comment{c}
	if err := s.unquote(ctx, shown, nil); err != nil {
		return Comment{}, TopicView{}, err
	}
	return shown[0].redacted(actor.ID, sight.moderate), v, nil
}
