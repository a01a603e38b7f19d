package redis

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"jushou/internal/coord"
)

func (c *Coord) valueKey(key string) string { return c.prefix + "value:" + key }

// Once implements coord.Coord.
func (c *Coord) Once(ctx context.Context, key string, ttl time.Duration) (first bool, err error) {
	err = c.ask(ctx, coord.CheckTTL(key, ttl), func(ctx context.Context) error {
		err := c.client.SetArgs(ctx, c.prefix+"once:"+key, 1, redis.SetArgs{Mode: "NX", TTL: ttl}).Err()
		first = err == nil
		return err
	})
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return first && err == nil, err
}

// limitScript keeps, for each key, the instant (server's clock, microseconds) at which the bucket is full again, and
// answers 0 or how many microseconds to wait.
var limitScript = redis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local window, each = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = tonumber(redis.call('GET', KEYS[1]) or '0')
full = math.min(math.max(full, now), now + window) + each
local wait = full - now - window
if wait > 0 then return math.ceil(wait) end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return 0`)

// Limit implements coord.Coord. A server's clock that is set back costs a key at most one window.
func (c *Coord) Limit(ctx context.Context, key string, burst int, window time.Duration) (bool, time.Duration, error) {
	var wait int64
	err := c.ask(ctx, coord.CheckLimit(key, burst, window), func(ctx context.Context) (err error) {
		each := window.Microseconds() / int64(burst)
		wait, err = limitScript.Run(ctx, c.client, []string{c.prefix + "limit:" + key}, each*int64(burst), each).Int64()
		return err
	})
	if err != nil {
		return false, 0, err
	}
	return wait == 0, time.Duration(wait) * time.Microsecond, nil
}

// Get implements coord.Coord.
func (c *Coord) Get(ctx context.Context, key string) (value string, ok bool, err error) {
	err = c.ask(ctx, coord.CheckName(key), func(ctx context.Context) (err error) {
		value, err = c.client.Get(ctx, c.valueKey(key)).Result()
		return err
	})
	if errors.Is(err, redis.Nil) {
		return "", false, nil
	}
	return value, err == nil, err
}

// Set implements coord.Coord.
func (c *Coord) Set(ctx context.Context, key, value string, ttl time.Duration) error {
	return c.ask(ctx, coord.CheckSet(key, value, ttl), func(ctx context.Context) error {
		return c.client.Set(ctx, c.valueKey(key), value, ttl).Err()
	})
}

// Delete implements coord.Coord.
func (c *Coord) Delete(ctx context.Context, key string) error {
	return c.ask(ctx, coord.CheckName(key), func(ctx context.Context) error {
		return c.client.Del(ctx, c.valueKey(key)).Err()
	})
}
