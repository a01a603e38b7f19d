package redis_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	driver "github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"jushou/internal/coord"
	"jushou/internal/coord/coordtest"
	"jushou/internal/coord/redis"
	"jushou/internal/coord/redistest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, url, prefix string) *redis.Coord {
	t.Helper()
	c, err := redis.Open(url, redis.Options{Prefix: prefix})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func TestConformance(t *testing.T) {
	server := redistest.Start(t)
	var n atomic.Int32
	coordtest.Run(t, func(t *testing.T) (coord.Coord, coord.Coord) {
		prefix := strings.Repeat("x", int(n.Add(1))) + ":"
		return open(t, server.URL(), prefix), open(t, server.URL(), prefix)
	})
}

// until polls for something that only time brings about.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s", what)
		}
		<-tick.C
	}
}

func TestItSurvivesARestartOfTheServer(t *testing.T) {
	server := redistest.Start(t)
	c := open(t, server.URL(), "")
	ctx := t.Context()
	lease, ok, err := c.Lease(ctx, "work", time.Minute)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	woken := c.Subscribe(ctx, "feed")
	<-woken // connected

	server.Stop()
	began := time.Now()
	_, err = c.Once(ctx, "push", time.Minute)
	if !errors.Is(err, coord.ErrUnavailable) {
		t.Errorf("while the server is gone: %v", err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("the refusal took %v", took)
	}

	server.Restart()
	until(t, "an answer after the restart", func() bool { return c.Ping(ctx) == nil })
	if held, err := lease.Renew(ctx); held || err != nil {
		t.Errorf("renewing a lease that the server forgot = %v, %v", held, err)
	}
	again, ok, err := c.Lease(ctx, "work", time.Minute)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	if again.Fence() <= lease.Fence() {
		t.Errorf("the fence went from %d to %d over a restart that forgot it", lease.Fence(), again.Fence())
	}
	<-woken // connected again
	if err := c.Publish(ctx, "feed"); err != nil {
		t.Fatal(err)
	}
	<-woken
}

func TestHoldKeepsItsWorkThroughARestart(t *testing.T) {
	server := redistest.Start(t)
	c := open(t, server.URL(), "")
	const ttl = 300 * time.Millisecond
	ran, err := coord.Hold(t.Context(), c, "work", ttl, func(ctx context.Context) error {
		server.Restart()
		// Looking must not compete for the lease, so the test reads its key.
		raw := driver.NewClient(&driver.Options{Addr: server.Addr()})
		defer raw.Close()
		until(t, "the lease to be taken again", func() bool {
			n, err := raw.Exists(ctx, redis.DefaultPrefix+"lease:{work}").Result()
			return err == nil && n == 1 || ctx.Err() != nil
		})
		return ctx.Err()
	})
	if !ran || err != nil {
		t.Errorf("Hold = %v, %v", ran, err)
	}
}

// A server that accepts connections and says nothing is worse than one that is gone.
func TestAServerThatHangsCostsOneTimeoutAndThenLittle(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	c := open(t, "redis://"+l.Addr().String(), "")
	began := time.Now()
	if err := c.Ping(t.Context()); !errors.Is(err, coord.ErrUnavailable) {
		t.Fatalf("Ping = %v", err)
	}
	if took := time.Since(began); took > 1500*time.Millisecond {
		t.Errorf("the first refusal took %v", took)
	}
	began = time.Now()
	for range 100 {
		if _, _, err := c.Get(t.Context(), "x"); !errors.Is(err, coord.ErrUnavailable) {
			t.Fatalf("Get = %v", err)
		}
	}
	if took := time.Since(began); took > 1500*time.Millisecond {
		t.Errorf("a hundred calls took %v; each may not wait for its own time-out", took)
	}
}

func TestABadAddressIsRefusedWithoutItsPassword(t *testing.T) {
	for _, address := range []string{"", "localhost:6379", "http://x", "redis://:s3cret@host:port"} {
		_, err := redis.Open(address, redis.Options{})
		if err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("Open(%q) = %v", address, err)
		}
	}
}

// While the server is killed and started again under load, every call is answered or refused in about a second,
// and what was refused passes afterwards.
func TestTheServerStopsUnderLoad(t *testing.T) {
	server := redistest.Start(t)
	c := open(t, server.URL(), "")
	var refused, passed, slowest atomic.Int64
	stop := make(chan struct{})
	var load sync.WaitGroup
	for range 32 {
		load.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				began := time.Now()
				_, _, err := c.Limit(t.Context(), "who", 1000, time.Second)
				for took := int64(time.Since(began)); took > slowest.Load(); {
					slowest.Store(took)
				}
				switch {
				case err == nil:
					passed.Add(1)
				case errors.Is(err, coord.ErrUnavailable):
					refused.Add(1)
				default:
					t.Errorf("a call failed with %v", err)
				}
			}
		})
	}
	until(t, "load", func() bool { return passed.Load() > 100 })
	server.Stop()
	until(t, "refusals", func() bool { return refused.Load() > 100 })
	server.Restart()
	before := passed.Load()
	until(t, "recovery", func() bool { return passed.Load() > before+100 })
	close(stop)
	load.Wait()
	if slow := time.Duration(slowest.Load()); slow > 2*time.Second {
		t.Errorf("the slowest call took %v", slow)
	}
}
