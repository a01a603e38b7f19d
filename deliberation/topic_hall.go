package deliberation

import (
	"strings"
	"time"
)

// follow lets what grew out of the topic set its state: a deliberation that opens takes it over, and one that is over
// gives it back to where it was. What the state does not allow is only linked.
func (t *Topic) follow(l Link, terms Terms, now time.Time) {
	if l.Kind != LinkHall {
		return
	}
	_, verb, _ := strings.Cut(l.What, ".")
	switch verb {
	case "opened":
		if t.Status.Allows(MoveDeliberate) && t.Kind.Undertakes() {
			t.Acceptance.Meet(now)
			t.InHall, t.Hall = true, l.ID
		}
	case "concluded", "dropped", "cancelled", "closed":
		if t.InHall && t.Hall == l.ID {
			t.InHall = false
			if t.Answered() {
				t.startAcceptance(terms, now)
			}
			if t.Status.Ended() { // hidden meanwhile: what begins here is owed when it is shown again
				t.stopWork(now)
			}
		}
	}
	if t.Status.Shown() {
		t.Status = t.visible()
	}
}
