// Package money reads, writes and divides amounts of yuan in whole fen. Nothing here is ever a float.
package money

import (
	"strconv"
	"strings"

	"jushou/internal/fault"
)

// Fen is an amount in 0.01 yuan.
type Fen int64

// Max is the largest amount of one entry: a thousand million yuan, far above any fund of a district and so far below the end
// of int64 that sums of a fund cannot reach it.
const Max Fen = 100_000_000_000

// Refusals of Parse; web puts them beside the field.
var (
	ErrEmpty    = fault.New(fault.Invalid, "money.empty")
	ErrNegative = fault.New(fault.Invalid, "money.negative")
	ErrFraction = fault.New(fault.Invalid, "money.fraction")
	ErrLarge    = fault.New(fault.Invalid, "money.too_large")
	ErrUnclear  = fault.New(fault.Invalid, "money.unclear")
)

// Parse reads an amount of yuan as people write it, "1,234.50", "¥300", "１２元", up to Max.
func Parse(text string) (Fen, error) { return ParseUpTo(text, Max) }

// plain turns the signs of Chinese input methods into those of a number and drops what says only that it is money.
var plain = strings.NewReplacer(
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
	"，", ",", "．", ".", "。", ".", "－", "-", "−", "-", "¥", "", "￥", "", "元", "", " ", "", "\u3000", "",
)

// ParseUpTo is Parse with another limit, which is part of the refusal. Commas stand where thousands end or nowhere: "1,23" may
// mean one yuan or a hundred, and nobody guesses about money.
func ParseUpTo(text string, most Fen) (Fen, error) {
	text = plain.Replace(text)
	if text == "" {
		return 0, ErrEmpty
	}
	if strings.HasPrefix(text, "-") {
		return 0, ErrNegative
	}
	yuan, cents, dotted := strings.Cut(text, ".")
	yuan, ok := ungrouped(yuan)
	if !ok || !digits(yuan) || dotted && !digits(cents) {
		return 0, ErrUnclear
	}
	if strings.Trim(cents[min(2, len(cents)):], "0") != "" {
		return 0, ErrFraction
	}
	cents = (cents + "00")[:2]
	fen, err := strconv.ParseInt(yuan+cents, 10, 64)
	if err != nil || Fen(fen) > most {
		return 0, ErrLarge.With("max", most.String())
	}
	return Fen(fen), nil
}

// ungrouped takes the commas out of "1,234,567"; false if they stand elsewhere.
func ungrouped(text string) (string, bool) {
	groups := strings.Split(text, ",")
	for n, g := range groups {
		if len(groups) > 1 && (n > 0 && len(g) != 3 || len(g) == 0 || len(g) > 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// String writes an amount of yuan with thousands apart and two places: -12,800.50.
func (f Fen) String() string {
	sign := ""
	if f < 0 {
		sign, f = "-", -f
	}
	yuan := strconv.FormatInt(int64(f/100), 10)
	for at := len(yuan) - 3; at > 0; at -= 3 {
		yuan = yuan[:at] + "," + yuan[at:]
	}
	cents := strconv.FormatInt(int64(f%100), 10)
	return sign + yuan + "." + "00"[len(cents):] + cents
}

// Split divides a total by parts, 3:7 for example, so that the shares add up to it exactly. Each share is the whole fen below
// its due or one more; those with the largest remainders get one more, of equal ones the first. Nil if parts add up to
// nothing. Parts are at most MaxPart and not negative, and so no product leaves int64.
func Split(total Fen, parts []int64) []Fen {
	var all int64
	for _, p := range parts {
		all += p
	}
	if all <= 0 {
		return nil
	}
	shares, rests, left := make([]Fen, len(parts)), make([]int64, len(parts)), total
	for n, p := range parts {
		due := int64(total) * p
		shares[n], rests[n] = Fen(due/all), due%all
		left -= shares[n]
	}
	for ; left > 0; left-- {
		most := 0
		for n := range rests {
			if rests[n] > rests[most] {
				most = n
			}
		}
		shares[most]++
		rests[most] = -1
	}
	return shares
}

// MaxPart is the largest part of a ratio.
const MaxPart = 10_000
