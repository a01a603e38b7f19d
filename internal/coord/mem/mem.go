// Package mem is coord for one process: maps behind a mutex. What it holds is gone when the process ends, and
// other processes do not see it.
package mem

import (
	"context"
	"sync"
	"time"

	"jushou/internal/coord"
)

// Coord implements coord.Coord. Make it with New.
type Coord struct {
	mu     sync.Mutex
	closed bool
	leases expiring[int64] // name to fence
	onces  expiring[struct{}]
	limits expiring[time.Time] // key to when the bucket is full again
	values expiring[string]
	fence  int64
	topics map[string]map[chan struct{}]struct{}
	done   chan struct{}
}

var _ coord.Coord = (*Coord)(nil)

// New returns an empty coordinator.
func New() *Coord {
	return &Coord{
		leases: expiring[int64]{}, onces: expiring[struct{}]{}, limits: expiring[time.Time]{}, values: expiring[string]{},
		fence:  time.Now().UnixMicro(), // above the fences of this process's earlier lives
		topics: map[string]map[chan struct{}]struct{}{},
		done:   make(chan struct{}),
	}
}

// begin locks c unless the call cannot go on; when it returns nil the caller unlocks.
func (c *Coord) begin(ctx context.Context, bad error) error {
	if bad != nil {
		return bad
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return coord.ErrUnavailable
	}
	return nil
}

// Once implements coord.Coord.
func (c *Coord) Once(ctx context.Context, key string, ttl time.Duration) (bool, error) {
	if err := c.begin(ctx, coord.CheckTTL(key, ttl)); err != nil {
		return false, err
	}
	defer c.mu.Unlock()
	if _, taken := c.onces.get(key); taken {
		return false, nil
	}
	c.onces.set(key, struct{}{}, ttl)
	return true, nil
}

// Limit implements coord.Coord by the generic cell rate algorithm: one instant per key, the one at which
// the bucket will be full again.
func (c *Coord) Limit(ctx context.Context, key string, burst int, window time.Duration) (bool, time.Duration, error) {
	if err := c.begin(ctx, coord.CheckLimit(key, burst, window)); err != nil {
		return false, 0, err
	}
	defer c.mu.Unlock()
	now := time.Now()
	full, ok := c.limits.get(key)
	if !ok || full.Before(now) {
		full = now
	}
	full = full.Add(window / time.Duration(burst))
	if wait := full.Sub(now) - window; wait > 0 {
		return false, wait, nil
	}
	c.limits.set(key, full, full.Sub(now))
	return true, 0, nil
}

// Get implements coord.Coord.
func (c *Coord) Get(ctx context.Context, key string) (string, bool, error) {
	if err := c.begin(ctx, coord.CheckName(key)); err != nil {
		return "", false, err
	}
	defer c.mu.Unlock()
	value, ok := c.values.get(key)
	return value, ok, nil
}

// Set implements coord.Coord.
func (c *Coord) Set(ctx context.Context, key, value string, ttl time.Duration) error {
	if err := c.begin(ctx, coord.CheckSet(key, value, ttl)); err != nil {
		return err
	}
	defer c.mu.Unlock()
	c.values.set(key, value, ttl)
	return nil
}

// Delete implements coord.Coord.
func (c *Coord) Delete(ctx context.Context, key string) error {
	if err := c.begin(ctx, coord.CheckName(key)); err != nil {
		return err
	}
	defer c.mu.Unlock()
	delete(c.values, key)
	return nil
}

// CompareAndDelete implements coord.Coord.
func (c *Coord) CompareAndDelete(ctx context.Context, key, seen string) (bool, error) {
	if err := c.begin(ctx, coord.CheckName(key)); err != nil {
		return false, err
	}
	defer c.mu.Unlock()
	value, ok := c.values.get(key)
	if !ok || value != seen {
		return false, nil
	}
	delete(c.values, key)
	return true, nil
}

// Ping implements coord.Coord.
func (c *Coord) Ping(ctx context.Context) error {
	if err := c.begin(ctx, nil); err != nil {
		return err
	}
	c.mu.Unlock()
	return nil
}

// Close implements coord.Coord.
func (c *Coord) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.closed = true
		close(c.done)
	}
	return nil
}
