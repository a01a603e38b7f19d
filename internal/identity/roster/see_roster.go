package roster

import (
	"context"
	"encoding/json"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Progress returns an import as it stands: State, and Applied of Total homes.
func (s *Service) Progress(ctx context.Context, actor identity.Actor, id string) (Import, error) {
	return s.load(ctx, actor, id)
}

// Faults returns the first faults of an import, errors first. Import.FaultTotal tells how many there are.
func (s *Service) Faults(ctx context.Context, actor identity.Actor, id string) ([]Fault, error) {
	i, err := s.load(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	text, err := s.box.Open(i.placeOfFaults(), i.Faults)
	if err != nil || text == "" {
		return nil, err
	}
	var faults []Fault
	if err := json.Unmarshal([]byte(text), &faults); err != nil {
		return nil, fmt.Errorf("decode the faults of import %q: %w", id, err)
	}
	return faults, nil
}

// Recent lists a community's imports, the latest first.
func (s *Service) Recent(ctx context.Context, actor identity.Actor, in community.ID, limit int) ([]Import, error) {
	if err := s.may(ctx, actor, in); err != nil {
		return nil, err
	}
	list, _, err := s.imports.Find(ctx, docstore.Query{Index: "by_community", Equal: []any{string(in)}, Desc: true, Limit: limit})
	return list, err
}

// Corrections returns the file of an import that has not ended, as a workbook in which every bad cell is
// marked and says, in the words given, what is wrong: the list to work through and upload again.
func (s *Service) Corrections(ctx context.Context, actor identity.Actor, id string, words func(Fault) string) ([]byte, error) {
	i, err := s.load(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if i.State == Done || i.State == Discarded {
		return nil, ErrOver.With("state", i.State)
	}
	data, err := s.fetch(ctx, i)
	if err != nil {
		return nil, err
	}
	sheet, preview, _, err := s.read(ctx, i.Community, i.FileName, data, s.clock.Now())
	if err != nil {
		return nil, err
	}
	return Mark(sheet, preview.Faults, words)
}
