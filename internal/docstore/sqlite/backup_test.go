package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
)

func TestABackupIsTheStoreAtOneInstant(t *testing.T) {
	dir := t.TempDir()
	path, dst := filepath.Join(dir, "jushou.db"), filepath.Join(dir, "copy.db")
	s := openAt(t, path, topics(nil), sqlite.Options{})
	putTopic(t, s, "first", nil)
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- writeUntil(ctx, s) }()
	if err := s.Backup(t.Context(), dst); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, dst} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v; only its owner may read it", filepath.Base(name), info.Mode(), err)
		}
	}
	again := openAt(t, dst, topics(nil), sqlite.Options{})
	docs := count(t, again, docstore.ByID)
	events, err := again.Events(t.Context(), 0, docstore.MaxLimit)
	if err != nil || docs < 1 || len(events) != docs-1 && docs < 100 {
		t.Errorf("the copy holds %d documents and %d events, %v", docs, len(events), err)
	}
	if err := sqlite.Backup(t.Context(), path, dst); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second backup to the same name = %v", err)
	}
}

// writeUntil writes documents, each with its event, until ctx ends.
func writeUntil(ctx context.Context, s docstore.Store) error {
	for n := 0; ; n++ {
		w := docstore.Write{Key: docstore.Key{Kind: "topic", ID: fmt.Sprint(n)}, Body: []byte(`{}`)}
		_, err := s.Put(ctx, w, docstore.Event{ID: fmt.Sprint(n), Type: "topic.posted"})
		if errors.Is(err, context.Canceled) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func TestACancelledBackupLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "jushou.db"), topics(nil), sqlite.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Backup(ctx, filepath.Join(dir, "copy.db")); !errors.Is(err, context.Canceled) {
		t.Errorf("Backup = %v, want canceled", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "copy*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
