package search

import (
	"context"
	"time"

	"jushou/internal/docstore"
)

// Entry is a document as it may be found now.
type Entry struct {
	ID    string
	Title string
	Body  string
	// At is when it was published.
	At time.Time
	// Facets are what lists are narrowed by: "board:nearby", "state:waiting".
	Facets []string
}

// Source tells the index about one kind of document.
type Source struct {
	Kind docstore.Kind
	// Types are the events after which a document is to be looked at again: exact, or a prefix ending in a dot. Only events
	// of the Kind's own documents count.
	Types []string
	// Load returns those of the documents, at most MaxLoad, that may be found now, as they are now. What it leaves out is
	// taken out of the index. An entry that residents must not read must not be returned.
	Load func(ctx context.Context, ids []string) ([]Entry, error)
}

// MaxLoad is the most documents Load is asked for at once.
const MaxLoad = 500
