package poll

import (
	"strings"

	"jushou/deliberation/room"
	"jushou/internal/search"
)

// Finder tells search about polls whose roll is published, by what they ask and not by what was answered.
func (s *Service) Finder() room.Finder { return s.polls.Finder(Poll.found, "poll.") }

func (p Poll) found() (search.Entry, bool) {
	text := []string{p.Background}
	for _, o := range p.Options {
		text = append(text, o.Text)
	}
	return search.Entry{Title: p.Question, Body: strings.Join(text, "\n"), At: p.Roll.At}, !p.Roll.At.IsZero()
}
