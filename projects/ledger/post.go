package ledger

import (
	"maps"
	"slices"

	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// Project is what the accounts need to know of a project.
type Project struct {
	ID    string
	Title string
	// Path is where it is, the community last.
	Path []community.ID
	// Allocate says that money may be allotted and promised now; Pay that what is promised may be paid. A project that was
	// stopped pays what it owes, promises nothing more and is settled.
	Allocate, Pay bool
	// Approved is the most that may be allotted to it from all funds together.
	Approved money.Fen
	// Own are its proposer and its lead, who decide about none of its vouchers.
	Own []identity.AccountID
}

// Around is what a decision about a voucher needs to know of other documents. It is read before and may have
// changed by a moment; what it guards is said in docs/ledger.md.
type Around struct {
	Projects map[string]Project
	// Elsewhere is what other funds have allotted to a project.
	Elsewhere map[string]money.Fen
}

// Refusals of a voucher by what the accounts hold. "left" in them is what would be possible.
var (
	ErrOverShare    = fault.New(fault.Conflict, "ledger.over_share").On("amount")    // a source gives no more than its share
	ErrOverGiven    = fault.New(fault.Conflict, "ledger.over_given").On("amount")    // nothing goes back beyond what a source gave
	ErrUnmatched    = fault.New(fault.Conflict, "ledger.not_matched").On("amount")   // matched money follows what was raised
	ErrOverFund     = fault.New(fault.Conflict, "ledger.over_fund").On("amount")     // no allocation above what is free
	ErrOverLine     = fault.New(fault.Conflict, "ledger.over_line").On("amount")     // no commitment above the allocation
	ErrOverDeal     = fault.New(fault.Conflict, "ledger.over_deal").On("amount")     // no payment above its commitment
	ErrOverPaid     = fault.New(fault.Conflict, "ledger.over_paid").On("amount")     // no refund above what was paid
	ErrOverApproved = fault.New(fault.Conflict, "ledger.over_approved").On("amount") // no allocation above what the project was granted
	ErrSettled      = fault.New(fault.Conflict, "ledger.settled")                    // the purpose is settled
	ErrOpenDeals    = fault.New(fault.Conflict, "ledger.open_deals")                 // it still owes something
	ErrNotAll       = fault.New(fault.Conflict, "ledger.not_all").On("amount")       // a settlement is of the whole remainder
	ErrNotOpen      = fault.New(fault.Conflict, "ledger.project_not_open")           // the project's stage allows no spending
	ErrNoProject    = fault.New(fault.Invalid, "ledger.no_project").On("title")      // no such project here
	ErrNoTarget     = fault.New(fault.Invalid, "ledger.no_target").On("title")       // the fund has no such source, purpose or deal
	ErrReversed     = fault.New(fault.Conflict, "ledger.reversed")                   // it was taken back already
	ErrCannot       = fault.New(fault.Conflict, "ledger.cannot_reverse")             // only what is posted and is no reversal
)

// post carries a voucher out: it moves the amount and gives the entry its place. On a refusal the fund must be thrown away.
func (f *Fund) post(e *Entry, around Around) error {
	from, to, err := f.between(e.Draft)
	if err != nil {
		return err
	}
	if err := f.allowed(e.Draft, around); err != nil {
		return err
	}
	before := f.Balances[from]
	f.open(e.Draft, around)
	f.Balances[from] -= e.Fen
	f.Balances[to] += e.Fen
	if err := f.holds(from, to, before); err != nil {
		return err
	}
	f.Posted++
	e.State, e.Seq, e.From, e.To = Posted, f.Posted, from, to
	return nil
}

// clone copies what post changes.
func (f Fund) clone() Fund {
	f.Lines, f.Deals, f.Entries, f.Balances = slices.Clone(f.Lines), slices.Clone(f.Deals), slices.Clone(f.Entries), maps.Clone(f.Balances)
	if f.Balances == nil {
		f.Balances = map[Account]money.Fen{}
	}
	return f
}

// between says which way a draft's amount goes, as the fund stands now.
func (f *Fund) between(d Draft) (from, to Account, err error) {
	switch d.Kind {
	case Receive, Return:
		if d.Source < 1 || d.Source > len(f.Sources) {
			return "", "", ErrNoTarget
		}
		if d.Kind == Return {
			return Free, SourceAccount(d.Source), nil
		}
		return SourceAccount(d.Source), Free, nil
	case Allocate, Move:
		return f.towards(d)
	case Commit, Settle:
		return f.outOf(d)
	case Pay, Refund, Release:
		return f.under(d)
	case Reverse:
		return f.back(d)
	}
	return "", "", errKind
}

// towards are the accounts of an allocation: its line is the next one if there is none yet.
func (f *Fund) towards(d Draft) (from, to Account, err error) {
	target := f.target(d)
	if _, ok := f.line(d.Line); d.Line != 0 && !ok {
		return "", "", ErrNoTarget
	}
	if target == 0 {
		target = len(f.Lines) + 1
	}
	if d.Kind == Allocate {
		return Free, LineAccount(target), nil
	}
	if d.Line == 0 || d.Line == target || d.Project == "" && d.Title == "" {
		return "", "", ErrNoTarget
	}
	return LineAccount(d.Line), LineAccount(target), nil
}

func (f *Fund) outOf(d Draft) (from, to Account, err error) {
	line, ok := f.line(d.Line)
	if !ok {
		return "", "", ErrNoTarget
	}
	if line.Settled {
		return "", "", ErrSettled
	}
	if d.Kind == Commit {
		return LineAccount(d.Line), DealAccount(len(f.Deals) + 1), nil
	}
	if f.owes(d.Line) != 0 {
		return "", "", ErrOpenDeals.With("left", f.owes(d.Line).String())
	}
	if rest := f.Balances[LineAccount(d.Line)]; rest != d.Fen {
		return "", "", ErrNotAll.With("left", rest.String())
	}
	return LineAccount(d.Line), Free, nil
}

// under are the accounts of what happens to a deal. What a payee pays back for a purpose that is settled goes to the fund.
func (f *Fund) under(d Draft) (from, to Account, err error) {
	deal, ok := f.deal(d.Deal)
	if !ok {
		return "", "", ErrNoTarget
	}
	rest := LineAccount(deal.Line)
	switch {
	case d.Kind == Pay:
		return DealAccount(d.Deal), PaidAccount(d.Deal), nil
	case d.Kind == Release:
		return DealAccount(d.Deal), rest, nil
	case f.Lines[deal.Line-1].Settled:
		return PaidAccount(d.Deal), Free, nil
	}
	return PaidAccount(d.Deal), rest, nil
}

// back are the accounts of a reversal: those of what it takes back, the other way round.
func (f *Fund) back(d Draft) (from, to Account, err error) {
	e, ok := f.Entry(d.Reverses)
	if !ok || e.State != Posted || e.Kind == Reverse || e.Fen != d.Fen {
		return "", "", ErrCannot
	}
	if f.ReversedBy(e.ID) != "" {
		return "", "", ErrReversed
	}
	return e.To, e.From, nil
}

// ReversedBy returns the posted voucher that took another one back; "" if none did.
func (f Fund) ReversedBy(id EntryID) EntryID {
	for _, e := range f.Entries {
		if e.Kind == Reverse && e.State == Posted && e.Reverses == id {
			return e.ID
		}
	}
	return ""
}

// open writes down the purpose or the deal that a voucher is the first of, and whether a purpose is settled by it.
func (f *Fund) open(d Draft, around Around) {
	taken, _ := f.Entry(d.Reverses)
	switch {
	case d.Kind == Settle:
		f.Lines[d.Line-1].Settled = true
	case d.Kind == Reverse && taken.Kind == Settle:
		f.Lines[taken.Line-1].Settled = false
	case (d.Kind == Allocate || d.Kind == Move) && f.target(d) == 0:
		title := d.Title
		if d.Project != "" {
			title = around.Projects[d.Project].Title
		}
		f.Lines = append(f.Lines, Line{Project: d.Project, Title: title})
	case d.Kind == Commit:
		f.Deals = append(f.Deals, Deal{Line: d.Line, Payee: d.Payee, Title: d.Title})
	}
}

// owes is what is promised and not paid of a line.
func (f Fund) owes(line int) money.Fen {
	var sum money.Fen
	for n, d := range f.Deals {
		if d.Line == line {
			sum += f.Balances[DealAccount(n+1)]
		}
	}
	return sum
}

// ProjectsOf are the projects that a draft concerns: none, one, or the two between which money is moved.
func (f Fund) ProjectsOf(d Draft) []string {
	var all []string
	add := func(project string) {
		if project != "" && !slices.Contains(all, project) {
			all = append(all, project)
		}
	}
	of := func(line int) {
		if l, ok := f.line(line); ok {
			add(l.Project)
		}
	}
	switch d.Kind {
	case Allocate, Move:
		add(d.Project)
		of(d.Line)
	case Commit, Settle:
		of(d.Line)
	case Pay, Refund, Release:
		if deal, ok := f.deal(d.Deal); ok {
			of(deal.Line)
		}
	case Reverse:
		if e, ok := f.Entry(d.Reverses); ok && e.Kind != Reverse {
			return f.ProjectsOf(e.Draft)
		}
	}
	return all
}

// allowed asks the projects whether they may have, promise or pay money.
func (f *Fund) allowed(d Draft, around Around) error {
	target := f.gains(d)
	switch d.Kind {
	case Allocate, Move, Reverse:
		if target == "" {
			return nil
		}
		p, ok := around.Projects[target]
		if !ok || !slices.Contains(p.Path, f.Node) {
			return ErrNoProject
		}
		has := f.allotted(f.LineOf(target)) + around.Elsewhere[target]
		if has+d.Fen > p.Approved {
			return ErrOverApproved.With("left", max(p.Approved-has, 0).String())
		}
		return fault.When(!p.Allocate && d.Kind != Reverse, ErrNotOpen)
	case Commit, Pay:
		for _, id := range f.ProjectsOf(d) {
			p := around.Projects[id]
			if d.Kind == Commit && !p.Allocate || d.Kind == Pay && !p.Pay {
				return ErrNotOpen
			}
		}
	}
	return nil
}

// gains is the project that a draft gives more to, "" for none: one that money is allotted or moved to, and one whose settlement, or
// whose giving to another, is taken back.
func (f *Fund) gains(d Draft) string {
	of := func(line int) string {
		if l, ok := f.line(line); ok {
			return l.Project
		}
		return ""
	}
	switch d.Kind {
	case Allocate:
		if d.Line != 0 {
			return of(d.Line)
		}
		return d.Project
	case Move:
		return d.Project
	case Reverse:
		if e, _ := f.Entry(d.Reverses); e.Kind == Settle || e.Kind == Move {
			return of(e.Line)
		}
	}
	return ""
}

// allotted is what a line has: left, promised and paid.
func (f Fund) allotted(line int) money.Fen {
	sum := f.Balances[LineAccount(line)]
	for n, d := range f.Deals {
		if d.Line == line {
			sum += f.Balances[DealAccount(n+1)] + f.Balances[PaidAccount(n+1)]
		}
	}
	return sum
}

// holds checks what must hold of the accounts that were just touched; before is what the first of them had.
func (f *Fund) holds(from, to Account, before money.Fen) error {
	for _, a := range []Account{from, to} {
		if refusal := f.wrong(a); refusal != nil {
			left := before
			if class, n, _ := a.parts(); class == classSource && refusal.Code == ErrOverShare.Code {
				left += f.Sources[n-1].Share
			}
			if refusal.Code == ErrOverGiven.Code {
				left = 0
			}
			return refusal.With("left", max(left, 0).String())
		}
	}
	if err := f.matches(); err != nil {
		return err
	}
	return f.settles()
}

// wrong is what is wrong with one account; nil if nothing is.
func (f *Fund) wrong(a Account) *fault.Error {
	class, n, err := a.parts()
	b := f.Balances[a]
	switch {
	case err != nil:
		return ErrNoTarget
	case class == classSource && -b > f.Sources[n-1].Share:
		return ErrOverShare
	case class == classSource && b > 0:
		return ErrOverGiven
	case class == classSource || b >= 0:
		return nil
	}
	return map[string]*fault.Error{string(Free): ErrOverFund, classLine: ErrOverLine, classDeal: ErrOverDeal, classPaid: ErrOverPaid}[class]
}

// matches checks that matched money is not ahead of what was raised, in the ratio of their parts.
func (f *Fund) matches() error {
	self := slices.IndexFunc(f.Sources, func(s Source) bool { return s.Kind == SelfRaised })
	matched := slices.IndexFunc(f.Sources, func(s Source) bool { return s.Kind == Matched })
	if self < 0 || matched < 0 {
		return nil
	}
	raised, given := -f.Balances[SourceAccount(self+1)], -f.Balances[SourceAccount(matched+1)]
	due := raised * money.Fen(f.Sources[matched].Parts) / money.Fen(f.Sources[self].Parts)
	return fault.When(given > due, ErrUnmatched.With("raised", raised.String()).With("left", due.String()))
}

// settles checks that nothing is left of, or owed by, a purpose that is settled.
func (f *Fund) settles() error {
	for n, l := range f.Lines {
		if l.Settled && (f.Balances[LineAccount(n+1)] != 0 || f.owes(n+1) != 0) {
			return ErrSettled
		}
	}
	return nil
}
