package wechat

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// FieldRule is the platform's rule for the values of template keys with one prefix; "thing12" has prefix
// "thing". A value that breaks its rule fails the whole message with 47003.
type FieldRule struct {
	Prefix string
	Max    int    // characters (runes), not bytes
	Rule   string // in words, for documentation
	// Empty stands in when nothing is left of a value. A rule without it has no honest substitute:
	// better no notice than one with an invented date.
	Empty string

	keep func(rune) bool         // characters that may stay; nil keeps all that clean leaves
	find *regexp.Regexp          // the value is the first match, or does not fit
	fits func(value string) bool // beyond Max, keep and find
}

const (
	clockTime    = `(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`
	calendarDate = `(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`
	oneTime      = `(?:` + calendarDate + ` )?` + clockTime
	oneDate      = calendarDate + `(?: ` + clockTime + `)?`
)

// fieldRules come from the platform's template documentation and from what its forum reports where that is
// silent. Order is documentation order.
var fieldRules = []FieldRule{
	{Prefix: "thing", Max: 20, Empty: "无", Rule: "any text"},
	{Prefix: "short_thing", Max: 5, Empty: "无", Rule: "any text"},
	{Prefix: "const", Max: 20, Empty: "无", Rule: "exactly one of the values approved with the template"},
	{Prefix: "phrase", Max: 5, Empty: "无", Rule: "Chinese characters only", keep: isHan},
	{Prefix: "character_string", Max: 32, Empty: "-", Rule: "digits, letters and symbols, no Chinese", keep: isASCII},
	{Prefix: "number", Max: 32, Rule: "digits, with or without decimals", find: regexp.MustCompile(`\d+(?:\.\d+)?`)},
	{Prefix: "letter", Max: 32, Empty: "NA", Rule: "Latin letters", keep: isLatin},
	{Prefix: "symbol", Max: 5, Empty: "-", Rule: "symbols", keep: isASCIISymbol},
	{Prefix: "name", Max: 20, Empty: "无", Rule: "10 characters if any is Chinese, otherwise 20; no digits", keep: isNamely, fits: fitsName},
	{Prefix: "time", Max: 64, Rule: "24 hour clock, with or without a date; ~ between two",
		find: regexp.MustCompile(oneTime + `(?:~` + oneTime + `)?`)},
	{Prefix: "date", Max: 64, Rule: "a date, with or without a time; ~ between two",
		find: regexp.MustCompile(oneDate + `(?:~` + oneDate + `)?`)},
	{Prefix: "amount", Max: 24, Rule: "a currency sign or none, 10 digits, decimals, 元 or not",
		find: regexp.MustCompile(`[¥$€£]?\d{1,10}(?:\.\d{1,2})?元?`)},
	{Prefix: "phone_number", Max: 17, Empty: "-", Rule: "digits, + and -", keep: isPhone},
	{Prefix: "car_number", Max: 8, Empty: "无", Rule: "a number plate", keep: isPlate},
}

// anyText is the rule for keys we do not know, for example the older keyword1.
var anyText = FieldRule{Max: 20, Empty: "无", Rule: "any text"}

// FieldRules returns the table, for documentation.
func FieldRules() []FieldRule { return slices.Clone(fieldRules) }

func ruleOf(key string) FieldRule {
	prefix := strings.TrimRight(key, "0123456789")
	for _, r := range fieldRules {
		if r.Prefix == prefix {
			return r
		}
	}
	return anyText
}

// Fit makes value obey the rule of a template key: one line, no emoji or invisible characters, no longer than
// the rule allows, and not empty. Fitting twice changes nothing. Dates, times, numbers and amounts
// are found in the text but never invented: where there is none, the text is returned as it was cleaned,
// and Fits says false.
func Fit(key, value string) string {
	r := ruleOf(key)
	text := clean(value)
	if r.find != nil {
		return r.found(text)
	}
	if r.keep != nil {
		text = strings.Map(func(c rune) rune {
			if r.keep(c) {
				return c
			}
			return -1
		}, text)
	}
	text = oneSpace(text)
	if text == "" {
		return r.Empty
	}
	limit := r.Max
	if r.Prefix == "name" && strings.ContainsFunc(text, isHan) {
		limit = maxHanName
	}
	return r.shorten(text, limit)
}

// Fits reports whether value obeys the rule of the key as it is.
func Fits(key, value string) bool {
	r := ruleOf(key)
	if value == "" || value != clean(value) || utf8.RuneCountInString(value) > r.Max {
		return false
	}
	if r.find != nil && r.find.FindString(value) != value {
		return false
	}
	if r.keep != nil && strings.ContainsFunc(value, func(c rune) bool { return !r.keep(c) }) {
		return false
	}
	return r.fits == nil || r.fits(value)
}

// found returns the part of text that the rule looks for, or text where there is none.
func (r FieldRule) found(text string) string {
	narrow := strings.NewReplacer("，", ",", ",", "").Replace(width.Narrow.String(text))
	if r.Prefix == "time" || r.Prefix == "date" {
		narrow = dayThenClock.ReplaceAllString(narrow, "$1$3 $2$4")
		narrow = aroundTilde.ReplaceAllString(narrow, "~")
	} else {
		narrow = strings.ReplaceAll(narrow, " ", "")
	}
	at := r.find.FindStringIndex(narrow)
	if at == nil {
		return text
	}
	match := narrow[at[0]:at[1]]
	// A number that only looks shorter because the pattern stopped is another number.
	if at[0] > 0 && strings.ContainsAny(narrow[at[0]-1:at[0]], "-.0123456789") ||
		at[1] < len(narrow) && strings.ContainsAny(narrow[at[1]:at[1]+1], ".0123456789") ||
		utf8.RuneCountInString(match) > r.Max {
		return text
	}
	return match
}

var (
	dayThenClock = regexp.MustCompile(`(日)T?(\d)|(\d)T(\d)`)
	aroundTilde  = regexp.MustCompile(`\s*[~〜∼]\s*`)
)

// shorten cuts text to limit runes. Where the rule allows any character the cut is shown.
func (r FieldRule) shorten(text string, limit int) string {
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)
	if r.keep != nil || limit <= 5 {
		return strings.TrimSpace(string(runes[:limit]))
	}
	return strings.TrimSpace(string(runes[:limit-1])) + "…"
}

// clean puts text on one line and drops what the platform strips or refuses everywhere: control
// characters, emoji, and the invisible characters that joined or steered them.
func clean(text string) string {
	return oneSpace(strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case c == utf8.RuneError, isPictorial(c):
			return -1
		}
		return c
	}, strings.ToValidUTF8(text, "")))
}

func oneSpace(text string) string { return strings.Join(strings.Fields(text), " ") }

// unitSigns are classed with the pictures by Unicode and are ordinary text in an estate's notice.
const unitSigns = "°℃№㎡㎥㎞㎏"

// isPictorial is true of emoji and of everything that has no place on a one-line card.
func isPictorial(c rune) bool {
	if strings.ContainsRune(unitSigns, c) {
		return false
	}
	return unicode.In(c, unicode.So, unicode.Sk, unicode.C, unicode.Me) && c != '^' && c != '`' ||
		c >= 0xFE00 && c <= 0xFE0F || c >= 0x1F000 && c <= 0x1FFFF || c >= 0xE0100 && c <= 0xE01EF ||
		c == 0x203C || c == 0x2049
}

func isHan(c rune) bool         { return unicode.Is(unicode.Han, c) }
func isASCII(c rune) bool       { return c >= ' ' && c <= '~' }
func isLatin(c rune) bool       { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isDigit(c rune) bool       { return c >= '0' && c <= '9' }
func isPhone(c rune) bool       { return isDigit(c) || c == '+' || c == '-' }
func isPlate(c rune) bool       { return isDigit(c) || isLatin(c) || isHan(c) }
func isASCIISymbol(c rune) bool { return isASCII(c) && c != ' ' && !isLatin(c) && !isDigit(c) }

// isNamely lets the star of a masked name (王**) and the dot of a transliterated one stay.
func isNamely(c rune) bool {
	return isHan(c) || isLatin(c) || isASCIISymbol(c) || c == '·' || c == ' '
}

const maxHanName = 10

func fitsName(value string) bool {
	return !strings.ContainsFunc(value, isHan) || utf8.RuneCountInString(value) <= maxHanName
}
