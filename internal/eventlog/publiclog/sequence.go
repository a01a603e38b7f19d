package publiclog

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"

	"jushou/internal/docstore"
)

// tail is the last bundle as this process knows it.
type tail struct {
	bundle  bundle
	version int64 // 0 if it is not stored yet
	through int64 // how far the feed was read; past bundle.Through where nothing was to be entered
}

// Follow enters the event and everything before it, and as much as there is behind it. It is a relay's handler: an event that
// comes again, early or late, changes nothing, because the log knows how far it has read.
func (l *Log) Follow(ctx context.Context, e docstore.Event) error {
	l.sequencing.Lock()
	defer l.sequencing.Unlock()
	err := l.reach(ctx, e.Seq)
	if err != nil {
		l.last = nil // whatever came of the write: the store says
	}
	return err
}

// reach reads the feed until it has come to a place. Three hands work one behind another, because a log that catches up on
// years has a million entries: one reads and makes entries, one stores bundles, one shelves their tiles.
func (l *Log) reach(ctx context.Context, seq int64) error {
	if l.last == nil {
		t, err := l.load(ctx)
		if err != nil {
			return err
		}
		l.last = &t
	}
	from := l.last.through
	if from >= seq {
		return nil
	}
	stretches, full := make(chan stretch, 1), make(chan hashed, 1)
	hands, handsCtx := errgroup.WithContext(ctx)
	hands.Go(func() error { defer close(stretches); return l.read(handsCtx, from, seq, stretches) })
	hands.Go(func() error { defer close(full); return l.enter(handsCtx, stretches, full) })
	hands.Go(func() error { return l.shelve(handsCtx, full) })
	return hands.Wait()
}

// stretch is what is public of a part of the feed.
type stretch struct {
	leaves  []leaf
	through int64
}

// send gives v to the next hand, or returns why the work has ended.
func send[T any](ctx context.Context, to chan<- T, v T) error {
	select {
	case to <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// read reads the feed from behind one place to another and makes the entries.
func (l *Log) read(ctx context.Context, from, to int64, stretches chan<- stretch) error {
	for from < to {
		events, err := l.c.Store.Events(ctx, from, docstore.MaxLimit)
		if err != nil {
			return fmt.Errorf("read the feed after %d: %w", from, err)
		}
		if len(events) == 0 {
			return fmt.Errorf("publiclog: the feed ends at %d, before the event to follow", from)
		}
		from = events[len(events)-1].Seq
		leaves, err := l.leaves(ctx, events)
		if err != nil {
			return err
		}
		if err := send(ctx, stretches, stretch{leaves, from}); err != nil {
			return err
		}
	}
	return nil
}

// load reads the last bundle from the store.
func (l *Log) load(ctx context.Context) (tail, error) {
	page, err := l.c.Store.Find(ctx, docstore.Query{Kind: bundleKind, Index: docstore.ByID, Desc: true, Limit: 1})
	if err != nil {
		return tail{}, fmt.Errorf("find the log's last bundle: %w", err)
	}
	if len(page.Docs) == 0 {
		return tail{}, nil
	}
	b, version, err := l.bundles.Get(ctx, page.Docs[0].ID)
	if err != nil {
		return tail{}, err
	}
	if b.full() {
		return tail{bundle: b.hash().next(), through: b.Through}, nil
	}
	return tail{bundle: b, version: version, through: b.Through}, nil
}

// leaves makes the entries of those events that are public.
func (l *Log) leaves(ctx context.Context, events []docstore.Event) ([]leaf, error) {
	me, err := l.identity(ctx)
	if err != nil {
		return nil, err
	}
	docs, err := l.documents(ctx, events)
	if err != nil {
		return nil, err
	}
	n := newNotary(l.book, me.secret)
	var list []leaf
	for _, e := range events {
		body, ok, err := n.entry(e, docs[e.Doc])
		if err != nil {
			// What cannot be entered now never can: it is loud, and the log goes on for everybody else.
			l.c.Log.Error("event is missing in the public log", "event", e.ID, "type", e.Type, "err", err)
			continue
		}
		if ok {
			list = append(list, leaf{Seq: e.Seq, Body: string(body)})
		}
	}
	return list, nil
}

// documents reads the documents that acts ask for.
func (l *Log) documents(ctx context.Context, events []docstore.Event) (map[docstore.Key]docstore.Doc, error) {
	found := map[docstore.Key]docstore.Doc{}
	var keys []docstore.Key
	for _, e := range events {
		if _, twice := found[e.Doc]; l.book[e.Type].Doc && !twice {
			found[e.Doc] = docstore.Doc{}
			keys = append(keys, e.Doc)
		}
	}
	if len(keys) == 0 {
		return found, nil
	}
	docs, err := l.c.Store.GetMany(ctx, keys)
	if err != nil {
		return nil, fmt.Errorf("read what events are about: %w", err)
	}
	for _, d := range docs {
		found[d.Key] = d
	}
	return found, nil
}

// enter stores the entries: each bundle once it is full, and in the end the one that is not.
func (l *Log) enter(ctx context.Context, stretches <-chan stretch, full chan<- hashed) error {
	last := *l.last
	stored := last.bundle.size()
	for s := range stretches {
		for leaves := s.leaves; len(leaves) > 0; {
			b := &last.bundle
			n := min(tileWidth-len(b.Leaves), len(leaves))
			b.Leaves, leaves = append(b.Leaves, leaves[:n]...), leaves[n:]
			if b.Through = b.Leaves[len(b.Leaves)-1].Seq; len(leaves) == 0 {
				b.Through = s.through
			}
			if !b.full() {
				break
			}
			if _, err := l.commit(ctx, last); err != nil {
				return err
			}
			done := b.hash()
			last = tail{bundle: done.next()}
			stored = last.bundle.size()
			if err := send(ctx, full, done); err != nil {
				return err
			}
		}
		last.through = s.through
	}
	if last.bundle.size() > stored {
		var err error
		if last.version, err = l.commit(ctx, last); err != nil {
			return err
		}
	}
	l.last = &last
	return nil
}

// commit writes the last bundle at the version that was read, or as a new one that must not exist, and returns its version.
func (l *Log) commit(ctx context.Context, t tail) (int64, error) {
	version, err := l.bundles.Put(ctx, bundleID(t.bundle.N), docstore.Want(t.version), t.bundle)
	if errors.Is(err, docstore.ErrConflict) {
		return 0, fmt.Errorf("another process is sequencing the log: %w", err)
	}
	return version, err
}

// shelve puts the tiles of hashes that full bundles complete on their shelf. What a crash leaves out is computed from the bundle
// whenever it is asked for.
func (l *Log) shelve(ctx context.Context, full <-chan hashed) error {
	for b := range full {
		for level, row := range b.completes() {
			if _, err := l.shelves.Put(ctx, tileID(level, b.N>>(tileHeight*level)), docstore.Any, fullTile{row}); err != nil {
				return err
			}
		}
	}
	return nil
}
