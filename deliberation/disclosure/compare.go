package disclosure

import (
	"slices"
	"strings"

	"jushou/deliberation"
)

// Op says what became of a line between two versions.
type Op string

// Ops.
const (
	Same    Op = "same"
	Added   Op = "added"
	Removed Op = "removed"
)

// Line is one line of text in a difference, Entry one row of a table.
type (
	Line struct {
		Op   Op
		Text string
	}
	Entry struct {
		Op  Op
		Row Row
	}
)

// Difference is what one version says otherwise than another.
type Difference struct {
	Title  []Line // one line if it stayed
	Body   []Line
	Rows   []Entry
	Photos bool // other photos
}

// None reports whether both say the same.
func (d Difference) None() bool {
	return len(d.Title) == 1 && !d.Photos && !slices.ContainsFunc(d.Body, func(l Line) bool { return l.Op != Same }) &&
		!slices.ContainsFunc(d.Rows, func(e Entry) bool { return e.Op != Same })
}

// Compare returns the difference between two contents: what stayed, what went and what came, in reading order.
func Compare(was, is Content) Difference {
	d := Difference{Title: []Line{{Same, is.Title}}, Photos: !slices.Equal(was.Photos, is.Photos)}
	if was.Title != is.Title {
		d.Title = []Line{{Removed, was.Title}, {Added, is.Title}}
	}
	align(lines(was.Body), lines(is.Body), func(op Op, text string) { d.Body = append(d.Body, Line{op, text}) })
	align(was.Rows, is.Rows, func(op Op, r Row) { d.Rows = append(d.Rows, Entry{op, r}) })
	return d
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// align tells the longest common subsequence apart from what went and what came. Both sides are bounded: 2000 runes of
// text, MaxRows rows.
func align[T comparable](was, is []T, tell func(Op, T)) {
	common := make([][]int, len(was)+1)
	for i := range common {
		common[i] = make([]int, len(is)+1)
	}
	for i := len(was) - 1; i >= 0; i-- {
		for j := len(is) - 1; j >= 0; j-- {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if was[i] == is[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	i, j := 0, 0
	for i < len(was) || j < len(is) {
		switch {
		case i < len(was) && j < len(is) && was[i] == is[j]:
			tell(Same, is[j])
			i, j = i+1, j+1
		case j == len(is) || i < len(was) && common[i+1][j] >= common[i][j+1]:
			tell(Removed, was[i])
			i++
		default:
			tell(Added, is[j])
			j++
		}
	}
}

// quote shortens a text for a notice.
func quote(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > deliberation.MaxTitle {
		return string(runes[:deliberation.MaxTitle-1]) + "…"
	}
	return string(runes)
}
