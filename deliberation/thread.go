package deliberation

import (
	"context"
	"errors"
	"slices"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// CommentsPage is how many comments a page holds.
const CommentsPage = 30

// above is how many comments stand before the one that a link names.
const above = 5

// ThreadQuery says which page of a thread is wanted; the zero value is the first. What a page costs does not
// depend on the length of the thread: every page is a stretch of one index.
type ThreadQuery struct {
	// After and Before are places that a page gave as Next and Prev.
	After, Before docstore.Cursor
	// At is a comment that the page is to show.
	At CommentID
	// Last is the page with the newest at its end.
	Last bool
}

// Topic returns a topic as the actor may see it.
func (s *Service) Topic(ctx context.Context, actor identity.Actor, id TopicID) (TopicView, error) {
	t, err := s.topic(ctx, actor, id, identity.ReadPublic)
	if err != nil {
		return TopicView{}, err
	}
	v := sightOf(actor, t).view(t, s.now())
	v.BoardName = s.boardName(ctx, t)
	return v, nil
}

// View returns what the actor sees of a topic a use case has just given back.
func (s *Service) View(actor identity.Actor, t Topic) TopicView {
	return sightOf(actor, t).view(t, s.now())
}

// Thread returns a topic with a page of its comments: each with its replies behind it, oldest first.
func (s *Service) Thread(ctx context.Context, actor identity.Actor, id TopicID, after docstore.Cursor) (Thread, error) {
	return s.ThreadPage(ctx, actor, id, ThreadQuery{After: after})
}

// ThreadPage returns a topic with the page of its comments that the query wants.
func (s *Service) ThreadPage(ctx context.Context, actor identity.Actor, id TopicID, q ThreadQuery) (Thread, error) {
	t, err := s.topic(ctx, actor, id, identity.ReadPublic)
	if err != nil {
		return Thread{}, err
	}
	sight := sightOf(actor, t)
	v := sight.view(t, s.now())
	v.BoardName = s.boardName(ctx, t)
	if v.Masked {
		return Thread{Topic: v}, nil
	}
	thread, err := s.stretch(ctx, id, q)
	if err != nil {
		return Thread{}, err
	}
	thread.Topic = v
	if err := s.unquote(ctx, thread.Comments, &thread); err != nil {
		return Thread{}, err
	}
	for i, c := range thread.Comments {
		thread.Comments[i] = c.redacted(actor.ID, sight.moderate)
	}
	if thread.Above != nil {
		top := thread.Above.redacted(actor.ID, sight.moderate)
		thread.Above = &top
	}
	return thread, nil
}

// stretch reads a page in the order of the thread.
func (s *Service) stretch(ctx context.Context, id TopicID, q ThreadQuery) (Thread, error) {
	switch {
	case q.At != "":
		c, _, err := s.comments.Get(ctx, string(q.At))
		if errors.Is(err, docstore.ErrNotFound) || err == nil && c.Topic != id {
			return Thread{}, ErrNotFound.With("comment", q.At)
		}
		if err != nil {
			return Thread{}, err
		}
		before, err := s.backwards(ctx, id, c.place(), above)
		if err != nil {
			return Thread{}, err
		}
		page, err := s.forwards(ctx, id, c.place(), CommentsPage-len(before.Comments))
		page.Comments, page.Prev = append(before.Comments, page.Comments...), before.Prev
		return page, err
	case q.Last:
		return s.backwards(ctx, id, "", CommentsPage)
	case q.Before != "":
		page, err := s.backwards(ctx, id, string(q.Before), CommentsPage)
		if n := len(page.Comments); n > 0 {
			page.Next = docstore.Cursor(page.Comments[n-1].place())
		}
		return page, err
	case q.After != "":
		page, err := s.forwards(ctx, id, behind(string(q.After)), CommentsPage)
		if len(page.Comments) > 0 {
			page.Prev = docstore.Cursor(page.Comments[0].place())
		}
		return page, err
	}
	return s.forwards(ctx, id, "", CommentsPage)
}

func (s *Service) forwards(ctx context.Context, id TopicID, from string, limit int) (Thread, error) {
	q := docstore.Query{Index: byPlace, Equal: []any{string(id)}, Limit: limit}
	if from != "" {
		q.From = from
	}
	found, more, err := s.comments.Find(ctx, q)
	page := Thread{Comments: found}
	if more != "" && len(found) > 0 {
		page.Next = docstore.Cursor(found[len(found)-1].place())
	}
	return page, err
}

func (s *Service) backwards(ctx context.Context, id TopicID, to string, limit int) (Thread, error) {
	q := docstore.Query{Index: byPlace, Equal: []any{string(id)}, Limit: limit, Desc: true}
	if to != "" {
		q.To = to
	}
	found, more, err := s.comments.Find(ctx, q)
	slices.Reverse(found)
	page := Thread{Comments: found}
	if more != "" && len(found) > 0 {
		page.Prev = docstore.Cursor(found[0].place())
	}
	return page, err
}

// unquote takes out quotations of what is not shown any more, and finds the comment above replies that a page
// begins with, all in one read.
func (s *Service) unquote(ctx context.Context, found []Comment, page *Thread) error {
	var ids []string
	for _, c := range found {
		if c.Quote != nil && c.Quote.Comment != "" {
			ids = append(ids, string(c.Quote.Comment))
		}
	}
	orphan := page != nil && len(found) > 0 && found[0].Parent != ""
	if orphan {
		ids = append(ids, string(found[0].Parent))
	}
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	said, err := s.comments.GetMany(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	for i, c := range found {
		if c.Quote != nil && c.Quote.Comment != "" && !said[string(c.Quote.Comment)].Shown() {
			gone := *c.Quote
			gone.Text = ""
			found[i].Quote = &gone
		}
	}
	if top, ok := said[string(found[0].Parent)]; orphan && ok {
		page.Above = &top
	}
	return nil
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
