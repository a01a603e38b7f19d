package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Dispatch gives the matter to a department, 任务派遣, or to another one. No clock is set anew: the first department's
// item may bring the day nearer, which is what residents were promised for it, and nothing ever puts it off.
// seen is Work.Dispatches of the form; another number means that somebody else was quicker.
// A contest that waits is decided by it.
func (t *Topic) Dispatch(by identity.Actor, e Errand, why string, seen int, x Terms, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveDispatch)
	switch {
	case err != nil:
		return nil, err
	case e.Department == "":
		return nil, errNotDispatch
	case why == "":
		return nil, errReason
	case seen != w.Dispatches:
		return nil, ErrStale.With("revision", w.Dispatches).With("seen", seen)
	case w.Errand != nil && w.Errand.Department == e.Department && w.Errand.Item == e.Item:
		return nil, docstore.ErrUnchanged
	case w.Dispatches >= MaxDispatches:
		return nil, errFull.With("what", "dispatches").With("max", MaxDispatches)
	}
	if err := t.decide(w, by, false, why, now); err != nil {
		return nil, err
	}
	facts := t.catchUp(now)
	w.Errand, w.Why, w.Handler = &e, why, nil
	if w.Dispatches++; w.First == nil {
		w.First = &e
		t.hasten(e, x, by, now)
	}
	return append(facts, t.advance(w, Dispatched, TopicDispatched, by, why, now, t.dueBy)), nil
}

// decide closes a contest that waits. Who contested does not decide.
func (t *Topic) decide(w *Work, by identity.Actor, stands bool, note string, now time.Time) error {
	c := w.contested()
	if c == nil {
		return nil
	}
	if by.ID == c.By.Account {
		return ErrSameHand
	}
	h := t.hand(by, now)
	decided := *c
	decided.Decided, decided.Stands, decided.Note = &h, stands, note
	w.Contests = slices.Clone(w.Contests)
	w.Contests[len(w.Contests)-1] = decided
	return nil
}

// Contest says that the matter is not this department's business. It stays with it until somebody decides, and so
// does the answer to the resident: 首问负责.
func (t *Topic) Contest(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveContest)
	switch {
	case err != nil:
		return nil, err
	case reason == "":
		return nil, errReason
	case w.contested() != nil:
		return nil, errContested
	case len(w.Contests) >= MaxContests:
		return nil, errFull.With("what", "contests").With("max", MaxContests)
	}
	facts := t.catchUp(now)
	w.Contests = append(slices.Clip(w.Contests), Contest{By: t.hand(by, now), Reason: reason})
	return append(facts, t.advance(w, Dispatched, TopicContested, by, reason, now)), nil
}

// Review decides that the dispatch stands. Sending the matter elsewhere is Dispatch.
func (t *Topic) Review(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveReview)
	switch {
	case err != nil:
		return nil, err
	case reason == "":
		return nil, errReason
	case w.contested() == nil:
		return nil, errNoContest
	}
	if err := t.decide(w, by, true, reason, now); err != nil {
		return nil, err
	}
	facts := t.catchUp(now)
	return append(facts, t.advance(w, Dispatched, TopicReviewed, by, reason, now)), nil
}
