// Package activity is 达人 and their activities: what neighbours can do and teach, and what they hold for others.
//
// The shape of it:
//
//   - A Host is a resident who is good at something and was confirmed by the desk. There is one per person and community,
//     because its key is both. Hosts stand under what they do, those with the newest activity first. Nothing counts them.
//   - An Activity is one document with everything that must hold together: when, where, how many, and who has a seat. Seats are
//     given, given back and passed on in one commit, so that no two people ever have the same one.
//   - A Signup is what one person wants of one activity, a document of its own whose key is both. It is written before the seat
//     is taken; a relay (Follow) takes the seat where a process died between the two. A seat knows the Round of the wish
//     that it stands for, so that an old wish given again changes nothing.
//   - Instants are stored: until when people sign up, when they are reminded, when it is over. Half open: what ends at an
//     instant is over at it. A sweep (Keep) only records them.
//   - What a year amounts to, Figures, follows the feed: activities and persons who came, never names.
//
// Nobody is scored, nobody checks in. The host writes down afterwards how many came; who did not is shown to nobody else.
package activity
