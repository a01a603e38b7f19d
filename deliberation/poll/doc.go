// Package poll holds votes: who may vote, on what, until when, and what came of it.
//
// A Poll is drafted, its roll is published for objections, it opens, it closes at a stored instant, it is counted
// twice by programs written apart, and its result is published. Everything that decides a result (question, options,
// rule, window, roll) is frozen when it opens, in a text, the charter, whose hash is an event of the feed.
//
// Whoever may vote has a document of their own, a Seat. It says that they took part, and until the poll is
// counted it holds their ballot, sealed by a key of this poll alone. Participation and ballot are therefore
// one commit, and neither can survive a crash without the other. Casting leaves no event, so that the feed tells
// neither who voted nor in which order. When the poll has closed every seat is locked, the commitments of all
// ballots are released in the order of their hashes, the ballots are counted, the sealed ones are taken out of the
// seats, and the key is destroyed. docs/poll.md draws the machine; docs/decisions/0006-sealed-seats.md says why it is so.
package poll
