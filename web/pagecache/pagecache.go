// Package pagecache keeps rendered pieces of pages that many people see.
//
// A key names everything the bytes depend on: the scope and the last event in it, the minute (time words change),
// the language, the page. So nothing is ever invalidated: when something changes, the key does, and the old bytes
// fall off the end of a bounded list. Callers that miss the same key at once wait for one rendering.
package pagecache

import (
	"bytes"
	"container/list"
	"context"
	"io"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

const (
	// buildTime bounds one rendering. It outlives the visitor who asked first, because others wait for it.
	buildTime = 10 * time.Second
	// mostScratch bounds what a rendering leaves for the next one, in bytes.
	mostScratch = 256 << 10
)

// scratch holds buffers that have grown. What is kept of a rendering is a copy as long as itself: a buffer that doubled its way up leaves
// several times the page behind as garbage, and up to half of what it ends in is empty.
var scratch = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Cache is a bounded list of byte slices, the least recently used falling off. It is safe for concurrent use.
type Cache struct {
	most   int // bytes of values and keys together
	flight singleflight.Group

	mu    sync.Mutex
	held  int
	order *list.List // of *entry, the most recently used in front
	byKey map[string]*list.Element
}

type entry struct {
	key  string
	body []byte
}

// New returns a cache of at most the given number of bytes.
func New(most int) *Cache {
	return &Cache{most: most, order: list.New(), byKey: map[string]*list.Element{}}
}

// Bytes returns the bytes under key, which the caller must not change, rendering them first if they are not held.
// With reuse unset they are rendered anew and replace what was held. An error is returned to all
// who waited and nothing is kept.
func (c *Cache) Bytes(ctx context.Context, key string, reuse bool, render func(context.Context, io.Writer) error) ([]byte, error) {
	if reuse {
		if body, ok := c.get(key); ok {
			return body, nil
		}
	}
	flight := key
	if !reuse {
		flight = "fresh\x00" + key
	}
	body, err, _ := c.flight.Do(flight, func() (any, error) {
		body, err := written(ctx, render)
		if err != nil {
			return nil, err
		}
		c.put(key, body)
		return body, nil
	})
	if err != nil {
		return nil, err
	}
	return body.([]byte), nil
}

// written returns what render writes, which may not keep its writer.
func written(ctx context.Context, render func(context.Context, io.Writer) error) ([]byte, error) {
	building, cancel := context.WithTimeout(context.WithoutCancel(ctx), buildTime)
	defer cancel()
	b := scratch.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() <= mostScratch {
			b.Reset()
			scratch.Put(b)
		}
	}()
	if err := render(building, b); err != nil {
		return nil, err
	}
	return append(make([]byte, 0, b.Len()), b.Bytes()...), nil
}

// Held returns the number of bytes and entries held, for metrics.
func (c *Cache) Held() (bytes, entries int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.held, c.order.Len()
}

func (c *Cache) get(key string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.byKey[key]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(at)
	return at.Value.(*entry).body, true
}

func (c *Cache) put(key string, body []byte) {
	size := len(key) + cap(body)
	if size > c.most {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.byKey[key]; ok {
		c.drop(at)
	}
	for c.held+size > c.most {
		c.drop(c.order.Back())
	}
	c.byKey[key] = c.order.PushFront(&entry{key, body})
	c.held += size
}

func (c *Cache) drop(at *list.Element) {
	e := c.order.Remove(at).(*entry)
	delete(c.byKey, e.key)
	c.held -= len(e.key) + cap(e.body)
}
