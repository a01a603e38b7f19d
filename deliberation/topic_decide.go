package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Accept says that the matter will be seen to. It meets the acceptance clock and starts the resolution clock.
func (t *Topic) Accept(by identity.Actor, reason string, x Terms, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveAccept)
	if err != nil {
		return nil, err
	}
	facts := t.catchUp(now)
	t.Acceptance.Meet(now)
	t.startResolution(x, now)
	return append(facts, t.advance(w, Accepted, TopicAccepted, by, reason, now, t.dueBy)), nil
}

// Refuse says that nothing more will be done, and why. It meets the acceptance clock: a clear no in time is kept word.
func (t *Topic) Refuse(by identity.Actor, kind RefusalKind, reason string, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveRefuse)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(RefusalKinds(), kind):
		return nil, errRefusal.With("kind", kind)
	case reason == "":
		return nil, errReason
	}
	facts := t.catchUp(now)
	t.Acceptance.Meet(now)
	t.Refusal = kind
	return append(facts, t.advance(w, Refused, TopicRefused, by, reason, now, func(p *Progress) { p.Refusal = kind })), nil
}
