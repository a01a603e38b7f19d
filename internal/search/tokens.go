package search

import "strings"

// Marks stand before tokens that are not plain words. They are characters for private use, which no text's words contain.
const (
	inTitle = "\ue000"
	asSound = "\ue001"
	asFacet = "\ue002"
	inEra   = "\ue003"
)

// textTokens adds the tokens of a text: its words, and its pairs.
func textTokens(add func(string), text string) {
	for _, r := range runs(text) {
		for i, u := range r {
			add(u.text)
			if i == 0 {
				continue
			}
			if pair, ok := pairOf(r[i-1], u); ok {
				add(pair)
			}
			if sound, ok := soundOf(r[i-1], u); ok {
				add(sound)
			}
		}
	}
}

// titleTokens adds what a title is found by as a title.
func titleTokens(add func(string), title string) {
	for _, r := range runs(title) {
		for i, u := range r {
			add(inTitle + u.text)
			if i == 0 {
				continue
			}
			if pair, ok := pairOf(r[i-1], u); ok {
				add(inTitle + pair)
			}
		}
	}
}

// pairOf joins two units that touch, unless both are words of letters.
func pairOf(a, b unit) (string, bool) {
	return a.text + b.text, a.wide || b.wide
}

// soundOf joins how two Chinese characters are read.
func soundOf(a, b unit) (string, bool) {
	return asSound + a.sound + b.sound, a.sound != "" && b.sound != ""
}

// facetToken is what a document with a facet is found by. Punctuation, which ends a token, goes to characters for private use.
func facetToken(facet string) string {
	keep := func(r rune) rune {
		if r < 0x80 && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return 0xe100 + r
		}
		return r
	}
	return asFacet + strings.Map(keep, facet)
}

// tokensOf returns everything a document is found by, each once.
func tokensOf(e Entry) []string {
	seen := map[string]struct{}{}
	var all []string
	add := func(token string) {
		if _, ok := seen[token]; !ok {
			seen[token] = struct{}{}
			all = append(all, token)
		}
	}
	for _, f := range e.Facets {
		add(facetToken(f))
	}
	titleTokens(add, e.Title)
	textTokens(add, e.Title)
	textTokens(add, e.Body)
	return all
}
