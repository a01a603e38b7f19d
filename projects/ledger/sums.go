package ledger

import (
	"time"

	"jushou/internal/money"
)

// Sums are what accounts say: of a fund, of a purpose, or what a quarter moved.
type Sums struct {
	Received  money.Fen `json:"received"`  // came in, less what went back
	Allocated money.Fen `json:"allocated"` // allotted to purposes: left there, promised or paid
	Committed money.Fen `json:"committed"` // promised: paid or not
	Paid      money.Fen `json:"paid"`      // paid, less refunds
}

// Plus adds two Sums up.
func (s Sums) Plus(o Sums) Sums {
	return Sums{s.Received + o.Received, s.Allocated + o.Allocated, s.Committed + o.Committed, s.Paid + o.Paid}
}

// Balance is what came in and was not paid out.
func (s Sums) Balance() money.Fen { return s.Received - s.Paid }

// move is what an amount on an account, out of it below zero, adds to the sums.
func (s *Sums) move(a Account, fen money.Fen) {
	class, _, err := a.parts()
	if err != nil {
		return // Audit names it
	}
	switch class {
	case classSource:
		s.Received -= fen
	case classPaid:
		s.Paid += fen
		s.Committed += fen
		s.Allocated += fen
	case classDeal:
		s.Committed += fen
		s.Allocated += fen
	case classLine:
		s.Allocated += fen
	}
}

// Sums are those of the whole fund.
func (f Fund) Sums() Sums {
	var s Sums
	for a, b := range f.Balances {
		s.move(a, b)
	}
	return s
}

// LineSums are those of each purpose, in their order.
func (f Fund) LineSums() []Sums {
	all := make([]Sums, len(f.Lines))
	for a, b := range f.Balances {
		if n := f.lineOf(a); n > 0 {
			all[n-1].move(a, b)
		}
	}
	return all
}

// lineOf is the line that an account belongs to, 0 for none.
func (f Fund) lineOf(a Account) int {
	class, n, err := a.parts()
	switch {
	case err != nil:
		return 0
	case class == classLine && n <= len(f.Lines):
		return n
	case (class == classDeal || class == classPaid) && n <= len(f.Deals):
		return f.Deals[n-1].Line
	}
	return 0
}

// Within are what the vouchers posted from an instant on, before another, moved. A voucher counts when it was posted and not by the
// date of its paper: a quarter that is over stays as it was read.
func (f Fund) Within(from, before time.Time) Sums {
	var s Sums
	for _, e := range f.Entries {
		if e.State == Posted && !e.DecidedAt.Before(from) && e.DecidedAt.Before(before) {
			s.move(e.From, -e.Fen)
			s.move(e.To, e.Fen)
		}
	}
	return s
}

// LineWithin is Within of one line: what came to it, was promised and was paid, and what left it again, in that time.
func (f Fund) LineWithin(line int, from, before time.Time) Sums {
	var s Sums
	of := func(a Account, amount money.Fen) {
		if f.lineOf(a) == line {
			s.move(a, amount)
		}
	}
	for _, e := range f.PostedEntries(line) {
		if !e.DecidedAt.Before(from) && e.DecidedAt.Before(before) {
			of(e.From, -e.Fen)
			of(e.To, e.Fen)
		}
	}
	return s
}

// PostedEntries returns what is posted in its order, of one line or, for 0, of all.
func (f Fund) PostedEntries(line int) []Entry {
	all := make([]Entry, 0, f.Posted)
	for _, e := range f.Entries {
		if e.State == Posted && (line == 0 || f.lineOf(e.From) == line || f.lineOf(e.To) == line) {
			all = append(all, e)
		}
	}
	sortBySeq(all)
	return all
}

// PayeeOf is who a voucher concerns: the payee of its deal, or of the one it opens.
func (f Fund) PayeeOf(e Entry) Payee {
	if deal, ok := f.deal(e.Deal); ok {
		return deal.Payee
	}
	if of, ok := f.Entry(e.Reverses); ok && of.Kind != Reverse {
		return f.PayeeOf(of)
	}
	return e.Payee
}

// LineFor is the purpose a voucher is about, where it came from for a Move; 0 for none, or for one that is not there yet.
func (f Fund) LineFor(e Entry) int {
	for _, a := range []Account{e.From, e.To} {
		if n := f.lineOf(a); n > 0 {
			return n
		}
	}
	if deal, ok := f.deal(e.Deal); ok {
		return deal.Line
	}
	if of, ok := f.Entry(e.Reverses); ok && of.Kind != Reverse {
		return f.LineFor(of)
	}
	if e.Line > 0 {
		return e.Line
	}
	return f.target(e.Draft)
}
