package preset

import (
	"jushou/internal/fault"
	"jushou/internal/money"
)

// ErrAmount means that an amount is not above zero, or above money.Max.
var ErrAmount = fault.New(fault.Invalid, "project.money_out_of_range").On("amount")

// Spendable refuses an amount that nobody can spend.
func Spendable(f money.Fen) error {
	return fault.When(f <= 0 || f > money.Max, ErrAmount.With("max", money.Max))
}

// bounded reports whether a cap is 0, which is no bound, or an amount that can be spent.
func bounded(f money.Fen) bool { return f == 0 || Spendable(f) == nil }
