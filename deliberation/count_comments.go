package deliberation

import (
	"context"
	"fmt"
	"time"

	"jushou/internal/docstore"
)

// maxComments is where counting a topic's comments from the beginning stops.
const maxComments = 999_999

// After so many comments that are counted each time, the older ones are taken into the base. What is younger than
// settling stays out of it, because a comment may be written a moment after the instant it carries.
const (
	countedAnew = 200
	settling    = 10 * time.Second
)

// CountComments keeps a topic's comment count and last activity; the relay gives it every event, and
// it acts on topic.commented. It is right under at-least-once delivery, in any order, and by two relays at
// a time: it counts the comments there are instead of adding one, and remembers in the topic up to which
// place of the feed that count reaches. Of sixty-four comments at once the first event counts all that
// are there, and most of the others find themselves counted already.
//
// What a count costs does not grow with the thread: it counts those since an instant kept in the topic on top of a
// number kept with it. An event that is older than that instant was not in the number, so everything is counted
// anew; that happens when a clock is set back, and never loses a comment.
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

// commentCount is what the comments of a topic come to when the feed had reached seq. base of them are from before
// from.
type commentCount struct {
	seq  int64
	n    int
	base int
	from time.Time
	last time.Time
	at   time.Time
}

// countComments reads the place in the feed before it counts, so that the count covers at least that place.
func (s *Service) countComments(ctx context.Context, t Topic, e docstore.Event) (commentCount, error) {
	head, err := s.store.Head(ctx, string(t.Community))
	if err != nil {
		return commentCount{}, fmt.Errorf("count comments: %w", err)
	}
	c := commentCount{seq: max(head, e.Seq), base: t.CountedBase, from: t.CountedFrom, last: e.At, at: s.now()}
	if e.At.Before(c.from) {
		c.base, c.from = 0, time.Time{}
	}
	q := docstore.Query{Index: byTopic, Equal: []any{string(t.ID)}, Desc: true, Limit: 1}
	newest, _, err := s.comments.Find(ctx, q)
	if err != nil {
		return commentCount{}, err
	}
	for _, x := range newest {
		c.last = later(c.last, x.CreatedAt)
	}
	q.From = c.from.UnixMilli()
	anew, err := s.comments.Count(ctx, q, maxComments)
	if err != nil {
		return commentCount{}, err
	}
	c.n = min(c.base+anew, maxComments)
	if anew > countedAnew {
		err = s.settle(ctx, &c, q)
	}
	return c, err
}

// settle moves the instant up to which comments are in the base.
func (s *Service) settle(ctx context.Context, c *commentCount, q docstore.Query) error {
	until := c.last.Add(-settling)
	if !until.After(c.from) {
		return nil
	}
	q.To = until.UnixMilli()
	older, err := s.comments.Count(ctx, q, maxComments)
	c.base, c.from = c.base+older, until
	return err
}

// counted takes over a count unless a later one is there. Its event carries no news: it
// moves the head of the feed, so that pages cached by it show the new count.
func (t *Topic) counted(c commentCount) ([]docstore.Fact, error) {
	if c.seq <= t.CountedSeq {
		return nil, docstore.ErrUnchanged
	}
	t.CountedSeq, t.Comments = c.seq, c.n
	t.CountedBase, t.CountedFrom = c.base, c.from
	t.LastActivity = later(t.LastActivity, c.last)
	return []docstore.Fact{fact(TopicCounted, counting, c.at, t.about())}, nil
}
