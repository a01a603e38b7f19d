// Package verify checks a public log from outside, as anybody may who trusts neither the house nor its programs: the signature of
// the checkpoint, every tile, the inclusion of every entry, and that the log begins with what an earlier checkpoint signed.
//
// It shares nothing with the server but the hash and note library (golang.org/x/mod/sumdb): what is said twice here, such as
// the form of an entry or of a tile's path, is said twice on purpose, from the specifications and docs/public-log.md, so that
// one mistake is not made on both sides. internal/archtest holds it to that.
//
// Log reads a log once, entry by entry, in memory that does not grow with the tree's hashes. What looks at the entries' meaning is an
// examiner: it is shown every entry in order, and says at the end what it found.
package verify
