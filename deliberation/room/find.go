package room

import (
	"context"

	"jushou/internal/identity"
	"jushou/internal/search"
)

// Finder is how the documents of a room are found by their words, and shown to whom.
type Finder struct {
	// Source tells the search index about them.
	Source search.Source
	// Shown returns those of the documents that may be found now and that the actor may know of, in the order of ids. An
	// index may lag a moment; what was withdrawn meanwhile is left out here.
	Shown func(ctx context.Context, actor identity.Actor, ids []string) ([]search.Entry, error)
}

// Finder returns how the room's documents are found. types are the events after which one is to be looked at again; entry
// says how residents find it now, and false if they may not. It must not need the store.
func (r Room[T]) Finder(entry func(T) (search.Entry, bool), types ...string) Finder {
	load := func(ctx context.Context, ids []string, may func(T) bool) ([]search.Entry, error) {
		found, err := r.GetMany(ctx, ids)
		if err != nil {
			return nil, err
		}
		entries := make([]search.Entry, 0, len(found))
		for _, id := range ids {
			value, ok := found[id]
			if !ok || !may(value) {
				continue
			}
			if e, ok := entry(value); ok {
				e.ID = id
				entries = append(entries, e)
			}
		}
		return entries, nil
	}
	return Finder{
		Source: search.Source{Kind: r.Kind, Types: types, Load: func(ctx context.Context, ids []string) ([]search.Entry, error) {
			return load(ctx, ids, func(T) bool { return true })
		}},
		Shown: func(ctx context.Context, actor identity.Actor, ids []string) ([]search.Entry, error) {
			return load(ctx, ids, func(value T) bool { return r.Knows(actor, value) == nil })
		},
	}
}
