package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Options are what an Index works with. Feed, Clock and Sources must be given.
type Options struct {
	// Dir is the folder of the index's files; it is made if it is missing. "" keeps the index in memory.
	Dir     string
	Feed    docstore.Store
	Sources []Source
	Clock   clock.Clock
	Log     *slog.Logger // nil is silent
	// Wake, if given, is called once when the following begins; a value on the channel it returns says that events
	// were appended. Without it the index looks once a second.
	Wake func(context.Context) <-chan struct{}
}

// Index is one replica's index. It is safe for concurrent use.
type Index struct {
	o    Options
	path string // or the address of a database in memory
	// writing is held by whoever brings the index up to date.
	writing sync.Mutex
	writer  *sqlite.Conn
	untidy  atomic.Bool // something was written since FTS5's pieces were merged
	readers atomic.Pointer[sqlitex.Pool]
	// place is how far the feed was followed, for Status.
	place atomic.Int64

	follow  sync.Mutex
	cancel  context.CancelFunc
	running sync.WaitGroup
	closed  bool
}

// file is the index's name in its folder. The number is that of its layout: another layout is another file.
const file = "search-1.db"

// layout of the file. A row of docs is a document; its number is the community's number and the document's place in
// it. The words table keeps no text and no places of words, only which rows a token occurs in.
const layout = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS scopes (scope TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, docs INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS docs (
	n    INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL, -- place of its source among the sources
	id   TEXT NOT NULL,
	hash INTEGER NOT NULL, -- of kind and id, because an index of ids would be as large as the ids
	at   INTEGER NOT NULL, -- Unix milliseconds
	mark INTEGER NOT NULL  -- of what it is found by; 0 is nothing
);
CREATE INDEX IF NOT EXISTS docs_hash ON docs (hash);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (t, content='', contentless_delete=1, detail=none, tokenize='ascii');
`

var errUnavailable = fault.New(fault.Unavailable, "search.unavailable")

// Open opens the index, or begins an empty one: where there is none, where it belongs to another feed, and where it is
// damaged. It reads nothing of the feed yet.
func Open(ctx context.Context, o Options) (*Index, error) {
	if o.Feed == nil || o.Clock == nil || len(o.Sources) == 0 {
		return nil, errors.New("search: feed, clock and sources must be given")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	x := &Index{o: o}
	if err := x.locate(); err != nil {
		return nil, err
	}
	if err := x.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the search index: %w", err), x.release())
	}
	return x, nil
}

// memories numbers the databases in memory, which share one space of names in the process.
var memories atomic.Int64

func (x *Index) locate() error {
	if x.o.Dir == "" {
		x.path = fmt.Sprintf("file:/search-%d?vfs=memdb", memories.Add(1))
		return nil
	}
	if err := os.MkdirAll(x.o.Dir, 0o750); err != nil {
		return fmt.Errorf("make the folder of the search index: %w", err)
	}
	x.path = filepath.Join(x.o.Dir, file)
	return nil
}

// open opens the file, and opens a new one in its place if that fails or it is not this feed's.
func (x *Index) open(ctx context.Context) error {
	err := x.connect()
	if err == nil {
		err = x.belongs(ctx)
	}
	if err == nil || ctx.Err() != nil || errors.Is(err, docstore.ErrUnavailable) {
		return err
	}
	x.o.Log.Warn("search index is begun anew", "why", err)
	return x.anew()
}

// anew throws the file away and begins an empty one.
func (x *Index) anew() error {
	if err := errors.Join(x.release(), x.remove()); err != nil {
		return err
	}
	x.place.Store(0)
	return x.connect()
}

func (x *Index) remove() error {
	if x.o.Dir == "" {
		return x.locate()
	}
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(x.path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// connect opens the writer and the readers. A crash of the machine may lose the last moments, never the file's
// consistency: what is lost is read from the feed again.
func (x *Index) connect() (err error) {
	if x.o.Dir != "" {
		f, err := os.OpenFile(x.path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	if x.writer, err = sqlite.OpenConn(x.path, x.flags()); err != nil {
		return err
	}
	if err := x.prepare(x.writer); err != nil {
		return err
	}
	if err := sqlitex.ExecuteScript(x.writer, layout, nil); err != nil {
		return err
	}
	readers, err := sqlitex.NewPool(x.path, sqlitex.PoolOptions{
		Flags: x.flags(), PoolSize: runtime.GOMAXPROCS(0), PrepareConn: x.prepare,
	})
	if err != nil {
		return err
	}
	x.readers.Store(readers)
	return nil
}

func (x *Index) flags() sqlite.OpenFlags {
	if x.o.Dir == "" {
		return sqlite.OpenReadWrite | sqlite.OpenCreate | sqlite.OpenURI
	}
	return sqlite.OpenReadWrite | sqlite.OpenCreate | sqlite.OpenWAL
}

func (x *Index) prepare(conn *sqlite.Conn) error {
	conn.SetBusyTimeout(5 * time.Second)
	for _, set := range []string{"PRAGMA synchronous = NORMAL", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -4096"} {
		if err := sqlitex.ExecuteTransient(conn, set, nil); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the following and releases the file. Later calls return an error of kind Unavailable.
func (x *Index) Close() error {
	x.Stop()
	x.writing.Lock()
	defer x.writing.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	return x.release()
}

func (x *Index) release() error {
	var errs []error
	if readers := x.readers.Swap(nil); readers != nil {
		errs = append(errs, readers.Close())
	}
	if x.writer != nil {
		errs = append(errs, x.writer.Close())
		x.writer = nil
	}
	return errors.Join(errs...)
}
