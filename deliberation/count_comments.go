package deliberation

import (
	"context"
	"fmt"
	"time"

	"jushou/internal/docstore"
)

// maxComments is where counting a topic's comments stops.
const maxComments = 9999

// CountComments keeps a topic's comment count and last activity; the relay gives it every event, and
// it acts on topic.commented. It is right under at-least-once delivery, in any order, and by two relays at
// a time: it counts the comments there are instead of adding one, and remembers in the topic up to which
// place of the feed that count reaches. Of sixty-four comments at once the first event counts all that
// are there, and most of the others find themselves counted already.
func (s *Service) CountComments(ctx context.Context, e docstore.Event) error {
	if e.Type != TopicCommented {
		return nil
	}
	data, err := Decode[Commented](e)
	if err != nil {
		return err
	}
	t, _, err := s.topics.Get(ctx, string(data.Topic))
	if err != nil {
		return fmt.Errorf("count comments: %w", err)
	}
	if e.Seq <= t.CountedSeq {
		return nil
	}
	count, err := s.countComments(ctx, t, e)
	if err != nil {
		return err
	}
	_, err = s.topics.Update(ctx, string(t.ID), func(t *Topic) ([]docstore.Fact, error) { return t.counted(count) })
	return err
}

// commentCount is what the comments of a topic come to when the feed had reached seq.
type commentCount struct {
	seq  int64
	n    int
	last time.Time
	at   time.Time
}

// countComments reads the place in the feed before it counts, so that the count covers at least that place.
func (s *Service) countComments(ctx context.Context, t Topic, e docstore.Event) (commentCount, error) {
	head, err := s.store.Head(ctx, string(t.Community))
	if err != nil {
		return commentCount{}, fmt.Errorf("count comments: %w", err)
	}
	q := docstore.Query{Index: byTopic, Equal: []any{string(t.ID)}, Desc: true, Limit: 1}
	n, err := s.comments.Count(ctx, q, maxComments)
	if err != nil {
		return commentCount{}, err
	}
	newest, _, err := s.comments.Find(ctx, q)
	if err != nil {
		return commentCount{}, err
	}
	c := commentCount{seq: max(head, e.Seq), n: n, last: e.At, at: s.now()}
	for _, x := range newest {
		c.last = later(c.last, x.CreatedAt)
	}
	return c, nil
}

// counted takes over a count unless a later one is there. Its event carries no news: it
// moves the head of the feed, so that pages cached by it show the new count.
func (t *Topic) counted(c commentCount) ([]docstore.Fact, error) {
	if c.seq <= t.CountedSeq {
		return nil, docstore.ErrUnchanged
	}
	t.CountedSeq, t.Comments = c.seq, c.n
	t.LastActivity = later(t.LastActivity, c.last)
	return []docstore.Fact{fact(TopicCounted, counting, c.at, t.about())}, nil
}
