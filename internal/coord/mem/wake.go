package mem

import (
	"context"

	"jushou/internal/coord"
)

// Publish implements coord.Coord.
func (c *Coord) Publish(ctx context.Context, topic string) error {
	if err := c.begin(ctx, coord.CheckName(topic)); err != nil {
		return err
	}
	defer c.mu.Unlock()
	for wake := range c.topics[topic] {
		nudge(wake)
	}
	return nil
}

// Subscribe implements coord.Coord.
func (c *Coord) Subscribe(ctx context.Context, topic string) <-chan struct{} {
	wake := make(chan struct{}, 1)
	nudge(wake)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.topics[topic] == nil {
		c.topics[topic] = map[chan struct{}]struct{}{}
	}
	c.topics[topic][wake] = struct{}{}
	go func() {
		select {
		case <-ctx.Done():
		case <-c.done:
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.topics[topic], wake)
		close(wake)
	}()
	return wake
}

// nudge leaves one value in a channel of one place.
func nudge(wake chan struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}
