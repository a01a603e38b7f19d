// Package projects is 举手: small projects from a need to a judged result.
//
// The shape of it:
//
//   - A Project is one document with everything that must hold together: what is wanted, who carries it, the plan with its
//     budget, the decision, the public notice with its objections, the work, and its history. docs/projects.md draws its
//     stages.
//   - How it goes on its way is a preset.Preset, copied into the project when it is proposed: a change of the preset holds
//     for those that come after.
//   - A transition is a method of Project and goes through take, which asks the one table of moves. It returns the facts to
//     save, or a fault with nothing changed. Every one leaves a Step: what, who in which role, when, why.
//   - An Endorsement is a document of its own, whose key is project and person, so that nobody is counted twice and a
//     thousand neighbours do not queue for one document. The count follows the feed.
//   - Instants are stored: until when a notice runs, when an alarm is due. A sweep (Keep) only records them.
//   - What is spent of a community's year is an Envelope, a document of its own too; establishing a project takes its sum
//     from there first.
//
// Who decides is the preset's rule and nothing else: a poll, a council, a jury, a budget round, or the secretary.
// Accounts of what is paid are kept in projects/ledger, which this package does not know.
package projects
