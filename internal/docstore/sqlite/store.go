// Package sqlite keeps documents in one SQLite file: the default store, with nothing to install.
//
// A table per Kind holds the JSON body, the version and a column per declared field; one table holds
// the event feed. One goroutine writes. It takes every Put that is waiting and commits them in one
// transaction, each with its own verdict, so that many writers share one flush to disk. Readers have
// connections of their own and never wait for the writer (write-ahead log).
//
// One process at a time owns a file: a second Open is refused with ErrInUse. Reading the file from
// outside with other tools, and Backup, are safe at any time.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"jushou/internal/docstore"
)

var (
	// ErrInUse means that another process, or this one, has the file open.
	ErrInUse = errors.New("sqlite: the database is open elsewhere")
	// ErrNewer means that a later program has written the file; opening it could lose what this one
	// does not know.
	ErrNewer = errors.New("sqlite: the database was written by a later version of the program")
	// ErrForeign means that the file is a SQLite database of some other program.
	ErrForeign = errors.New("sqlite: not a jushou database")
)

// Options are settings of Open; the zero value is right for production.
type Options struct {
	// Readers is the number of read connections, at most 64; 0 means two more than there are processors.
	Readers int
	// MaxBytes bounds the size of the database; 0 means the disk is the bound. Past it writes fail with
	// docstore.ErrFull.
	MaxBytes int64
}

// Store is a docstore.Store in one file.
type Store struct {
	path   string
	schema docstore.Schema
	kinds  map[docstore.Kind]*kind

	lock    *lock
	writer  *writer
	readers *pool
	heads   heads
	tail    tail
	wake    chan struct{}

	// entry lets Close wait until no Put is between its check and the queue.
	entry  sync.RWMutex
	closed atomic.Bool
	done   chan struct{} // closed by Close
}

var _ docstore.Store = (*Store)(nil)

// Open opens or creates the database at path and brings its tables to the schema: missing tables,
// columns and indexes are added, unknown ones are left alone. The directory must exist.
func Open(ctx context.Context, path string, schema docstore.Schema, opts Options) (*Store, error) {
	if err := schema.Check(); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	lock, err := takeLock(path + ".lock")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	s := &Store{
		path: path, schema: schema, kinds: planKinds(schema), lock: lock, readers: &pool{tokens: make(chan struct{}, maxReaders)},
		wake: make(chan struct{}, 1), done: make(chan struct{}),
	}
	if err := s.open(ctx, opts); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.release())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, opts Options) error {
	if err := createPrivate(s.path); err != nil {
		return err
	}
	conn, err := connect(s.path, sqlite.OpenReadWrite|sqlite.OpenCreate|sqlite.OpenWAL, writerCache)
	if err != nil {
		return err
	}
	s.writer = newWriter(s, conn)
	if err := layOut(ctx, conn, s.schema); err != nil {
		return err
	}
	if opts.MaxBytes > 0 {
		if err := limitSize(conn, opts.MaxBytes); err != nil {
			return err
		}
	}
	if err := syncDir(filepath.Dir(s.path)); err != nil {
		return err
	}
	readers := min(opts.Readers, maxReaders)
	if readers <= 0 {
		readers = min(runtime.GOMAXPROCS(0)+2, maxReaders)
	}
	for range readers {
		conn, err := connect(s.path, sqlite.OpenReadWrite|sqlite.OpenWAL, readerCache)
		if err != nil {
			return err
		}
		s.readers.add(&reader{conn})
	}
	return s.writer.start()
}

// createPrivate makes an empty file for the owner alone, unless there is one: SQLite would let the
// group and the world read it. The log takes over its mode.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// Page caches of the connections, in pages of 4 KiB. The writer keeps its own from one transaction to the next. A reader's is emptied by
// every commit of the writer, page by page, and what it holds beyond the twenty pages that SQLite sets aside for a cache is allocated and
// freed each time; a read needs about ten, and the system has the file in memory anyway.
const (
	writerCache = 1000
	readerCache = 20
)

// connect opens one connection. The log is written back into the database every 32 MB rather than SQLite's 4: a page that
// many posts touch is then written back once. Every connection may write as far as SQLite knows; only the writer's
// does.
func connect(path string, flags sqlite.OpenFlags, pages int) (*sqlite.Conn, error) {
	conn, err := sqlite.OpenConn(path, flags)
	if err != nil {
		return nil, err
	}
	conn.SetBusyTimeout(busyTimeout)
	err = run(conn, fmt.Sprintf(`
		PRAGMA synchronous = FULL;
		PRAGMA foreign_keys = OFF;
		PRAGMA temp_store = MEMORY;
		PRAGMA journal_size_limit = 67108864;
		PRAGMA wal_autocheckpoint = 8000;
		PRAGMA cache_size = %d;
	`, pages))
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

func limitSize(conn *sqlite.Conn, most int64) error {
	var page int64
	read := func(stmt *sqlite.Stmt) error { page = stmt.ColumnInt64(0); return nil }
	if err := sqlitex.ExecuteTransient(conn, "PRAGMA page_size", &sqlitex.ExecOptions{ResultFunc: read}); err != nil {
		return err
	}
	return sqlitex.ExecuteTransient(conn, fmt.Sprintf("PRAGMA max_page_count = %d", max(1, most/page)), nil)
}

// Wake implements docstore.Store.
func (s *Store) Wake() <-chan struct{} { return s.wake }

func (s *Store) signal() {
	select {
	case s.wake <- struct{}{}:
	default: // one is waiting to be seen already
	}
}

// Ping implements docstore.Store. It reads, and commits a row of its own.
func (s *Store) Ping(ctx context.Context) error {
	r, err := s.reader(ctx)
	if err != nil {
		return err
	}
	_, err = r.scalar("SELECT count(*) FROM meta")
	s.giveBack(r)
	if err != nil {
		return unavailable(err)
	}
	return s.control(ctx, func(conn *sqlite.Conn) error {
		return sqlitex.Execute(conn, "INSERT OR REPLACE INTO meta(name, value) VALUES ('ping', 1)", nil)
	})
}

// Close implements docstore.Store.
func (s *Store) Close() error {
	s.entry.Lock()
	if s.closed.Swap(true) {
		s.entry.Unlock()
		return nil
	}
	close(s.done)
	close(s.writer.queue)
	s.entry.Unlock()
	<-s.writer.stopped
	return s.release()
}

// release closes whatever is open, waiting for reads in progress.
func (s *Store) release() error {
	var errs []error
	for _, r := range s.readers.drain() {
		errs = append(errs, r.conn.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.conn.Close())
	}
	return errors.Join(append(errs, s.lock.release())...)
}
