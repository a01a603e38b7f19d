package coordtest

import (
	"context"
	"errors"
	"testing"
	"time"

	"jushou/internal/coord"
)

func leaseHasOneHolder(t *testing.T, a, b coord.Coord) {
	held, ok := mustLease(t, a, "work", long)
	if !ok {
		t.Fatal("a free lease was refused")
	}
	for name, c := range map[string]coord.Coord{"the holder": a, "another": b} {
		if _, ok := mustLease(t, c, "work", long); ok {
			t.Errorf("%s got a lease that is held", name)
		}
	}
	if _, ok := mustLease(t, b, "other work", long); !ok {
		t.Error("a lease of another name was refused")
	}
	must(t, held.Release(t.Context()))
	next, ok := mustLease(t, b, "work", long)
	if !ok {
		t.Fatal("a released lease was refused")
	}
	if next.Fence() <= held.Fence() {
		t.Errorf("fence went from %d to %d", held.Fence(), next.Fence())
	}
}

func leaseExpires(t *testing.T, a, b coord.Coord) {
	began := time.Now()
	old, _ := mustLease(t, a, "work", brief)
	var next coord.Lease
	eventually(t, "the lease to expire", func() (ok bool) {
		next, ok = mustLease(t, b, "work", long)
		return ok
	})
	if lived := time.Since(began); lived < brief*9/10 {
		t.Errorf("the lease ended after %v of %v", lived, brief)
	}
	if next.Fence() <= old.Fence() {
		t.Errorf("fence went from %d to %d", old.Fence(), next.Fence())
	}
	if held, err := old.Renew(t.Context()); held || err != nil {
		t.Errorf("renewing a lost lease = %v, %v", held, err)
	}
}

func leaseRenewed(t *testing.T, a, b coord.Coord) {
	lease, _ := mustLease(t, a, "work", 4*brief)
	for began := time.Now(); time.Since(began) < 6*brief; {
		if held, err := lease.Renew(t.Context()); !held || err != nil {
			t.Fatalf("Renew = %v, %v", held, err)
		}
		if _, ok := mustLease(t, b, "work", long); ok {
			t.Fatal("another took a lease that is being renewed")
		}
	}
}

func leaseReleaseByLoser(t *testing.T, a, b coord.Coord) {
	old, _ := mustLease(t, a, "work", brief)
	eventually(t, "the lease to expire", func() bool {
		_, ok := mustLease(t, b, "work", long)
		return ok
	})
	must(t, old.Release(t.Context()))
	if _, ok := mustLease(t, a, "work", long); ok {
		t.Error("the loser released the winner's lease")
	}
}

func leaseRace(t *testing.T, a, b coord.Coord) {
	won := race(t, 40, func(i int) (bool, error) {
		_, ok, err := pick(i, a, b).Lease(t.Context(), "work", long)
		return ok, err
	})
	if won != 1 {
		t.Errorf("%d of 40 racers hold the lease", won)
	}
}

func hold(t *testing.T, a, b coord.Coord) {
	ctx := t.Context()
	const ttl = 8 * brief // renewed every third of it, with room for a busy machine
	ran, err := coord.Hold(ctx, a, "work", ttl, func(ctx context.Context) error {
		began := time.Now()
		eventually(t, "the lease to have needed its renewals", func() bool {
			if ran, err := coord.Hold(ctx, b, "work", ttl, func(context.Context) error { return nil }); ran || err != nil {
				t.Errorf("a second Hold ran = %v, %v", ran, err)
			}
			return time.Since(began) > 3*ttl/2
		})
		return context.Cause(ctx)
	})
	if !ran || err != nil {
		t.Fatalf("Hold = %v, %v", ran, err)
	}
	oops := errors.New("oops")
	if ran, err := coord.Hold(ctx, b, "work", long, func(context.Context) error { return oops }); !ran || !errors.Is(err, oops) {
		t.Errorf("Hold after Hold = %v, %v", ran, err)
	}
}

func holdLost(t *testing.T, a, b coord.Coord) {
	stuck := &stuckLeases{Coord: a}
	ran, err := coord.Hold(t.Context(), stuck, "work", brief, func(ctx context.Context) error {
		eventually(t, "the lease to expire", func() bool {
			_, ok := mustLease(t, b, "work", long)
			return ok
		})
		stuck.free()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(patience):
			return nil
		}
	})
	if !ran || !errors.Is(err, context.Canceled) {
		t.Errorf("Hold = %v, %v; want its work cancelled", ran, err)
	}
}

// stuckLeases is a process that was paused: its renewals wait until it is freed.
type stuckLeases struct {
	coord.Coord
	freed chan struct{}
}

func (s *stuckLeases) Lease(ctx context.Context, name string, ttl time.Duration) (coord.Lease, bool, error) {
	if s.freed == nil {
		s.freed = make(chan struct{})
	}
	lease, ok, err := s.Coord.Lease(ctx, name, ttl)
	return stuckLease{lease, s.freed}, ok, err
}

func (s *stuckLeases) free() { close(s.freed) }

type stuckLease struct {
	coord.Lease
	freed chan struct{}
}

func (l stuckLease) Renew(ctx context.Context) (bool, error) {
	<-l.freed
	return l.Lease.Renew(ctx)
}

func pick(i int, a, b coord.Coord) coord.Coord {
	if i%2 == 0 {
		return a
	}
	return b
}
