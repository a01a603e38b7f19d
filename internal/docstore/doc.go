// Package docstore is the document port: what every aggregate is stored through.
//
// One document is one aggregate, and one commit writes one document. A commit carries the events that
// tell what happened; document and events are saved together or not at all. There are no
// interactive transactions, which is what lets the same code run on embedded SQLite, on a standalone
// MongoDB, on a sharded cluster, and on services that speak MongoDB's protocol.
//
// The rules that make this enough:
//
//   - Uniqueness is a key. Two people who must not both succeed write the same Key with Want Absent.
//   - Every write names the version it saw. Update loads, changes and commits, and tries again on Conflict;
//     the function it is given is pure, because it may run more than once.
//   - No rule rests on a document that was merely read: what must hold together is one document.
//   - Whatever follows from a change (notices, counters, search) reads the event feed, in order, at least once.
//
// The comments on Store are the specification; docstoretest checks every adapter against it.
package docstore
