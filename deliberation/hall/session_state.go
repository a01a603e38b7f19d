package hall

import (
	"slices"
	"time"

	"jushou/internal/fault"
)

// State is where a session stands. docs/hall.md draws the machine.
type State string

// States. A session that is talking may be cooling down; that follows from Pause and the clock.
const (
	Talking  State = "talking"  // a round runs, or has ended and waits to be summed up
	Settling State = "settling" // the rounds are over; the outcome is being put into words
	Decided  State = "decided"  // the outcome is recorded and its execution owed
	Done     State = "done"     // what became of it is reported
	Dropped  State = "dropped"  // ended without an outcome, with a reason
)

// States lists them in order.
func States() []State { return []State{Talking, Settling, Decided, Done, Dropped} }

// Over reports whether nothing more will come of it by itself.
func (s State) Over() bool { return s == Done || s == Dropped }

// move is a sort of transition.
type move string

const (
	moveSpeak      move = "speak"       // arguments, supports, options
	moveTend       move = "tend"        // facts, drafts, decisions about options
	moveCloseRound move = "close_round" // with its summary
	moveExtend     move = "extend"      // a running round
	moveOpenRound  move = "open_round"
	movePause      move = "pause"
	moveResume     move = "resume"
	moveDecide     move = "decide"
	moveReport     move = "report"
	moveDrop       move = "drop"
)

// allows is the whole machine: which moves a state takes.
func (s State) allows(m move) bool {
	switch s {
	case Talking:
		return m != moveOpenRound && m != moveDecide && m != moveReport
	case Settling:
		return slices.Contains([]move{moveTend, moveOpenRound, moveDecide, moveDrop}, m)
	case Decided:
		return m == moveReport
	}
	return false
}

var (
	errState  = fault.New(fault.Conflict, "hall.wrong_state")
	errPaused = fault.New(fault.Conflict, "hall.paused")
)

// Cooling reports whether the session is paused at the instant: [Pause.At, Pause.Until).
func (s Session) Cooling(now time.Time) bool {
	return s.State == Talking && s.Pause != nil && now.Before(s.Pause.Until)
}

// may refuses a move that the state does not take, and speaking while the session cools down.
func (s Session) may(m move, now time.Time) error {
	if !s.State.allows(m) {
		return errState.With("state", s.State)
	}
	if m == moveSpeak && s.Cooling(now) {
		return errPaused.With("until", s.Pause.Until.UTC().Format(time.RFC3339))
	}
	return nil
}

// MaySpeak reports whether residents may argue at the instant.
func (s Session) MaySpeak(now time.Time) bool { return s.may(moveSpeak, now) == nil }
