// Package redis is coord for many processes, over one Redis (5 or later) or a service that speaks its protocol.
//
// Every key begins with a prefix, so that installations may share a server. What Redis holds may be lost at
// any moment: it is run without persistence, and may evict.
package redis

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"jushou/internal/coord"
)

// How long a call may take. Without Redis a request must go on without it, so all of them are short; together they
// stay below the second that the port promises.
const (
	dialTimeout = 300 * time.Millisecond
	callTimeout = 400 * time.Millisecond
	poolTimeout = 200 * time.Millisecond
	// restAfterFailure is how long calls fail at once after one that got no answer, so that a Redis that hangs
	// does not cost every request its time-out.
	restAfterFailure = 250 * time.Millisecond
)

// DefaultPrefix begins every key unless Options say otherwise.
const DefaultPrefix = "jushou:"

// Options are what may be set. The zero value is right for one installation on its own Redis.
type Options struct {
	Prefix string // "" is DefaultPrefix
	// PoolSize is the most connections; 0 is ten for each processor.
	PoolSize int
}

// Coord implements coord.Coord. Make it with Open.
type Coord struct {
	client *redis.Client
	prefix string
	closed atomic.Bool
	done   chan struct{}
	// restUntil is the end of the rest after a failure, in real nanoseconds since began.
	restUntil atomic.Int64
	began     time.Time
}

var _ coord.Coord = (*Coord)(nil)

// Open returns a coordinator for a redis:// or rediss:// address. It does not connect: an application starts
// without Redis and finds it when it comes. The error is about the address, and does not repeat its password.
func Open(address string, o Options) (*Coord, error) {
	opts, err := redis.ParseURL(address)
	if err != nil {
		return nil, fmt.Errorf("redis: the address is not of the form redis://user:password@host:port/number")
	}
	if o.Prefix == "" {
		o.Prefix = DefaultPrefix
	}
	opts.PoolSize = o.PoolSize
	opts.DialTimeout, opts.ReadTimeout, opts.WriteTimeout, opts.PoolTimeout = dialTimeout, callTimeout, callTimeout, poolTimeout
	// No command is sent twice: a Once whose first answer was lost would find its own key and drop a push.
	opts.DialerRetries, opts.MaxRetries = 1, -1
	opts.ContextTimeoutEnabled = true
	opts.DisableIdentity = true
	return &Coord{client: redis.NewClient(opts), prefix: o.Prefix, done: make(chan struct{}), began: time.Now()}, nil
}

// ask runs one command under the rules of the port: arguments first, then the caller's context, a rest after
// failures, a short time-out, and one error for every failure of Redis. redis.Nil passes through.
func (c *Coord) ask(ctx context.Context, bad error, command func(context.Context) error) error {
	if bad != nil {
		return bad
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.closed.Load() {
		return coord.ErrUnavailable
	}
	if c.resting() {
		return coord.ErrUnavailable.Because(errors.New("redis: no answer a moment ago"))
	}
	limited, cancel := context.WithTimeout(ctx, 2*callTimeout)
	defer cancel()
	err := command(limited)
	if err == nil || errors.Is(err, redis.Nil) {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if _, answered := errors.AsType[redis.Error](err); !answered {
		c.rest()
	}
	return coord.ErrUnavailable.Because(err)
}

func (c *Coord) resting() bool { return int64(time.Since(c.began)) < c.restUntil.Load() }

func (c *Coord) rest() { c.restUntil.Store(int64(time.Since(c.began) + restAfterFailure)) }

// Ping implements coord.Coord.
func (c *Coord) Ping(ctx context.Context) error {
	return c.ask(ctx, nil, func(ctx context.Context) error { return c.client.Ping(ctx).Err() })
}

// Close implements coord.Coord.
func (c *Coord) Close() error {
	if c.closed.Swap(true) {
		return nil
	}
	close(c.done)
	if err := c.client.Close(); err != nil {
		return fmt.Errorf("redis: close: %w", err)
	}
	return nil
}
