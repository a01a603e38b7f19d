package projects

import "jushou/projects/preset"

// Moves from the finished work to the archived project.
const (
	MoveVolunteer Move = "volunteer" // offer to look at the work for the neighbours; take that back
	MoveRep       Move = "rep"       // name a representative, draw one, end their part
	MoveAccept    Move = "accept"    // say whether one accepts the work
	MoveDefect    Move = "defect"    // add to the list of what is to be mended
	MoveMend      Move = "mend"      // by the lead
	MoveVerify    Move = "verify"    // look at what was mended
	MoveRework    Move = "rework"    // the work is not finished: take it up again
	MoveAccepted  Move = "accepted"  // everybody has accepted, nothing is open
	MoveRate      Move = "rate"      // 评价
	MoveTally     Move = "tally"     // the sweep: the time for judging is over
	MoveReply     Move = "reply"     // write the answer to the judgement
	MoveRated     Move = "rated"     // publish it
	MoveStatement Move = "statement" // 决算: write it, give it back
	MoveArchive   Move = "archive"   // the statement is checked, the accounts are closed
	MoveClose     Move = "close"     // the same for a project that was given up on its way
)

// judgingWays are the rows of the table for them.
func judgingWays() []way {
	accepting, rating, settling := []preset.Stage{preset.Accepting}, []preset.Stage{preset.Rating}, []preset.Stage{preset.Settling}
	return []way{
		{MoveVolunteer, []preset.Stage{preset.Working, preset.Accepting}, stay},
		{MoveRep, accepting, stay},
		{MoveAccept, accepting, stay},
		{MoveDefect, accepting, stay},
		{MoveMend, accepting, stay},
		{MoveVerify, accepting, stay},
		{MoveRework, accepting, preset.Working},
		{MoveAccepted, accepting, onward},
		{MoveRate, rating, stay},
		{MoveTally, rating, stay},
		{MoveReply, rating, stay},
		{MoveRated, rating, onward},
		{MoveStatement, settling, stay},
		{MoveArchive, settling, onward},
		{MoveClose, settling, preset.Cancelled},
	}
}
