package apptest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"jushou/internal/app"
	"jushou/internal/clock"
	"jushou/internal/config"
)

// database is the embedded store's file in the data directory.
const database = "jushou.db"

// district returns the embedded store of an installation whose demo district was made on Wednesday. Making it
// takes longer than most tests, so it is made once for all of them.
var district = sync.OnceValues(func() (store []byte, err error) {
	dir, err := os.MkdirTemp("", "jushou-district-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	cfg, err := config.Load([]string{config.Prefix + "SANDBOX=1", config.Prefix + "DATA_DIR=" + dir}, "")
	if err != nil {
		return nil, err
	}
	then := clock.Standing(Wednesday)
	a, err := app.New(context.Background(), cfg, app.Options{Virtual: then})
	if err != nil {
		return nil, err
	}
	if err := a.Stop(context.Background()); err != nil {
		return nil, fmt.Errorf("close it: %w", err)
	}
	return os.ReadFile(filepath.Join(dir, database))
})

// moveIn puts a copy of the district's store at path.
func moveIn(path string) error {
	store, err := district()
	if err != nil {
		return err
	}
	return os.WriteFile(path, store, 0o600)
}

// CopyDistrict puts a copy of the demo district's store, as it was on Wednesday, into a data directory.
func (h *House) CopyDistrict(dir string) {
	h.t.Helper()
	if err := moveIn(filepath.Join(dir, database)); err != nil {
		h.t.Fatalf("copy the demo district: %v", err)
	}
}

// DistrictBytes is how large the demo district's store is.
func DistrictBytes(t testing.TB) int64 {
	t.Helper()
	store, err := district()
	if err != nil {
		t.Fatal(err)
	}
	return int64(len(store))
}
