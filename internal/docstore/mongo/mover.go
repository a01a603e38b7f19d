package mongo

import (
	"context"
	"errors"
	"time"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/mongo/options"
)

const (
	defaultLease = 5 * time.Second
	defaultPoll  = 250 * time.Millisecond
	// sweepEvery is how often the mover looks into every outbox though no ticket was drawn, and
	// afterglow how long it looks at every tick after one was: its Put may still be on its way.
	sweepEvery = 5 * time.Second
	afterglow  = 2 * time.Second
	// roundTimeout bounds one round of the mover, and what Close waits for.
	roundTimeout = 10 * time.Second
)

// mover carries events from outboxes to the feed; see the package comment.
type mover struct {
	store *Store
	name  string // of this process, in the lease
	lease time.Duration
	poll  time.Duration
	until time.Time // we hold the lease so long

	nudged  chan struct{}
	cancel  context.CancelFunc
	stopped chan struct{}
	head    int64 // the end of the feed as last seen

	ticket  int64     // the last one known to be drawn
	drawnAt time.Time // when that was noticed
	sweptAt time.Time
}

func newMover(s *Store, name string, opts Options) *mover {
	ctx, cancel := context.WithCancel(context.Background())
	m := &mover{
		store: s, name: name, lease: opts.Lease, poll: opts.Poll,
		nudged: make(chan struct{}, 1), cancel: cancel, stopped: make(chan struct{}),
	}
	if m.lease <= 0 {
		m.lease = defaultLease
	}
	if m.poll <= 0 {
		m.poll = defaultPoll
	}
	go m.run(ctx)
	return m
}

// nudge tells the mover that a Put of this process has left events.
func (m *mover) nudge() {
	select {
	case m.nudged <- struct{}{}:
	default: // it will look anyway
	}
}

func (m *mover) run(ctx context.Context) {
	defer close(m.stopped)
	ticker := time.NewTicker(m.poll)
	defer ticker.Stop()
	for nudged := true; ; {
		// A round that fails is tried again at the next tick; nothing is lost meanwhile.
		_ = m.round(context.WithoutCancel(ctx), nudged)
		select {
		case <-m.nudged:
			nudged = true
		case <-ticker.C:
			nudged = false
		case <-ctx.Done():
			m.finish()
			return
		}
	}
}

// finish moves what is left and gives the lease back.
func (m *mover) finish() {
	ctx, cancel := context.WithTimeout(context.Background(), roundTimeout)
	defer cancel()
	if m.round(ctx, true) == nil && time.Now().Before(m.until) {
		_, _ = m.leases().DeleteOne(ctx, bson.D{{Key: "_id", Value: leaseID}, {Key: "owner", Value: m.name}})
	}
}

func (m *mover) stop() {
	m.cancel()
	<-m.stopped
}

// round moves everything that is waiting, if this process holds the lease, and tells readers when the
// feed has grown, whoever did it. An idle installation costs one read a tick: unless this process has
// written, the outboxes are looked into only when tickets were drawn, and once in a while.
func (m *mover) round(ctx context.Context, nudged bool) error {
	ctx, cancel := context.WithTimeout(ctx, roundTimeout)
	defer cancel()
	held, err := m.hold(ctx)
	if err != nil {
		return err
	}
	was := m.head
	switch {
	case !held:
		m.head, err = m.store.head(ctx, nil)
	case nudged:
		err = m.drain(ctx)
	default:
		err = m.glance(ctx)
	}
	if m.head > was {
		m.store.signal()
	}
	return err
}

// glance drains if other processes may have written.
func (m *mover) glance(ctx context.Context) error {
	ticket, err := m.store.tickets.last(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	if ticket != m.ticket {
		m.ticket, m.drawnAt = ticket, now
	}
	if now.Sub(m.drawnAt) > afterglow && now.Sub(m.sweptAt) < sweepEvery {
		return nil
	}
	m.sweptAt = now
	return m.drain(ctx)
}

// drain moves until a look finds nothing. A mover that was overtaken gives way until its next round.
func (m *mover) drain(ctx context.Context) error {
	for {
		n, err := m.move(ctx)
		if errors.Is(err, errOvertaken) {
			m.until = time.Time{}
		}
		if n == 0 || err != nil {
			return err
		}
		m.store.signal()
	}
}

const leaseID = "mover"

func (m *mover) leases() *mongo.Collection { return m.store.db.Collection(metaName) }

// hold takes or renews the lease, half-way through its time.
func (m *mover) hold(ctx context.Context) (bool, error) {
	now := time.Now()
	if m.until.Sub(now) > m.lease/2 {
		return true, nil
	}
	until := now.Add(m.lease)
	free := bson.D{{Key: "_id", Value: leaseID}, {Key: "$or", Value: bson.A{
		bson.D{{Key: "owner", Value: m.name}}, bson.D{{Key: "until", Value: bson.D{{Key: "$lt", Value: now}}}},
	}}}
	take := bson.D{{Key: "$set", Value: bson.D{{Key: "owner", Value: m.name}, {Key: "until", Value: until}}}}
	res, err := m.leases().UpdateOne(ctx, free, take)
	if err != nil {
		return false, err
	}
	if res.MatchedCount == 0 {
		_, err := m.leases().InsertOne(ctx, bson.D{{Key: "_id", Value: leaseID}, {Key: "owner", Value: m.name}, {Key: "until", Value: until}})
		if mongo.IsDuplicateKeyError(err) {
			m.until = time.Time{}
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	m.until = until
	return true, nil
}

// errOvertaken means that another mover has appended to the feed since this one looked.
var errOvertaken = errors.New("mongo: another mover is at work")

// move carries one complete set of events over and returns how many documents it looked after.
func (m *mover) move(ctx context.Context) (int, error) {
	// The end of the feed is read before the outboxes: append succeeds only if it is still the end.
	head, err := m.store.head(ctx, nil)
	if err != nil {
		return 0, err
	}
	m.head = max(m.head, head)
	boxes, bound, err := m.complete(ctx)
	if err != nil || len(boxes) == 0 {
		return 0, err
	}
	if err := m.append(ctx, head, inOrder(boxes, bound)); err != nil {
		return 0, err
	}
	return len(boxes), m.clear(ctx, boxes, bound)
}

// append adds the events that are not in the feed yet behind head, in order.
func (m *mover) append(ctx context.Context, head int64, events []stored) error {
	for len(events) > 0 {
		n := min(len(events), appendChunk)
		batch, seen := make([]any, 0, n), map[string]bool{}
		known, err := m.store.knownIDs(ctx, events[:n])
		if err != nil {
			return err
		}
		for _, e := range events[:n] {
			if known[e.ID] || seen[e.ID] {
				continue
			}
			seen[e.ID] = true
			head++
			e.Seq = head
			batch = append(batch, e)
		}
		events = events[n:]
		if len(batch) == 0 {
			continue
		}
		_, err = m.store.feed.InsertMany(ctx, batch, options.InsertMany().SetOrdered(true))
		if mongo.IsDuplicateKeyError(err) {
			return errOvertaken
		}
		if err != nil {
			return err
		}
		m.head = head
	}
	return nil
}

// appendChunk bounds one insert into the feed.
const appendChunk = 200
