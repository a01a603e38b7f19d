package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"jushou/internal/docstore"
	"jushou/internal/docstore/docstoretest"
	"jushou/internal/docstore/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, schema docstore.Schema) docstore.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "jushou.db"), schema, sqlite.Options{})
}

func openAt(t *testing.T, path string, schema docstore.Schema, opts sqlite.Options) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, schema, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	return s
}

func closeStore(t *testing.T, s docstore.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestStore(t *testing.T) { docstoretest.Exercise(t, open) }

func TestCrash(t *testing.T) {
	docstoretest.Crash(t, 200, func(ctx context.Context, dir string) (docstore.Store, error) {
		return sqlite.Open(ctx, filepath.Join(dir, "jushou.db"), docstoretest.Schema(), sqlite.Options{})
	})
}
