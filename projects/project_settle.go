package projects

import (
	"cmp"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// MaxDifference bounds the words about a difference between plan and cost, in runes.
const MaxDifference = 1000

// Books are what the accounts hold for a project.
type Books struct {
	Allotted, Paid money.Fen
	Spent          []Cost
	// Open is what has to be done in the accounts before the project can be closed.
	Open []Unsettled
}

// Cost is what was paid under one contract or quote, less what came back.
type Cost struct {
	What   string    `json:"what"`
	Payee  string    `json:"payee,omitempty"` // as everybody may read it
	Amount money.Fen `json:"amount"`
}

// Unsettled is one thing that is still open in the accounts.
type Unsettled struct {
	Kind    string // OpenVoucher, OpenDeal or OpenLine
	Fund    string
	Voucher string // of an OpenVoucher
	Name    string
	Amount  money.Fen
}

// Kinds of what is open.
const (
	OpenVoucher = "voucher" // nobody has decided about it
	OpenDeal    = "deal"    // promised and not paid
	OpenLine    = "line"    // its remainder has not gone back to the fund
)

// Statement is 决算: what was planned beside what was paid, and why they differ. It is a copy of the accounts when it was
// written, and holds only while they say the same.
type Statement struct {
	Revision int                 `json:"revision"`
	Approved money.Fen           `json:"approved"`
	Planned  []Line              `json:"planned,omitempty"`
	Spent    []Cost              `json:"spent,omitempty"`
	Paid     money.Fen           `json:"paid"`
	Words    string              `json:"words,omitempty"`
	By       deliberation.Author `json:"by"`
	At       time.Time           `json:"at"`
	// Returned is what was wrong with it, "" if nothing was.
	Returned  string              `json:"returned,omitempty"`
	CheckedBy deliberation.Author `json:"checked_by,omitzero"`
	CheckedAt time.Time           `json:"checked_at,omitzero"`
}

// Left is what was approved and not spent.
func (s Statement) Left() money.Fen { return s.Approved - s.Paid }

// Checked reports whether a second person has checked it.
func (s *Statement) Checked() bool { return s != nil && !s.CheckedAt.IsZero() }

var (
	errDifference = fault.New(fault.Invalid, "project.no_difference").On("text")
	errNoState    = fault.New(fault.Conflict, "project.no_statement")
	errBooksOpen  = fault.New(fault.Conflict, "project.books_open")
	errBooksMoved = fault.New(fault.Conflict, "project.books_moved")
)

// WriteStatement writes the statement from the accounts as they stand. seen is the revision that the form showed.
func (p *Project) WriteStatement(b Books, words string, seen int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveStatement); err != nil {
		return nil, err
	}
	before := Statement{}
	if p.Statement != nil {
		before = *p.Statement
	}
	switch {
	case seen != before.Revision:
		return nil, errStale
	case words == "" && b.Paid != p.Approved && p.CancelledAt.IsZero():
		return nil, errDifference
	}
	if err := p.take(MoveStatement, StatementWritten, by, "", now); err != nil {
		return nil, err
	}
	p.Statement = &Statement{
		Revision: seen + 1, Approved: p.Approved, Planned: slices.Clone(p.Plan.Lines), Spent: b.Spent, Paid: b.Paid, Words: words, By: by, At: now,
	}
	return []docstore.Fact{p.told(StatementWritten, by, "", now)}, nil
}

// holds refuses a statement that nobody wrote, that the accounts have left behind, or while anything is open in them.
func (s *Statement) holds(b Books) error {
	switch {
	case s == nil || s.Returned != "":
		return errNoState
	case len(b.Open) > 0:
		return errBooksOpen.With("what", b.Open[0].Name).With("n", len(b.Open))
	}
	return fault.When(s.Paid != b.Paid || !slices.Equal(s.Spent, b.Spent), errBooksMoved)
}

// checker refuses whoever wrote the statement or has a part in the project.
func (p Project) checker(by deliberation.Author) error {
	if err := p.disinterested(by); err != nil {
		return err
	}
	return fault.When(p.Statement != nil && p.Statement.By.Account == by.Account, errSecondPerson)
}

var errSecondPerson = fault.New(fault.Denied, "project.second_person")

// ReturnStatement gives the statement back to be written anew.
func (p *Project) ReturnStatement(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := cmp.Or(p.may(MoveStatement), p.checker(by), fault.When(p.Statement == nil, errNoState)); err != nil {
		return nil, err
	}
	if p.Statement.Returned != "" {
		return nil, docstore.ErrUnchanged
	}
	if err := p.take(MoveStatement, StatementBack, by, reason, now); err != nil {
		return nil, err
	}
	s := *p.Statement
	s.Returned = reason
	p.Statement = &s
	return []docstore.Fact{p.told(StatementBack, by, reason, now)}, nil
}

// Close checks the statement against the accounts and ends the project: archived, or cancelled where it was given up on its way.
func (p *Project) Close(b Books, seen int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	m, what := MoveArchive, Archived
	if !p.CancelledAt.IsZero() {
		m, what = MoveClose, ClosedCancelled
	}
	if err := cmp.Or(p.may(m), p.checker(by)); err != nil {
		return nil, err
	}
	if err := p.Statement.holds(b); err != nil {
		return nil, err
	}
	if p.Statement.Revision != seen {
		return nil, errStale
	}
	if err := p.take(m, what, by, "", now); err != nil {
		return nil, err
	}
	s := *p.Statement
	s.CheckedBy, s.CheckedAt = by, now
	p.Statement = &s
	return []docstore.Fact{p.closed(what, by, now)}, nil
}

func (p Project) closed(what string, by deliberation.Author, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: Closed{
		About: p.about(), Linked: p.linked(by), Approved: p.Approved, Paid: p.Statement.Paid,
	}}
}

// Settled reports whether the accounts of a project were closed with it.
func (p Project) Settled() bool {
	return p.Statement.Checked() && (p.Stage == preset.Archived || p.Stage == preset.Cancelled)
}
