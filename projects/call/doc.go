// Package call is the call for proposals, 公益创投 and its like: what is wanted, by which rules projects are chosen, what money there is, and
// until when proposals are taken. What is proposed for a call is a project like any other (package projects), whose
// preset is the call's and which names the call as its origin.
//
// A call is published once and keeps its words. It can be given more time before it closes, with a reason, and be taken back, with
// a reason; never less time, since somebody is writing. Its states follow from its instants:
//
//	published --> open --> closed      at ClosesAt, which an extension moves on
//	              open --> withdrawn   taken back before it closed
package call
