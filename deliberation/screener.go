package deliberation

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Screener looks at a text before it is published. It returns what it found, in the list's words; nothing
// found means that the text may be shown. It must not block: a remote service belongs behind the event feed.
type Screener interface {
	Screen(text string) []string
}

//go:embed words.sample.txt
var sampleWords string

// WordList screens by a list of words, one a line, '#' for comments. Before comparing, both
// sides lose everything that is not a letter or a digit, width and case, so 代-开-发-票 is found as 代开发票.
type WordList struct {
	words  []string
	folded []string
}

// maxHits is how many words a screening reports.
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

// ReadWordList reads a list. A word of a single letter is refused: it would hold half of all posts.
func ReadWordList(r io.Reader) (*WordList, error) {
	w := &WordList{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		word := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if word == "" || strings.HasPrefix(word, "#") {
			continue
		}
		folded := fold(word)
		if len([]rune(folded)) < 2 {
			return nil, fmt.Errorf("line %d: %q is too short to screen by", n, word)
		}
		if !slices.Contains(w.folded, folded) {
			w.words, w.folded = append(w.words, word), append(w.folded, folded)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return w, nil
}

// Screen implements Screener.
func (w *WordList) Screen(text string) []string {
	folded := fold(text)
	var hits []string
	for i, word := range w.folded {
		if strings.Contains(folded, word) {
			if hits = append(hits, w.words[i]); len(hits) == maxHits {
				break
			}
		}
	}
	return hits
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(s))
}
