package roster

import (
	"context"
	"fmt"
	"path"
	"strings"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/sheet"
)

// PreviewRoster reads a file for a community and keeps it, sealed, until somebody confirms or discards it.
// A file with errors gives an Import that cannot be confirmed but tells them all; a file that is no table
// is refused, and nothing is kept.
func (s *Service) PreviewRoster(ctx context.Context, actor identity.Actor, in community.ID, fileName string, data []byte) (Import, error) {
	if err := s.may(ctx, actor, in); err != nil {
		return Import{}, err
	}
	now := s.clock.Now()
	i := Import{
		ID: ids.New(now), Community: in, State: Receiving, FileName: cleanFileName(fileName),
		Bytes: len(data), Chunks: chunksOf(len(data)), By: actor.Ref(), At: now,
	}
	sheet, preview, found, err := s.read(ctx, in, i.FileName, data, now)
	if err != nil {
		return Import{}, err
	}
	i.SHA256 = sheet.SHA256
	// The document goes first: if we die while storing the pieces, the sweep finds and removes them.
	version, err := s.imports.Put(ctx, i.ID, docstore.Absent, i)
	if err != nil {
		return Import{}, err
	}
	if err := s.keep(ctx, i.ID, data); err != nil {
		return Import{}, err
	}
	if i, err = i.judged(s.box, preview, found); err != nil {
		return Import{}, err
	}
	_, err = s.imports.Put(ctx, i.ID, docstore.Want(version), i)
	return i, err
}

// read parses, checks and compares a file with what the community has now.
func (s *Service) read(ctx context.Context, in community.ID, name string, data []byte, now time.Time) (Sheet, Preview, comparison, error) {
	fail := func(err error) (Sheet, Preview, comparison, error) { return Sheet{}, Preview{}, comparison{}, err }
	select {
	case s.readers <- struct{}{}:
		defer func() { <-s.readers }()
	case <-ctx.Done():
		return fail(fmt.Errorf("wait to read a roster: %w", ctx.Err()))
	}
	sheet, err := Parse(name, data)
	if err != nil {
		return fail(err)
	}
	buildings, err := s.buildings(ctx, in)
	if err != nil {
		return fail(err)
	}
	preview := Check(sheet, buildings)
	if preview.Rows == 0 && preview.Errors == 0 {
		return fail(ErrNoPeople)
	}
	stored, err := s.stored(ctx, preview.Homes)
	if err != nil {
		return fail(err)
	}
	found, err := compare(s.box, preview.Homes, stored, now)
	if err != nil {
		return fail(err)
	}
	preview.overfull(found.full)
	return sheet, preview, found, nil
}

// overfull adds an error for every home that would get too many people.
func (p *Preview) overfull(homes []Home) {
	for _, h := range homes {
		p.Errors++
		p.Faults = append(p.Faults, Fault{
			Sheet: h.Sheet, Row: h.Row, Column: Room, Code: CodeFull, Severity: Blocks, Args: map[string]string{"text": h.Room},
		})
	}
	sortFaults(p.Faults)
}

func (s *Service) buildings(ctx context.Context, in community.ID) (Buildings, error) {
	estates, err := s.places.EstatesIn(ctx, in)
	if err != nil {
		return Buildings{}, err
	}
	all, err := s.places.BuildingsIn(ctx, in)
	if err != nil {
		return Buildings{}, err
	}
	return NewBuildings(estates, all), nil
}

// stored returns the households of every building that the homes are in.
func (s *Service) stored(ctx context.Context, homes []Home) ([]identity.Household, error) {
	var all []identity.Household
	seen := map[community.BuildingID]bool{}
	for _, h := range homes {
		if seen[h.Building.ID] {
			continue
		}
		seen[h.Building.ID] = true
		list, err := identity.HouseholdsIn(ctx, s.households, h.Building)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// cleanFileName keeps the last part of a path, at most 80 runes: it is shown, never opened.
func cleanFileName(name string) string {
	return sheet.Shorten(sheet.Fold(path.Base(strings.ReplaceAll(name, "\\", "/"))), 80)
}
