// Package mongo keeps documents in MongoDB, or in a service that speaks its protocol, for
// installations of many processes. It uses single-document operations only, so a standalone server, a
// replica set and a sharded cluster do equally well.
//
// A Kind is a collection. Its documents are
//
//	{_id: "…", v: 3, body: {…}, f: {due: 1763…, state: "open"}, outbox: […], pend: 17}
//
// with the body as a native sub-document that people can query, and the declared fields under f, where
// the indexes are.
//
// # The feed
//
// Document and events are saved together because they are one document: Put appends the events to
// the outbox. A mover carries them over to the feed, a collection whose _id is the Seq, and clears the outbox.
//
//	Put ──► ticket 17 ──► document + outbox[17] ──► mover ──► _events 1,2,3,… ──► outbox emptied
//
// Tickets come from one counter. A Put draws its ticket before it writes, so if one Put returned
// before another began, its ticket is smaller. The mover looks twice: it takes the largest ticket it
// saw, and looks again until two looks in a row agree on everything up to that ticket. What both looks
// saw is complete: whatever was committed before any of it was visible to the second look. That
// set is moved in the order of tickets.
//
// A lease lets one process do this work, and nothing rests on it. Seq is dense: to append is to insert
// the very next _id after the last one the mover knew before it looked. If another mover has appended in
// between, that insert collides, and the late mover starts afresh. An event that was appended by a mover
// that died before it cleared the outbox is recognised by its id, which is unique in the feed.
//
// A deleted document that has events to tell stays as a tombstone, invisible, until they are moved.
package mongo
