package deliberation

import (
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Confirm is the author's word that the matter is solved.
func (t *Topic) Confirm(by identity.Actor, note string, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveConfirm)
	switch {
	case err != nil:
		return nil, err
	case w.touched(by.ID):
		return nil, ErrSameHand
	}
	facts := t.catchUp(now)
	w.Verdict = &AuthorWord{Confirmed: true, Reason: note, At: now}
	return append(facts, t.shut(w, EndConfirmed, TopicConfirmed, by, note, now)), nil
}

// Dispute is the author's word that it is not, which an author has once. The resolution clock starts again: a
// dispute is a promise of an answer, too.
func (t *Topic) Dispute(by identity.Actor, reason string, x Terms, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveDispute)
	switch {
	case err != nil:
		return nil, err
	case w.touched(by.ID):
		return nil, ErrSameHand
	case reason == "":
		return nil, errReason
	case w.Disputed:
		return nil, ErrDisputedOnce
	}
	facts := t.catchUp(now)
	w.Disputed, w.Verdict = true, &AuthorWord{Reason: reason, At: now}
	t.CloseAt = time.Time{}
	t.startResolution(x, now)
	return append(facts, t.advance(w, Disputed, TopicDisputed, by, reason, now, t.dueBy)), nil
}

// Uphold decides a dispute: the matter is solved as far as it can be. Who handled or verified it does not decide.
func (t *Topic) Uphold(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveUphold)
	switch {
	case err != nil:
		return nil, err
	case reason == "":
		return nil, errReason
	case w.touched(by.ID), t.IsAuthor(by.ID):
		return nil, ErrSameHand
	}
	facts := t.catchUp(now)
	t.Resolution.Meet(now)
	return append(facts, t.shut(w, EndUpheld, TopicUpheld, by, reason, now)), nil
}

// Close ends a resolved topic whose author said nothing until CloseAt. Before that it changes nothing.
func (t *Topic) Close(now time.Time) ([]docstore.Fact, error) {
	if t.CloseAt.IsZero() || now.Before(t.CloseAt) || t.Status != Resolved {
		return nil, docstore.ErrUnchanged
	}
	w, err := t.step(MoveClose)
	if err != nil {
		return nil, err
	}
	facts := t.catchUp(now)
	return append(facts, t.shut(w, EndSilent, TopicClosed, patrol, "", later(t.CloseAt, t.History[len(t.History)-1].At))), nil
}

func (t *Topic) shut(w *Work, e Ending, what string, by identity.Actor, reason string, at time.Time) docstore.Fact {
	w.Ending, w.Handler, t.CloseAt = e, nil, time.Time{}
	return t.advance(w, Closed, what, by, reason, at, func(p *Progress) { p.Ending = e })
}

// Reopen takes a matter up again that was refused, closed or disputed. Its resolution clock is a new one, unless a
// dispute has started it already; the record of the old one stays. It goes back to who had it, if anybody had.
func (t *Topic) Reopen(by identity.Actor, reason string, x Terms, now time.Time) ([]docstore.Fact, error) {
	w, err := t.step(MoveReopen)
	switch {
	case err != nil:
		return nil, err
	case reason == "":
		return nil, errReason
	}
	facts := t.catchUp(now)
	if t.Stage != Disputed {
		t.startResolution(x, now)
	}
	w.Ending, w.Handler, w.Verdict, t.Refusal = "", nil, nil, ""
	w.Reopened++
	stage := Accepted
	if w.Errand != nil {
		stage = Dispatched
	}
	return append(facts, t.advance(w, stage, TopicReopened, by, reason, now, t.dueBy)), nil
}

// touched reports whether the account handled the matter or verified it.
func (w Work) touched(a identity.AccountID) bool {
	if w.handledBy(a) {
		return true
	}
	for _, c := range w.Checks {
		if a != "" && c.By.Account == a {
			return true
		}
	}
	return false
}
