// Package meeting holds the meetings at which a community settles things face to face: 联席会议 of the committee with
// those it works with, and the 三会 that the law of Shanghai names: 听证会 before a decision, 协调会 in a dispute between
// residents, 评议会 after the work is done (上海市居民委员会工作条例 16, 17, 23; domain.md 2.3, F42, F90, F99).
//
// A meeting has an agenda whose items may come from topics, guests who accept or decline with a reason, and listeners.
// Its minutes are written in versions and hold only once a second person has confirmed one. What is decided becomes a
// Task when the minutes are published: what, who carries it out, and a due instant that the deadline engine counts from
// the promised working days. Tasks are documents of their own, so that those who work on them do not meet each other.
//
//	called ──announce──▶ announced ──hold──▶ held ──draft──▶ drafted ──confirm──▶ confirmed ──publish──▶ published
//
// Postponing, cancelling, returning minutes and rewriting them are drawn in docs/meeting.md, which a test holds against
// the one table of moves in state.go. Nothing here ranks persons, and presence is a line of the minutes, not a check-in.
package meeting
