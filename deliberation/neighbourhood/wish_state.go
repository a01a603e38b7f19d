package neighbourhood

import (
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// WishStatus is a wish's state; doc.go draws the machine.
type WishStatus string

// States of a wish.
const (
	Clearing        WishStatus = "clearing" // waits for staff before neighbours see it
	Hung            WishStatus = "hung"
	Adopted         WishStatus = "adopted"
	Fulfilled       WishStatus = "fulfilled" // the wisher said so
	WishIsThanked   WishStatus = "thanked"
	WishIsEnded     WishStatus = "ended" // nobody adopted it in time
	WishIsRefused   WishStatus = "refused"
	WishIsWithdrawn WishStatus = "withdrawn"
)

// WishStatuses lists the states.
func WishStatuses() []WishStatus {
	return []WishStatus{Clearing, Hung, Adopted, Fulfilled, WishIsThanked, WishIsEnded, WishIsRefused, WishIsWithdrawn}
}

// Shown reports whether neighbours see the wish.
func (s WishStatus) Shown() bool {
	return s == Hung || s == Adopted || s == Fulfilled || s == WishIsThanked
}

// WishMove is a step of a wish.
type WishMove string

// Moves of a wish.
const (
	WishClear    WishMove = "clear"
	WishRefuse   WishMove = "refuse"
	WishAdopt    WishMove = "adopt"
	WishBack     WishMove = "back"
	WishAllow    WishMove = "allow"
	WishDeliver  WishMove = "deliver"
	WishFulfil   WishMove = "fulfil"
	WishThank    WishMove = "thank"
	WishWithdraw WishMove = "withdraw"
)

// WishMoves lists the steps.
func WishMoves() []WishMove {
	return []WishMove{WishClear, WishRefuse, WishAdopt, WishBack, WishAllow, WishDeliver, WishFulfil, WishThank, WishWithdraw}
}

// Allows reports whether a wish in the state may take the step: the whole machine in one table.
func (s WishStatus) Allows(m WishMove) bool {
	switch m {
	case WishClear, WishRefuse:
		return s == Clearing
	case WishAdopt:
		return s == Hung
	case WishBack, WishAllow, WishDeliver, WishFulfil:
		return s == Adopted
	case WishThank:
		return s == Fulfilled
	case WishWithdraw:
		return s == Clearing || s == Hung || s == Adopted
	}
	return false
}

// StatusAt is the state at an instant. A pledge that is over, and was not said to be delivered, is back on the tree;
// a wish whose own end has passed is ended.
func (w Wish) StatusAt(now time.Time) WishStatus {
	s := w.Status
	if s == Adopted && w.pledgeOver(now) {
		s = Hung
	}
	if (s == Hung || s == Clearing) && !now.Before(w.Until) {
		s = WishIsEnded
	}
	return s
}

func (w Wish) pledgeOver(now time.Time) bool {
	return w.Pledge != nil && w.Pledge.DeliveredAt.IsZero() && !now.Before(w.Pledge.Until)
}

// step settles what the clock has done and refuses what the state does not allow.
func (w *Wish) step(m WishMove, now time.Time) ([]docstore.Fact, error) {
	was := w.Status
	facts := w.catchUp(now)
	switch {
	case !w.Status.Allows(m) && was.Allows(m):
		return nil, ErrOver
	case !w.Status.Allows(m):
		return nil, ErrState.With("state", w.Status).With("step", m)
	case len(w.History) >= maxHistory && m != WishWithdraw:
		return nil, errTooLong
	}
	return facts, nil
}

// catchUp records the ends that have passed, in their order and with their true times.
func (w *Wish) catchUp(now time.Time) []docstore.Fact {
	var facts []docstore.Fact
	if w.Status == Adopted && w.pledgeOver(now) {
		facts = append(facts, w.giveBack(sweeping, "", w.Pledge.Until, now, true))
	}
	if (w.Status == Hung || w.Status == Clearing) && !now.Before(w.Until) {
		w.Status = WishIsEnded
		w.note(WishEnded, sweeping, "", w.Until)
		facts = append(facts, fact(WishEnded, sweeping, now, w.news()))
	}
	return facts
}

// giveBack hangs the wish up again. What the adopter was allowed to know is over with the pledge.
func (w *Wish) giveBack(by identity.Actor, reason string, at, now time.Time, expired bool) docstore.Fact {
	data := w.news() // names the adopter
	data.Expired, data.Reason = expired, reason
	w.Status, w.Pledge = Hung, nil
	w.note(WishReturned, by, reason, at)
	return fact(WishReturned, by, now, data)
}

// record is what the sweep finds: a reminder before a pledge ends, and the ends themselves.
func (w *Wish) record(now time.Time) []docstore.Fact {
	facts := w.catchUp(now)
	if p := w.Pledge; len(facts) == 0 && w.Status == Adopted && p.DeliveredAt.IsZero() && p.Remind.IsZero() && !now.Before(p.remindAt()) {
		reminded := *p
		reminded.Remind = now
		w.Pledge = &reminded
		facts = append(facts, fact(WishRemind, sweeping, now, w.news()))
	}
	return facts
}

// Clear shows the wish to the neighbours; refusing gives a reason to who made it.
func (w *Wish) Clear(by identity.Actor, show bool, reason string, now time.Time) ([]docstore.Fact, error) {
	move, what, to := WishClear, WishCleared, Hung
	if !show {
		move, what, to = WishRefuse, WishRefused, WishIsRefused
	}
	if w.Status == to {
		return nil, docstore.ErrUnchanged
	}
	facts, err := w.step(move, now)
	switch {
	case err != nil:
		return nil, err
	case !show && reason == "":
		return nil, errReasoned
	case w.IsWisher(by.ID), w.Offline != nil && w.Offline.EnteredBy == by.ID:
		return nil, errOwnEntry
	}
	w.Status, w.Reason = to, reason
	w.note(what, by, reason, now)
	data := w.news()
	data.Reason = reason
	return append(facts, fact(what, by, now, data)), nil
}

// Adopt takes the promise of an adopter. The first of two has it.
func (w *Wish) Adopt(by identity.Actor, p Pledge, now time.Time) ([]docstore.Fact, error) {
	if w.IsAdopter(by.ID) && w.StatusAt(now) == Adopted {
		return nil, docstore.ErrUnchanged
	}
	facts, err := w.step(WishAdopt, now)
	switch {
	case err != nil:
		return nil, err
	case w.IsWisher(by.ID):
		return nil, errOwnWish
	}
	w.Status, w.Pledge = Adopted, &p
	w.note(WishAdopted, by, p.What, now)
	return append(facts, fact(WishAdopted, by, now, w.news())), nil
}

// GiveBack returns the wish to the tree before the pledge ends.
func (w *Wish) GiveBack(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	facts, err := w.step(WishBack, now)
	if err != nil {
		return nil, err
	}
	return append(facts, w.giveBack(by, reason, now, now, false)), nil
}

// Allow lets the adopter know how to reach the wisher, or no longer.
func (w *Wish) Allow(by identity.Actor, yes bool, now time.Time) ([]docstore.Fact, error) {
	facts, err := w.step(WishAllow, now)
	if err != nil {
		return nil, err
	}
	p := *w.Pledge
	switch {
	case yes != p.AllowedAt.IsZero():
		return nil, docstore.ErrUnchanged
	case yes:
		p.AllowedAt = now
	default:
		p.AllowedAt = time.Time{}
	}
	w.Pledge = &p
	data := w.news()
	data.Acted = yes
	return append(facts, fact(WishAllowed, by, now, data)), nil
}

// Deliver is the adopter saying that it was done. It asks the wisher, and stops the pledge from running out.
func (w *Wish) Deliver(by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	facts, err := w.step(WishDeliver, now)
	if err != nil {
		return nil, err
	}
	if !w.Pledge.DeliveredAt.IsZero() {
		return nil, docstore.ErrUnchanged
	}
	p := *w.Pledge
	p.DeliveredAt = now
	w.Pledge = &p
	w.note(WishDelivered, by, "", now)
	return append(facts, fact(WishDelivered, by, now, w.news())), nil
}

// Fulfil is the wisher saying that the wish came true. note says how staff know it of somebody offline.
func (w *Wish) Fulfil(by identity.Actor, note string, now time.Time) ([]docstore.Fact, error) {
	if w.Status == Fulfilled || w.Status == WishIsThanked {
		return nil, docstore.ErrUnchanged
	}
	facts, err := w.step(WishFulfil, now)
	if err != nil {
		return nil, err
	}
	p := *w.Pledge
	p.AllowedAt = time.Time{} // what was for carrying it out is over
	w.Status, w.Pledge = Fulfilled, &p
	w.note(WishFulfilled, by, note, now)
	return append(facts, fact(WishFulfilled, by, now, w.news())), nil
}

// Thank adds the wisher's short public word.
func (w *Wish) Thank(by identity.Actor, text string, now time.Time) ([]docstore.Fact, error) {
	if w.Status == WishIsThanked {
		return nil, docstore.ErrUnchanged
	}
	facts, err := w.step(WishThank, now)
	if err != nil {
		return nil, err
	}
	w.Status, w.Thanks = WishIsThanked, &Thanks{Name: w.Seen().Name, Text: text, At: now}
	w.note(WishThanked, by, "", now)
	return append(facts, fact(WishThanked, by, now, w.news())), nil
}

// Withdraw takes the wish off the tree.
func (w *Wish) Withdraw(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	if w.Status == WishIsWithdrawn {
		return nil, docstore.ErrUnchanged
	}
	facts, err := w.step(WishWithdraw, now)
	if err != nil {
		return nil, err
	}
	data := w.news()
	w.Status, w.Pledge, w.Reason = WishIsWithdrawn, nil, reason
	w.note(WishWithdrawn, by, reason, now)
	return append(facts, fact(WishWithdrawn, by, now, data)), nil
}
