package mongo

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
	"go.mongodb.org/mongo-driver/mongo/readconcern"
	"go.mongodb.org/mongo-driver/mongo/readpref"
	"go.mongodb.org/mongo-driver/mongo/writeconcern"
	"go.mongodb.org/mongo-driver/x/mongo/driver/connstring"

	"jushou/internal/docstore"
	"jushou/internal/ids"
)

// ErrNewer means that a later program has written the database.
var ErrNewer = errors.New("mongo: the database was written by a later version of the program")

// Options are settings of Open; the zero value is right for production.
type Options struct {
	// Lease is how long a mover that fell silent keeps the others from its work; 0 means 5 s.
	Lease time.Duration
	// Poll is how often a process looks for events of others; 0 means 250 ms.
	Poll time.Duration
}

// Store is a docstore.Store in one MongoDB database.
type Store struct {
	schema  docstore.Schema
	client  *mongo.Client
	db      *mongo.Database
	feed    *mongo.Collection
	tickets *ticketer
	mover   *mover
	wake    chan struct{}

	// use is held for reading by every call, so that Close waits for them.
	use    sync.RWMutex
	closed bool
}

var _ docstore.Store = (*Store)(nil)

// Names of our own collections; a Kind cannot have them, see Open.
const (
	feedName   = "_events"
	ticketName = "_tickets"
	metaName   = "_meta"
)

const (
	layoutVersion   = 1
	defaultDatabase = "jushou"
	selectTimeout   = 5 * time.Second
)

// Open connects to the server at uri, whose path names the database ("jushou" if it is empty), and creates
// the collections and indexes of the schema that are missing. Unknown ones are left alone.
func Open(ctx context.Context, uri string, schema docstore.Schema, opts Options) (*Store, error) {
	if err := schema.Check(); err != nil {
		return nil, err
	}
	for _, c := range schema {
		if c.Kind[0] == '_' {
			return nil, fmt.Errorf("mongo: kind %s: names that begin with _ are the store's own", c.Kind)
		}
	}
	client, name, err := connect(ctx, uri)
	if err != nil {
		return nil, fmt.Errorf("mongo: connect: %w", err)
	}
	db := client.Database(name)
	s := &Store{
		schema: schema, client: client, db: db, feed: db.Collection(feedName), wake: make(chan struct{}, 1),
	}
	if err := s.layOut(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("mongo: open %s: %w", name, translate(ctx, err)), client.Disconnect(context.WithoutCancel(ctx)))
	}
	s.tickets = newTicketer(db.Collection(ticketName))
	s.mover = newMover(s, ids.New(time.Now()), opts)
	return s, nil
}

// connect insists on what Put promises: every write is on the disks of a majority, and reads see
// only what cannot be lost again.
func connect(ctx context.Context, uri string) (*mongo.Client, string, error) {
	parsed, err := connstring.ParseAndValidate(uri)
	if err != nil {
		return nil, "", err
	}
	durable := writeconcern.Majority()
	journal := true
	durable.Journal = &journal
	opts := options.Client().ApplyURI(uri).
		SetWriteConcern(durable).SetReadConcern(readconcern.Majority()).SetReadPreference(readpref.Primary())
	if !parsed.ServerSelectionTimeoutSet {
		opts.SetServerSelectionTimeout(selectTimeout)
	}
	client, err := mongo.Connect(ctx, opts)
	if err != nil {
		return nil, "", err
	}
	name := parsed.Database
	if name == "" {
		name = defaultDatabase
	}
	return client, name, nil
}

// begin refuses calls on a closed store or an ended context; the caller must call s.use.RUnlock.
func (s *Store) begin(ctx context.Context) error {
	s.use.RLock()
	err := ctx.Err()
	if s.closed {
		err = errClosed
	}
	if err != nil {
		s.use.RUnlock()
	}
	return err
}

var errClosed = fmt.Errorf("mongo: closed: %w", docstore.ErrUnavailable)

// Wake implements docstore.Store.
func (s *Store) Wake() <-chan struct{} { return s.wake }

func (s *Store) signal() {
	select {
	case s.wake <- struct{}{}:
	default: // one is waiting to be seen already
	}
}

// Ping implements docstore.Store.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.begin(ctx); err != nil {
		return err
	}
	defer s.use.RUnlock()
	_, err := s.db.Collection(metaName).UpdateOne(ctx, bson.D{{Key: "_id", Value: "ping"}},
		bson.D{{Key: "$set", Value: bson.D{{Key: "at", Value: time.Now()}}}}, options.Update().SetUpsert(true))
	return translate(ctx, err)
}

// Close implements docstore.Store. Events that are still in outboxes are moved if that is a matter
// of moments; otherwise the next process does it.
func (s *Store) Close() error {
	s.use.Lock()
	defer s.use.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.mover.stop()
	s.tickets.stop()
	ctx, cancel := context.WithTimeout(context.Background(), selectTimeout)
	defer cancel()
	return s.client.Disconnect(ctx)
}

// outOfDiskSpace is MongoDB's error code for a full disk.
const outOfDiskSpace = 14031

// translate turns a driver's error into the port's, which keeps the driver's text for the log.
func translate(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, ErrNewer) {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var server mongo.ServerError
	if errors.As(err, &server) && server.HasErrorCode(outOfDiskSpace) {
		return docstore.ErrFull.Because(errors.Join(docstore.ErrUnavailable, err))
	}
	return docstore.ErrUnavailable.Because(err)
}
