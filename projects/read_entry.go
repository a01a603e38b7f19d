package projects

import (
	"context"
	"errors"
	"slices"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// Posted reports whether everybody may know of the project: it has passed the check and was not given up.
func (p Project) Posted() bool { return slices.Contains(preset.Stages()[2:], p.Stage) }

// Posted returns what everybody may know of a project that has passed the check, and its community; of any other ErrNotFound.
func (s *Service) Posted(ctx context.Context, actor identity.Actor, id ID) (Entry, community.ID, error) {
	p, _, err := s.projects.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		err = ErrNotFound
	}
	if err != nil {
		return Entry{}, "", err
	}
	if !p.Posted() || identity.Can(actor, identity.ReadPublic, p.Place()) != nil {
		return Entry{}, "", ErrNotFound
	}
	return p.entry(), p.Community, nil
}

// OnPoster returns the photo that hangs with a project's poster: the latest of its news, else the first of its proposal; "" where there
// is none. It is for everybody, as the poster is, and nothing that is hidden or held is chosen.
func (s *Service) OnPoster(ctx context.Context, actor identity.Actor, id ID) (deliberation.PhotoID, error) {
	if _, _, err := s.Posted(ctx, actor, id); err != nil {
		return "", err
	}
	p, _, err := s.projects.Get(ctx, string(id))
	if err != nil {
		return "", err
	}
	latest, _, err := s.news.Find(ctx, docstore.Query{Index: byProject, Equal: []any{string(id)}, Desc: true, Limit: shotsLooked})
	if err != nil {
		return "", err
	}
	for _, x := range latest {
		if !x.Hidden && len(x.Hits) == 0 && len(x.Shots) > 0 {
			return x.Shots[0].Photo, nil
		}
	}
	if len(p.Photos) > 0 {
		return p.Photos[0], nil
	}
	return "", nil
}
