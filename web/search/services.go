package search

import (
	"context"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/search"
	"jushou/web/view"
)

// Services are what searching needs.
type Services struct {
	Index     *search.Index
	Topics    *deliberation.Service
	Directory *community.Directory
	// Shelves are what is found besides topics.
	Shelves []Shelf
}

// Shelf is a room besides the topics: how its documents are found, what they are, and where they are shown.
type Shelf struct {
	room.Finder
	// Kind is a key of the catalogue behind "search.kind.".
	Kind string
	// Pages is the address of the room's pages; a document's is its id behind it.
	Pages string
}

// cards loads documents of the shelf.
func (s Shelf) cards(ctx context.Context, actor identity.Actor, ids []string) (map[string]Card, error) {
	shown, err := s.Shown(ctx, actor, ids)
	if err != nil {
		return nil, err
	}
	cards := make(map[string]Card, len(shown))
	for _, e := range shown {
		cards[e.ID] = Card{ID: e.ID, Kind: s.Kind, Title: e.Title, Text: e.Body, Topic: view.TopicCard{Href: s.Pages + e.ID, At: e.At}}
	}
	return cards, nil
}

// Card is a result: a topic, or something else that was found.
type Card struct {
	ID string
	// Kind is of a topic its kind, and of anything else its shelf's.
	Kind  string
	Title string
	Text  string
	Topic view.TopicCard
	// View is set for topics.
	View *deliberation.TopicView
	Tier search.Tier
}

// Pages are the handlers.
type Pages struct{ Services }
