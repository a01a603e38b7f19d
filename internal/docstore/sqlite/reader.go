package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"zombiezen.com/go/sqlite"

	"jushou/internal/docstore"
)

var errClosed = fmt.Errorf("sqlite: closed: %w", docstore.ErrUnavailable)

// reader is one read connection. It is used by one call at a time.
type reader struct {
	conn *sqlite.Conn
}

// reader takes a connection from the pool; giveBack gives it back.
func (s *Store) reader(ctx context.Context) (*reader, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.closed.Load() {
		return nil, errClosed
	}
	select {
	case <-s.readers.tokens:
		return s.readers.take(), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-s.done:
		return nil, errClosed
	}
}

func (s *Store) giveBack(r *reader) { s.readers.add(r) }

// maxReaders bounds a pool.
const maxReaders = 64

// pool holds the idle readers, one token each. The reader that came back last goes out first: its page
// cache is warm, and under little load the others need none.
type pool struct {
	tokens chan struct{}
	mu     sync.Mutex
	idle   []*reader
	size   int // idle and at work
}

func (p *pool) add(r *reader) {
	p.mu.Lock()
	p.idle = append(p.idle, r)
	p.size = max(p.size, len(p.idle))
	p.mu.Unlock()
	p.tokens <- struct{}{}
}

// take is for the holder of a token.
func (p *pool) take() *reader {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.idle) - 1
	r := p.idle[last]
	p.idle = p.idle[:last]
	return r
}

// drain waits for readers at work and takes them all.
func (p *pool) drain() []*reader {
	p.mu.Lock()
	size := p.size
	p.mu.Unlock()
	all := make([]*reader, size)
	for i := range all {
		<-p.tokens
		all[i] = p.take()
	}
	return all
}

// Get implements docstore.Store.
func (s *Store) Get(ctx context.Context, key docstore.Key) (docstore.Doc, error) {
	if err := s.schema.CheckKey(key); err != nil {
		return docstore.Doc{}, err
	}
	r, err := s.reader(ctx)
	if err != nil {
		return docstore.Doc{}, err
	}
	defer s.giveBack(r)
	return r.get(s.kinds[key.Kind], key)
}

func (r *reader) get(k *kind, key docstore.Key) (docstore.Doc, error) {
	stmt, err := r.conn.Prepare(k.get)
	if err != nil {
		return docstore.Doc{}, unavailable(err)
	}
	stmt.BindText(1, key.ID)
	found, err := stmt.Step()
	if err != nil {
		return docstore.Doc{}, unavailable(err)
	}
	if !found {
		return docstore.Doc{}, docstore.ErrNotFound
	}
	doc := docstore.Doc{Key: key, Version: stmt.ColumnInt64(0), Body: columnBytes(stmt, 1)}
	// A statement that is not reset keeps its snapshot, and the log could not be checkpointed past it.
	if err := stmt.Reset(); err != nil {
		return docstore.Doc{}, unavailable(err)
	}
	return doc, nil
}

// GetMany implements docstore.Store. The documents are of one instant.
func (s *Store) GetMany(ctx context.Context, keys []docstore.Key) (_ []docstore.Doc, err error) {
	if err := s.schema.CheckKeys(keys); err != nil {
		return nil, err
	}
	r, err := s.reader(ctx)
	if err != nil {
		return nil, err
	}
	defer s.giveBack(r)
	if err := r.step("BEGIN"); err != nil {
		return nil, unavailable(err)
	}
	defer func() {
		if e := r.step("COMMIT"); e != nil && err == nil {
			err = unavailable(e)
		}
	}()
	docs, seen := make([]docstore.Doc, 0, len(keys)), make(map[docstore.Key]bool, len(keys))
	for _, key := range keys {
		if seen[key] {
			continue
		}
		seen[key] = true
		doc, err := r.get(s.kinds[key.Kind], key)
		switch {
		case err == nil:
			docs = append(docs, doc)
		case !errors.Is(err, docstore.ErrNotFound):
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return docs, nil
}

func (r *reader) step(query string) error {
	stmt, err := r.conn.Prepare(query)
	if err != nil {
		return err
	}
	_, err = stmt.Step()
	return err
}

// scalar returns the first column of the first row as a number, 0 if there is none.
func (r *reader) scalar(query string, args ...string) (int64, error) {
	stmt, err := r.conn.Prepare(query)
	if err != nil {
		return 0, err
	}
	for i, arg := range args {
		stmt.BindText(i+1, arg)
	}
	found, err := stmt.Step()
	if err != nil || !found {
		return 0, err
	}
	n := stmt.ColumnInt64(0)
	return n, stmt.Reset()
}

func columnBytes(stmt *sqlite.Stmt, col int) []byte {
	b := make([]byte, stmt.ColumnLen(col))
	stmt.ColumnBytes(col, b)
	return b
}

// unavailable turns a driver's error into the port's, which keeps the driver's text for the log.
func unavailable(err error) error {
	if errors.Is(err, docstore.ErrUnavailable) {
		return err
	}
	if sqlite.ErrCode(err).ToPrimary() == sqlite.ResultFull {
		return docstore.ErrFull.Because(errors.Join(docstore.ErrUnavailable, err))
	}
	return docstore.ErrUnavailable.Because(err)
}

func isConstraint(err error) bool {
	return err != nil && sqlite.ErrCode(err).ToPrimary() == sqlite.ResultConstraint
}
