package api

import (
	"jushou/deliberation/catalogue"
	"jushou/internal/community"
)

// CatalogueFault is one complaint about one cell.
type CatalogueFault struct {
	Sheet  string            `json:"sheet,omitempty" doc:"The worksheet; left out for CSV."`
	Row    int               `json:"row" doc:"As the spreadsheet counts."`
	Letter string            `json:"letter,omitempty" doc:"Of the column."`
	Column catalogue.Column  `json:"column,omitempty"`
	Code   string            `json:"code"`
	Args   map[string]string `json:"args,omitempty"`
}

// CatalogueDraft is an upload that nobody has confirmed.
type CatalogueDraft struct {
	Town       community.ID     `json:"town"`
	FileName   string           `json:"file_name"`
	SHA256     string           `json:"sha256" doc:"Names the upload when it is confirmed."`
	At         Instant          `json:"at"`
	Items      int              `json:"items"`
	Faults     []CatalogueFault `json:"faults" doc:"The first of them. Nothing is imported while there is one."`
	FaultTotal int              `json:"fault_total"`
	Base       int              `json:"base" doc:"The version it was compared with; 0 for none."`
	Added      []string         `json:"added" doc:"Keys of items."`
	Changed    []string         `json:"changed"`
	Removed    []string         `json:"removed"`
	Kept       int              `json:"kept"`
}

// draftCatalogue reads a list of items and keeps it as the caller's draft. Sent again it is read again.
func (a *Actions) draftCatalogue(c *Call, file Upload) (CatalogueDraft, error) {
	d, err := a.Catalogue.PreviewImport(c.Context(), c.Actor, community.ID(c.Param("town")), file.Name, file.Data)
	if err != nil {
		return CatalogueDraft{}, err
	}
	keys := func(some []string) []string { return append([]string{}, some...) }
	return CatalogueDraft{
		Town: d.Town, FileName: d.FileName, SHA256: d.SHA256, At: instant(d.At), Items: len(d.Items), FaultTotal: d.FaultTotal, Base: d.Base,
		Added: keys(d.Change.Added), Changed: keys(d.Change.Changed), Removed: keys(d.Change.Removed), Kept: d.Change.Kept,
		Faults: each(d.Faults, func(f catalogue.Fault) CatalogueFault {
			return CatalogueFault{Sheet: f.Sheet, Row: f.Row, Letter: f.Letter, Column: f.Column, Code: f.Code, Args: f.Args}
		}),
	}, nil
}
