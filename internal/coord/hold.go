package coord

import (
	"context"
	"errors"
	"time"
)

// releaseWait bounds giving a lease back after the work was cancelled.
const releaseWait = time.Second

// Hold runs work while this process holds the named lease, renewing it every third of ttl, and gives it back.
// If somebody else holds it, ran is false and work was not called. work's context ends when ctx does or
// when the lease is lost to somebody else.
//
// Hold fails open: without a coordinator the work is done all the same, because a sweep that nobody runs
// harms residents and one that runs twice only wastes effort.
func Hold(ctx context.Context, c Coord, name string, ttl time.Duration, work func(context.Context) error) (ran bool, err error) {
	lease, ok, err := c.Lease(ctx, name, ttl)
	if errors.Is(err, ErrUnavailable) {
		return true, work(ctx)
	}
	if err != nil || !ok {
		return false, err
	}
	working, stop := context.WithCancel(ctx)
	kept := make(chan Lease)
	go func() {
		last := keep(working, c, lease, name, ttl)
		stop()
		kept <- last
	}()
	defer func() {
		stop()
		release(ctx, <-kept)
	}()
	return true, work(working)
}

// keep renews the lease until ctx ends or somebody else has it, and returns the one held last. A lease that
// expired and that nobody took (Redis restarted empty) is taken again.
func keep(ctx context.Context, c Coord, lease Lease, name string, ttl time.Duration) Lease {
	tick := time.NewTicker(max(ttl/3, MinTTL))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return lease
		case <-tick.C:
		}
		held, err := lease.Renew(ctx)
		if err != nil || held {
			continue
		}
		again, ok, err := c.Lease(ctx, name, ttl)
		switch {
		case ok:
			lease = again
		case err == nil:
			return lease
		}
	}
}

// release gives the lease back even though the work was cancelled; if that fails, it expires.
func release(ctx context.Context, lease Lease) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseWait)
	defer cancel()
	_ = lease.Release(ctx)
}
