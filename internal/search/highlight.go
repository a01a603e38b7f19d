package search

import "strings"

// Piece is a stretch of a text; Hit says that the query found it.
type Piece struct {
	Text string
	Hit  bool
}

// lead is how many characters an excerpt shows before what was found.
const lead = 12

// Highlight cuts out of a text at most so many characters around the first place that a query found, and marks every such
// place. A text in which nothing was found begins at its beginning.
func Highlight(text, query string, most int) []Piece {
	chars := []rune(strings.Join(strings.Fields(text), " "))
	hit := found(string(chars), query, len(chars))
	from := 0
	if len(chars) > most {
		first := 0
		for first < len(hit) && !hit[first] {
			first++
		}
		if first < len(chars) && first > most-lead {
			from = min(first-lead, len(chars)-most)
		}
	}
	to := min(from+most, len(chars))
	pieces := cut(chars[from:to], hit[from:to])
	if from > 0 {
		pieces = append([]Piece{{Text: "…"}}, pieces...)
	}
	if to < len(chars) {
		pieces = append(pieces, Piece{Text: "…"})
	}
	return pieces
}

// cut makes a piece of every stretch that is all found or all not.
func cut(chars []rune, hit []bool) []Piece {
	var pieces []Piece
	for i := 0; i < len(chars); {
		j := i + 1
		for j < len(chars) && hit[j] == hit[i] {
			j++
		}
		pieces = append(pieces, Piece{string(chars[i:j]), hit[i]})
		i = j
	}
	return pieces
}

// found says of each character of the text whether the query found it: by the pair it stands in, as written or as
// read, or as a word by itself.
func found(text, query string, size int) []bool {
	words := map[string]bool{} // pairs and words
	var starts []string        // words whose beginning is enough
	for _, r := range runs(clipped(query)) {
		for i, u := range r {
			if len(r) == 1 {
				words[u.text] = true
				if prefix(u) != "" {
					starts = append(starts, u.text)
				}
				if spelt := spelling(u.text); !u.wide && len(spelt) > 1 {
					for k := 1; k < len(spelt); k++ {
						words[asSound+spelt[k-1]+spelt[k]] = true
					}
				}
			}
			if i == 0 {
				continue
			}
			pair, _ := pairOf(r[i-1], u)
			words[pair] = true
			if sound, ok := soundOf(r[i-1], u); ok {
				words[sound] = true
			}
		}
	}
	hit := make([]bool, size)
	for _, r := range runs(text) {
		for i, u := range r {
			if words[u.text] || !u.wide && begins(u.text, starts) {
				mark(hit, u)
			}
			if i == 0 {
				continue
			}
			pair, _ := pairOf(r[i-1], u)
			sound, heard := soundOf(r[i-1], u)
			if words[pair] || heard && words[sound] {
				mark(hit, r[i-1])
				mark(hit, u)
			}
		}
	}
	return hit
}

func begins(word string, starts []string) bool {
	for _, s := range starts {
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	return false
}

func mark(hit []bool, u unit) {
	for i := u.at; i < u.end; i++ {
		hit[i] = true
	}
}
