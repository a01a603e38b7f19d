package publiclog

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Config is what a Log works with. Store, Clock, Vault, Origin and Acts must be given.
type Config struct {
	Store docstore.Store
	Clock clock.Clock
	Vault Vault
	// Origin names the log when it begins: its address without the scheme. An existing log keeps its name.
	Origin string
	Acts   []Act
	// PushURL, if given, receives every checkpoint by POST: Push.
	PushURL string
	// HTTP sends to PushURL; nil is a client of its own with a time-out.
	HTTP *http.Client
	Log  *slog.Logger // nil is silent
}

// Log is the public log. It is safe for concurrent use, also by several processes.
type Log struct {
	c           Config
	bundles     docstore.Table[bundle]
	checkpoints docstore.Table[Checkpoint]
	shelves     docstore.Table[fullTile]
	book        book
	known       known

	// sequencing lets one goroutine append at a time; last is what it knows then.
	sequencing sync.Mutex
	last       *tail

	// naming guards me, the log's key once it was read.
	naming sync.Mutex
	me     *identity
}

// Refusals of the log.
var (
	// ErrNotFound means that there is no such tile, entry or checkpoint yet.
	ErrNotFound = fault.New(fault.NotFound, "log.not_found")
	// ErrEmpty means that nothing was signed yet.
	ErrEmpty = fault.New(fault.NotFound, "log.empty")
)

// New returns the log of an installation. It reads nothing yet.
func New(c Config) (*Log, error) {
	if c.Store == nil || c.Clock == nil || c.Vault == nil || c.Origin == "" {
		return nil, errors.New("publiclog: store, clock, vault and origin must be given")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: pushTimeout}
	}
	b, err := newBook(c.Acts)
	if err != nil {
		return nil, err
	}
	return &Log{c: c, bundles: bundles(c.Store), checkpoints: checkpoints(c.Store), shelves: docstore.Table[fullTile]{Store: c.Store, Kind: tileKind}, book: b}, nil
}

// Types are the event types that are entered, for the relay that calls Follow.
func (l *Log) Types() []string { return l.book.types() }

// identity returns the log's key, making it the first time.
func (l *Log) identity(ctx context.Context) (*identity, error) {
	l.naming.Lock()
	defer l.naming.Unlock()
	if l.me == nil {
		me, err := identify(ctx, l.c.Store, l.c.Vault, l.c.Origin)
		if err != nil {
			return nil, err
		}
		l.me = me
	}
	return l.me, nil
}

// Verifier returns the log's public key in the form of signed notes: what everybody checks checkpoints with.
func (l *Log) Verifier(ctx context.Context) (string, error) {
	me, err := l.identity(ctx)
	if err != nil {
		return "", err
	}
	return me.verifier, nil
}
