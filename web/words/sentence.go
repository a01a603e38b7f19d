package words

import "strings"

// sentence is a text split at its arguments: text, name, text, name, …, text.
type sentence []string

// parse splits "还能写 {n} 字" at its braces. A brace that is never closed stays as it is.
func parse(text string) sentence {
	var parts sentence
	for {
		before, rest, opened := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !opened || !closed {
			return append(parts, text)
		}
		parts = append(parts, before, name)
		text = after
	}
}

func (s sentence) fill(value func(name string) string) string {
	if len(s) == 1 {
		return s[0]
	}
	var b strings.Builder
	for i, part := range s {
		if i%2 == 1 {
			part = value(part)
		}
		b.WriteString(part)
	}
	return b.String()
}
