package api

import "jushou/internal/docstore"

// Page is one page of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"The after of the next page; left out on the last."`
	Total *int   `json:"total,omitempty" doc:"How many there are on all pages, where that is known."`
}

// page maps one page of a use case.
func pageOf[From, To any](found []From, next docstore.Cursor, show func(From) To) Page[To] {
	return Page[To]{Items: each(found, show), Next: string(next)}
}

// of sets how many there are.
func (p Page[T]) of(total int) Page[T] {
	p.Total = &total
	return p
}

// each maps a list; an empty one stays a list.
func each[From, To any](found []From, show func(From) To) []To {
	items := make([]To, len(found))
	for i, f := range found {
		items[i] = show(f)
	}
	return items
}
