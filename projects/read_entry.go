package projects

import (
	"context"
	"errors"
	"slices"

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
