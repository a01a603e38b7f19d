// Package publiclog keeps the public, append-only record of every public act of an installation, which serves one
// district: a Merkle tree as in RFC 6962, checkpoints signed as notes (C2SP tlog-checkpoint), and the tree and its
// entries served as tiles (C2SP tlog-tiles), so that anybody can keep a copy and hold the house to it.
//
// # What lies where
//
//	feed ──Follow──▶ bundle 0 ─full─▶ bundle 1 ─full─▶ bundle 2 (grows)        log_bundle/<N>
//	                                                       │ Publish, every few seconds
//	                                                       ▼
//	                                                  checkpoint of its size   log_checkpoint/<size> ──event──▶ Push
//
// A bundle is one document: up to 256 entries, how far the feed has been read, and the right edge of the tree before it.
// One commit adds entries to the last bundle and moves its place in the feed, so an event is entered exactly once however
// often the feed is read again: nothing has to be compared. A full bundle never changes.
//
// # Why it cannot fork
//
//   - Every write of a bundle names the version it saw, and a new bundle must not exist. Of two processes that sequence
//     at once one is refused, reads again and goes on from what the other wrote. A lease only saves the work.
//   - A new bundle is made only after the one before it was read full, and full bundles do not change.
//   - A checkpoint is signed over bundles that were read from the store, which are durable. Its size fixes its root, and
//     Ed25519 gives the same signature to the same text, so signing twice, or by two processes, says the same thing once.
//   - A crash between any two writes leaves entries that no checkpoint covers yet. The next Publish covers them.
//
// Tiles and bundles are served only as far as the latest checkpoint reaches. Every tile of every level is read from one
// bundle: the edge before it holds what stood to its left.
package publiclog
