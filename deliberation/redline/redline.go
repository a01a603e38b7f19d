// Package redline compares two versions of a text, sign by sign, for people to read.
//
// Chinese has no blanks between words, so the comparison is by character; go-diff then joins crumbs into stretches
// that mean something. We would otherwise have to write Myers' algorithm and that joining ourselves.
package redline

import (
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Kind says what became of a stretch of text.
type Kind string

// Kinds of stretches.
const (
	Same    Kind = "same"
	Added   Kind = "added"
	Removed Kind = "removed"
)

// Part is a stretch of text of one kind.
type Part struct {
	Kind Kind   `json:"kind"`
	Text string `json:"text"`
}

// Compare returns the parts that lead from before to after: what is not Added, put together, is before, and what is
// not Removed is after. Equal texts are one part; two empty ones none. The result depends on nothing but the texts. Its
// cost grows with their length times how much differs, so callers bound their texts (a few thousand characters).
func Compare(before, after string) []Part {
	before, after = strings.ToValidUTF8(before, ""), strings.ToValidUTF8(after, "")
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // a limit by the wall clock would let the same two texts differ in two ways
	raw := dmp.DiffMainRunes([]rune(before), []rune(after), false)
	if parts, whole := partsOf(dmp.DiffCleanupSemantic(raw)); whole {
		return parts
	}
	parts, _ := partsOf(dmp.DiffMainRunes([]rune(before), []rune(after), false))
	return parts
}

// partsOf turns the library's pieces into parts, neighbours of one kind joined. The joining of crumbs works on bytes and
// may cut a character in two, which whole denies.
func partsOf(pieces []diffmatchpatch.Diff) (parts []Part, whole bool) {
	for _, p := range pieces {
		if !utf8.ValidString(p.Text) {
			return nil, false
		}
		kind := Same
		switch p.Type {
		case diffmatchpatch.DiffInsert:
			kind = Added
		case diffmatchpatch.DiffDelete:
			kind = Removed
		}
		if last := len(parts) - 1; last >= 0 && parts[last].Kind == kind {
			parts[last].Text += p.Text
		} else if p.Text != "" {
			parts = append(parts, Part{kind, p.Text})
		}
	}
	return parts, true
}

// Changed reports whether any part is not the same in both texts.
func Changed(parts []Part) bool {
	for _, p := range parts {
		if p.Kind != Same {
			return true
		}
	}
	return false
}
