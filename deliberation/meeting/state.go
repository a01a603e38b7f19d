package meeting

import (
	"jushou/internal/fault"
)

// State is where a meeting stands.
type State string

// States.
const (
	Called    State = "called"    // those invited know of it
	Announced State = "announced" // everybody of the community does
	Postponed State = "postponed" // there is no date for the present
	Held      State = "held"      // it took place; the minutes are owed
	Drafted   State = "drafted"   // a version of the minutes waits for a second person
	Confirmed State = "confirmed" // a version of the minutes holds
	Published State = "published" // everybody reads it, and what was decided is to be done
	Cancelled State = "cancelled"
)

// States lists them in order.
func States() []State {
	return []State{Called, Announced, Postponed, Held, Drafted, Confirmed, Published, Cancelled}
}

// Coming reports whether the meeting has yet to take place.
func (s State) Coming() bool { return s == Called || s == Announced || s == Postponed }

// Minuted reports whether it took place.
func (s State) Minuted() bool { return s == Held || s == Drafted || s == Confirmed || s == Published }

// Move is a sort of transition.
type Move string

// Moves. Those that leave the state as it is are in the table too: it says when they may be made.
const (
	MoveInvite     Move = "invite"
	MoveReply      Move = "reply" // a guest accepts or declines
	MoveListen     Move = "listen"
	MoveSay        Move = "say" // a resident's view beforehand
	MoveAnnounce   Move = "announce"
	MovePostpone   Move = "postpone"
	MoveReschedule Move = "reschedule"
	MoveCancel     Move = "cancel"
	MoveHold       Move = "hold"
	MovePresence   Move = "presence"
	MoveDraft      Move = "draft"
	MoveReturn     Move = "return"
	MoveConfirm    Move = "confirm"
	MovePublish    Move = "publish"
)

// Moves lists them.
func Moves() []Move {
	return []Move{
		MoveInvite, MoveReply, MoveListen, MoveSay, MoveAnnounce, MovePostpone, MoveReschedule, MoveCancel, MoveHold, MovePresence,
		MoveDraft, MoveReturn, MoveConfirm, MovePublish,
	}
}

// After is the whole machine: the state that a move leads to, and false where it may not be made.
func (s State) After(m Move) (State, bool) {
	switch s {
	case Called:
		switch m {
		case MoveInvite, MoveReply:
			return Called, true
		case MoveAnnounce:
			return Announced, true
		case MovePostpone:
			return Postponed, true
		case MoveCancel:
			return Cancelled, true
		case MoveHold: // of those kinds that need no announcement, see Kind.Announced
			return Held, true
		}
	case Announced:
		switch m {
		case MoveInvite, MoveReply, MoveListen, MoveSay:
			return Announced, true
		case MovePostpone:
			return Postponed, true
		case MoveCancel:
			return Cancelled, true
		case MoveHold:
			return Held, true
		}
	case Postponed:
		switch m {
		case MoveReschedule:
			return Called, true
		case MoveCancel:
			return Cancelled, true
		}
	case Held:
		switch m {
		case MovePresence:
			return Held, true
		case MoveDraft:
			return Drafted, true
		}
	case Drafted:
		switch m {
		case MovePresence, MoveDraft:
			return Drafted, true
		case MoveReturn:
			return Held, true
		case MoveConfirm:
			return Confirmed, true
		}
	case Confirmed:
		switch m {
		case MoveDraft: // what was confirmed does not hold for another text
			return Drafted, true
		case MovePublish:
			return Published, true
		}
	case Published:
		switch m {
		case MoveDraft, MoveReturn, MoveConfirm: // a correction: what everybody reads stays until a second person confirms it
			return Published, true
		}
	}
	return s, false
}

// ErrState means that the meeting is past this step, or not there yet.
var ErrState = fault.New(fault.Conflict, "meeting.wrong_state")

// may refuses a move that the state does not take.
func (m *Meeting) may(what Move) (State, error) {
	next, ok := m.State.After(what)
	if !ok {
		return m.State, ErrState.With("state", m.State)
	}
	return next, nil
}
