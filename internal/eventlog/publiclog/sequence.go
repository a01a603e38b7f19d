package publiclog

import (
	"context"
	"errors"
	"fmt"

	"jushou/internal/docstore"
)

// readAtOnce is how many events one step of sequencing reads.
const readAtOnce = 500

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

// reach reads the feed until it has come to a place.
func (l *Log) reach(ctx context.Context, seq int64) error {
	if l.last == nil {
		t, err := l.load(ctx)
		if err != nil {
			return err
		}
		l.last = &t
	}
	for l.last.through < seq {
		if err := l.step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// step reads one stretch of the feed and enters what is public of it.
func (l *Log) step(ctx context.Context) error {
	events, err := l.c.Store.Events(ctx, l.last.through, readAtOnce)
	if err != nil {
		return fmt.Errorf("read the feed after %d: %w", l.last.through, err)
	}
	if len(events) == 0 {
		return fmt.Errorf("publiclog: the feed ends at %d, before the event to follow", l.last.through)
	}
	leaves, err := l.leaves(ctx, events)
	if err != nil {
		return err
	}
	return l.append(ctx, leaves, events[len(events)-1].Seq)
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
		return tail{bundle: b.next(), through: b.Through}, nil
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

// append writes the entries, a bundle at a time, each commit with the place in the feed that it reaches.
func (l *Log) append(ctx context.Context, leaves []leaf, through int64) error {
	for len(leaves) > 0 {
		b := l.last.bundle
		n := min(tileWidth-len(b.Leaves), len(leaves))
		b.Leaves = append(b.Leaves[:len(b.Leaves):len(b.Leaves)], leaves[:n]...)
		b.Through = b.Leaves[len(b.Leaves)-1].Seq
		if leaves = leaves[n:]; len(leaves) == 0 {
			b.Through = through
		}
		if err := l.commit(ctx, b); err != nil {
			return err
		}
	}
	l.last.through = through
	return nil
}

// commit writes the last bundle at the version that was read, or as a new one that must not exist.
func (l *Log) commit(ctx context.Context, b bundle) error {
	version, err := l.bundles.Put(ctx, bundleID(b.N), docstore.Want(l.last.version), b)
	if errors.Is(err, docstore.ErrConflict) {
		return fmt.Errorf("another process is sequencing the log: %w", err)
	}
	if err != nil {
		return err
	}
	l.last = &tail{bundle: b, version: version, through: b.Through}
	if !b.full() {
		return nil
	}
	l.last = &tail{bundle: b.next(), through: b.Through}
	return l.shelve(ctx, b)
}

// shelve puts the tiles of hashes that a full bundle completes on their shelf. What a crash leaves out is computed from the bundle
// whenever it is asked for.
func (l *Log) shelve(ctx context.Context, b bundle) error {
	for level, row := range b.completes() {
		if _, err := l.shelves.Put(ctx, tileID(level, b.N>>(tileHeight*level)), docstore.Any, fullTile{row}); err != nil {
			return err
		}
	}
	return nil
}
