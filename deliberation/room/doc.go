// Package room is what the rooms beside the topics have in common: deliberations and covenants, meetings, whistles,
// digests, and what a community publishes. Each keeps documents that lie in a community and grow out of its topics. To
// whom they are shown, who may do something about them and in whose name is asked in the same way everywhere:
//
//   - Whoever may not read the community learns only that there is no such thing, except that somebody unknown is asked
//     to sign in, and somebody whose membership of this very community waits is told so, as with topics.
//   - Members do not know of what is not shown yet: a draft, a meeting that nobody has announced.
//   - A step is one commit, in the name of somebody who may do the verb, as others will see them.
//
// A Ground is what a room stands on, a Room keeps one kind of its documents. What the documents are, and which steps
// they allow, is each room's own.
package room
