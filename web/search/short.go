package search

// shortQuery is how much of a query a sentence repeats.
const shortQuery = 20

func short(text string) string {
	chars := []rune(text)
	if len(chars) <= shortQuery {
		return text
	}
	return string(chars[:shortQuery]) + "…"
}
