package deliberation

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// FeedPage is how many topics a page of a feed holds.
const FeedPage = 20

// Feed returns a community's topics, newest first, of one board or with board "" of all. Who is not a
// member gets the public notices of the notice boards; another board is refused with what to do. A page may
// be shorter than FeedPage and yet have a Next, because held topics are left out.
func (s *Service) Feed(ctx context.Context, actor identity.Actor, in community.ID, board BoardKey, after docstore.Cursor) (TopicPage, error) {
	node, err := s.community(ctx, in)
	if err != nil {
		return TopicPage{}, err
	}
	if board != "" {
		if _, err := s.board(node, board); err != nil {
			return TopicPage{}, err
		}
	}
	if err := identity.Can(actor, identity.ReadCommunity, identity.At(node).On(string(board))); err != nil {
		return s.notices(ctx, actor, node, board, after, err)
	}
	q := docstore.Query{Index: byFeed, Equal: []any{string(in)}, Desc: true, Limit: FeedPage, After: after}
	if board != "" {
		q.Index, q.Equal = byBoard, []any{string(in), string(board)}
	}
	return s.page(ctx, actor, q)
}

// notices is the feed of whoever is not a member; refusal is what they get for the other boards.
func (s *Service) notices(ctx context.Context, actor identity.Actor, node community.Node, board BoardKey, after docstore.Cursor, refusal error) (TopicPage, error) {
	if b, err := s.knownBoard(node, board); board != "" && (err != nil || !b.Official()) {
		return TopicPage{}, refusal
	}
	if err := identity.Can(actor, identity.ReadPublic, identity.At(node)); err != nil {
		return TopicPage{}, err
	}
	page, err := s.page(ctx, actor, docstore.Query{
		Index: byPublic, Equal: []any{string(node.ID)}, Desc: true, Limit: FeedPage, After: after,
	})
	page.PublicOnly = true
	if board == "" {
		return page, err
	}
	var kept []TopicView
	for _, v := range page.Items {
		if v.Board == board {
			kept = append(kept, v)
		}
	}
	page.Items = kept
	return page, err
}

// page runs a query and shows the actor what they may see of it.
func (s *Service) page(ctx context.Context, actor identity.Actor, q docstore.Query) (TopicPage, error) {
	found, next, err := s.topics.Find(ctx, q)
	if err != nil {
		return TopicPage{}, err
	}
	return TopicPage{Items: s.views(ctx, actor, found), Next: next, Whose: whose(found)}, nil
}
