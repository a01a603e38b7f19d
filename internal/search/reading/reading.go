// Package reading knows two things about Chinese characters that searching needs: the simplified form of a traditional one,
// and how it is read aloud, so that 停車 and 亭车 both find 停车.
//
// The table is written by maketable from the dictionaries of OpenCC and go-pinyin and lies in the binary as it is: looking
// something up reads it in place and takes no memory of its own.
package reading

import (
	_ "embed"
	"strings"
	"sync"
)

//go:generate sh -c "cd maketable && go run . ../table.bin"

//go:embed table.bin
var table string

// The characters of the table.
const first, last = 0x3400, 0x9FFF

// cell is what the table holds of a character: two little-endian numbers.
const cell = 4

// head is the part of the table before the characters.
type head struct {
	sounds []string // folded; a character's number is one more than the place here
	cells  string
}

var read = sync.OnceValue(func() head {
	names, cells, _ := strings.Cut(table, "\n\n")
	h := head{cells: cells}
	for name := range strings.SplitSeq(names, "\n") {
		h.sounds = append(h.sounds, folded(name))
	}
	return h
})

// Simple returns the simplified form of a traditional character, and any other character as it is.
func Simple(r rune) rune {
	if r < first || r > last {
		return r
	}
	at := int(r-first) * cell
	c := read().cells
	return rune(c[at]) | rune(c[at+1])<<8
}

// Sound returns how a character is read, without its tone and with what many people do not tell apart made equal; "" for
// what is not a Chinese character. A character with several readings has its commonest.
func Sound(r rune) string {
	if r < first || r > last {
		return ""
	}
	h := read()
	at := int(r-first)*cell + 2
	n := int(h.cells[at]) | int(h.cells[at+1])<<8
	if n == 0 {
		return ""
	}
	return h.sounds[n-1]
}

// Fold makes a syllable as somebody types it equal to what Sound returns, and reports whether it is one.
func Fold(syllable string) (string, bool) {
	s := folded(strings.ReplaceAll(syllable, "ü", "v"))
	_, ok := syllables()[s]
	return s, ok
}

var syllables = sync.OnceValue(func() map[string]struct{} {
	all := map[string]struct{}{}
	for _, s := range read().sounds {
		all[s] = struct{}{}
	}
	return all
})

// folded drops the differences that people south of the Yangtze hardly hear: zh and z, ch and c, sh and s, ing and in,
// eng and en.
func folded(syllable string) string {
	if len(syllable) > 2 && syllable[1] == 'h' && strings.IndexByte("zcs", syllable[0]) >= 0 {
		syllable = syllable[:1] + syllable[2:]
	}
	if strings.HasSuffix(syllable, "ing") || strings.HasSuffix(syllable, "eng") {
		syllable = syllable[:len(syllable)-1]
	}
	return syllable
}
