package deliberation

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// CommentsPage is how many comments a page holds.
const CommentsPage = 30

// Topic returns a topic as the actor may see it.
func (s *Service) Topic(ctx context.Context, actor identity.Actor, id TopicID) (TopicView, error) {
	t, err := s.topic(ctx, actor, id, identity.ReadPublic)
	if err != nil {
		return TopicView{}, err
	}
	return sightOf(actor, t.Place()).view(t, s.now()), nil
}

// View returns what the actor sees of a topic a use case has just given back.
func (s *Service) View(actor identity.Actor, t Topic) TopicView {
	return sightOf(actor, t.Place()).view(t, s.now())
}

// Thread returns a topic with a page of its comments, oldest first.
func (s *Service) Thread(ctx context.Context, actor identity.Actor, id TopicID, after docstore.Cursor) (Thread, error) {
	t, err := s.topic(ctx, actor, id, identity.ReadPublic)
	if err != nil {
		return Thread{}, err
	}
	sight := sightOf(actor, t.Place())
	v := sight.view(t, s.now())
	if v.Masked {
		return Thread{Topic: v}, nil
	}
	found, next, err := s.comments.Find(ctx, docstore.Query{
		Index: byTopic, Equal: []any{string(id)}, Limit: CommentsPage, After: after,
	})
	if err != nil {
		return Thread{}, err
	}
	for i, c := range found {
		found[i] = c.redacted(actor.ID, sight.moderate)
	}
	return Thread{Topic: v, Comments: found, Next: next}, nil
}

// Comments returns the next page of a topic's comments.
func (s *Service) Comments(ctx context.Context, actor identity.Actor, id TopicID, after docstore.Cursor) ([]Comment, docstore.Cursor, error) {
	thread, err := s.Thread(ctx, actor, id, after)
	return thread.Comments, thread.Next, err
}

// MyTopics returns what the actor has posted anywhere, newest first.
func (s *Service) MyTopics(ctx context.Context, actor identity.Actor, after docstore.Cursor) (TopicPage, error) {
	if actor.ID == "" {
		return TopicPage{}, identity.ErrSignIn
	}
	return s.page(ctx, actor, docstore.Query{
		Index: byAuthor, Equal: []any{string(actor.ID)}, Desc: true, Limit: FeedPage, After: after,
	})
}
