package covenant

import (
	"slices"
	"strings"

	"jushou/deliberation/room"
	"jushou/internal/search"
)

// Finder tells search about covenants, by the newest edition that residents may read.
func (s *Service) Finder() room.Finder { return s.covenants.Finder(Covenant.found, "covenant.") }

func (c Covenant) found() (search.Entry, bool) {
	for _, e := range slices.Backward(c.Editions) {
		if !c.Shown(e) {
			continue
		}
		var text []string
		for _, x := range e.Clauses {
			text = append(text, x.Heading, x.Body)
		}
		return search.Entry{Title: c.Title, Body: strings.Join(text, "\n"), At: e.At}, true
	}
	return search.Entry{}, false
}
