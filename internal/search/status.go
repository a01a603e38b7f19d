package search

import (
	"context"
	"time"
)

// Status is how an index stands.
type Status struct {
	// Seq is the last event of the feed that was looked at.
	Seq int64
	// Unread is whether the feed holds more, and Behind how long ago, by the application's clock, the first of it happened.
	Unread bool
	Behind time.Duration
}

// Status returns how far behind the feed the index is.
func (x *Index) Status(ctx context.Context) (Status, error) {
	s := Status{Seq: x.place.Load()}
	next, err := x.o.Feed.Events(ctx, s.Seq, 1)
	if err != nil || len(next) == 0 {
		return s, err
	}
	s.Unread, s.Behind = true, max(x.o.Clock.Now().Sub(next[0].At), 0)
	return s, nil
}
