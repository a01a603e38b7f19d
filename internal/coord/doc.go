// Package coord is what several processes of one installation share besides their documents: leases,
// once-keys, rate limits, a small cache and wake-ups.
//
// Everything here may be lost at any moment without harm: uniqueness, deadlines and delivery are kept by
// docstore. mem serves one process, redis serves many; coordtest judges both.
//
// # Time
//
// Leases, once-keys, limits and cached values expire by real elapsed time (the monotonic clock of this process,
// or Redis's own), never by clock.Clock. The simulator's clock can run three days ahead in one step: that must
// not end a lease under its holder, nor give a guesser of codes three days of fresh tries.
//
// # When Redis is gone
//
// Calls fail with ErrUnavailable after a short time-out (a second at most, and at once while the last failure
// is fresh). What a caller then does is part of its design:
//
//	operation                 when unavailable         why
//	Lease (sweeps, relays)    go on without it (Hold)  a lease saves work; the store's versions keep it right
//	Once  (retried pushes)    go on, as if first       the document key refuses the second effect
//	Limit (posting, reading)  let through              a resident's words weigh more than the limit
//	Limit (codes, passwords)  refuse, fault.TooMany    guessing must not become free
//	Get   (cache, token)      treat as missing         the source is asked again
//	Get   (grants access)     refuse, Unavailable      never guess who somebody is
//	Set, Delete, Publish      log and go on            readers also look from time to time
//
// A lease is not a lock: a process that was paused wakes up believing that it still holds one. Work under a
// lease must therefore be right when two processes do it at once, by document versions or by the fence.
package coord
