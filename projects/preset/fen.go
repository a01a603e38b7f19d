package preset

import (
	"fmt"
	"strings"

	"jushou/internal/fault"
)

// Fen is an amount of money in hundredths of a yuan.
type Fen int64

// MaxFen is the largest amount that anything here may cost: a thousand million yuan, far above any small project, and far
// below where sums of them could overflow.
const MaxFen Fen = 100_000_000_000

var (
	// ErrFen means that a text is no amount of money: not a number of yuan with at most two decimals.
	ErrFen = fault.New(fault.Invalid, "project.bad_money").On("amount")
	// ErrFenRange means that an amount is not above zero, or above MaxFen.
	ErrFenRange = fault.New(fault.Invalid, "project.money_out_of_range").On("amount")
)

// bounded reports whether the amount is 0, which is no bound, or one that can be spent.
func (f Fen) bounded() bool { return f >= 0 && f <= MaxFen }

// Check refuses what nobody can spend.
func (f Fen) Check() error {
	return fault.When(f <= 0 || f > MaxFen, ErrFenRange.With("max", MaxFen))
}

// String writes the amount in yuan: 12,800.00.
func (f Fen) String() string {
	sign := ""
	if f < 0 {
		sign, f = "-", -f
	}
	yuan := fmt.Sprint(int64(f) / 100)
	for i := len(yuan) - 3; i > 0; i -= 3 {
		yuan = yuan[:i] + "," + yuan[i:]
	}
	return fmt.Sprintf("%s%s.%02d", sign, yuan, int64(f)%100)
}

// ParseFen reads yuan as people type them: "12800", "12,800.5", "¥ 12 800.50", full-width digits too. It refuses signs,
// exponents, a third decimal and what is out of range.
func ParseFen(s string) (Fen, error) {
	s = strings.Map(plain, s)
	yuan, cents, dot := strings.Cut(s, ".")
	if yuan == "" || dot && (cents == "" || len(cents) > 2) || len(yuan) > 12 {
		return 0, ErrFen
	}
	var f Fen
	for _, r := range yuan + (cents + "00")[:2] {
		if r < '0' || r > '9' {
			return 0, ErrFen
		}
		f = f*10 + Fen(r-'0')
	}
	return f, f.Check()
}

// plain drops what only groups or names an amount, and turns full-width signs into their plain ones.
func plain(r rune) rune {
	switch {
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	case r == '．', r == '。':
		return '.'
	case r == ',', r == '，', r == ' ', r == '\u3000', r == '¥', r == '￥', r == '\u5143':
		return -1
	}
	return r
}
