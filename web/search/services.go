package search

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/search"
	"jushou/web/view"
)

// Services are what searching needs.
type Services struct {
	Index     *search.Index
	Topics    *deliberation.Service
	Directory *community.Directory
	// Shelves load what is found besides topics, by kind of document.
	Shelves map[docstore.Kind]Shelf
}

// Shelf returns those of the documents that the actor may see, as cards, by id.
type Shelf func(ctx context.Context, actor identity.Actor, ids []string) (map[string]Card, error)

// Card is a result: a topic, or something else that was found.
type Card struct {
	ID string
	// Kind is a key of the catalogue behind "search.kind.": topic, notice, bulletin.
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
