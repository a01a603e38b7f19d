package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Verify agrees with the report, 核查结案. It meets the resolution clock. The topic closes by itself
// some days later unless its author speaks.
func (t *Topic) Verify(by identity.Actor, note string, x Terms, now time.Time) ([]docstore.Fact, error) {
	w, err := t.check(MoveVerify, by, Check{Passed: true, Reason: note}, now)
	if err != nil {
		return nil, err
	}
	facts := t.catchUp(now)
	t.Resolution.Meet(now)
	t.CloseAt = x.closeAt(now)
	return append(facts, t.advance(w, Resolved, TopicResolved, by, note, now, func(p *Progress) { p.CloseAt = t.CloseAt })), nil
}

// SendBack does not agree; whoever had the matter in hand has it again.
func (t *Topic) SendBack(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	if reason == "" {
		return nil, errReason
	}
	w, err := t.check(MoveSendBack, by, Check{Reason: reason}, now)
	if err != nil {
		return nil, err
	}
	facts := t.catchUp(now)
	return append(facts, t.advance(w, InHand, TopicSentBack, by, reason, now)), nil
}

// check writes down what somebody found who never handled the matter.
func (t *Topic) check(m Move, by identity.Actor, c Check, now time.Time) (*Work, error) {
	w, err := t.step(m)
	switch {
	case err != nil:
		return nil, err
	case w.handledBy(by.ID), t.IsAuthor(by.ID):
		return nil, ErrSameHand
	case len(w.Checks) >= MaxChecks:
		return nil, errFull.With("what", "checks").With("max", MaxChecks)
	}
	c.By = t.hand(by, now)
	w.Checks = append(slices.Clip(w.Checks), c)
	return w, nil
}
