package search

import (
	"context"
	"fmt"
	"time"

	"zombiezen.com/go/sqlite/sqlitex"
)

// FTS5 writes what is new beside what is there. While nothing else is to be done, such pieces are merged, a few pages at
// a time, so that a query looks in few places.
const (
	mergePages = 64
	mergeRest  = 5 // times as long as a merge took
)

// tidy merges until nothing is left to merge, something new is to be read, or ctx ends.
func (x *Index) tidy(ctx context.Context) error {
	for ctx.Err() == nil && x.untidy.Load() {
		began := time.Now()
		if err := x.merge(); err != nil {
			return err
		}
		nap(ctx, mergeRest*time.Since(began), nil)
		if head, err := x.o.Feed.Head(ctx, ""); err != nil || head > x.place.Load() {
			return err
		}
	}
	return nil
}

// merge does one step. FTS5 says that nothing was left by changing fewer than two rows.
func (x *Index) merge() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.closed {
		return errUnavailable
	}
	before := x.changes()
	if err := exec(x.writer, "INSERT INTO words (words, rank) VALUES ('merge', ?)", mergePages); err != nil {
		return fmt.Errorf("merge the index: %w", err)
	}
	x.untidy.Store(x.changes()-before >= 2)
	return nil
}

// changes counts the rows that the writer has written since it was opened.
func (x *Index) changes() int64 {
	n, err := sqlitex.ResultInt64(x.writer.Prep("SELECT total_changes()"))
	if err != nil {
		return 0
	}
	return n
}
