package project

import (
	"strconv"
	"strings"

	"jushou/internal/money"
)

func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func amount(f money.Fen) string {
	if f == 0 {
		return ""
	}
	return f.String()
}

// sum reads an amount of yuan; empty is none, and what is no amount is -1.
func sum(text string) money.Fen {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	fen, err := money.Parse(text)
	if err != nil {
		return -1
	}
	return fen
}

// whole reads a number that may be left out; what is none is -1.
func whole(text string) int {
	if text = strings.TrimSpace(text); text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// share reads percent with one digit behind the point, in thousandths; what is none is -1.
func share(text string) int {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	head, tail, _ := strings.Cut(text, ".")
	if tail == "" {
		tail = "0"
	}
	n, err := strconv.Atoi(head + tail)
	if err != nil || len(tail) != 1 || n < 0 {
		return -1
	}
	return n
}

// least turns a threshold of nought, which is none, into one that is refused: whoever asks for none says so.
func least(n int) int {
	if n == 0 {
		return -1
	}
	return n
}
