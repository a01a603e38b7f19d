package deliberation

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// PeriodPage is how many topics of a window one page looks at.
const PeriodPage = 50

// TopicsIn returns the topics posted in a window, the oldest first, of one board or with board "" of all. A page costs one
// seek and at most PeriodPage documents, however large the community is; it may be shorter than that and yet have a Next,
// because what the actor may not see is left out.
func (s *Service) TopicsIn(ctx context.Context, actor identity.Actor, in community.ID, w Window, board BoardKey, after docstore.Cursor) (TopicPage, error) {
	node, err := s.community(ctx, in)
	if err != nil {
		return TopicPage{}, err
	}
	if err := identity.Can(actor, identity.ReadCommunity, identity.At(node).On(string(board))); err != nil {
		return TopicPage{}, err
	}
	q := windowed(in, w, board)
	q.Limit, q.After = PeriodPage, after
	return s.page(ctx, actor, q)
}

// CountIn counts the topics posted in a window, whatever became of them, stopping at most. It tells nothing but a number and asks
// nobody's leave.
func (s *Service) CountIn(ctx context.Context, in community.ID, w Window, board BoardKey, most int) (int, error) {
	return s.topics.Count(ctx, windowed(in, w, board), most)
}

func windowed(in community.ID, w Window, board BoardKey) docstore.Query {
	q := docstore.Query{Index: byFeed, Equal: []any{string(in)}, From: w.From.UnixMilli(), To: w.To.UnixMilli()}
	if board != "" {
		q.Index, q.Equal = byBoard, []any{string(in), string(board)}
	}
	return q
}
