package disclosure

import (
	"strings"

	"jushou/deliberation/room"
	"jushou/internal/search"
)

// Finder tells search about what is published.
func (s *Service) Finder() room.Finder { return s.items.Finder(Item.found, "affair.") }

func (i Item) found() (search.Entry, bool) {
	v, ok := i.Current()
	if !ok {
		return search.Entry{}, false
	}
	text := []string{v.Content.Body}
	for _, r := range v.Content.Rows {
		text = append(text, r.What)
	}
	return search.Entry{Title: v.Content.Title, Body: strings.Join(text, "\n"), At: i.PublishedAt}, true
}
