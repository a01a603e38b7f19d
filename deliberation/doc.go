// Package deliberation holds what a community says to itself: boards, topics with their official answers,
// comments, moderation, the response clock, and the Rounds of 一日三巡.
//
// The shape of it:
//
//   - A Topic is one document with everything that must hold together: its text, its state, its official
//     answers, its history and its response clock. Comments are documents of their own, so that sixty-four
//     neighbours do not queue for one document.
//   - Rules are pure: ResponseClock tells phase and deadline from the instants stored in it, Due lists the
//     steps a Round owes, the state table says which transition is legal. None of them reads a clock or a store.
//   - A use case is one method of Service in one file named as a verb. It asks identity.Can, changes one
//     document, and saves the events of events.go with it. Nobody is notified from here: notify reads the feed.
//   - The sweep (HoldRounds) only records. Whether a topic is overdue is computed on every read.
//
// A Round is a work queue. It lists work and hands it on; it checks nobody in and ranks nobody.
package deliberation
