package identity

import (
	"container/list"
	"sync"
	"time"

	"jushou/internal/clock"
)

const (
	// cachedAccounts bounds the cache; at about 2 KB each that is 8 MB.
	cachedAccounts = 4096
	// cacheFor bounds how long a change made by another process stays unseen: less than the two seconds
	// that a revoked role may still work elsewhere.
	cacheFor = 1500 * time.Millisecond
	// cacheAlone bounds the same where there is no other process: a safety net.
	cacheAlone = 30 * time.Second
	// nameFor bounds the same for names beside posts, which rest on nothing and decide nothing.
	nameFor = 30 * time.Second
)

// known is an account with what requests ask of it worked out once. It is never changed.
type known struct {
	account Account
	version int64
	actor   Actor
	name    PublicName
}

// accountCache keeps the accounts of recent requests: the least recently used go first, each is read again
// after cacheFor of real time, and a newer version is never replaced by an older one.
type accountCache struct {
	real clock.Clock
	size int

	mu    sync.Mutex
	byID  map[AccountID]*list.Element
	order *list.List // of *cached, most recently used first
}

type cached struct {
	*known
	read time.Time
}

func newAccountCache(real clock.Clock, size int) *accountCache {
	return &accountCache{real: real, size: size, byID: map[AccountID]*list.Element{}, order: list.New()}
}

// get returns the account if it was read within the time, or nil.
func (c *accountCache) get(id AccountID, within time.Duration) *known {
	now := c.real.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byID[id]
	if !ok {
		return nil
	}
	entry := e.Value.(*cached)
	if age := now.Sub(entry.read); age < 0 || age >= within {
		return nil
	}
	c.order.MoveToFront(e)
	return entry.known
}

// put remembers the account as read or written now.
func (c *accountCache) put(k *known) {
	now := c.real.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	id := k.account.ID
	if e, ok := c.byID[id]; ok {
		if entry := e.Value.(*cached); entry.version <= k.version {
			e.Value = &cached{known: k, read: now}
			c.order.MoveToFront(e)
		}
		return
	}
	c.byID[id] = c.order.PushFront(&cached{known: k, read: now})
	if c.order.Len() > c.size {
		last := c.order.Back()
		c.order.Remove(last)
		delete(c.byID, last.Value.(*cached).account.ID)
	}
}

// forget makes the next get of an account read the store, unless the cache knows the version already.
func (c *accountCache) forget(id AccountID, version int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.byID[id]; ok {
		if entry := e.Value.(*cached); entry.version < version {
			c.order.Remove(e)
			delete(c.byID, id)
		}
	}
}
