//go:build !unix

package sqlite

// lock is empty where the system has no flock: keep a second process away by other means. SQLite's
// own locks still keep the file whole.
type lock struct{}

func takeLock(string) (*lock, error) { return &lock{}, nil }

func (*lock) release() error { return nil }

func syncDir(string) error { return nil }
