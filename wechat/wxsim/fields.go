package wxsim

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// fieldRules are the value rules of template keywords by the letters of the key: "thing12" obeys "thing".
// Lengths count characters. A const must equal a value approved in review, which the simulator does not
// know, so it is held to the length of a thing.
var fieldRules = map[string]func(string) bool{
	"thing":            upTo(20),
	"short_thing":      upTo(5),
	"const":            upTo(20),
	"phrase":           matches(`^\p{Han}{1,5}$`),
	"character_string": matches(`^[!-~ ]{1,32}$`),
	"number":           matches(`^-?\d{1,32}(\.\d{1,31})?$`),
	"letter":           matches(`^[A-Za-z]{1,32}$`),
	"symbol":           matches(`^[\p{P}\p{S}]{1,5}$`),
	"name":             isName,
	"time":             isTime,
	"date":             isDate,
	"amount":           matches(`^[¥￥$€£]?\d{1,10}(\.\d{1,10})?元?$`),
	"phone_number":     matches(`^[0-9+\-]{1,17}$`),
	"car_number":       upTo(8),
}

// checkField says whether value may stand in the field named key.
func checkField(key, value string) error {
	kind := strings.TrimRight(key, "0123456789")
	rule, known := fieldRules[kind]
	switch {
	case !known:
		return fmt.Errorf("unknown field type %q", kind)
	case strings.TrimSpace(value) == "":
		return errors.New("empty")
	case !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl):
		return errors.New("control characters")
	case !rule(value):
		return fmt.Errorf("%q breaks the rule of %s", value, kind)
	}
	return nil
}

func upTo(n int) func(string) bool {
	return func(v string) bool { return utf8.RuneCountInString(v) <= n }
}

func matches(pattern string) func(string) bool {
	return regexp.MustCompile(pattern).MatchString
}

// isName allows ten characters as soon as one is Chinese, twenty otherwise; no digits.
func isName(v string) bool {
	n := utf8.RuneCountInString(v)
	if strings.ContainsFunc(v, unicode.IsDigit) {
		return false
	}
	if strings.ContainsFunc(v, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return n <= 10
	}
	return n <= 20
}

const (
	dayPattern   = `(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`
	clockPattern = `([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`
)

var (
	timeOnce = regexp.MustCompile(`^(` + dayPattern + ` ?)?` + clockPattern + `$`)
	dateOnce = regexp.MustCompile(`^` + dayPattern + `( ` + clockPattern + `)?$`)
)

// isTime wants a clock time, with a date before it if one likes; two of them joined by ~ make a range.
// The documents' examples of time show a date too, and a date alone is accepted by the real API [M].
func isTime(v string) bool {
	return eachOfRange(v, func(s string) bool { return timeOnce.MatchString(s) || dateOnce.MatchString(s) })
}

func isDate(v string) bool { return eachOfRange(v, dateOnce.MatchString) }

func eachOfRange(v string, good func(string) bool) bool {
	parts := strings.Split(v, "~")
	if len(parts) > 2 {
		return false
	}
	for _, part := range parts {
		if !good(strings.TrimSpace(part)) {
			return false
		}
	}
	return true
}
