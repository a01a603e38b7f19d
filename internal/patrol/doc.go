// Package patrol runs named sweeps: work that is due by the clock, such as "put what nobody answered on the duty list".
//
// A sweep finds what is due in the store and settles it. The stored instant is the truth; the runner only
// wakes the sweep, and promises this much:
//
//   - Cadence. It runs at the instants of its schedule, by the application's clock, and soon after Wake.
//   - Catch-up. After an outage or a jump of the clock ahead, however long, it runs once, and is told when it
//     last succeeded, so it can settle everything that fell due in between with the true times.
//   - A clock that jumps back neither stalls it until the old time comes round again nor makes it spin.
//   - One process runs a sweep at a time, by a lease. Without a coordinator each process may run it, so a sweep must
//     be right when two run it at once: by document versions, or keys that exist once.
//   - A sweep that fails is tried again after 5 s, 10 s … up to 5 min, or at its next instant if that is sooner. A
//     panic is a failure whose stack is logged. A run is cancelled when its time-out has passed.
//   - Last success and last failure are stored (kind "sweep"), and shown on /readyz and the desk.
//
// # States of a sweep
//
//	           instant, Wake, catch-up, RunNow            lease free
//	sleeping ─────────────────────────────▶ due ───────────────────────▶ running
//	   ▲ ▲                                   │ held elsewhere               │  │
//	   │ └───────────────────────────────────┘                    success ──┘  └── failure, panic, time-out
//	   ├── success: until the next instant ◀─────────────────────────┘              │
//	   └── failure: until the next instant or the back-off, the earlier ◀───────────┘
package patrol
