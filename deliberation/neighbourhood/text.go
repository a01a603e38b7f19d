package neighbourhood

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"jushou/deliberation"
	"jushou/internal/fault"
)

// Bounds, counted in runes or items after cleaning.
const (
	MaxBody   = 300
	MaxWord   = 200 // one message of an exchange
	MaxWords  = 300 // messages of an exchange
	MaxThanks = 100
	MaxPhotos = 3
	MaxNote   = 200
)

var (
	errBody   = fault.New(fault.Invalid, "neighbours.body_too_long").On("body")
	errPhotos = fault.New(fault.Invalid, "neighbours.too_many_photos").On("photos")
	errWord   = fault.New(fault.Invalid, "neighbours.word_too_long").On("text")
	errNoWord = fault.New(fault.Invalid, "neighbours.word_empty").On("text")
	errLine   = fault.New(fault.Invalid, "neighbours.line_too_long")
	errNeeded = fault.New(fault.Invalid, "neighbours.needed")

	// ErrMoney asks to take a price out: neighbours help, they do not trade.
	ErrMoney = fault.New(fault.Invalid, "neighbours.no_money")
	// ErrNumber asks to take a telephone number out: it cannot be taken back from a text.
	ErrNumber = fault.New(fault.Invalid, "neighbours.no_number")
	// ErrWords means that the word list knows something in a text that nobody looks over first.
	ErrWords = fault.New(fault.Invalid, "neighbours.bad_words")
)

// Numbers are looked for in the compatibility form, so that ５０ 元 and 50元 are the same. 块 alone is not money: 三块毛巾.
var (
	money  = regexp.MustCompile(`(?i)[¥￥]\s*[0-9]|[0-9]\s*(元|块钱|rmb|人民币)|[0-9]\s*块($|[^0-9\p{Han}])|[十百千万几两]元($|[^\p{Han}]|钱|一|每|起)|[一二两三四五六七八九十百千万几]+\s*块钱|[一二两三四五六七八九十百千万]+元(钱|每|起)`)
	mobile = regexp.MustCompile(`(^|[^0-9])1[3-9][0-9]([ \-—.]?[0-9]){8}($|[^0-9])`)
)

// NamesPrice reports whether a text names an amount of money.
func NamesPrice(s string) bool { return money.MatchString(norm.NFKC.String(s)) }

// NamesNumber reports whether a text holds a mobile number.
func NamesNumber(s string) bool { return mobile.MatchString(norm.NFKC.String(s)) }

// newText cleans what is hung up in public and refuses all that is wrong with it at once. priced allows amounts of money.
func newText(title, body string, photos []deliberation.PhotoID, priced bool) (deliberation.Text, error) {
	text, err := deliberation.NewText(title, body, photos)
	err = deliberation.Joined(err, deliberation.Within(text.Body, MaxBody, errBody))
	all := text.Title + "\n" + text.Body
	switch {
	case err != nil:
	case len(photos) > MaxPhotos:
		err = errPhotos.With("max", MaxPhotos)
	case !priced && NamesPrice(all):
		err = ErrMoney.On("body")
	case NamesNumber(all):
		err = ErrNumber.On("body")
	}
	return text, err
}

// newLine cleans a short text of one line; empty is refused where it is needed.
func newLine(s, field string, most int, needed bool) (string, error) {
	s = strings.Join(strings.Fields(deliberation.Clean(s)), " ")
	if needed && s == "" {
		return s, errNeeded.On(field)
	}
	return s, deliberation.Within(s, most, errLine.On(field))
}

// newWord cleans a message of an exchange.
func newWord(s string, priced bool) (string, error) {
	s = deliberation.Clean(s)
	switch {
	case s == "":
		return s, errNoWord
	case !priced && NamesPrice(s):
		return s, ErrMoney.On("text")
	case NamesNumber(s):
		return s, ErrNumber.On("text")
	}
	return s, deliberation.Within(s, MaxWord, errWord)
}
