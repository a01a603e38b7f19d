package phrasebook

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Kind is what a book is stored as, under its community's id.
const Kind docstore.Kind = "phrasebook"

// Collections declares what this package stores.
func Collections() []docstore.Collection { return []docstore.Collection{{Kind: Kind}} }

// Directory is what this package asks of the tenant tree.
type Directory interface {
	Node(ctx context.Context, id community.ID) (community.Node, error)
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	clock     clock.Clock
	directory Directory
	books     docstore.Table[Book]
}

// New returns a Service.
func New(s docstore.Store, c clock.Clock, d Directory) *Service {
	return &Service{clock: c, directory: d, books: docstore.Table[Book]{
		Store: s, Kind: Kind, Scope: func(b Book) string { return string(b.Community) },
	}}
}

// Book returns a community's phrases to whoever answers there; a partner gets those of the own board and of every
// board. A community without phrases has an empty book.
func (s *Service) Book(ctx context.Context, actor identity.Actor, in community.ID) (Book, error) {
	node, err := s.node(ctx, in)
	if err != nil {
		return Book{}, err
	}
	if err := identity.Can(actor, identity.SeeDesk, identity.At(node)); err != nil {
		return Book{}, err
	}
	b, _, err := s.books.Get(ctx, string(in))
	if errors.Is(err, docstore.ErrNotFound) {
		return Book{Community: in}, nil
	}
	own, all := actor.Boards(identity.At(node))
	if all || actor.System || err != nil {
		return b, err
	}
	kept := Book{Community: in}
	for _, p := range b.Phrases {
		for _, board := range own {
			if p.Board == "" || string(p.Board) == board {
				kept.Phrases = append(kept.Phrases, p)
				break
			}
		}
	}
	return kept, nil
}

// Save writes a phrase, a new one or another text of an old one.
func (s *Service) Save(ctx context.Context, actor identity.Actor, in community.ID, p Phrase) (Book, error) {
	node, err := s.may(ctx, actor, in, p.Board)
	if err != nil {
		return Book{}, err
	}
	if p.Board != "" {
		if _, err := deliberation.BoardOf(p.Board); err != nil {
			return Book{}, err
		}
	}
	if p, err = clean(p); err != nil {
		return Book{}, err
	}
	p.At = s.clock.Now().UTC().Truncate(time.Millisecond)
	p.By, _ = actor.NameAt(identity.At(node))
	return s.change(ctx, in, func(b *Book) ([]docstore.Fact, error) {
		if old, err := b.Phrase(p.ID); err == nil && old.Board != p.Board {
			if err := identity.Can(actor, identity.EditPhrases, identity.At(node).On(string(old.Board))); err != nil {
				return nil, err
			}
		}
		return b.save(p, actor)
	})
}

// Drop takes a phrase out. One that is gone already is no fault.
func (s *Service) Drop(ctx context.Context, actor identity.Actor, in community.ID, id PhraseID) (Book, error) {
	b, err := s.Book(ctx, actor, in)
	if err != nil {
		return Book{}, err
	}
	p, err := b.Phrase(id)
	if err != nil {
		return b, nil
	}
	if _, err := s.may(ctx, actor, in, p.Board); err != nil {
		return Book{}, err
	}
	now := s.clock.Now().UTC().Truncate(time.Millisecond)
	return s.change(ctx, in, func(b *Book) ([]docstore.Fact, error) { return b.drop(id, actor, now) })
}

// may asks whether the actor writes phrases of a board; those of every board belong to the committee.
func (s *Service) may(ctx context.Context, actor identity.Actor, in community.ID, board deliberation.BoardKey) (community.Node, error) {
	node, err := s.node(ctx, in)
	if err != nil {
		return node, err
	}
	return node, identity.Can(actor, identity.EditPhrases, identity.At(node).On(string(board)))
}

func (s *Service) node(ctx context.Context, in community.ID) (community.Node, error) {
	node, err := s.directory.Node(ctx, in)
	if err == nil && node.Level != community.LevelCommunity {
		return node, ErrNotFound.With("community", in)
	}
	return node, err
}

// change alters the book, which the first phrase makes.
func (s *Service) change(ctx context.Context, in community.ID, change func(*Book) ([]docstore.Fact, error)) (Book, error) {
	b, err := s.books.Update(ctx, string(in), change)
	if !errors.Is(err, docstore.ErrNotFound) {
		return b, err
	}
	b = Book{Community: in}
	facts, err := change(&b)
	if errors.Is(err, docstore.ErrUnchanged) {
		return b, nil
	}
	if err != nil {
		return Book{}, err
	}
	if _, err := s.books.Put(ctx, string(in), docstore.Absent, b, facts...); !errors.Is(err, docstore.ErrConflict) {
		return b, err
	}
	if b, err = s.books.Update(ctx, string(in), change); err != nil {
		return Book{}, fmt.Errorf("add a phrase beside the first: %w", err)
	}
	return b, nil
}
