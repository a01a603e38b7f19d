// Package bulletin makes official notices, 公告: written, looked at by a second person, published to those whom they
// concern, and taken back with a record (domain.md 1.1 and rows F03, F52).
//
// A Bulletin is one document: text, audience, urgency, who wrote and who reviewed it, every step. Publishing it is one
// commit; what follows is done by Follow, which reads the feed:
//
//   - A bulletin of a community becomes a Topic of KindNotice under the same id, readable by anybody, and its audience is
//     planned: residents are read page by page and written down in batches of two hundred, each batch a document whose key is
//     made of the bulletin and its number. Killed anywhere, the next run finds the batches that are there and goes on after the last.
//   - A batch is told through a Messenger, which writes one notice a person under a key made of bulletin and person.
//   - A bulletin of a town becomes one copy for each of its communities, with a record and counts of its own.
//
// Memory is that of a batch, whatever the size of the audience. Taking a bulletin back stops what has not left.
//
// Opening is counted and never listed: a Reader document has no person in it, only a keyed hash that tells the second
// visit from the first.
package bulletin
