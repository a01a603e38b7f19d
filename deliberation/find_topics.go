package deliberation

import (
	"context"

	"jushou/internal/identity"
	"jushou/internal/search"
)

// Facets by which topics are narrowed in a search.
const (
	FacetBoard = "board:"
	FacetState = "state:"
	FacetKind  = "kind:"
)

// Searchable tells the search index about topics, notices and guides.
func (s *Service) Searchable() search.Source {
	return search.Source{Kind: TopicKind, Types: []string{"topic.", NoticePublished}, Load: s.searchEntries}
}

// searchEntries returns what of the topics is shown in their community now. Held, hidden and withdrawn texts are not.
func (s *Service) searchEntries(ctx context.Context, ids []string) ([]search.Entry, error) {
	found, err := s.topics.GetMany(ctx, ids)
	if err != nil {
		return nil, err
	}
	entries := make([]search.Entry, 0, len(found))
	for id, t := range found {
		if !t.Status.Shown() {
			continue
		}
		entries = append(entries, search.Entry{
			ID: id, Title: t.Title, Body: t.Body, At: t.CreatedAt,
			Facets: []string{FacetBoard + string(t.Board), FacetState + string(t.Status), FacetKind + string(t.Kind)},
		})
	}
	return entries, nil
}

// TopicsFound returns those of the topics that the actor may read and whose text is shown, in the order of ids. Whoever
// searches has ids of an index that may lag a moment, so what was hidden meanwhile is left out here.
func (s *Service) TopicsFound(ctx context.Context, actor identity.Actor, ids []TopicID) ([]TopicView, error) {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	found, err := s.topics.GetMany(ctx, names)
	if err != nil {
		return nil, err
	}
	shown := make([]Topic, 0, len(found))
	for _, name := range names {
		if t, ok := found[name]; ok && t.Status.Shown() {
			shown = append(shown, t)
		}
	}
	return s.views(ctx, actor, shown), nil
}
