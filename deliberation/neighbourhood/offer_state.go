package neighbourhood

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Status is an offer's state; doc.go draws the machine.
type Status string

// States of an offer.
const (
	Held      Status = "held"      // waits for staff before neighbours see it
	Open      Status = "open"      // anybody it reaches may answer
	Promised  Status = "promised"  // to one of those who answered
	Done      Status = "done"      // one of the two said so
	Thanked   Status = "thanked"   // and a word of thanks stands beside it
	Expired   Status = "expired"   // its end has passed
	Withdrawn Status = "withdrawn" // by its author
	Hidden    Status = "hidden"    // by staff, with a reason
)

// Statuses lists the states.
func Statuses() []Status {
	return []Status{Held, Open, Promised, Done, Thanked, Expired, Withdrawn, Hidden}
}

// Shown reports whether neighbours see the text.
func (s Status) Shown() bool {
	return s == Open || s == Promised || s == Done || s == Thanked || s == Expired
}

// Move is a step of an offer.
type Move string

// Moves.
const (
	MoveAnswer   Move = "answer"
	MovePromise  Move = "promise"
	MoveBack     Move = "back"
	MoveDone     Move = "done"
	MoveThank    Move = "thank"
	MoveRenew    Move = "renew"
	MoveWithdraw Move = "withdraw"
	MoveReport   Move = "report"
	MoveHide     Move = "hide"
	MoveRelease  Move = "release"
)

// Moves lists the steps.
func Moves() []Move {
	return []Move{MoveAnswer, MovePromise, MoveBack, MoveDone, MoveThank, MoveRenew, MoveWithdraw, MoveReport, MoveHide, MoveRelease}
}

// Allows reports whether an offer in the state may take the step: the whole machine in one table.
func (s Status) Allows(m Move) bool {
	switch m {
	case MoveAnswer, MovePromise:
		return s == Open
	case MoveBack, MoveDone:
		return s == Promised
	case MoveThank:
		return s == Done || s == Thanked
	case MoveRenew:
		return s == Open || s == Expired
	case MoveWithdraw:
		return s == Held || s == Open || s == Promised
	case MoveReport:
		return s.Shown()
	case MoveHide:
		return s == Held || s.Shown()
	case MoveRelease:
		return s == Held || s == Hidden
	}
	return false
}

var (
	// ErrOver means that the end of an offer, a pledge or a wish has passed.
	ErrOver = fault.New(fault.TooLate, "neighbours.over")
	// ErrState means that something is no longer in a state that allows the step: somebody was first.
	ErrState = fault.New(fault.Conflict, "neighbours.wrong_state")
	// ErrNotYours means that the step belongs to somebody else.
	ErrNotYours = fault.New(fault.Denied, "neighbours.not_yours")

	errTooLong  = fault.New(fault.TooLarge, "neighbours.history_full")
	errReasoned = fault.New(fault.Invalid, "neighbours.reason_needed").On("reason")
)

// StatusAt is the state at an instant: what has ended is over whether or not a sweep has recorded it.
func (o Offer) StatusAt(now time.Time) Status {
	switch o.Status {
	case Open, Held, Promised:
		if !now.Before(o.End()) {
			return Expired
		}
	}
	return o.Status
}

// maxHistory bounds the steps of an offer or wish; who changes their mind so often starts a new one.
const maxHistory = 100

func (o *Offer) may(m Move, now time.Time) error {
	was := o.StatusAt(now)
	switch {
	case was == Expired && o.Status != Expired && o.Status.Allows(m) && !was.Allows(m):
		return ErrOver.With("until", o.End().UTC().Format(time.RFC3339))
	case !was.Allows(m):
		return ErrState.With("state", was).With("step", m)
	case len(o.History) >= maxHistory && m != MoveWithdraw && m != MoveHide:
		return errTooLong
	}
	return nil
}

// Promise gives the offer to one of those who answered.
func (o *Offer) Promise(by identity.Actor, x Exchange, now time.Time) ([]docstore.Fact, error) {
	if o.Promised != nil && o.Promised.Exchange == x.ID && o.StatusAt(now) == Promised {
		return nil, docstore.ErrUnchanged
	}
	if err := o.may(MovePromise, now); err != nil {
		return nil, err
	}
	o.Status = Promised
	o.Promised = &Promise{Exchange: x.ID, Account: x.Guest.Account, Name: x.Guest.Name, At: now}
	o.note(OfferPromised, by, "", now)
	return []docstore.Fact{fact(OfferPromised, by, now, o.news())}, nil
}

// Back opens a promised offer again. The end stays what it was.
func (o *Offer) Back(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	if err := o.may(MoveBack, now); err != nil {
		return nil, err
	}
	data := o.news() // names whom it was promised to
	o.Status, o.Promised = Open, nil
	o.note(OfferBack, by, reason, now)
	return []docstore.Fact{fact(OfferBack, by, now, data)}, nil
}

// Done says that it was carried out. Either of the two may say so; the second time changes nothing.
func (o *Offer) Done(by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	if o.Status == Done || o.Status == Thanked {
		return nil, docstore.ErrUnchanged
	}
	if err := o.may(MoveDone, now); err != nil {
		return nil, err
	}
	o.Status = Done
	o.note(OfferDone, by, "", now)
	return []docstore.Fact{fact(OfferDone, by, now, o.news())}, nil
}

// Thank adds a short public word; each of the two has one.
func (o *Offer) Thank(by identity.Actor, text string, now time.Time) ([]docstore.Fact, error) {
	if err := o.may(MoveThank, now); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(o.Thanks, func(t Thanks) bool { return t.By == by.ID }) {
		return nil, docstore.ErrUnchanged
	}
	name, _ := by.NameAt(o.Place())
	o.Status = Thanked
	o.Thanks = append(slices.Clip(o.Thanks), Thanks{By: by.ID, Name: name, Text: text, At: now})
	o.note(OfferThanked, by, "", now)
	return []docstore.Fact{fact(OfferThanked, by, now, o.news())}, nil
}

// Renew gives the offer a new end, also some time after it expired.
func (o *Offer) Renew(by identity.Actor, until, now time.Time) ([]docstore.Fact, error) {
	if err := o.may(MoveRenew, now); err != nil {
		return nil, err
	}
	if o.StatusAt(now) == Expired && !now.Before(o.Until.Add(RenewWithin)) {
		return nil, ErrOver
	}
	if err := checkUntil(until, now); err != nil {
		return nil, err
	}
	o.Status, o.HungAt, o.Until, o.AskedAt, o.Promised = Open, now, until, time.Time{}, nil
	o.note(OfferRenewed, by, "", now)
	return []docstore.Fact{fact(OfferRenewed, by, now, o.news())}, nil
}

// Withdraw takes the offer down. Doing so again changes nothing.
func (o *Offer) Withdraw(by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	if o.Status == Withdrawn {
		return nil, docstore.ErrUnchanged
	}
	if err := o.may(MoveWithdraw, now); err != nil {
		return nil, err
	}
	o.Status = Withdrawn
	o.note(OfferWithdrawn, by, "", now)
	return []docstore.Fact{fact(OfferWithdrawn, by, now, o.news())}, nil
}

// Hide takes the text out of sight, with a reason in its place, and closes the reports.
func (o *Offer) Hide(by identity.Actor, reason string, now time.Time) ([]docstore.Fact, error) {
	if err := o.may(MoveHide, now); err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReasoned
	}
	data := o.judged(now, true)
	o.Status, o.Reason = Hidden, reason
	o.note(OfferHidden, by, reason, now)
	data.Reason = reason
	return []docstore.Fact{fact(OfferHidden, by, now, data)}, nil
}

// Release shows what was held or hidden, if its end has not passed meanwhile.
func (o *Offer) Release(by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	if err := o.may(MoveRelease, now); err != nil {
		return nil, err
	}
	o.Status, o.Reason = Open, ""
	if o.Promised != nil {
		o.Status = Promised
	}
	o.note(OfferReleased, by, "", now)
	return []docstore.Fact{fact(OfferReleased, by, now, o.news())}, nil
}

// Dismiss closes the reports and leaves the offer as it is.
func (o *Offer) Dismiss(by identity.Actor, now time.Time) ([]docstore.Fact, error) {
	if len(waiting(o.Reports)) == 0 {
		return nil, docstore.ErrUnchanged
	}
	return []docstore.Fact{fact(OfferJudged, by, now, o.judged(now, false))}, nil
}

// judged closes the reports and says who is to be told.
func (o *Offer) judged(now time.Time, acted bool) News {
	data := o.news()
	o.Reports = slices.Clone(o.Reports)
	data.Reporters, data.Acted = judge(o.Reports, now), acted
	return data
}

// judge closes the reports that wait and returns who made them.
func judge(all []Report, now time.Time) []identity.AccountID {
	var who []identity.AccountID
	for i := range all {
		if r := &all[i]; r.Judged.IsZero() {
			r.Judged = now
			who = append(who, r.By)
		}
	}
	return who
}

// Report asks staff to look at the offer; once a person while it waits.
func (o *Offer) Report(by identity.Actor, why string, now time.Time) ([]docstore.Fact, error) {
	if err := o.may(MoveReport, now); err != nil {
		return nil, err
	}
	more, err := report(o.Reports, by, o.Place(), why, now)
	if err != nil {
		return nil, err
	}
	o.Reports = more
	return []docstore.Fact{fact(OfferReported, by, now, o.news())}, nil
}

func report(all []Report, by identity.Actor, p identity.Place, why string, now time.Time) ([]Report, error) {
	open := waiting(all)
	if len(open) >= MaxReports || slices.ContainsFunc(open, func(r Report) bool { return r.By == by.ID }) {
		return nil, docstore.ErrUnchanged
	}
	name, _ := by.NameAt(p)
	return append(slices.Clip(all), Report{By: by.ID, Name: name, Why: why, At: now}), nil
}

// record is what the sweep finds at an instant: the question before the end, or the end.
func (o *Offer) record(now time.Time) []docstore.Fact {
	switch at, ok := o.next(); {
	case !ok || now.Before(at):
		return nil
	case o.StatusAt(now) == Expired:
		end := o.End()
		data := o.news()
		o.Status = Expired
		o.note(OfferExpired, sweeping, "", end)
		return []docstore.Fact{fact(OfferExpired, sweeping, now, data)}
	}
	o.AskedAt = now
	return []docstore.Fact{fact(OfferAsked, sweeping, now, o.news())}
}

// sweeping is the platform's hand that records what has ended.
var sweeping = identity.System("neighbours")

// checkUntil refuses an end that has passed or lies further ahead than MaxDays.
func checkUntil(until, now time.Time) error {
	if !until.After(now) || until.After(now.Add(MaxDays*24*time.Hour)) {
		return errUntil
	}
	return nil
}
