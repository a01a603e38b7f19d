package deliberation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"jushou/internal/fault"
	"jushou/internal/ids"
)

// Text is what somebody wrote, cleaned and within bounds.
type Text struct {
	Title  string
	Body   string
	Photos []PhotoID
}

var (
	errEmpty    = fault.New(fault.Invalid, "topic.body_empty").On("body")
	errLong     = fault.New(fault.Invalid, "topic.body_too_long").On("body")
	errTitle    = fault.New(fault.Invalid, "topic.title_too_long").On("title")
	errPhotos   = fault.New(fault.Invalid, "topic.too_many_photos").On("photos")
	errPhotoID  = fault.New(fault.Invalid, "topic.bad_photo").On("photos")
	errLongWhy  = fault.New(fault.Invalid, "topic.reason_too_long").On("reason")
	errComment  = fault.New(fault.Invalid, "comment.too_long").On("body")
	errNoWords  = fault.New(fault.Invalid, "comment.empty").On("body")
	errBadToken = fault.New(fault.Invalid, "topic.bad_token").On("id")
)

// NewText cleans a title, a body and photos and checks the bounds; all faults at once. Without a
// title, the body's first line makes one.
func NewText(title, body string, photos []PhotoID) (Text, error) {
	title = Line(title)
	body = Clean(body)
	faults := Joined(
		check(body == "", errEmpty),
		Within(body, MaxBody, errLong),
		Within(title, MaxTitle, errTitle),
		CheckPhotos(photos),
	)
	if faults != nil {
		return Text{}, faults
	}
	if title == "" {
		first, _, _ := strings.Cut(body, "\n")
		title = clip(strings.Join(strings.Fields(first), " "), MaxTitle)
	}
	return Text{Title: title, Body: body, Photos: photos}, nil
}

// CheckPhotos refuses more than MaxPhotos, ids that are none, and the same photo twice.
func CheckPhotos(photos []PhotoID) error {
	if len(photos) > MaxPhotos {
		return errPhotos.With("max", MaxPhotos).With("got", len(photos))
	}
	for i, id := range photos {
		if !ids.Valid(string(id)) || slices.Contains(photos[:i], id) {
			return errPhotoID.With("photo", i+1)
		}
	}
	return nil
}

// NewReason cleans the reason of a step and checks its bound.
func NewReason(s string) (string, error) {
	s = Line(s)
	return s, Within(s, MaxReason, errLongWhy)
}

// Within refuses a text of more than most runes.
func Within(s string, most int, refusal *fault.Error) error {
	if n := utf8.RuneCountInString(s); n > most {
		return refusal.With("max", most).With("got", n)
	}
	return nil
}

// check returns refusal if bad holds.
func check(bad bool, refusal *fault.Error) error {
	if bad {
		return refusal
	}
	return nil
}

// clip shortens s to most runes, the last of which is then "…".
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:most-1]), " ，。、；：") + "…"
}

// firstLines joins the lines of a text with single spaces, for a quotation.
func firstLines(s string) string { return strings.Join(strings.Fields(s), " ") }

// Line is Clean on one line, for titles, names and reasons.
func Line(s string) string { return strings.Join(strings.Fields(Clean(s)), " ") }

// Clean makes a text safe to store, compare and show: Unicode NFC, line ends as \n, and without control
// characters, zero-width and other invisible characters, bidirectional overrides and private-use
// code points. Space at line ends and more than one empty line in a row go. Emoji joined by U+200D stay whole.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s)
	// Normalised only now: what stood between two characters may have kept them from composing.
	return tidyLines(limitMarks(norm.NFC.String(dropInvisible(s))))
}

func dropInvisible(s string) string {
	runes := []rune(s)
	kept := make([]rune, 0, len(runes))
	for i, r := range runes {
		switch {
		case r == '\t' || r == '\u00a0':
			kept = append(kept, ' ')
		case r == joiner && joinsEmoji(kept, runes[i+1:]), r == '\n', !invisible(r):
			kept = append(kept, r)
		}
	}
	return string(kept)
}

// mostMarks is how many combining marks one letter keeps; no script in use needs more.
const mostMarks = 3

// limitMarks cuts the towers of marks that cover the lines above and below.
func limitMarks(s string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if !unicode.Is(unicode.Mn, r) {
			marks = 0
		} else if marks++; marks > mostMarks {
			return -1
		}
		return r
	}, s)
}

// invisible reports whether a rune shows nothing of its own or belongs to nobody.
func invisible(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u034f', '\ufffc':
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
}

const joiner = '\u200d'

func joinsEmoji(before, after []rune) bool {
	return len(before) > 0 && len(after) > 0 && emoji(before[len(before)-1]) && emoji(after[0])
}

func emoji(r rune) bool {
	return unicode.Is(unicode.So, r) || r == '\ufe0f' || (r >= 0x1f3fb && r <= 0x1f3ff)
}

func tidyLines(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" && len(lines) > 0 && lines[len(lines)-1] == "" {
			continue
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
