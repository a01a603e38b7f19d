package sqlite_test

import (
	"path/filepath"
	"testing"

	"jushou/internal/docstore"
	"jushou/internal/docstore/docstoretest"
	"jushou/internal/docstore/sqlite"
)

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
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) { docstoretest.Exercise(t, open) }
