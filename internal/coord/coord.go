package coord

import (
	"context"
	"time"

	"jushou/internal/fault"
)

var (
	// ErrUnavailable means that the coordinator did not answer in time. The outcome of the call is
	// unknown; callers decide by the table in the package comment whether to go on.
	ErrUnavailable = fault.New(fault.Unavailable, "coord.unavailable")
	// ErrBadArgument is a name that is empty or too long, a duration below a millisecond, a burst below one,
	// or a value that is too large: a programming fault, refused before anything is sent.
	ErrBadArgument = fault.New(fault.Invalid, "coord.bad_argument")
)

// Bounds on arguments. A duration shorter than MinTTL is refused because Redis counts milliseconds.
const (
	MaxName  = 200       // bytes of a name, key or topic
	MaxValue = 512 << 10 // bytes of a cached value
	MinTTL   = time.Millisecond
)

// Coord is the port. It is safe for concurrent use. Every call returns ctx's error when ctx ended
// first, ErrBadArgument before it sends anything, and ErrUnavailable within about a second otherwise.
// All durations are real elapsed time, see the package comment.
type Coord interface {
	// Lease takes the named lease for ttl if nobody holds it; ok is false if somebody does, this process
	// included. The fence of a lease is greater than that of every earlier lease of the name.
	Lease(ctx context.Context, name string, ttl time.Duration) (lease Lease, ok bool, err error)

	// Once reports true to exactly one caller for the key until ttl has passed since that call.
	// After the loss of Redis's memory it may report true again.
	Once(ctx context.Context, key string, ttl time.Duration) (first bool, err error)

	// Limit lets burst events through at once and refills evenly, burst of them in each window.
	// Otherwise ok is false and retryAfter, which is positive, says when the next one would pass.
	// A refused event does not count, so hammering does not lock anybody out for longer.
	Limit(ctx context.Context, key string, burst int, window time.Duration) (ok bool, retryAfter time.Duration, err error)

	// Get returns the cached value; ok is false if there is none or it has expired.
	Get(ctx context.Context, key string) (value string, ok bool, err error)
	// Set caches the value for ttl, whatever was there.
	Set(ctx context.Context, key, value string, ttl time.Duration) error
	// Delete forgets the value. Deleting what is not there is no error.
	Delete(ctx context.Context, key string) error
	// CompareAndDelete forgets the value if it is still seen, in one step, and reports whether it did:
	// of many callers that found the same token refused, none deletes its successor.
	CompareAndDelete(ctx context.Context, key, seen string) (deleted bool, err error)

	// Publish wakes the subscribers of topic in all processes, this one included.
	Publish(ctx context.Context, topic string) error
	// Subscribe returns a channel that receives a value after a Publish. Wake-ups are lossy and merged: a
	// reader that was busy gets one for many, and none for those sent while Redis was away, but it
	// is woken once when the connection is made or made again. The channel is closed when ctx ends.
	Subscribe(ctx context.Context, topic string) <-chan struct{}

	// Ping returns nil if the coordinator answers.
	Ping(ctx context.Context) error
	// Close releases connections and ends subscriptions. Later calls return ErrUnavailable.
	Close() error
}

// Lease is the right to do a named piece of work until it expires. Only its owner can renew or release it.
type Lease interface {
	// Fence is the number that a store may compare to refuse a holder that was overtaken.
	Fence() int64
	// Renew extends the lease to its full ttl from now; held is false if it has expired or was taken.
	Renew(ctx context.Context) (held bool, err error)
	// Release gives the lease up. Releasing what is no longer held is no error and disturbs nobody.
	Release(ctx context.Context) error
}

// CheckName refuses an empty or over-long name, key or topic.
func CheckName(name string) error {
	if name == "" || len(name) > MaxName {
		return ErrBadArgument.With("name_bytes", len(name))
	}
	return nil
}

// CheckTTL refuses a name as CheckName does, and a duration that is too short.
func CheckTTL(name string, ttl time.Duration) error {
	if ttl < MinTTL {
		return ErrBadArgument.With("ttl", ttl)
	}
	return CheckName(name)
}

// CheckLimit refuses a limit that would let nothing through or whose refill is finer than a microsecond.
func CheckLimit(key string, burst int, window time.Duration) error {
	if burst < 1 || window/time.Duration(max(burst, 1)) < time.Microsecond {
		return ErrBadArgument.With("burst", burst).With("window", window)
	}
	return CheckTTL(key, window)
}

// CheckSet refuses a name or duration as CheckTTL does, and a value that is too large.
func CheckSet(key, value string, ttl time.Duration) error {
	if len(value) > MaxValue {
		return ErrBadArgument.With("value_bytes", len(value))
	}
	return CheckTTL(key, ttl)
}
