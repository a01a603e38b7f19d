package redis

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"jushou/internal/coord"
)

// fenceKept is how long the last fence of a name outlives its lease. After that, or when Redis lost its memory, the
// server's clock in microseconds keeps fences rising.
const fenceKept = 24 * time.Hour

// takeScript takes a free lease and answers its fence, or 0. The owner is the fence itself.
var takeScript = redis.NewScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then return '0' end
local t = redis.call('TIME')
local fence = t[1] * 1000000 + t[2]
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
if last >= fence then fence = last + 1 end
fence = string.format('%.0f', fence)
redis.call('SET', KEYS[2], fence, 'PX', ARGV[2])
redis.call('SET', KEYS[1], fence, 'PX', ARGV[1])
return fence`)

var renewScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`)

// deleteScript deletes a key that still has the value.
var deleteScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`)

// Lease implements coord.Coord. The braces keep both keys on one node of a cluster.
func (c *Coord) Lease(ctx context.Context, name string, ttl time.Duration) (coord.Lease, bool, error) {
	key := c.prefix + "lease:{" + name + "}"
	var fence int64
	err := c.ask(ctx, coord.CheckTTL(name, ttl), func(ctx context.Context) (err error) {
		keys := []string{key, key + ":fence"}
		fence, err = takeScript.Run(ctx, c.client, keys, ttl.Milliseconds(), (fenceKept + ttl).Milliseconds()).Int64()
		return err
	})
	if err != nil || fence == 0 {
		return nil, false, err
	}
	return &lease{c, key, ttl, fence}, true, nil
}

type lease struct {
	c     *Coord
	key   string
	ttl   time.Duration
	fence int64
}

func (l *lease) Fence() int64 { return l.fence }

func (l *lease) owner() string { return strconv.FormatInt(l.fence, 10) }

func (l *lease) Renew(ctx context.Context) (held bool, err error) {
	err = l.c.ask(ctx, nil, func(ctx context.Context) (err error) {
		held, err = renewScript.Run(ctx, l.c.client, []string{l.key}, l.owner(), l.ttl.Milliseconds()).Bool()
		return err
	})
	return held, err
}

func (l *lease) Release(ctx context.Context) error {
	return l.c.ask(ctx, nil, func(ctx context.Context) error {
		return deleteScript.Run(ctx, l.c.client, []string{l.key}, l.owner()).Err()
	})
}

// CompareAndDelete implements coord.Coord.
func (c *Coord) CompareAndDelete(ctx context.Context, key, seen string) (deleted bool, err error) {
	err = c.ask(ctx, coord.CheckName(key), func(ctx context.Context) (err error) {
		deleted, err = deleteScript.Run(ctx, c.client, []string{c.valueKey(key)}, seen).Bool()
		return err
	})
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return deleted, err
}
