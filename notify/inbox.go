package notify

import (
	"context"
	"errors"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// PageSize is how many notices one page of the inbox holds.
const PageSize = 20

// mostUnread is where counting stops: a badge says "99+" long before.
const mostUnread = 100

// Inbox returns the actor's notices, newest first.
func (s *Service) Inbox(ctx context.Context, actor identity.Actor, after docstore.Cursor) ([]Notice, docstore.Cursor, error) {
	if actor.ID == "" {
		return nil, "", identity.ErrSignIn
	}
	return s.notices.Find(ctx, docstore.Query{
		Index: "inbox", Equal: []any{string(actor.ID)}, Desc: true, Limit: PageSize, After: after,
	})
}

// Unread counts the actor's unread notices, up to 100.
func (s *Service) Unread(ctx context.Context, actor identity.Actor) (int, error) {
	if actor.ID == "" {
		return 0, nil
	}
	return s.notices.Count(ctx, docstore.Query{Index: "unread", Equal: []any{string(actor.ID)}}, mostUnread)
}

// MarkRead records that the actor opened the notice and returns it. Somebody else's notice is not
// found.
func (s *Service) MarkRead(ctx context.Context, actor identity.Actor, id ID) (Notice, error) {
	return s.notices.Update(ctx, string(id), func(n *Notice) ([]docstore.Fact, error) {
		if n.Person != actor.ID || actor.ID == "" {
			return nil, docstore.ErrNotFound
		}
		if !n.ReadAt.IsZero() {
			return nil, docstore.ErrUnchanged
		}
		n.ReadAt = s.clock.Now()
		return nil, nil
	})
}

// MarkAllRead marks everything unread as read, up to one page of the index at a time, and returns how
// many there were.
func (s *Service) MarkAllRead(ctx context.Context, actor identity.Actor) (int, error) {
	if actor.ID == "" {
		return 0, identity.ErrSignIn
	}
	done := 0
	for {
		page, _, err := s.notices.Find(ctx, docstore.Query{Index: "unread", Equal: []any{string(actor.ID)}, Limit: 200})
		if err != nil || len(page) == 0 {
			return done, err
		}
		for _, n := range page {
			if _, err := s.MarkRead(ctx, actor, n.ID); err != nil && !errors.Is(err, docstore.ErrNotFound) {
				return done, err
			}
			done++
		}
	}
}
