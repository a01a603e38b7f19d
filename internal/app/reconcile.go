package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"jushou/internal/config"
	"jushou/internal/docstore/sqlite"
	"jushou/projects/ledger"
)

// Reconcile replays every fund of an installation and compares it with the feed. The embedded store is copied first, as of one
// instant, so that the program may go on serving from it; nothing is changed. progress may be nil.
func Reconcile(ctx context.Context, cfg config.Config, progress func(funds int, events int64)) (r ledger.Report, err error) {
	if cfg.MongoURI == "" {
		copied, err := os.MkdirTemp("", "jushou-ledger")
		if err != nil {
			return r, fmt.Errorf("make room for a copy: %w", err)
		}
		defer os.RemoveAll(copied)
		if _, err := os.Stat(filepath.Join(cfg.DataDir, database)); err != nil {
			return r, fmt.Errorf("find the embedded store: %w", err)
		}
		if err := sqlite.Backup(ctx, filepath.Join(cfg.DataDir, database), filepath.Join(copied, database)); err != nil {
			return r, err
		}
		cfg.DataDir = copied
	}
	store, err := openStore(ctx, cfg, 0)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return ledger.Check(ctx, store, progress)
}
