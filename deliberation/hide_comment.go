package deliberation

import (
	"context"
	"errors"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// HideComment takes a comment's text out of sight.
type HideComment struct {
	Comment CommentID
	Reason  string // needed; shown in its place
	// Seen is Comment.Seen as the page showed it; "" does not ask whether something has changed.
	Seen string
}

// ErrDecidedMeanwhile means that what a moderator decides about has changed since the page was opened.
var ErrDecidedMeanwhile = fault.New(fault.Conflict, "moderation.stale")

// HideComment hides a comment. Doing it twice changes nothing.
func (s *Service) HideComment(ctx context.Context, actor identity.Actor, cmd HideComment) (Comment, error) {
	reason, err := NewReason(cmd.Reason)
	if err := Joined(err, check(reason == "", errReason)); err != nil {
		return Comment{}, err
	}
	return s.moderateComment(ctx, actor, cmd.Comment, cmd.Seen, true, reason)
}

// moderateComment hides or shows a comment of a topic the actor may moderate.
func (s *Service) moderateComment(ctx context.Context, actor identity.Actor, id CommentID, seen string, hide bool, reason string) (Comment, error) {
	c, _, err := s.comments.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Comment{}, ErrNotFound.With("comment", id)
	}
	if err != nil {
		return Comment{}, err
	}
	t, err := s.topic(ctx, actor, c.Topic, identity.HoldTopic)
	if err != nil {
		return Comment{}, err
	}
	now := s.now()
	return s.comments.Update(ctx, string(id), func(c *Comment) ([]docstore.Fact, error) {
		switch {
		case c.Hidden == hide && c.ModeratedBy == actor.ID: // a double tap
			return nil, docstore.ErrUnchanged
		case seen != "" && seen != c.Seen():
			return nil, ErrDecidedMeanwhile
		case c.Hidden == hide && !c.unseen(), c.Withdrawn:
			return nil, docstore.ErrUnchanged
		case !hide && c.ModeratedBy != "" && c.IsAuthor(actor.ID) && c.ModeratedBy != actor.ID:
			return nil, ErrOwnAffair
		}
		what := CommentReleased
		if c.Hidden, c.Reason = hide, reason; hide {
			what = CommentHidden
		}
		c.ModeratedBy, c.ModeratedAt = actor.ID, now
		return []docstore.Fact{fact(what, actor, now, CommentModerated{
			About: t.about(), Comment: c.ID, By: c.Author.Account, Reason: reason,
		})}, nil
	})
}
