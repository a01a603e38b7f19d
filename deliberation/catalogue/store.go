package catalogue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Kinds of documents.
const (
	VersionKind docstore.Kind = "catalogue"
	DraftKind   docstore.Kind = "catalogue_draft"
)

const byTown = "town" // a town's versions

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{
		{
			Kind:    VersionKind,
			Fields:  []docstore.Field{{Name: "town"}, {Name: "version", Type: docstore.Int}},
			Indexes: []docstore.Index{{Name: byTown, Fields: []string{"town", "version"}}},
		},
		{Kind: DraftKind},
	}
}

// Directory is what this package asks of the tenant tree.
type Directory interface {
	// Node returns a tenant, or a fault of kind NotFound.
	Node(ctx context.Context, id community.ID) (community.Node, error)
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	clock     clock.Clock
	directory Directory
	versions  docstore.Table[Catalogue]
	drafts    docstore.Table[Draft]
}

// New returns a Service over a store that was opened with Collections.
func New(s docstore.Store, d Directory, c clock.Clock) *Service {
	return &Service{
		clock: c, directory: d,
		versions: docstore.Table[Catalogue]{
			Store: s, Kind: VersionKind,
			Fields: func(c Catalogue) docstore.Fields {
				return docstore.Fields{"town": string(c.Town), "version": int64(c.Version)}
			},
			Scope: func(c Catalogue) string { return string(c.Town) },
		},
		drafts: docstore.Table[Draft]{Store: s, Kind: DraftKind, Scope: func(d Draft) string { return string(d.Town) }},
	}
}

func (s *Service) now() time.Time { return s.clock.Now().UTC().Truncate(time.Millisecond) }

func versionID(town community.ID, n int) string { return fmt.Sprintf("%s.%06d", town, n) }

// town returns the town of a node: itself, or the one a community lies in.
func (s *Service) town(ctx context.Context, id community.ID) (community.Node, error) {
	n, err := s.directory.Node(ctx, id)
	if err == nil && n.Level == community.LevelCommunity {
		n, err = s.directory.Node(ctx, n.Parent)
	}
	if err != nil {
		return n, fmt.Errorf("find the town of %q: %w", id, err)
	}
	if n.Level != community.LevelTown {
		return n, ErrNone.With("town", id)
	}
	return n, nil
}

// Current returns the version of a town's list that holds now, or ErrNone. It asks nobody's permission: what the list
// says is told wherever an item is named.
func (s *Service) Current(ctx context.Context, town community.ID) (Catalogue, error) {
	found, _, err := s.versions.Find(ctx, docstore.Query{Index: byTown, Equal: []any{string(town)}, Desc: true, Limit: 1})
	if err != nil {
		return Catalogue{}, err
	}
	if len(found) == 0 {
		return Catalogue{}, ErrNone.With("town", town)
	}
	return found[0], nil
}

// Version returns a version of a town's list, or ErrNone. Work that was sent out under it reads it here.
func (s *Service) Version(ctx context.Context, town community.ID, n int) (Catalogue, error) {
	c, _, err := s.versions.Get(ctx, versionID(town, n))
	if errors.Is(err, docstore.ErrNotFound) {
		return c, ErrNone.With("town", town).With("version", n)
	}
	return c, err
}

// Item returns an item of the version that holds now, the version's number, and the department whose it is; ErrNone
// or ErrNoItem.
func (s *Service) Item(ctx context.Context, town community.ID, key string) (Item, Department, int, error) {
	c, err := s.Current(ctx, town)
	if err != nil {
		return Item{}, Department{}, 0, err
	}
	i, ok := c.Item(key)
	if !ok {
		return Item{}, Department{}, 0, ErrNoItem.With("item", key)
	}
	d, _ := c.Department(i.Department)
	return i, d, c.Version, nil
}

// Departments returns a town's departments in the order of the list; none where the town has no list.
func (s *Service) Departments(ctx context.Context, town community.ID) ([]Department, error) {
	c, err := s.Current(ctx, town)
	if errors.Is(err, ErrNone) {
		return nil, nil
	}
	return c.Departments, err
}

// Suggest proposes at most n items of a town's list for a topic's text; none where the town has no list. A person
// decides.
func (s *Service) Suggest(ctx context.Context, town community.ID, text string, n int) ([]Suggestion, error) {
	c, err := s.Current(ctx, town)
	if errors.Is(err, ErrNone) {
		return nil, nil
	}
	return c.Suggest(text, n), err
}

// See returns the list that holds at a node, a town or a community of it, to somebody who may see it.
func (s *Service) See(ctx context.Context, actor identity.Actor, at community.ID) (Catalogue, error) {
	node, err := s.directory.Node(ctx, at)
	if err != nil {
		return Catalogue{}, err
	}
	if err := identity.Can(actor, identity.SeeCatalogue, identity.At(node)); err != nil {
		return Catalogue{}, err
	}
	town, err := s.town(ctx, at)
	if err != nil {
		return Catalogue{}, err
	}
	return s.Current(ctx, town.ID)
}
