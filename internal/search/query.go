package search

import (
	"slices"
	"strings"
	"time"

	"jushou/internal/fault"
	"jushou/internal/search/reading"
)

// Query asks one community.
type Query struct {
	// Scope is the community. Without it nothing is found.
	Scope string
	Text  string
	// Facets narrow: of each group a document has at least one. An empty group narrows nothing.
	Facets [][]string
	// From and To bound when a document was published: From <= At < To. The zero time is no bound.
	From, To time.Time
	// Limit is how many hits a page has, 1 to MaxHits; 0 is DefaultHits.
	Limit int
	// After continues a page; the rest of the query must be the same.
	After string
}

// Bounds of a query.
const (
	// MaxText is how many characters of a query are looked at; what follows is left out.
	MaxText     = 200
	DefaultHits = 20
	MaxHits     = 50
)

var (
	// ErrNoWords means that a query holds nothing that can be looked up: no letter, or a telephone number alone.
	ErrNoWords = fault.New(fault.Invalid, "search.no_words").On("q")
	errCursor  = fault.New(fault.Invalid, "search.bad_cursor").On("after")
	errScope   = fault.New(fault.Invalid, "search.no_scope")
)

// Tier is how well a document matches, the best first.
type Tier int

// Tiers; package documentation says what they are.
const (
	Title Tier = iota
	Text
	Sound
	Close
	tiers
)

// plan is a query made ready: what FTS5 is asked in each tier.
type plan struct {
	tier [tiers]string
	long bool // so many units that the tiers above Close are probably empty
}

// planOf cuts the text into words and writes the four expressions. Every token is made here, of letters and digits
// in quotes, so that nothing of FTS5's own language can come from outside.
func planOf(text string) (plan, error) {
	words := runs(clipped(text))
	words = slices.DeleteFunc(words, func(r run) bool { return len(r) == 0 })
	if len(words) == 0 {
		return plan{}, ErrNoWords
	}
	var p plan
	p.tier[Title] = and(each(words, func(r run) string { return and(tokens(r, titled)) }))
	p.tier[Text] = and(each(words, func(r run) string { return and(tokens(r, plain)) }))
	p.tier[Sound] = and(each(words, func(r run) string { return heard(r) }))
	p.tier[Close] = closeTo(words)
	p.long = units(words) > closeUnits
	return p, nil
}

func clipped(text string) string {
	n := 0
	for i := range text {
		if n == MaxText {
			return text[:i]
		}
		n++
	}
	return text
}

// kind of tokens that a run is looked up by.
type kind int

const (
	plain kind = iota
	titled
	sounding
)

// longRun is from how many units on every other pair of a run is looked up. They still name every character of it; a text that
// holds all of them in another order is found too, which is rare and a near match. Each pair costs a walk along its rows.
const longRun = 8

// tokens returns what a run is looked up by, in quotes: its pairs, or the one unit it is.
func tokens(r run, k kind) []string {
	mark := ""
	if k == titled {
		mark = inTitle
	}
	if len(r) == 1 {
		return []string{word(mark, r[0])}
	}
	var all []string
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if len(r) >= longRun && i%2 == 0 && i < len(r)-1 && a.wide && b.wide && r[i+1].wide {
			continue // the pairs on both sides name a and b
		}
		pair, ok := pairOf(a, b)
		if sound, heard := soundOf(a, b); heard && k == sounding {
			all = append(all, quoted(sound))
			continue
		}
		if !ok { // two words of letters that touch, because the first was cut
			all = append(all, word(mark, a), word(mark, b))
			continue
		}
		if !b.wide && i == len(r)-1 {
			all = append(all, quoted(mark+pair)+prefix(b))
			continue
		}
		all = append(all, quoted(mark+pair))
	}
	return all
}

// word looks up a unit by itself; of a word of letters its beginning is enough.
func word(mark string, u unit) string { return quoted(mark+u.text) + prefix(u) }

// prefix is the sign for "and whatever follows", for words of letters that are not just one. A number is what it is.
func prefix(u unit) string {
	last := u.text[len(u.text)-1]
	if u.wide || len(u.text) < 2 || '0' <= last && last <= '9' {
		return ""
	}
	return "*"
}

// heard looks a run up by how it sounds; letters that spell syllables may be the sound themselves.
func heard(r run) string {
	said := and(tokens(r, sounding))
	if len(r) == 1 && !r[0].wide {
		if spelt := spelling(r[0].text); len(spelt) > 1 {
			return or([]string{said, and(spokenPairs(spelt))})
		}
	}
	return said
}

// spelling cuts letters into syllables, the longest first, or returns nothing if they are none: tingche is ting, che.
func spelling(letters string) []string {
	if letters == "" {
		return []string{}
	}
	for n := min(len(letters), maxSyllable); n > 0; n-- {
		sound, ok := reading.Fold(letters[:n])
		if !ok {
			continue
		}
		if rest := spelling(letters[n:]); rest != nil {
			return append([]string{sound}, rest...)
		}
	}
	return nil
}

const maxSyllable = 6

func spokenPairs(sounds []string) []string {
	var all []string
	for i := 1; i < len(sounds); i++ {
		all = append(all, quoted(asSound+sounds[i-1]+sounds[i]))
	}
	return all
}

// A query up to closeUnits long may miss one unit; of a longer one, any of maxWindows windows will do.
const (
	closeUnits = 12
	window     = 4
	maxWindows = 12
)

func units(words []run) int {
	n := 0
	for _, r := range words {
		n += len(r)
	}
	return n
}

// closeTo looks up what nearly matches, by sound throughout; "" if there is no such way.
func closeTo(words []run) string {
	length := units(words)
	if length > closeUnits {
		return or(windows(words, max(window-1, length/maxWindows)))
	}
	var ways []string
	for i, r := range words {
		others := each(slices.Concat(words[:i], words[i+1:]), heard)
		if len(words) > 1 && len(numbers(r)) == 0 {
			ways = append(ways, and(others))
		}
		for _, rest := range withoutOne(r) {
			ways = append(ways, and(append(slices.Clone(others), rest)))
		}
	}
	return or(ways)
}

// windows returns stretches of a long query, one every so many units, so that each begins with the unit that the one before
// ends with. A stretch is looked up by its two halves, as a long run is.
func windows(words []run, step int) []string {
	var ways []string
	for _, r := range words {
		for i := 0; i+window <= len(r) && len(ways) < maxWindows; i += step {
			ways = append(ways, and(append(tokens(r[i:i+window/2], sounding), tokens(r[i+window/2:i+window], sounding)...)))
		}
	}
	return ways
}

// shortRun is up to how many units a run is looked up without each of them in turn.
const shortRun = 6

// withoutOne returns the ways to look up a run with one unit wrong. What is left must hold at least one pair. Of a longer run
// one half is right whichever unit is wrong. Numbers are never wrong: whoever asks for building 13 does not mean 3.
func withoutOne(r run) []string {
	if len(r) > shortRun {
		half := len(r) / 2
		return []string{and(append(numbers(r), tokens(r[:half], sounding)...)), and(append(numbers(r), tokens(r[half:], sounding)...))}
	}
	var ways []string
	for i, u := range r {
		if len(r) < 3 || isNumber(u) || implied(r, i) {
			continue
		}
		var left []string
		for _, part := range []run{r[:i], r[i+1:]} {
			if len(part) > 1 {
				left = append(left, tokens(part, sounding)...)
			}
		}
		if len(left) > 0 {
			ways = append(ways, and(append(numbers(r), left...)))
		}
	}
	return ways
}

// implied tells that whatever is found without the unit at i is found without its neighbour too: an end is in one pair, the
// unit beside it is in that pair and in another.
func implied(r run, i int) bool {
	switch {
	case len(r) < 4:
		return false
	case i == 0:
		return !isNumber(r[1])
	}
	return i == len(r)-1 && !isNumber(r[i-1])
}

func isNumber(u unit) bool { return !u.wide && strings.ContainsAny(u.text, "0123456789") }

// numbers returns what the numbers of a run are looked up by alone.
func numbers(r run) []string {
	var all []string
	for _, u := range r {
		if isNumber(u) {
			all = append(all, quoted(u.text))
		}
	}
	return all
}

func each(words []run, f func(run) string) []string {
	all := make([]string, len(words))
	for i, r := range words {
		all[i] = f(r)
	}
	return all
}

func quoted(token string) string { return `"` + token + `"` }

func and(all []string) string { return joined(all, " AND ") }
func or(all []string) string  { return joined(all, " OR ") }

func joined(all []string, by string) string {
	all = slices.Compact(all)
	switch len(all) {
	case 0:
		return ""
	case 1:
		return all[0]
	}
	return "(" + strings.Join(all, by) + ")"
}

// spare tells that a tier is for those who find nothing better: what nearly matches, which is looked for among the newest only; and
// for a sentence that was found as it stands, whatever else sounds like it.
func (p plan) spare(t Tier) bool { return t == Close || t == Sound && p.long }

// match is what FTS5 is asked in a tier: the words, the facets, the eras, and not what an earlier tier has found. Close is asked
// only where the earlier ones found nothing. It is "" when the tier can find nothing more than the one before.
func (p plan) match(t Tier, facets [][]string, eras []string) string {
	if p.tier[t] == "" || t > Title && p.tier[t] == p.tier[t-1] {
		return ""
	}
	parts := within(p.tier[t], facets, eras)
	if t == Title || t == Close {
		return and(parts)
	}
	return "(" + and(parts) + " NOT " + p.tier[t-1] + ")"
}

// heard returns what everything that matches a tier above Close matches as well.
func (p plan) heard(facets [][]string, eras []string) string {
	return and(within(p.tier[Sound], facets, eras))
}

func within(match string, facets [][]string, eras []string) []string {
	parts := []string{match}
	for _, group := range facets {
		if len(group) > 0 {
			parts = append(parts, or(facetTokens(group)))
		}
	}
	if len(eras) > 0 {
		parts = append(parts, or(eras))
	}
	return parts
}

func facetTokens(group []string) []string {
	all := make([]string, len(group))
	for i, f := range group {
		all[i] = quoted(facetToken(f))
	}
	return all
}
