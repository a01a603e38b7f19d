// Package hall is 议事厅, the place where a community talks a question through under somebody's guidance, and 网上议事日,
// the announced day on which named people answer whatever residents ask.
//
// The shape of it:
//
//   - A Session is one document: the question, what is fixed and what is open, the options, the rounds with their
//     summaries, the drafts, the outcome and what became of it. docs/hall.md draws its states.
//   - An Argument for or against an option is a document of its own, so that a thousand of them turn in pages, and
//     so is each neighbour's support of one, whose key is argument and person. They are shown by time, the two sides
//     in equal room. Nothing is sorted by how many support it.
//   - Which round an argument belongs to follows from its instant and the stored ends of the rounds (Session.RoundAt),
//     so that it holds whatever a facilitator or a sweep is doing at that moment.
//   - A Day is announced, open and over by its stored window; each Question is a document. What is unanswered when the
//     day is closed goes on with the time that was promised at closing.
//
// The duty to report what became of an outcome within the stated time, and to publish it, is article 17 and 23 of
// 上海市居民委员会工作条例 (2020). Outcomes that go on to a covenant, a project or a vote are only recorded here.
package hall
