package deliberation

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ReleaseComment shows a hidden comment again.
type ReleaseComment struct {
	Comment CommentID
	// Seen is Comment.Seen as the page showed it; "" does not ask whether something has changed.
	Seen string
}

// ReleaseComment shows a comment that the word list or staff had hidden. Doing it twice changes nothing.
func (s *Service) ReleaseComment(ctx context.Context, actor identity.Actor, cmd ReleaseComment) (Comment, error) {
	return s.moderateComment(ctx, actor, cmd.Comment, cmd.Seen, false, "")
}

// HeldComments returns the comments of a community that the word list hid and nobody has looked at, newest first.
func (s *Service) HeldComments(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]Comment, docstore.Cursor, error) {
	node, err := s.community(ctx, in)
	if err != nil {
		return nil, "", err
	}
	if err := identity.Can(actor, identity.HoldTopic, identity.At(node)); err != nil {
		return nil, "", err
	}
	return s.comments.Find(ctx, docstore.Query{
		Index: byHeld, Equal: []any{string(in)}, Desc: true, Limit: DeskPage, After: after,
	})
}
