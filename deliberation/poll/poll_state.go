package poll

import (
	"slices"
	"time"

	"jushou/internal/fault"
)

// State is where a poll stands. docs/poll.md draws the machine.
type State string

// States.
const (
	Drafted   State = "drafted"   // being written; may be changed
	Rolling   State = "rolling"   // the roll is being put together
	Listed    State = "listed"    // the roll is published, people may object
	Open      State = "open"      // ballots are taken, as long as the window lasts
	Closed    State = "closed"    // the window is over and the seats are being locked
	Released  State = "released"  // the commitments of all ballots are public
	Disputed  State = "disputed"  // the two counters differ, or the charter does not hold; nothing is published
	Published State = "published" // counted, and the result is public
	Settled   State = "settled"   // the ballots are out of the seats and the key is destroyed
	Withdrawn State = "withdrawn" // given up before it opened, with a reason
)

// States lists them in order.
func States() []State {
	return []State{Drafted, Rolling, Listed, Open, Closed, Released, Disputed, Published, Settled, Withdrawn}
}

// Public reports whether the result is out.
func (s State) Public() bool { return s == Published || s == Settled }

// Frozen reports whether nothing that decides the result may change any more.
func (s State) Frozen() bool {
	return !slices.Contains([]State{Drafted, Rolling, Listed, Withdrawn}, s)
}

// move is a sort of transition.
type move string

const (
	moveChange   move = "change"   // the draft
	moveList     move = "list"     // publish the roll
	moveFill     move = "fill"     // the snapshot is complete
	moveObject   move = "object"   // to the roll
	moveAnswer   move = "answer"   // an objection
	moveSeat     move = "seat"     // correct the roll before the opening
	movePostpone move = "postpone" // other instants before the opening
	moveOpen     move = "open"
	moveAdd      move = "add"  // somebody late, in public
	moveCast     move = "cast" // a ballot
	moveRemind   move = "remind"
	moveClose    move = "close"
	moveRelease  move = "release"
	moveCount    move = "count" // two counters agree: published; they differ: disputed
	moveRecount  move = "recount"
	moveSettle   move = "settle"
	moveRelist   move = "relist"  // take the roll once more before the opening
	moveServe    move = "serve"   // note that a ballot reached an owner
	moveMandate  move = "mandate" // note who votes for somebody
	movePaper    move = "paper"   // enter a paper ballot
	moveFinish   move = "finish"  // every paper ballot is entered
	moveOverride move = "override"
	moveWithdraw move = "withdraw"
)

// allows is the whole machine: which moves a state takes.
func (s State) allows(m move) bool {
	switch s {
	case Drafted:
		return m == moveChange || m == moveList || m == moveWithdraw
	case Rolling:
		return m == moveFill || m == moveWithdraw
	case Listed:
		return slices.Contains([]move{moveObject, moveAnswer, moveSeat, movePostpone, moveOpen, moveWithdraw, moveRelist, moveServe, moveMandate}, m)
	case Open:
		return slices.Contains([]move{moveCast, moveAdd, moveRemind, moveClose, moveServe, moveMandate, movePaper}, m)
	case Closed:
		return m == moveRelease || m == movePaper || m == moveFinish
	case Released:
		return m == moveCount
	case Disputed:
		return m == moveRecount
	case Published:
		return m == moveSettle || m == moveOverride
	case Settled:
		return m == moveOverride
	}
	return false
}

var (
	errState   = fault.New(fault.Conflict, "poll.wrong_state")
	errNotOpen = fault.New(fault.Conflict, "poll.not_open")
	// ErrTooLate means that the poll's window is over.
	ErrTooLate = fault.New(fault.TooLate, "poll.closed")
)

// may refuses a move that the state does not take.
func (p Poll) may(m move) error {
	if p.State.allows(m) {
		return nil
	}
	switch {
	case m == moveCast && (p.State == Drafted || p.State == Rolling || p.State == Listed):
		return errNotOpen.With("at", p.OpensAt.UTC().Format(time.RFC3339))
	case m == moveCast:
		return ErrTooLate.With("at", p.ClosesAt.UTC().Format(time.RFC3339))
	}
	return errState.With("state", p.State)
}

// TakesBallots says whether a ballot that arrives at the instant counts, or why it does not. The window is half-open:
// a ballot at the closing instant is late, whatever the sweep has done so far.
func (p Poll) TakesBallots(at time.Time) error {
	if err := p.may(moveCast); err != nil {
		return err
	}
	if !at.Before(p.ClosesAt) {
		return ErrTooLate.With("at", p.ClosesAt.UTC().Format(time.RFC3339))
	}
	return nil
}

// Phase is the state as people see it at an instant: a poll whose window is over is closed, though the sweep may be late.
func (p Poll) Phase(now time.Time) State {
	if p.State == Open && !now.Before(p.ClosesAt) {
		return Closed
	}
	return p.State
}

// next is the instant at which the sweep has to look at the poll.
func (p Poll) next() (time.Time, bool) {
	switch p.State {
	case Rolling:
		return p.CreatedAt, true
	case Listed:
		return p.OpensAt, true
	case Closed:
		return p.counting(), true
	case Open, Released, Published:
		return p.ClosesAt, true
	}
	return time.Time{}, false
}
