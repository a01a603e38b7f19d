package owners

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/internal/sheet"
)

// Import is a file as it was sent.
type Import struct {
	Community community.ID
	Token     string // the form's
	Name      string
	Data      []byte
}

// Reading is what came of a file: a version that waits for a person, or the faults for which there is none.
type Reading struct {
	Version Version
	Faults  []Fault
	Errors  int
}

// ReadRegister reads a file. One error in it, and nothing is kept: it is ErrFaults and all faults of the file at once. The same form
// again returns what it made.
func (s *Service) ReadRegister(ctx context.Context, actor identity.Actor, cmd Import) (Reading, error) {
	node, by, err := s.keeper(ctx, actor, cmd.Community)
	if err := deliberation.Joined(err, deliberation.CheckToken(cmd.Token)); err != nil {
		return Reading{}, err
	}
	rows, err := parse(cmd.Data)
	if err != nil {
		return Reading{}, err
	}
	c := checker{community: node.ID, box: s.Box, mark: s.People.PhoneMark}
	if c.buildings, err = s.buildings(ctx, node.ID); err != nil {
		return Reading{}, err
	}
	// Once without a number, so that a file with errors uses none up.
	if err := c.check(rows); err != nil {
		return Reading{}, err
	}
	if n := errorsIn(c.faults); n > 0 {
		return Reading{Faults: c.faults, Errors: n}, ErrFaults.With("errors", n)
	}
	n, first, err := s.reserve(ctx, node, cmd.Token)
	if err != nil || first.N > 0 {
		return Reading{Version: first}, err
	}
	c = checker{community: node.ID, version: n, buildings: c.buildings, box: s.Box, mark: s.People.PhoneMark}
	if err := c.check(rows); err != nil {
		return Reading{}, err
	}
	if err := s.write(ctx, c.deeds); err != nil {
		return Reading{}, err
	}
	sum := sha256.Sum256(cmd.Data)
	v := Version{
		N: n, Token: cmd.Token, File: fileName(cmd.Name), SHA256: hex.EncodeToString(sum[:]), Notes: c.faults[:min(len(c.faults), maxNotes)], By: by, At: s.Now(),
	}
	if v.Figures, err = figures(c.deeds); err != nil {
		return Reading{}, err
	}
	_, err = s.books.Update(ctx, string(node.ID), func(b *Book) ([]docstore.Fact, error) { return b.take(v) })
	return Reading{Version: v, Faults: c.faults}, err
}

func (s *Service) buildings(ctx context.Context, c community.ID) (roster.Buildings, error) {
	estates, err1 := s.Places.EstatesIn(ctx, c)
	all, err2 := s.Places.BuildingsIn(ctx, c)
	return roster.NewBuildings(estates, all), deliberation.Joined(err1, err2)
}

// reserve takes a number for a version, or returns the version that the form made before.
func (s *Service) reserve(ctx context.Context, node community.Node, token string) (int, Version, error) {
	_, err := s.books.Put(ctx, string(node.ID), docstore.Absent, Book{Community: node.ID, Path: node.Path})
	if err != nil && !errors.Is(err, docstore.ErrConflict) {
		return 0, Version{}, err
	}
	n, first := 0, Version{}
	_, err = s.books.Update(ctx, string(node.ID), func(b *Book) ([]docstore.Fact, error) {
		for _, v := range b.Versions {
			if v.Token == token {
				first = v
				return nil, docstore.ErrUnchanged
			}
		}
		n = b.reserve()
		return nil, nil
	})
	return n, first, err
}

// hands is how many units are written side by side, so that the store commits them together.
const hands = 32

func (s *Service) write(ctx context.Context, deeds []Deed) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hands)
	for _, d := range deeds {
		group.Go(func() error {
			_, err := s.deeds.Put(ctx, d.id(), docstore.Any, d)
			return err
		})
	}
	return group.Wait()
}

// fileName keeps the last part of a path, at most 80 runes: it is shown, never opened.
func fileName(name string) string {
	return sheet.Shorten(sheet.Fold(path.Base(strings.ReplaceAll(name, "\\", "/"))), 80)
}

// DecideRegister lets a version count from now on, or discards it. Rolls that were taken before stay as they are.
func (s *Service) DecideRegister(ctx context.Context, actor identity.Actor, c community.ID, version int, confirm bool) (Book, error) {
	_, by, err := s.keeper(ctx, actor, c)
	if err != nil {
		return Book{}, err
	}
	now := s.Now()
	b, err := s.books.Update(ctx, string(c), func(b *Book) ([]docstore.Fact, error) { return b.decide(version, confirm, by, now) })
	if errors.Is(err, docstore.ErrNotFound) {
		err = errNoVersion
	}
	return b, err
}
