package poll

import (
	"slices"
	"testing"
)

// TestTheWholeMachine holds the table of moves cell by cell.
func TestTheWholeMachine(t *testing.T) {
	t.Parallel()
	want := map[State][]move{
		Drafted:   {moveChange, moveList, moveWithdraw},
		Rolling:   {moveFill, moveWithdraw},
		Listed:    {moveObject, moveAnswer, moveSeat, movePostpone, moveOpen, moveWithdraw, moveRelist, moveServe, moveMandate},
		Open:      {moveAdd, moveCast, moveRemind, moveClose, moveServe, moveMandate, movePaper},
		Closed:    {moveRelease, movePaper, moveFinish},
		Released:  {moveCount},
		Disputed:  {moveRecount},
		Published: {moveSettle, moveOverride},
		Settled:   {moveOverride},
		Withdrawn: nil,
	}
	all := []move{
		moveChange, moveList, moveFill, moveObject, moveAnswer, moveSeat, movePostpone, moveOpen, moveAdd, moveCast, moveRemind,
		moveClose, moveRelease, moveCount, moveRecount, moveSettle, moveWithdraw, moveRelist, moveServe, moveMandate, movePaper, moveFinish, moveOverride,
	}
	if len(want) != len(States()) {
		t.Fatalf("%d states, %d rows", len(States()), len(want))
	}
	for _, s := range States() {
		for _, m := range all {
			if got := s.allows(m); got != slices.Contains(want[s], m) {
				t.Errorf("%s allows %s: %v", s, m, got)
			}
			if err := (Poll{State: s}).may(m); (err == nil) != s.allows(m) {
				t.Errorf("may %s in %s: %v", m, s, err)
			}
		}
		_, due := Poll{State: s}.next()
		if moves := s.allows(moveFill) || s.allows(moveOpen) || s.allows(moveClose) || s.allows(moveRelease) || s.allows(moveCount) || s.allows(moveSettle); due != moves {
			t.Errorf("the sweep looks at %s: %v", s, due)
		}
	}
}
