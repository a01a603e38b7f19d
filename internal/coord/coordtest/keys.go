package coordtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"jushou/internal/coord"
)

func once(t *testing.T, a, b coord.Coord) {
	ctx := t.Context()
	for i, want := range []bool{true, false, false} {
		if first, err := pick(i, a, b).Once(ctx, "push 1", long); first != want || err != nil {
			t.Errorf("call %d = %v, %v", i, first, err)
		}
	}
	if first, err := b.Once(ctx, "push 2", brief); !first || err != nil {
		t.Errorf("another key = %v, %v", first, err)
	}
	eventually(t, "the once-key to expire", func() bool {
		first, err := a.Once(ctx, "push 2", long)
		must(t, err)
		return first
	})
}

func onceRace(t *testing.T, a, b coord.Coord) {
	won := race(t, 40, func(i int) (bool, error) { return pick(i, a, b).Once(t.Context(), "push", long) })
	if won != 1 {
		t.Errorf("%d of 40 racers were first", won)
	}
}

func limit(t *testing.T, a, b coord.Coord) {
	ctx := t.Context()
	const burst, window = 3, 3 * brief
	began := time.Now()
	for i := range burst {
		if ok, after, err := pick(i, a, b).Limit(ctx, "who", burst, window); !ok || after != 0 || err != nil {
			t.Fatalf("event %d of the burst = %v, %v, %v", i, ok, after, err)
		}
	}
	ok, after, err := a.Limit(ctx, "who", burst, window)
	if ok || after <= 0 || after > window/burst || err != nil {
		t.Fatalf("event after the burst = %v, %v, %v", ok, after, err)
	}
	if ok, _, err := a.Limit(ctx, "somebody else", burst, window); !ok || err != nil {
		t.Errorf("another key = %v, %v", ok, err)
	}
	eventually(t, "the limit to refill", func() bool {
		ok, _, err := b.Limit(ctx, "who", burst, window)
		must(t, err)
		return ok
	})
	if waited := time.Since(began); waited < after*9/10 {
		t.Errorf("refilled after %v, said %v", waited, after)
	}
}

func limitRefusedIsFree(t *testing.T, a, _ coord.Coord) {
	ctx := t.Context()
	if ok, _, err := a.Limit(ctx, "who", 1, long); !ok || err != nil {
		t.Fatalf("first = %v, %v", ok, err)
	}
	for range 50 {
		ok, after, err := a.Limit(ctx, "who", 1, long)
		if ok || after > long || err != nil {
			t.Fatalf("hammering = %v, %v, %v; the wait must not grow past %v", ok, after, err, long)
		}
	}
}

func limitRace(t *testing.T, a, b coord.Coord) {
	won := race(t, 40, func(i int) (bool, error) {
		ok, _, err := pick(i, a, b).Limit(t.Context(), "who", 5, time.Hour)
		return ok, err
	})
	if won != 5 {
		t.Errorf("%d of 40 racers passed a limit of 5", won)
	}
}

func cache(t *testing.T, a, b coord.Coord) {
	ctx := t.Context()
	expect := func(c coord.Coord, want string, wantOK bool) {
		t.Helper()
		if got, ok, err := c.Get(ctx, "token"); got != want || ok != wantOK || err != nil {
			t.Fatalf("Get = %q, %v, %v; want %q, %v", got, ok, err, want, wantOK)
		}
	}
	expect(a, "", false)
	must(t, a.Set(ctx, "token", "举手\x00\xff", long))
	expect(b, "举手\x00\xff", true)
	must(t, b.Set(ctx, "token", "", long))
	expect(a, "", true)
	must(t, a.Delete(ctx, "token"))
	must(t, a.Delete(ctx, "token"))
	expect(b, "", false)
	must(t, b.Set(ctx, "token", "short", brief))
	eventually(t, "the value to expire", func() bool {
		_, ok, err := a.Get(ctx, "token")
		must(t, err)
		return !ok
	})
}

func compareAndDelete(t *testing.T, a, b coord.Coord) {
	ctx := t.Context()
	must(t, a.Set(ctx, "token", "old", long))
	if did, err := b.CompareAndDelete(ctx, "token", "old"); !did || err != nil {
		t.Fatalf("= %v, %v", did, err)
	}
	must(t, a.Set(ctx, "token", "new", long))
	if did, err := b.CompareAndDelete(ctx, "token", "old"); did || err != nil {
		t.Errorf("deleting a successor = %v, %v", did, err)
	}
	if got, ok, err := a.Get(ctx, "token"); got != "new" || !ok || err != nil {
		t.Errorf("the successor is %q, %v, %v", got, ok, err)
	}
	if did, err := b.CompareAndDelete(ctx, "no such", ""); did || err != nil {
		t.Errorf("deleting nothing = %v, %v", did, err)
	}
}

func namespaces(t *testing.T, a, b coord.Coord) {
	ctx := t.Context()
	must(t, a.Set(ctx, "x", "value", long))
	if _, ok := mustLease(t, b, "x", long); !ok {
		t.Error("a cached value blocks a lease")
	}
	if first, err := a.Once(ctx, "x", long); !first || err != nil {
		t.Errorf("Once = %v, %v", first, err)
	}
	if ok, _, err := b.Limit(ctx, "x", 1, long); !ok || err != nil {
		t.Errorf("Limit = %v, %v", ok, err)
	}
	if got, ok, err := b.Get(ctx, "x"); got != "value" || !ok || err != nil {
		t.Errorf("Get = %q, %v, %v", got, ok, err)
	}
}

func cancelled(t *testing.T, a, _ coord.Coord) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := a.Once(ctx, "x", long)
	if !errors.Is(err, context.Canceled) || errors.Is(err, coord.ErrUnavailable) {
		t.Errorf("Once with a cancelled context = %v", err)
	}
	if first, err := a.Once(t.Context(), "x", long); !first || err != nil {
		t.Errorf("the cancelled call took the key: %v, %v", first, err)
	}
}

// everyCall lists one call of each operation.
func everyCall(t *testing.T, c coord.Coord, lease coord.Lease) []func() error {
	ctx := t.Context()
	return []func() error{
		func() error { _, _, err := c.Lease(ctx, "x", long); return err },
		func() error { _, err := lease.Renew(ctx); return err },
		func() error { return lease.Release(ctx) },
		func() error { _, err := c.Once(ctx, "x", long); return err },
		func() error { _, _, err := c.Limit(ctx, "x", 1, long); return err },
		func() error { _, _, err := c.Get(ctx, "x"); return err },
		func() error { return c.Set(ctx, "x", "y", long) },
		func() error { return c.Delete(ctx, "x") },
		func() error { _, err := c.CompareAndDelete(ctx, "x", "y"); return err },
		func() error { return c.Publish(ctx, "x") },
		func() error { return c.Ping(ctx) },
	}
}
