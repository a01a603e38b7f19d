package hall

import (
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/search"
)

// Finder tells search about sessions. Arguments are not found by themselves.
func (s *Service) Finder() room.Finder { return s.sessions.Finder(Session.found, "hall.") }

// found is the question with what is open, the options people talk about, and what came of it. Proposed options that were not
// accepted are left out.
func (x Session) found() (search.Entry, bool) {
	text := []string{x.Background, x.Open}
	for _, o := range x.Options {
		if o.Status == OptionOpen {
			text = append(text, o.Text)
		}
	}
	if x.Outcome != nil {
		text = append(text, x.Outcome.Text)
	}
	return search.Entry{
		Title: x.Question, Body: strings.Join(text, "\n"), At: x.CreatedAt, Facets: []string{deliberation.FacetBoard + string(deliberation.BoardHall)},
	}, true
}
