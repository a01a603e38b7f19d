package publiclog

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/docstore"
)

// Proof shows that an entry is in the tree of a checkpoint: hash the entry, then hash it with each of Hashes from the leaf up,
// and the checkpoint's root comes out (RFC 6962, 2.1.1).
type Proof struct {
	Index      int64
	Leaf       string   // the entry's hash in base64
	Hashes     []string // in base64, from the leaf up
	Checkpoint Checkpoint
}

// Prove returns the proof of an entry in the latest checkpoint; ErrNotFound if that does not cover it yet.
func (l *Log) Prove(ctx context.Context, index int64) (Proof, error) {
	c, err := l.Latest(ctx)
	if errors.Is(err, ErrEmpty) || err == nil && (index < 0 || index >= c.Size) {
		return Proof{}, ErrNotFound
	}
	if err != nil {
		return Proof{}, err
	}
	tree, err := c.tree()
	if err != nil {
		return Proof{}, err
	}
	s := &shelf{ctx: ctx, log: l, size: c.Size}
	leaf, err := s.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	if err != nil {
		return Proof{}, fmt.Errorf("read the hash of entry %d: %w", index, err)
	}
	proof, err := tlog.ProveRecord(c.Size, index, s)
	if err != nil {
		return Proof{}, fmt.Errorf("prove entry %d: %w", index, err)
	}
	// The proof itself is held against the root: that is a dozen hashes, where to confirm whole tiles would be thousands.
	if err := tlog.CheckRecord(proof, c.Size, tree.Hash, index, leaf[0]); err != nil {
		l.known.forget()
		return Proof{}, fmt.Errorf("entry %d is not in the tree of its own checkpoint: %w", index, err)
	}
	return Proof{Index: index, Leaf: leaf[0].String(), Hashes: texts(proof), Checkpoint: c}, nil
}

// hashes reads hashes of a checkpoint's tree, each checked against its root on the way.
func (l *Log) hashes(ctx context.Context, c Checkpoint) (tlog.HashReader, error) {
	tree, err := c.tree()
	if err != nil {
		return nil, err
	}
	return tlog.TileHashReader(tree, &shelf{ctx: ctx, log: l, size: c.Size}), nil
}

// Consistency returns the hashes that show that the tree of the latest checkpoint begins with the tree of an earlier size
// (RFC 6962, 2.1.2), in base64. size is 1 to that of the checkpoint; other sizes are ErrNotFound.
func (l *Log) Consistency(ctx context.Context, size int64) ([]string, Checkpoint, error) {
	c, err := l.Latest(ctx)
	if errors.Is(err, ErrEmpty) || err == nil && (size < 1 || size > c.Size) {
		return nil, Checkpoint{}, ErrNotFound
	}
	if err != nil {
		return nil, Checkpoint{}, err
	}
	reader, err := l.hashes(ctx, c)
	if err != nil {
		return nil, Checkpoint{}, err
	}
	proof, err := tlog.ProveTree(c.Size, size, reader)
	if err != nil {
		return nil, Checkpoint{}, fmt.Errorf("prove that %d grew from %d: %w", c.Size, size, err)
	}
	return texts(proof), c, nil
}

func texts[H ~[]tlog.Hash](list H) []string {
	all := make([]string, len(list))
	for i, h := range list {
		all[i] = h.String()
	}
	return all
}

// IndexOf returns where the event of a place in the feed was entered. ErrNotFound means that it was not, or not yet.
func (l *Log) IndexOf(ctx context.Context, seq int64) (int64, error) {
	list, _, err := l.bundles.Find(ctx, docstore.Query{Index: "last", From: seq, Limit: 1})
	if err != nil {
		return 0, err
	}
	for _, b := range list {
		for i, leaf := range b.Leaves {
			if leaf.Seq == seq {
				return b.N*tileWidth + int64(i), nil
			}
		}
	}
	return 0, ErrNotFound
}
