package ledger

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Refusals of who or when.
var (
	// ErrOwnVoucher means that whoever drafted a voucher wants to post or refuse it.
	ErrOwnVoucher = fault.New(fault.Denied, "ledger.own_voucher")
	// ErrOwnProject means that the project's proposer or lead wants to decide about its money.
	ErrOwnProject = fault.New(fault.Denied, "ledger.own_project")
	// ErrDecided means that somebody has decided about the voucher already.
	ErrDecided = fault.New(fault.Conflict, "ledger.decided")
	// ErrFull means that the fund holds as many vouchers as one may; another fund takes the rest of the year.
	ErrFull = fault.New(fault.Conflict, "ledger.full")
	// ErrWaiting means that too many vouchers wait for a decision.
	ErrWaiting = fault.New(fault.Conflict, "ledger.too_many_waiting")

	errWhy = fault.New(fault.Invalid, "ledger.no_reason").On("why")
)

// draft adds a voucher that could be posted as the fund stands. The same form sent again changes nothing.
func (f *Fund) draft(e Entry, around Around) error {
	if known, ok := f.Entry(e.ID); ok {
		if known.DraftedBy.Account == e.DraftedBy.Account && known.Draft.same(e.Draft) {
			return docstore.ErrUnchanged
		}
		return ErrTaken
	}
	if len(f.Entries) >= MaxEntries {
		return ErrFull.With("max", MaxEntries)
	}
	if len(f.Waiting()) >= MaxWaiting {
		return ErrWaiting.With("max", MaxWaiting)
	}
	trial, attempt := f.clone(), e
	if err := trial.post(&attempt, around); err != nil {
		return err
	}
	e.State = Waits
	f.Entries = append(f.Entries, e)
	return nil
}

// Waiting returns the vouchers that nobody has decided about, the first one first.
func (f Fund) Waiting() []Entry {
	var all []Entry
	for _, e := range f.Entries {
		if e.State == Waits {
			all = append(all, e)
		}
	}
	return all
}

// Verdict is what somebody makes of a voucher that waits.
type Verdict string

// Verdicts.
const (
	Approve  Verdict = "approve"
	Refuse   Verdict = "refuse"
	Withdraw Verdict = "withdraw" // by who drafted it
)

func (v Verdict) state() State {
	return map[Verdict]State{Approve: Posted, Refuse: Refused, Withdraw: Withdrawn}[v]
}

// barred says why somebody may not decide about a voucher; nil for a second person.
func (f Fund) barred(e Entry, who identity.AccountID, around Around) error {
	if e.DraftedBy.Account == who || who == "" {
		return ErrOwnVoucher
	}
	for _, id := range f.ProjectsOf(e.Draft) {
		if slices.Contains(around.Projects[id].Own, who) {
			return ErrOwnProject
		}
	}
	return nil
}

// decide posts a voucher, refuses it with a reason, or lets its drafter take it back. The same decision again changes nothing.
func (f *Fund) decide(id EntryID, v Verdict, why string, by deliberation.Author, around Around, now time.Time) (Entry, error) {
	n := f.find(id)
	if n < 0 {
		return Entry{}, ErrNotFound
	}
	e := f.Entries[n]
	if e.State != Waits {
		if e.State == v.state() && e.DecidedBy.Account == by.Account {
			return e, docstore.ErrUnchanged
		}
		return e, ErrDecided
	}
	if v == Withdraw && e.DraftedBy.Account != by.Account {
		return e, identity.ErrDenied
	}
	if v != Withdraw {
		if err := f.barred(e, by.Account, around); err != nil {
			return e, err
		}
	}
	e.DecidedBy, e.DecidedAt, e.Why = by, now, why
	switch v {
	case Approve:
		e.Why = ""
		if err := f.post(&e, around); err != nil {
			return e, err
		}
	case Refuse:
		if why == "" {
			return e, errWhy
		}
		e.State = Refused
	case Withdraw:
		e.State = Withdrawn
	default:
		return e, errVerdict
	}
	f.Entries[n] = e
	return e, nil
}

var errVerdict = fault.New(fault.Invalid, "ledger.bad_verdict").On("verdict")
