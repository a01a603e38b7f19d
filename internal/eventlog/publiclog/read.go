package publiclog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Line is an entry with its place.
type Line struct {
	Index int64
	Entry Entry
	// Body is the entry's bytes as they are hashed.
	Body string
	// Seq is the event's place in the feed, for the house only.
	Seq int64
}

// Read returns the entry of an index that the latest checkpoint covers, or ErrNotFound.
func (l *Log) Read(ctx context.Context, index int64) (Line, error) {
	list, err := l.Before(ctx, index+1, 1)
	if err != nil {
		return Line{}, err
	}
	if len(list) == 0 || list[0].Index != index {
		return Line{}, ErrNotFound
	}
	return list[0], nil
}

// Before returns entries with an index less than end, the latest first, at most limit of them and only what the latest
// checkpoint covers.
func (l *Log) Before(ctx context.Context, end int64, limit int) ([]Line, error) {
	c, err := l.Latest(ctx)
	if errors.Is(err, ErrEmpty) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []Line
	for end = min(end, c.Size); end > 0 && len(list) < limit; {
		n := (end - 1) / tileWidth
		b, _, err := l.bundles.Get(ctx, bundleID(n))
		if err != nil {
			return nil, fmt.Errorf("read entries before %d: %w", end, err)
		}
		for ; end > n*tileWidth && len(list) < limit; end-- {
			line, err := b.line(int(end - 1 - n*tileWidth))
			if err != nil {
				return nil, err
			}
			list = append(list, line)
		}
	}
	return list, nil
}

func (b bundle) line(i int) (Line, error) {
	l := Line{Index: b.N*tileWidth + int64(i), Body: b.Leaves[i].Body, Seq: b.Leaves[i].Seq}
	if err := json.Unmarshal([]byte(l.Body), &l.Entry); err != nil {
		return l, fmt.Errorf("read entry %d: %w", l.Index, err)
	}
	return l, nil
}
