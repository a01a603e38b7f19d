// Package tally counts a published poll again, from what anybody can download: the charter's rule and the lines of the ballots.
//
// It is the third counter, after deliberation/poll/rule and deliberation/poll/recount, and the only one outside the house. It imports
// nothing of the house (internal/archtest holds it to that), reads the published JSON with types of its own, and does each
// thing in the plainest way that docs/voting-rules.md and docs/budget-rules.md allow: it may be slow, but it can be read in one sitting.
package tally
