package money

import (
	"strconv"

	"jushou/internal/money"
	"jushou/projects/ledger"
	"jushou/web/page"
)

// column is one quarter of a project's money: what was paid in it, and up to its end.
type column struct {
	Name                             string
	Allocated, Committed, Paid, Upto string
	X, Y, Height                     string // of the bar, among widths of 100 and a height of 100
}

// columns are the quarters from a project's first voucher to its last, with what each moved. The bars are of what was paid up
// to the end of the quarter, against what was approved or, if that is more, paid.
func columns(v *page.Visit, s *ledger.Service, funds []ledger.ProjectMoney, approved money.Fen) []column {
	first, last := span(s, funds)
	if first == 0 {
		return nil
	}
	var sums []ledger.Sums
	var paid []money.Fen
	most, upto := max(approved, 1), money.Fen(0)
	for q := first; q <= last; q++ {
		var sum ledger.Sums
		for _, m := range funds {
			from, before := s.Quarter(q/4, q%4+1)
			sum = sum.Plus(m.Fund.LineWithin(m.Line, from, before))
		}
		upto += sum.Paid
		sums, paid, most = append(sums, sum), append(paid, upto), max(most, upto)
	}
	all := make([]column, len(sums))
	for i, sum := range sums {
		q := first + i
		height := int(paid[i] * 100 / most)
		all[i] = column{
			Name: strconv.Itoa(q/4) + " " + v.T("money.quarter_"+strconv.Itoa(q%4+1)), Allocated: yuan(sum.Allocated), Committed: yuan(sum.Committed), Paid: yuan(sum.Paid), Upto: yuan(paid[i]),
			X: strconv.Itoa(100*i + 20), Y: strconv.Itoa(100 - height), Height: strconv.Itoa(height),
		}
	}
	return all
}

// span returns the quarters of the first and the last voucher, counted from year 0; zeros without any.
func span(s *ledger.Service, funds []ledger.ProjectMoney) (first, last int) {
	for _, m := range funds {
		for _, e := range m.Fund.PostedEntries(m.Line) {
			at := e.DecidedAt.UTC()
			q := 4*at.Year() + (int(at.Month())-1)/3
			if _, before := s.Quarter(q/4, q%4+1); !at.Before(before) {
				q++ // the day of the communities is ahead of UTC's
			}
			if first == 0 || q < first {
				first = q
			}
			last = max(last, q)
		}
	}
	return first, last
}
