package identity

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean returns typed text as one line without what cannot be seen: compatibility forms folded
// (full-width digits and letters become plain), control, zero-width and direction characters dropped,
// runs of space made one. It is for short fields only; a topic's text keeps its own form.
func clean(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKC.String(strings.ToValidUTF8(s, "")) {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r), isFiller(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isFiller tells the letters that are drawn as nothing: Hangul fillers and the Braille blank.
func isFiller(r rune) bool {
	return r == 0x115F || r == 0x1160 || r == 0x3164 || r == 0x2800
}
