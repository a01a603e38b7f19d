// Package moderation is the desk of what should perhaps not be shown: what a reviewer held, what residents report, and
// what authors appeal against.
//
// Everything about one thing (a topic, a comment) is one Case, whose id is the thing's, so that a second report or an
// appeal finds the same document. A Case holds nobody's text: it is read from its Room, which also hides and shows. A
// Case follows its thing by the event feed (Follow), so a decision taken at the topic's own page closes it too.
//
// What holds here:
//
//   - Reports never hide anything. Three of them raise the Case in the queue; a person decides.
//   - Who reported stays unknown to the author and to moderators; a person reports a thing once.
//   - An author has one appeal against a decision. It is decided by somebody else than who took that decision and than
//     the author; where a community has nobody else it goes to the town, which may decide in any case.
//   - A decision names what its page showed. If that has changed, it is refused with what happened meanwhile.
package moderation
