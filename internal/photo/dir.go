package photo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"

	"jushou/internal/ids"
)

// Dir keeps pictures as files:
//
//	{dir}/{last two characters of the id}/{id}.{variant}.jpg
//	{dir}/tmp/…                                   being written
//
// The last characters of an id are random, so a million photos spread over 1024 folders; the first
// are the time and would all meet in one. Ids are checked before they become a path, and os.Root keeps
// even a mistake there inside the folder.
type Dir struct {
	root *os.Root
}

var _ Store = (*Dir)(nil)

const (
	tmp = "tmp"
	// staleAfter is the age at which a file in tmp is what a crash left behind. A replica that shares the
	// folder may be writing a younger one.
	staleAfter = time.Hour
)

// OpenDir opens the folder, makes it where missing, and removes what an interrupted Put left in it
// more than an hour before now.
func OpenDir(dir string, now time.Time) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("photo: make folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("photo: open folder: %w", err)
	}
	d := &Dir{root: root}
	if err := d.tidy(now); err != nil {
		root.Close()
		return nil, fmt.Errorf("photo: tidy %s: %w", tmp, err)
	}
	return d, nil
}

// Close releases the folder.
func (d *Dir) Close() error { return d.root.Close() }

func (d *Dir) tidy(now time.Time) error {
	if err := d.root.MkdirAll(tmp, 0o750); err != nil {
		return err
	}
	entries, err := fs.ReadDir(d.root.FS(), tmp)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && now.Sub(info.ModTime()) < staleAfter {
			continue
		}
		if err := d.root.Remove(path.Join(tmp, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Put implements Store: written aside, synced, renamed, and the folder synced, so that a name never
// shows half a picture.
func (d *Dir) Put(ctx context.Context, id string, v Variant, jpeg []byte) error {
	if err := check(ctx, id, v); err != nil {
		return err
	}
	if err := d.put(id, v, jpeg); err != nil {
		return refusal(err).With("id", id)
	}
	return nil
}

func (d *Dir) put(id string, v Variant, jpeg []byte) error {
	// A second writer of the same picture gets a file of its own: the later rename wins, whole.
	aside := path.Join(tmp, id+"."+string(v)+"."+ids.New(time.Time{})[10:])
	f, err := d.root.OpenFile(aside, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	if err := fill(f, jpeg); err != nil {
		d.root.Remove(aside) // the first error is the one that tells; tidy takes what stays
		return err
	}
	if err := d.root.MkdirAll(shard(id), 0o750); err != nil {
		d.root.Remove(aside)
		return err
	}
	if err := d.root.Rename(aside, name(id, v)); err != nil {
		d.root.Remove(aside)
		return err
	}
	return errors.Join(d.sync(shard(id)), d.sync("."))
}

// fill writes, syncs and closes f.
func fill(f *os.File, data []byte) error {
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (d *Dir) sync(folder string) error {
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// Open implements Store.
func (d *Dir) Open(ctx context.Context, id string, v Variant) (io.ReadSeekCloser, error) {
	if err := check(ctx, id, v); err != nil {
		return nil, err
	}
	f, err := d.root.Open(name(id, v))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound.With("id", id)
	}
	if err != nil {
		return nil, refusal(err).With("id", id)
	}
	return f, nil
}

// Delete implements Store.
func (d *Dir) Delete(ctx context.Context, id string) error {
	if err := check(ctx, id, Full); err != nil {
		return err
	}
	for _, v := range []Variant{Full, Thumb} {
		if err := d.root.Remove(name(id, v)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return refusal(err).With("id", id)
		}
	}
	if err := d.sync(shard(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return refusal(err).With("id", id)
	}
	return nil
}

// check refuses what could not be one of our names. An id that is none names no picture: NotFound.
func check(ctx context.Context, id string, v Variant) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("photo: %w", err)
	}
	if !ids.Valid(id) || !v.Valid() {
		return ErrNotFound
	}
	return nil
}

func shard(id string) string { return id[ids.Length-2:] }

func name(id string, v Variant) string { return path.Join(shard(id), id+"."+string(v)+".jpg") }
