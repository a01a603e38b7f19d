package projects

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path"
	"strings"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/sheet"
	"jushou/projects/former"
)

// PreviewImport reads a file of projects of earlier years and keeps it as the actor's draft, with every fault or with what it would
// do. Nothing that is there is touched. A file that is no such table is refused, and the draft before it stays.
func (s *Service) PreviewImport(ctx context.Context, actor identity.Actor, in community.ID, fileName string, data []byte) (ImportDraft, error) {
	if _, err := s.Community(ctx, actor, in, identity.ImportProjects, ErrNotFound); err != nil {
		return ImportDraft{}, err
	}
	now := s.Now()
	rows, faults, err := former.Parse(data, s.Calendar.DateAt(now))
	if err != nil {
		return ImportDraft{}, err
	}
	sum := sha256.Sum256(data)
	d := ImportDraft{
		Community: in, Token: ids.New(now), FileName: sheet.Shorten(sheet.Fold(path.Base(strings.ReplaceAll(fileName, "\\", "/"))), 80),
		SHA256: hex.EncodeToString(sum[:]), At: now, FaultTotal: len(faults), Errors: former.Errors(faults), Faults: faults[:min(len(faults), maxFaults)],
	}
	if d.Errors == 0 {
		if d.Rows, err = s.compared(ctx, in, rows); err != nil {
			return ImportDraft{}, err
		}
	}
	_, err = s.drafts.Put(ctx, draftKey(in, actor), docstore.Any, d)
	return d, err
}

func draftKey(in community.ID, actor identity.Actor) string { return string(in) + "." + actor.Ref() }

// compared says of each row what it would do to what is there.
func (s *Service) compared(ctx context.Context, in community.ID, rows []former.Row) ([]ImportRow, error) {
	keys := make([]string, len(rows))
	for i, r := range rows {
		keys[i] = string(FormerID(in, r.Record))
	}
	there, err := s.projects.GetMany(ctx, keys)
	if err != nil {
		return nil, err
	}
	all := make([]ImportRow, len(rows))
	for i, r := range rows {
		all[i] = ImportRow{Row: r, Project: ID(keys[i]), Change: Added}
		p, known := there[keys[i]]
		switch {
		case !known:
		case p.Former.Record == r.Record:
			all[i].Change = Same
		default:
			was := p.Former.Record
			all[i].Change, all[i].Seen, all[i].Was = Corrected, len(p.Former.Earlier), &was
		}
	}
	return all, nil
}

// ImportDraft returns the file that the actor brought last, or ErrNoDraft.
func (s *Service) ImportDraft(ctx context.Context, actor identity.Actor, in community.ID) (ImportDraft, error) {
	if _, err := s.Community(ctx, actor, in, identity.ImportProjects, ErrNotFound); err != nil {
		return ImportDraft{}, err
	}
	d, _, err := s.drafts.Get(ctx, draftKey(in, actor))
	if errors.Is(err, docstore.ErrNotFound) {
		err = ErrNoDraft
	}
	return d, err
}

// ImportsPage is how many imports stand on a page.
const ImportsPage = 10

// Imports lists the files that were imported here, the latest first.
func (s *Service) Imports(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]Import, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ImportProjects, ErrNotFound); err != nil {
		return nil, "", err
	}
	return s.imports.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: ImportsPage, After: after})
}

// Import returns one of them.
func (s *Service) Import(ctx context.Context, actor identity.Actor, in community.ID, id string) (Import, error) {
	if _, err := s.Community(ctx, actor, in, identity.ImportProjects, ErrNotFound); err != nil {
		return Import{}, err
	}
	x, _, err := s.imports.Get(ctx, id)
	if errors.Is(err, docstore.ErrNotFound) || err == nil && x.Community != in || !ids.Valid(id) {
		return Import{}, ErrNoImport
	}
	return x, err
}
