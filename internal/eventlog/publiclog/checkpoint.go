package publiclog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"jushou/internal/docstore"
)

// EventCheckpoint tells that a checkpoint was signed. Its data is none, its document the checkpoint.
const EventCheckpoint = "log.checkpointed"

// Checkpoint is a signed statement of the log's size and root.
type Checkpoint struct {
	Size int64 `json:"size"`
	// Root is the root hash in base64.
	Root string `json:"root"`
	// Note is the signed note: what is published.
	Note string `json:"note"`
	// At is when it was signed. It is not part of the note: a note of one size is always the same.
	At time.Time `json:"at"`
}

func checkpoints(s docstore.Store) docstore.Table[Checkpoint] {
	return docstore.Table[Checkpoint]{Store: s, Kind: checkpointKind}
}

// signer is who says that a checkpoint was made.
const signer = "system:log"

// Publish signs the tree as it is stored, if it grew since the last checkpoint, and returns how many checkpoints it made: 0 or 1.
// It is a sweep: how often it runs bounds how many checkpoints there are and how late an entry is public.
func (l *Log) Publish(ctx context.Context) (int, error) {
	t, err := l.load(ctx)
	if err != nil {
		return 0, err
	}
	size := t.bundle.size()
	was, err := l.Latest(ctx)
	if errors.Is(err, ErrEmpty) {
		was, err = Checkpoint{}, nil
	}
	if err != nil || size <= was.Size {
		return 0, err
	}
	c, err := l.sign(ctx, t.bundle, size)
	if err != nil {
		return 0, err
	}
	_, err = l.checkpoints.Put(ctx, sizeID(size), docstore.Absent, c, docstore.Fact{Type: EventCheckpoint, Actor: signer, At: c.At})
	if errors.Is(err, docstore.ErrConflict) {
		return 0, nil // another process said the same
	}
	if err != nil {
		return 0, err
	}
	return 1, nil
}

// sign makes the checkpoint of the tree that ends with a bundle.
func (l *Log) sign(ctx context.Context, b bundle, size int64) (Checkpoint, error) {
	me, err := l.identity(ctx)
	if err != nil {
		return Checkpoint{}, err
	}
	root, err := b.root(size)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("root of the log at %d: %w", size, err)
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", me.origin, size, root)
	signed, err := note.Sign(&note.Note{Text: text}, me.signer)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("sign the log at %d: %w", size, err)
	}
	return Checkpoint{Size: size, Root: root.String(), Note: string(signed), At: l.c.Clock.Now()}, nil
}

// Latest returns the newest checkpoint, or ErrEmpty.
func (l *Log) Latest(ctx context.Context) (Checkpoint, error) {
	list, _, err := l.Checkpoints(ctx, 1, "")
	if err != nil {
		return Checkpoint{}, err
	}
	if len(list) == 0 {
		return Checkpoint{}, ErrEmpty
	}
	return list[0], nil
}

// At returns the checkpoint of a size, or ErrNotFound if none was signed at that size.
func (l *Log) At(ctx context.Context, size int64) (Checkpoint, error) {
	c, _, err := l.checkpoints.Get(ctx, sizeID(size))
	if errors.Is(err, docstore.ErrNotFound) {
		return c, ErrNotFound
	}
	return c, err
}

// Checkpoints returns checkpoints, the newest first, and where to go on ("" at the end).
func (l *Log) Checkpoints(ctx context.Context, limit int, after docstore.Cursor) ([]Checkpoint, docstore.Cursor, error) {
	return l.checkpoints.Find(ctx, docstore.Query{Index: docstore.ByID, Desc: true, Limit: limit, After: after})
}

// tree is the checkpoint as a tree to prove against.
func (c Checkpoint) tree() (tlog.Tree, error) {
	root, err := tlog.ParseHash(c.Root)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint of %d: %w", c.Size, err)
	}
	return tlog.Tree{N: c.Size, Hash: root}, nil
}
