package verify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Save checks the log at src and keeps a copy in a folder, which Open reads. If the folder holds an earlier copy, the log
// must be its continuation under the same key, unless o says what to compare with. The folder's checkpoint is replaced only by one that
// holds; one that does not is kept beside it as checkpoint.refused, because it is the proof.
func Save(ctx context.Context, src Source, dir string, o Options) (Checkpoint, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	kept := map[string]bool{}
	earlier, err := remembered(ctx, Dir(dir), &o)
	if err != nil {
		return Checkpoint{}, err
	}
	o.Save = func(path string, data []byte) error {
		kept[path] = true
		if strings.HasPrefix(path, besideLog) { // bound by hashes in the log, and written as this program writes it
			return write(dir, path, data)
		}
		return keep(dir, path, data)
	}
	c, err := Log(ctx, src, o)
	if err != nil {
		if errors.Is(err, ErrWrong) && len(c.Note) > 0 {
			err = errors.Join(err, write(dir, "checkpoint.refused", c.Note))
		}
		return c, err
	}
	if err := write(dir, "checkpoint", c.Note); err != nil {
		return c, err
	}
	return c, forget(dir, earlier, kept)
}

// remembered completes the options by what the folder holds, and returns the size of its copy.
func remembered(ctx context.Context, d Dir, o *Options) (int64, error) {
	text, err := d.Read(ctx, "key", maxNote)
	if errors.Is(err, errMissing) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if o.Key == "" {
		o.Key = string(bytes.TrimSpace(text))
	}
	msg, err := d.Read(ctx, "checkpoint", maxNote)
	if errors.Is(err, errMissing) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	key, err := ParseKey(string(bytes.TrimSpace(text)))
	if err != nil {
		return 0, err
	}
	c, err := ParseCheckpoint(msg, key)
	if err != nil {
		return 0, fmt.Errorf("the copy in %s: %w", d, err)
	}
	if o.Since == nil {
		o.Since = msg
	}
	return c.Tree.N, nil
}

// keep writes a file that never changes. What is there already and differs is the proof that the log was changed.
func keep(dir, path string, data []byte) error {
	was, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
	if err == nil && !bytes.Equal(was, data) {
		return wrong("%s is not what it was in the copy in %s", path, dir)
	}
	if err == nil {
		return nil
	}
	return write(dir, path, data)
}

// write replaces a file as a whole, so that a copy that is broken off leaves no half file.
func write(dir, path string, data []byte) error {
	name := filepath.Join(dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if err := os.WriteFile(name+".new", data, 0o644); err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return nil
}

// forget removes the narrow tiles of an earlier copy, which wider ones replaced.
func forget(dir string, size int64, kept map[string]bool) error {
	drop := func(level string, n int64, w int) error {
		path := place(level, n, w)
		if w == 0 || kept[path] {
			return nil
		}
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
		_ = os.Remove(filepath.Dir(name)) // goes if it is empty
		return nil
	}
	err := drop("entries", size/width, int(size%width))
	for level := 0; size > 0; level++ {
		err = errors.Join(err, drop(fmt.Sprint(level), size/width, int(size%width)))
		size /= width
	}
	return err
}
