package ledger

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/fault"
	"jushou/internal/money"
)

// EntryID identifies a voucher: the token of the form it was drafted with.
type EntryID string

// Kind says what a voucher does.
type Kind string

// Kinds of vouchers, with what each needs beside its amount.
const (
	Receive  Kind = "receive"  // money of a source came in: Source
	Allocate Kind = "allocate" // to a project or a named purpose: Project, Title or Line
	Commit   Kind = "commit"   // a contract or quote with a payee: Line, Payee
	Pay      Kind = "pay"      // to the payee of a deal: Deal
	Refund   Kind = "refund"   // the payee of a deal paid back: Deal
	Release  Kind = "release"  // less is needed than was promised: Deal
	Move     Kind = "move"     // unspent money to another purpose: Line, and as with Allocate where to
	Settle   Kind = "settle"   // the remainder of a purpose goes back to the fund, all of it: Line
	Return   Kind = "return"   // what is left of the year goes back to a source: Source
	Reverse  Kind = "reverse"  // takes a posted voucher back: Reverses
)

// Kinds lists them in the order they are shown.
func Kinds() []Kind {
	return []Kind{Receive, Allocate, Commit, Pay, Refund, Release, Move, Settle, Return, Reverse}
}

// State is how a voucher stands.
type State string

// States.
const (
	Waits     State = "waits"
	Posted    State = "posted"
	Refused   State = "refused"
	Withdrawn State = "withdrawn" // by who drafted it
)

// Draft is what a voucher says.
type Draft struct {
	Kind    Kind          `json:"kind"`
	Fen     money.Fen     `json:"fen"`
	Purpose string        `json:"purpose"`
	Date    calendar.Date `json:"date"` // of the paper
	// Papers are photos of what proves it: invoice, contract, minutes.
	Papers []deliberation.PhotoID `json:"papers"`

	Source int `json:"source,omitempty"` // from 1, as Line and Deal
	Line   int `json:"line,omitempty"`
	Deal   int `json:"deal,omitempty"`
	// Project or Title name where money is allotted to; of a Commit, Title is the contract's.
	Project  string  `json:"project,omitempty"`
	Title    string  `json:"title,omitempty"`
	Payee    Payee   `json:"payee,omitzero"`
	Reverses EntryID `json:"reverses,omitempty"`
}

// Entry is one voucher. Once it is decided about it never changes.
type Entry struct {
	ID EntryID `json:"id"`
	Draft
	DraftedBy deliberation.Author `json:"drafted_by"`
	DraftedAt time.Time           `json:"drafted_at"`
	State     State               `json:"state"`
	DecidedBy deliberation.Author `json:"decided_by,omitzero"`
	DecidedAt time.Time           `json:"decided_at,omitzero"`
	Why       string              `json:"why,omitempty"` // it was refused

	// Seq is its place among what is posted, from 1; its amount went from one account to the other.
	Seq  int     `json:"seq,omitempty"`
	From Account `json:"from,omitempty"`
	To   Account `json:"to,omitempty"`
}

var (
	errKind    = fault.New(fault.Invalid, "ledger.bad_kind").On("kind")
	errAmount  = fault.New(fault.Invalid, "ledger.no_amount").On("amount")
	errLarge   = fault.New(fault.Invalid, "ledger.amount_too_large").On("amount")
	errNoPaper = fault.New(fault.Invalid, "ledger.no_paper").On("photos")
	errPapers  = fault.New(fault.Invalid, "ledger.too_many_papers").On("photos")
	errDate    = fault.New(fault.Invalid, "ledger.bad_date").On("date")
	errPayee   = fault.New(fault.Invalid, "ledger.no_payee").On("payee")
	errPayees  = fault.New(fault.Invalid, "ledger.payee_too_long").On("payee")
	errTitle   = fault.New(fault.Invalid, "ledger.title_too_long").On("title")
	errWhither = fault.New(fault.Invalid, "ledger.no_target").On("title")
)

// clean cleans a draft and finds the faults that need no fund; today is the day its clocks show.
func (d *Draft) clean(today calendar.Date) error {
	d.Purpose, d.Title, d.Payee.Name = deliberation.Line(d.Purpose), deliberation.Line(d.Title), deliberation.Line(d.Payee.Name)
	d.Papers = slices.Clone(d.Papers)
	oldest := calendar.Date{Year: today.Year - 2, Month: 1, Day: 1}
	return deliberation.Joined(
		fault.When(!slices.Contains(Kinds(), d.Kind), errKind),
		fault.When(d.Fen <= 0 && !d.mayBeNothing() || d.Fen < 0, errAmount),
		fault.When(d.Fen > money.Max, errLarge.With("max", money.Max.String())),
		fault.When(d.Purpose == "", errNoPurpose), deliberation.Within(d.Purpose, MaxPurpose, errPurpose),
		fault.When(d.Date == (calendar.Date{}) || today.Before(d.Date) || d.Date.Before(oldest), errDate),
		fault.When(len(d.Papers) == 0, errNoPaper), fault.When(len(d.Papers) > MaxPapers, errPapers.With("max", MaxPapers)),
		deliberation.CheckPhotos(d.Papers[:min(len(d.Papers), MaxPapers)]),
		fault.When(d.Kind == Commit && d.Payee.Name == "", errPayee), deliberation.Within(d.Payee.Name, MaxPayee, errPayees),
		deliberation.Within(d.Title, MaxName, errTitle),
		fault.When(d.names() && d.Line == 0 && d.Project == "" && d.Title == "", errWhither),
	)
}

// mayBeNothing says that the amount may be zero: a purpose whose money was spent to the last fen is settled too.
func (d Draft) mayBeNothing() bool { return d.Kind == Settle || d.Kind == Reverse }

// names says that the draft names where money goes to.
func (d Draft) names() bool { return d.Kind == Allocate }

// only keeps of a draft what its kind needs, so that what a form sent beside is not stored.
func (d Draft) only() Draft {
	kept := Draft{Kind: d.Kind, Fen: d.Fen, Purpose: d.Purpose, Date: d.Date, Papers: d.Papers}
	switch d.Kind {
	case Receive, Return:
		kept.Source = d.Source
	case Allocate:
		kept.Line, kept.Project, kept.Title = d.Line, d.Project, d.Title
	case Move:
		kept.Line, kept.Project, kept.Title = d.Line, d.Project, d.Title
	case Commit:
		kept.Line, kept.Title, kept.Payee = d.Line, d.Title, d.Payee
	case Settle:
		kept.Line = d.Line
	case Pay, Refund, Release:
		kept.Deal = d.Deal
	case Reverse:
		kept.Reverses = d.Reverses
	}
	return kept
}

// same reports whether two drafts say the same.
func (d Draft) same(o Draft) bool {
	papers := slices.Equal(d.Papers, o.Papers)
	d.Papers, o.Papers = nil, nil
	return papers && d.Kind == o.Kind && d.Fen == o.Fen && d.Purpose == o.Purpose && d.Date == o.Date && d.Source == o.Source && d.Line == o.Line &&
		d.Deal == o.Deal && d.Project == o.Project && d.Title == o.Title && d.Payee == o.Payee && d.Reverses == o.Reverses
}

// Target is the line a posted or drafted allocation goes to. For Move, Line is where money comes from and the target is named by
// Project or Title; a purpose that is named like an existing one is that one.
func (f Fund) target(d Draft) int {
	if d.Kind == Allocate && d.Line != 0 {
		return d.Line
	}
	if d.Project != "" {
		return f.LineOf(d.Project)
	}
	return 1 + slices.IndexFunc(f.Lines, func(l Line) bool { return l.Project == "" && l.Title == d.Title && d.Title != "" })
}
