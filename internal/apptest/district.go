package apptest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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

// files are a data directory: names below it and what they hold.
type files map[string][]byte

// district is the data directory of an installation whose demo district was made on Wednesday and which was stopped when
// its relays had nothing left to do and every sweep had run. Making it takes longer than most tests, so it is made once
// for all of them, and a house that opens on a copy is that installation, started again at another address.
var district = sync.OnceValues(func() (files, error) {
	dir, err := os.MkdirTemp("", "jushou-district-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := settleIn(context.Background(), dir); err != nil {
		return nil, err
	}
	return readDir(dir)
})

// settleIn makes the district in a data directory. The clock stands still, so that everything is as of one moment.
func settleIn(ctx context.Context, dir string) (err error) {
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	cfg, err := config.Load([]string{config.Prefix + "SANDBOX=1", config.Prefix + "ADDR=" + addr, config.Prefix + "DATA_DIR=" + dir}, "")
	if err != nil {
		return err
	}
	a, err := app.New(ctx, cfg, app.Options{Virtual: clock.Standing(Wednesday)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Stop(ctx)) }()
	if err := a.Start(ctx); err != nil {
		return err
	}
	if err := a.Drain(ctx); err != nil {
		return fmt.Errorf("work the feed: %w", err)
	}
	if err := a.SweepAll(ctx); err != nil {
		return err
	}
	a.Sim.Settle()
	if err := a.Drain(ctx); err != nil {
		return fmt.Errorf("work the feed after the sweeps: %w", err)
	}
	return nil
}

func readDir(dir string) (files, error) {
	read := files{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		read[name], err = os.ReadFile(path)
		return err
	})
	return read, err
}

// moveIn puts a copy of the district into an empty data directory.
func moveIn(dir string) error {
	kept, err := district()
	if err != nil {
		return err
	}
	for name, body := range kept {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, body, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// CopyDistrict puts a copy of the demo district, as it was on Wednesday, into a data directory.
func (h *House) CopyDistrict(dir string) {
	h.t.Helper()
	if err := moveIn(dir); err != nil {
		h.t.Fatalf("copy the demo district: %v", err)
	}
}

// DistrictBytes is how large the demo district's store is.
func DistrictBytes(t testing.TB) int64 {
	t.Helper()
	kept, err := district()
	if err != nil {
		t.Fatal(err)
	}
	return int64(len(kept[database]))
}
