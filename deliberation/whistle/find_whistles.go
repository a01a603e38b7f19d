package whistle

import (
	"jushou/deliberation/room"
	"jushou/internal/search"
)

// Finder tells search about whistles.
func (s *Service) Finder() room.Finder { return s.whistles.Finder(Whistle.found, "whistle.") }

func (w Whistle) found() (search.Entry, bool) {
	return search.Entry{Title: w.Title, Body: w.Reason + "\n" + w.Where, At: w.CalledAt}, true
}
