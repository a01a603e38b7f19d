// Package digest is 意见上行: what the people of a community said in a period, sorted by what it is about, passed up to the
// town, and what the town makes of it.
//
// A Digest is one document: the period, the groups that staff sort its topics into, who put their name to it, and the town's
// answer to each group. docs/digest.md draws its states; State.Allows is the machine.
//
//   - Collecting proposes the period's topics in pages (Service.Propose). Nothing is copied: a group names topics, and whoever
//     reads it is shown what of them is public at that moment. A page costs one seek and fifty documents.
//   - Proposed is what residents asked for or complained of in public: never what is held, hidden or withdrawn, never the
//     doctor's board, because what is said there is about somebody's health. What was merged stands once, as the topic it went
//     on in, with its voices counted once for each person.
//   - Two persons put their name to it: who finished the sorting, and the secretary, who passes it up.
//   - The town answers every group in public, by an instant in working days that is fixed when it is passed up
//     (internal/deadline). What is late is told to the town, then to the secretary, then on the page.
//   - Its events link the topics (deliberation.Linked), so that each tells on its own page what became of it; the authors are
//     told of the answer to their group.
//
// Nothing here counts or compares persons, and no number says which opinion is the better one.
package digest
