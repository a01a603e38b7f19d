package wechat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"sync"
	"time"

	"jushou/internal/clock"
)

// TokenCache is the shared store of strings that replicas use to hold one access token together. It may
// lose anything at any time, and it may be down; internal/coord provides one.
type TokenCache interface {
	// Get returns the value, and false if there is none.
	Get(ctx context.Context, key string) (value string, ok bool, err error)
	// Set keeps the value for ttl.
	Set(ctx context.Context, key, value string, ttl time.Duration) error
	// CompareAndDelete removes the key if it still holds value and reports whether it did.
	CompareAndDelete(ctx context.Context, key, value string) (bool, error)
}

const (
	// tokenMargin is taken off a token's life. The platform makes a new one five minutes before the
	// old one ends and honours both in between.
	tokenMargin = 5 * time.Minute
	// ticketMargin is the same for the JS ticket.
	ticketMargin = 10 * time.Minute
	// shortestKeep is kept at least, so that an odd expires_in cannot make us ask at every call.
	shortestKeep = time.Minute
	// stuckFor is how long a token that was refused right after a refresh is not asked for again.
	stuckFor = time.Minute
)

// credential is a string that the platform lends us for a time, shared by all replicas.
//
// Read shared cache → per-process lock → read again → fetch → share. A copy in the process serves while the
// cache is down: what the cache loses, the platform still honours. Losing the race between two replicas is
// harmless, because both are given the same token in stable_token's normal mode.
type credential struct {
	key    string
	cache  TokenCache
	clock  clock.Clock
	margin time.Duration
	fetch  func(ctx context.Context) (value string, life time.Duration, err error)

	fetching chan struct{} // holds one value while somebody fetches; a lock that a context can leave

	mu       sync.Mutex
	copy     string // what we shared last, for when the cache is down
	stuck    string // a value refused although it was just fetched
	since    time.Time
	failures int   // counts failed fetches
	failure  error // the last of them
}

func newCredential(key string, margin time.Duration, cfg Config,
	fetch func(context.Context) (string, time.Duration, error)) *credential {
	return &credential{
		key: key, cache: cfg.Cache, clock: cfg.Clock, margin: margin, fetch: fetch, fetching: make(chan struct{}, 1),
	}
}

// credentialKey names a shared credential. It contains a hash of the secret, so that a rotated secret
// cannot be served a token of the old one.
func credentialKey(what, appID, secret string) string {
	sum := sha256.Sum256([]byte(appID + "\x00" + secret))
	return "wechat:" + what + ":" + appID + ":" + hex.EncodeToString(sum[:8])
}

// get returns the credential, fetching it if nobody holds one.
func (c *credential) get(ctx context.Context) (string, error) {
	if value, ok := c.held(ctx); ok {
		return value, nil
	}
	before, _ := c.failed()
	select {
	case c.fetching <- struct{}{}:
		defer func() { <-c.fetching }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if value, ok := c.held(ctx); ok {
		return value, nil
	}
	if n, err := c.failed(); n != before {
		return "", err
	}
	value, life, err := c.fetch(ctx)
	if err != nil {
		c.fail(ctx, err)
		return "", err
	}
	c.share(ctx, value, max(life-c.margin, shortestKeep))
	return value, nil
}

// failed returns how many fetches have failed and the last failure. Whoever waited while one failed takes its
// error: if each asked for itself in turn, the last would wait for minutes.
func (c *credential) failed() (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failures, c.failure
}

// fail counts a failure, unless it was only the caller who left.
func (c *credential) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failures++
	c.failure = err
}

// held looks in the shared cache and, only if that is down, at our own copy. While the cache answers it
// decides, so that another replica's invalidation counts here too.
func (c *credential) held(ctx context.Context) (string, bool) {
	shared, ok, err := c.cache.Get(ctx, c.key)
	if err != nil {
		c.mu.Lock()
		shared, ok = c.copy, c.copy != ""
		c.mu.Unlock()
	}
	if !ok {
		return "", false
	}
	value, until := splitShared(shared)
	return value, value != "" && c.clock.Now().Before(until)
}

func (c *credential) share(ctx context.Context, value string, keep time.Duration) {
	shared := joinShared(value, c.clock.Now().Add(keep))
	c.mu.Lock()
	c.copy = shared
	c.mu.Unlock()
	// A cache that is down costs the other replicas a fetch of their own; the copy serves us.
	_ = c.cache.Set(ctx, c.key, shared, keep)
}

// joinShared writes the end of life before the value. The cache forgets by real time; the end of a
// credential is a matter of our Clock, which in the sandbox is the platform's too.
func joinShared(value string, until time.Time) string {
	return strconv.FormatInt(until.Unix(), 10) + " " + value
}

func splitShared(shared string) (value string, until time.Time) {
	seconds, value, _ := strings.Cut(shared, " ")
	return value, time.Unix(integer(seconds), 0)
}

// invalidate forgets value if it is still the one in use, and reports false if it is known to be stuck:
// fetched a moment ago and refused again. Fetching again would return the same.
func (c *credential) invalidate(ctx context.Context, value string) bool {
	c.mu.Lock()
	if c.stuck == value && c.clock.Now().Sub(c.since) < stuckFor {
		c.mu.Unlock()
		return false
	}
	if held, _ := splitShared(c.copy); held == value {
		c.copy = ""
	}
	c.mu.Unlock()
	shared, _, err := c.cache.Get(ctx, c.key)
	if held, _ := splitShared(shared); err == nil && held == value {
		// If the cache fails now, the other replicas find out by themselves.
		_, _ = c.cache.CompareAndDelete(ctx, c.key, shared)
	}
	return true
}

// markStuck remembers that a refresh returned the value that had been refused.
func (c *credential) markStuck(value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stuck, c.since = value, c.clock.Now()
}
