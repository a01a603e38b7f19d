package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"jushou/internal/config"
	"jushou/internal/docstore/sqlite"
)

var errNotEmbedded = errors.New("this installation stores in MongoDB: back it up with mongodump, and DATA_DIR/photos as files")

// runBackup copies the embedded store while the program may be running, and says what else to copy.
func runBackup(ctx context.Context, p *program, args []string) error {
	set, file := p.flags("backup")
	if err := parse(set, args, 1); err != nil {
		return err
	}
	cfg, err := config.Load(p.environ, *file)
	if err != nil {
		return err
	}
	if cfg.MongoURI != "" {
		return errNotEmbedded
	}
	to := set.Arg(0)
	if _, err := os.Stat(to); err == nil {
		return fmt.Errorf("back up to %s: there is a file already; give a new name", to)
	}
	if err := sqlite.Backup(ctx, filepath.Join(cfg.DataDir, "jushou.db"), to); err != nil {
		return err
	}
	info, err := os.Stat(to)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s: %d bytes. Photos are files: copy %s too.\n", to, info.Size(), filepath.Join(cfg.DataDir, "photos"))
	return nil
}
