package digest

import "jushou/internal/fault"

// State is where a digest stands. docs/digest.md draws the machine.
type State string

// States.
const (
	Collecting State = "collecting" // staff sort the period's topics
	Sorted     State = "sorted"     // waits for the secretary, the second person
	Submitted  State = "submitted"  // the town has it; its answer is owed
	Returned   State = "returned"   // the town asks for more, with a reason; staff sort again
	Answered   State = "answered"   // every group has the town's answer
	Closed     State = "closed"     // nothing more will be said
	Withdrawn  State = "withdrawn"  // taken back by the community, with a reason
)

// States lists them in order.
func States() []State {
	return []State{Collecting, Sorted, Submitted, Returned, Answered, Closed, Withdrawn}
}

// Over reports whether nothing more comes of it.
func (s State) Over() bool { return s == Closed || s == Withdrawn }

// Tells reports whether residents may read the groups: what is being sorted is not said yet.
func (s State) Tells() bool { return s == Submitted || s == Answered || s == Closed }

// Move is a kind of step.
type Move string

// Moves.
const (
	MoveSort     Move = "sort" // write a group, place topics
	MoveFinish   Move = "finish"
	MoveSendBack Move = "send_back" // by the secretary, to be sorted further
	MoveSubmit   Move = "submit"
	MoveReturn   Move = "return" // by the town
	MoveAnswer   Move = "answer"
	MoveClose    Move = "close"
	MoveWithdraw Move = "withdraw"
)

// Moves lists them.
func Moves() []Move {
	return []Move{MoveSort, MoveFinish, MoveSendBack, MoveSubmit, MoveReturn, MoveAnswer, MoveClose, MoveWithdraw}
}

// Allows is the whole machine in one table.
func (s State) Allows(m Move) bool {
	switch m {
	case MoveSort, MoveFinish:
		return s == Collecting || s == Returned
	case MoveSendBack, MoveSubmit:
		return s == Sorted
	case MoveReturn:
		return s == Submitted
	case MoveAnswer:
		return s == Submitted || s == Answered
	case MoveClose:
		return s == Answered
	case MoveWithdraw:
		return s == Collecting || s == Sorted || s == Submitted || s == Returned
	}
	return false
}

var (
	// ErrState means that the digest is past this step, or not there yet.
	ErrState = fault.New(fault.Conflict, "digest.wrong_state")
	// ErrStale means that the digest, or the group, has gone on since the form was opened.
	ErrStale = fault.New(fault.Conflict, "digest.stale")
	// ErrAnswered means that the town has answered a group already, so that the whole can be neither returned nor taken back.
	ErrAnswered = fault.New(fault.Conflict, "digest.answered_already")
)

// may refuses a move that the state does not take, and one by a form that saw another revision.
func (d Digest) may(m Move, seen int) error {
	switch {
	case !d.State.Allows(m):
		return ErrState.With("state", d.State).With("step", m)
	case d.Revision != seen:
		return ErrStale
	case (m == MoveReturn || m == MoveWithdraw) && d.answers() > 0:
		return ErrAnswered
	}
	return nil
}
