package mem

import (
	"context"
	"time"

	"jushou/internal/coord"
)

// Lease implements coord.Coord.
func (c *Coord) Lease(ctx context.Context, name string, ttl time.Duration) (coord.Lease, bool, error) {
	if err := c.begin(ctx, coord.CheckTTL(name, ttl)); err != nil {
		return nil, false, err
	}
	defer c.mu.Unlock()
	if _, held := c.leases.get(name); held {
		return nil, false, nil
	}
	c.fence++
	c.leases.set(name, c.fence, ttl)
	return lease{c, name, ttl, c.fence}, true, nil
}

// lease is owned by whoever knows its fence.
type lease struct {
	c     *Coord
	name  string
	ttl   time.Duration
	fence int64
}

func (l lease) Fence() int64 { return l.fence }

func (l lease) Renew(ctx context.Context) (bool, error) {
	if err := l.c.begin(ctx, nil); err != nil {
		return false, err
	}
	defer l.c.mu.Unlock()
	if owner, held := l.c.leases.get(l.name); !held || owner != l.fence {
		return false, nil
	}
	l.c.leases.set(l.name, l.fence, l.ttl)
	return true, nil
}

func (l lease) Release(ctx context.Context) error {
	if err := l.c.begin(ctx, nil); err != nil {
		return err
	}
	defer l.c.mu.Unlock()
	if owner, held := l.c.leases.get(l.name); held && owner == l.fence {
		delete(l.c.leases, l.name)
	}
	return nil
}
