package deliberation

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Screener is what a room asks that need only know whether a text waits for a person. It does not block; it returns the
// words that it found.
type Screener interface {
	Screen(text string) []string
}

//go:embed words.sample.txt
var sampleWords string

// WordList reviews by a list of words, one a line, '#' for comments, and [category] before the words of a category.
// Before comparing, both sides lose everything that is not a letter or a digit, width and case, so 代-开-发-票 is
// found as 代开发票.
type WordList struct {
	words      []string
	folded     []string
	categories []Category
}

// maxHits is how many words a review reports.
const maxHits = 10

// SampleWords returns the list the product ships with: advertising and fraud, for an operator to replace.
func SampleWords() *WordList {
	w, err := ReadWordList(strings.NewReader(sampleWords))
	if err != nil {
		panic("deliberation: embedded word list: " + err.Error())
	}
	return w
}

// LoadWordList reads the operator's list.
func LoadWordList(path string) (*WordList, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open word list: %w", err)
	}
	defer f.Close()
	w, err := ReadWordList(f)
	if err != nil {
		return nil, fmt.Errorf("word list %s: %w", path, err)
	}
	return w, nil
}

// ReadWordList reads a list. A word of a single letter is refused: it would hold half of all posts; so is a category
// that nobody could be told.
func ReadWordList(r io.Reader) (*WordList, error) {
	w := &WordList{}
	lines, category := bufio.NewScanner(r), FoundOther
	for n := 1; lines.Scan(); n++ {
		word := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if word == "" || strings.HasPrefix(word, "#") {
			continue
		}
		if name, ok := heading(word); ok {
			if category = Category(name); !slices.Contains(Categories(), category) {
				return nil, fmt.Errorf("line %d: [%s] is none of %v", n, name, Categories())
			}
			continue
		}
		if err := w.add(word, category); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return w, nil
}

func heading(line string) (name string, ok bool) {
	if !strings.HasPrefix(line, "[") || !strings.HasSuffix(line, "]") {
		return "", false
	}
	return strings.TrimSpace(line[1 : len(line)-1]), true
}

func (w *WordList) add(word string, c Category) error {
	folded := fold(word)
	if len([]rune(folded)) < 2 {
		return fmt.Errorf("%q is too short to screen by", word)
	}
	if !slices.Contains(w.folded, folded) {
		w.words, w.folded, w.categories = append(w.words, word), append(w.folded, folded), append(w.categories, c)
	}
	return nil
}

// Review implements Reviewer. It never fails.
func (w *WordList) Review(_ context.Context, text string) (Verdict, error) { return w.find(text), nil }

func (w *WordList) find(text string) Verdict {
	folded := fold(text)
	var v Verdict
	for i, word := range w.folded {
		if !strings.Contains(folded, word) {
			continue
		}
		v.Findings = append(v.Findings, Finding{Category: w.categories[i], Word: w.words[i], Passage: passage(text, word)})
		if len(v.Findings) == maxHits {
			break
		}
	}
	return v
}

// Screen implements Screener.
func (w *WordList) Screen(text string) []string { return w.find(text).Words() }

// fold reduces a text to what is compared.
func fold(s string) string { return strings.Map(foldRune, norm.NFKC.String(s)) }

func foldRune(r rune) rune {
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return -1
	}
	return unicode.ToLower(r)
}

// passageAround is how many runes a passage shows on either side of the word.
const passageAround = 6

// passage returns the stretch of the text in which a folded word was found, "" where folding rune by rune does
// not find it again.
func passage(text, word string) string {
	runes := []rune(text)
	var folded []rune
	var from []int // which rune of the text each folded rune came from
	for i, r := range runes {
		for _, f := range fold(string(r)) {
			folded, from = append(folded, f), append(from, i)
		}
	}
	at := strings.Index(string(folded), word)
	if at < 0 {
		return ""
	}
	start := len([]rune(string(folded)[:at]))
	end := start + len([]rune(word)) - 1
	first, last := max(0, from[start]-passageAround), min(len(runes), from[end]+1+passageAround)
	shown := firstLines(string(runes[first:last]))
	if first > 0 {
		shown = "…" + shown
	}
	if last < len(runes) {
		shown += "…"
	}
	return shown
}
