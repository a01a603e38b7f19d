package search

import (
	"strings"
	"unicode"

	"jushou/internal/search/reading"
)

// Fold returns a character as it is looked up: narrow, small, simplified. It never changes how many characters a text has,
// so that a place in the folded text is the same place in the text.
func Fold(r rune) rune {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return Fold(r - 0xFEE0)
	case r == 0x3000:
		return ' '
	case unicode.Is(unicode.Han, r):
		return reading.Simple(r)
	}
	return unicode.ToLower(r)
}

// unit is the least thing that is looked up: one Chinese, Japanese or Korean character, or a word of letters and digits.
type unit struct {
	text string
	wide bool // a character that is a word of its own
	// sound is how a Chinese character is read.
	sound string
	// at is the first character of the text the unit comes from, to the one after its last.
	at, end int
}

// run is a stretch of units that touch each other.
type run []unit

// runs cuts a text into runs. What is neither letter nor digit ends a run, and so does a number long enough to be
// somebody's telephone, which is left out.
func runs(text string) []run {
	var all []run
	var current run
	flush := func() {
		if len(current) > 0 {
			all = append(all, current)
			current = nil
		}
	}
	chars := []rune(text)
	for i, r := range chars {
		chars[i] = Fold(r)
	}
	for i := 0; i < len(chars); {
		r := chars[i]
		switch {
		case !isWord(r):
			flush()
			i++
		case isWide(r):
			current = append(current, unit{text: string(r), wide: true, sound: reading.Sound(r), at: i, end: i + 1})
			i++
		default:
			if end := phone(chars[i:]); end > 0 {
				flush()
				i += end
				continue
			}
			end := i + wordLength(chars[i:])
			current = append(current, unit{text: string(chars[i:end]), at: i, end: end})
			i = end
		}
	}
	flush()
	return all
}

// maxWord is where a word of letters is cut; what follows is a word of its own.
const maxWord = 32

// wordLength returns how many characters the word at the beginning of chars has. It ends where a telephone begins.
func wordLength(chars []rune) int {
	n := 1
	for n < len(chars) && n < maxWord && isWord(chars[n]) && !isWide(chars[n]) {
		if unicode.IsDigit(chars[n]) && !unicode.IsDigit(chars[n-1]) && phone(chars[n:]) > 0 {
			break
		}
		n++
	}
	return n
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isWide reports whether a character is looked up by itself and in pairs, because its script has no spaces.
func isWide(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// longNumber is how many digits make a number somebody's telephone.
const longNumber = 7

// phone returns how many characters a long number at the beginning of chars takes, its spaces and dashes included; 0 if
// there is none. A letter that touches it belongs to it: the X of an identity number.
func phone(chars []rune) int {
	digits, end := 0, 0
	for i, r := range chars {
		switch {
		case unicode.IsDigit(r):
			digits++
			end = i + 1
		case isWord(r) && !isWide(r) && digits >= longNumber && end == i:
			end = i + 1
		case strings.ContainsRune(" -·+()（）.", r) && i-end < 2:
		default:
			return enough(digits, end)
		}
	}
	return enough(digits, end)
}

func enough(digits, end int) int {
	if digits < longNumber {
		return 0
	}
	return end
}
