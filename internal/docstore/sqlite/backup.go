package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Backup writes a compact copy of the database at path, as it is at one instant, to dst, which must not
// exist. It may run beside a process that serves from the database; neither waits for the other.
// When it returns nil the copy is on disk under its name; after an error there is nothing at dst.
func Backup(ctx context.Context, path, dst string) error {
	if _, err := os.Stat(dst); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("backup to %s: %w", dst, os.ErrExist)
	}
	part := dst + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("backup to %s: %w", dst, err)
	}
	if err := createPrivate(part); err != nil {
		return fmt.Errorf("backup to %s: %w", dst, err)
	}
	if err := copyInto(ctx, path, part); err != nil {
		os.Remove(part)
		return fmt.Errorf("backup %s to %s: %w", path, dst, err)
	}
	if err := settle(part, dst); err != nil {
		return fmt.Errorf("backup %s to %s: %w", path, dst, err)
	}
	return nil
}

// Backup is the function Backup for an open Store.
func (s *Store) Backup(ctx context.Context, dst string) error { return Backup(ctx, s.path, dst) }

func copyInto(ctx context.Context, path, dst string) (err error) {
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	conn.SetBusyTimeout(busyTimeout)
	conn.SetInterrupt(ctx.Done())
	defer conn.SetInterrupt(nil)
	err = sqlitex.ExecuteTransient(conn, "VACUUM INTO ?", &sqlitex.ExecOptions{Args: []any{dst}})
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// settle flushes the copy, which SQLite leaves to the system, and gives it its name.
func settle(part, dst string) error {
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, dst); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dst))
}
