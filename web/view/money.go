package view

import "strconv"

// Money says an amount of fen (0.01 yuan) as ¥12,800.00.
func Money(fen int64) string {
	sign := ""
	if fen < 0 {
		sign = "-"
	}
	yuan, rest := abs(fen/100), abs(fen%100)
	cents := strconv.FormatUint(rest, 10)
	if rest < 10 {
		cents = "0" + cents
	}
	return sign + "¥" + Grouped(yuan) + "." + cents
}

// abs takes the amount after division, so that the smallest int64 cannot overflow.
func abs(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// Grouped writes a count with commas: 12,800.
func Grouped(n uint64) string {
	digits := strconv.FormatUint(n, 10)
	var out []byte
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, digits[i])
	}
	return string(out)
}
