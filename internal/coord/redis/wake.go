package redis

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/redis/go-redis/v9"

	"jushou/internal/coord"
)

const (
	// reconnectEvery is the wait between attempts to reach a Redis that is gone.
	reconnectEvery = 500 * time.Millisecond
	// pingEvery is how long a topic may be quiet before the connection is asked whether it lives.
	pingEvery = 5 * time.Second
)

// Publish implements coord.Coord.
func (c *Coord) Publish(ctx context.Context, topic string) error {
	return c.ask(ctx, coord.CheckName(topic), func(ctx context.Context) error {
		return c.client.Publish(ctx, c.prefix+"wake:"+topic, "").Err()
	})
}

// Subscribe implements coord.Coord.
func (c *Coord) Subscribe(ctx context.Context, topic string) <-chan struct{} {
	wake := make(chan struct{}, 1)
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-c.done:
		case <-ctx.Done():
		}
		cancel()
	}()
	go func() {
		defer close(wake)
		defer cancel()
		for ctx.Err() == nil {
			c.listen(ctx, c.prefix+"wake:"+topic, wake)
			pause(ctx, reconnectEvery)
		}
	}()
	return wake
}

// listen wakes for every message, and for the confirmation that the subscription stands, until the
// connection breaks.
func (c *Coord) listen(ctx context.Context, channel string, wake chan<- struct{}) {
	sub := c.client.Subscribe(ctx, channel)
	stop := context.AfterFunc(ctx, func() { _ = sub.Close() }) // interrupts Receive
	defer func() {
		stop()
		_ = sub.Close()
	}()
	for wait, asked := pingEvery, false; ; {
		message, err := sub.ReceiveTimeout(ctx, wait)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			wait, asked = pingEvery, false
			if _, pong := message.(*redis.Pong); !pong {
				nudge(wake)
			}
		case asked || !isTimeout(err) || sub.Ping(ctx) != nil:
			return
		default:
			wait, asked = callTimeout, true
		}
	}
}

func isTimeout(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}

// nudge leaves one value in a channel of one place.
func nudge(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// pause waits for real time to pass or ctx to end.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
