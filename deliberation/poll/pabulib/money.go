package pabulib

import (
	"strconv"
	"strings"

	"jushou/deliberation/poll/budget"
)

// maxDecimals is how finely a file may part its currency.
const maxDecimals = 6

// decimal is an amount as written: digits without the point, and how many of them follow it.
type decimal struct {
	digits int64
	places int
}

// parseDecimal reads "42000", "8000.50" or "8000,50", without sign, exponent or thousands marks. Zeros at
// the end of the decimals do not count as places.
func parseDecimal(text string) (decimal, bool) {
	whole, part, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	part = strings.TrimRight(part, "0")
	const mostDigits = 15
	if whole == "" || len(part) > maxDecimals || !digits(whole) || !digits(part) {
		return decimal{}, false
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole)+len(part) > mostDigits {
		return decimal{}, false
	}
	n, err := strconv.ParseInt("0"+whole+part, 10, 64)
	return decimal{digits: n, places: len(part)}, err == nil
}

func digits(text string) bool {
	return strings.Trim(text, "0123456789") == ""
}

// at returns the amount in parts of 1/10^places; ok is false above budget.MaxMoney.
func (d decimal) at(places int) (parts int64, ok bool) {
	parts = d.digits
	for range places - d.places {
		if parts > budget.MaxMoney/10 {
			return 0, false
		}
		parts *= 10
	}
	return parts, parts <= budget.MaxMoney
}

// FormatMoney writes parts of 1/unit as a decimal, without zeros at the end of the decimals. The unit is a
// power of ten.
func FormatMoney(parts, unit int64) string {
	whole := strconv.FormatInt(parts/unit, 10)
	if parts%unit == 0 {
		return whole
	}
	part := strconv.FormatInt(unit+parts%unit, 10)[1:]
	return whole + "." + strings.TrimRight(part, "0")
}

// ParseMoney reads an amount in parts of 1/unit; the unit is a power of ten. It refuses finer decimals than
// the unit has, and anything above budget.MaxMoney.
func ParseMoney(text string, unit int64) (parts int64, ok bool) {
	amount, ok := parseDecimal(text)
	places := len(strconv.FormatInt(unit, 10)) - 1
	if !ok || amount.places > places {
		return 0, false
	}
	return amount.at(places)
}
