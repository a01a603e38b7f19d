package meeting

import (
	"strings"

	"jushou/deliberation/room"
	"jushou/internal/search"
)

// Finder tells search about meetings that everybody of the community may read.
func (s *Service) Finder() room.Finder { return s.meetings.Finder(Meeting.found, "meeting.") }

func (m Meeting) found() (search.Entry, bool) {
	text := []string{m.Purpose}
	for _, i := range m.Agenda {
		text = append(text, i.Text)
	}
	return search.Entry{Title: m.Title, Body: strings.Join(text, "\n"), At: m.CalledAt}, m.Shown()
}
