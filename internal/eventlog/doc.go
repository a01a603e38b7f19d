// Package eventlog reads the ordered event feed and hands each event to the relays that follow from it:
// notices, counters, search.
//
// # What a handler may rely on
//
//   - At least once. After a crash, a lost lease or a time-out the same event comes again, so a handler derives
//     the ids of what it writes from the event's id and treats "exists already" as done.
//   - In order within a lane (a Scope, that is a community, unless the relay says otherwise), as long as nothing
//     fails. Events of different lanes may be handled at once if the relay asks for Concurrency.
//   - An event that keeps failing is parked: saved with the instant of its next try, and the relay goes on, so
//     that a poisoned event in one community stops nobody else. A parked event comes late and after events
//     that followed it, of its own scope too. A handler that cares compares Event.Ver with what it has
//     written, or loads the document and acts on what is true now.
//   - When the store itself does not answer, nothing is parked and the relay waits: nobody could be served.
//
// # States of an event in a relay
//
//	        handled                        handled
//	next ──────────────▶ done ◀───────────────────────── waiting ◀─┐
//	  │                                                  │    │    │ fails again: later, ±20 %
//	  │ fails quickTries times, or Later                 │    └────┘
//	  ├─────────────────────────────────────────────────▶┘
//	  │ Never                            fails maxAttempts times, or Never
//	  └──────────────▶ dead ◀──────────────────────────── waiting
//	                    └── Replay ──▶ waiting, due now
//
// A relay's place in the feed is a document (relay_cursor), saved at most every quarter of a second and
// when the runner stops; a parked event is another (relay_parked). One process works a relay at a time under a
// lease of coord; without a coordinator each process works it, which is safe because handlers bear repeats.
package eventlog
