package owners

import (
	"context"
	"errors"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// DeedsPage is how many units are listed at a time.
const DeedsPage = 50

// Book returns the register for who keeps it; an empty one where nobody has brought a file.
func (s *Service) Book(ctx context.Context, actor identity.Actor, c community.ID) (Book, error) {
	node, _, err := s.keeper(ctx, actor, c)
	if err != nil {
		return Book{}, err
	}
	b, _, err := s.books.Get(ctx, string(node.ID))
	if errors.Is(err, docstore.ErrNotFound) {
		return Book{Community: node.ID, Path: node.Path}, nil
	}
	return b, err
}

// Deeds pages through a version, with masked names, for who keeps the register.
func (s *Service) Deeds(ctx context.Context, actor identity.Actor, c community.ID, version int, after docstore.Cursor) ([]Deed, docstore.Cursor, error) {
	if _, _, err := s.keeper(ctx, actor, c); err != nil {
		return nil, "", err
	}
	q := versionOf(c, version)
	q.Limit, q.After = DeedsPage, after
	return s.deeds.Find(ctx, q)
}

// versionOf bounds a query to the units of a version.
func versionOf(c community.ID, version int) docstore.Query {
	of := fmt.Sprintf("%s/%06d", c, version)
	return docstore.Query{Index: docstore.ByID, From: of + "/", To: of + "0", Limit: docstore.MaxLimit}
}

// each visits every unit of the current version.
func (s *Service) each(ctx context.Context, c community.ID, visit func(Deed) error) error {
	b, _, err := s.books.Get(ctx, string(c))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && b.Current == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	return s.deeds.Each(ctx, versionOf(c, b.Current), visit)
}

// Snapshot returns the voices of a joint decision and the version they were taken from, for the roll of a poll. ErrNoBook's code
// owners.no_register means that there is nothing to take it from.
func (s *Service) Snapshot(ctx context.Context, c community.ID, area Area) (all []Head, version int, err error) {
	b, _, err := s.books.Get(ctx, string(c))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && b.Current == 0 {
		return nil, 0, errNoBook
	}
	if err != nil {
		return nil, 0, err
	}
	var deeds []Deed
	err = s.deeds.Each(ctx, versionOf(c, b.Current), func(d Deed) error {
		if area.has(d) {
			deeds = append(deeds, d)
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	all, err = heads(deeds)
	return all, b.Current, err
}

// Ready reports whether a register counts here.
func (s *Service) Ready(ctx context.Context, c community.ID) (bool, error) {
	b, _, err := s.books.Get(ctx, string(c))
	if errors.Is(err, docstore.ErrNotFound) {
		return false, nil
	}
	return b.Current > 0, err
}
