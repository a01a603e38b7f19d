// Package rule says how a poll is counted, and counts it.
//
// A Rule is data: a method, its parameters, who counts as one voice, what a quorum is, what happens to equal
// votes. It is written down before the first ballot and never changes, so everything that could decide a close
// result is a field of it: ">" or ">=", of what a share is taken, the order that a lot drew beforehand. Count is
// a pure function of the rule, the roll and the ballots. It uses integers only; a share is compared by
// multiplying crosswise, never by dividing. docs/voting-rules.md tells every rule with its source and an example
// that the tests hold.
//
// A Result carries each comparison that was made as a Step (part, whole, the share asked for, whether it
// holds), so that a page can show the sum without doing it again.
//
// Package recount counts the same polls by other means. It shares the types of this package and no code, and a
// result is published only if both agree.
package rule
