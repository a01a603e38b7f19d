package projects

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects/former"
	"jushou/projects/preset"
)

// MaxCorrections is how often later files may correct what an earlier one said of a project.
const MaxCorrections = 20

// Former is what a file tells of a project of an earlier year, and who brought it. Its sums are the file's word: nothing of them is in
// the accounts, no clock runs and nobody is told.
type Former struct {
	former.Record
	Import string              `json:"import"` // the import that it stands by now
	Row    int                 `json:"row"`    // of that import's file
	By     deliberation.Author `json:"by"`
	At     time.Time           `json:"at"`
	// Earlier is what was said before, the first of it first.
	Earlier []Correction `json:"earlier,omitempty"`
}

// Correction is what a later file has replaced, and why.
type Correction struct {
	Was    former.Record       `json:"was"`
	Reason string              `json:"reason"`
	By     deliberation.Author `json:"by"`
	At     time.Time           `json:"at"`
}

// FormerStep is the data of project.imported and project.import_corrected.
type FormerStep struct {
	About
	Year   int       `json:"year"`
	Budget money.Fen `json:"budget"`
	Spent  money.Fen `json:"spent"`
	Reason string    `json:"reason,omitempty"`
}

// FormerID is the document key of a project of an earlier year: community, year and name make it, so that the same row is the same
// project however often it is brought. It is longer than a form's token, so that no proposal can take it.
func FormerID(in community.ID, r former.Record) ID {
	year, name := r.Identity()
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%s", in, year, name))
	return ID("former-" + hex.EncodeToString(sum[:12]))
}

// remember makes a project of a record: archived when it was finished, or at the end of its year.
func (x Import) remember(r ImportRow, zone *time.Location) (Project, []docstore.Fact) {
	p := Project{
		ID: r.Project, Community: x.Community, Path: x.Path, Origin: Origin{Kind: FromFile}, Stage: preset.Archived,
		Former:  &Former{Import: x.ID, Row: r.N, By: x.By, At: x.At},
		History: []Step{{What: FormerImported, Actor: string(x.By.Account), Name: x.By.Name, Title: x.By.Title, To: preset.Archived, At: x.At}},
	}
	p.tell(r.Record, zone)
	return p, []docstore.Fact{p.formerStep(FormerImported, x.By, "", x.At)}
}

// tell puts a record into the project.
func (p *Project) tell(r former.Record, zone *time.Location) {
	begun := cmp.Or(r.Established, calendar.Date{Year: r.Year, Month: time.January, Day: 1})
	over := cmp.Or(r.Finished, calendar.Date{Year: max(r.Year, begun.Year), Month: time.December, Day: 31})
	p.CreatedAt, p.Since = begun.At(0, zone).UTC(), over.At(0, zone).UTC()
	p.Title, p.Class, p.Where, p.Approved = r.Name, r.Class, r.Where, r.Budget
	p.Lead = &Lead{Body: r.Lead, Since: p.CreatedAt}
	p.Former.Record = r
}

var errImportSeen = fault.New(fault.Conflict, "project.import_seen")

// correct replaces what an earlier file said. seen is how many corrections there were when somebody looked at the change.
func (p *Project) correct(x Import, r ImportRow, zone *time.Location) ([]docstore.Fact, error) {
	switch f := p.Former; {
	case f == nil || len(f.Earlier) != r.Seen && f.Import != x.ID:
		return nil, errImportSeen
	case f.Import == x.ID:
		return nil, docstore.ErrUnchanged
	case len(f.Earlier) >= MaxCorrections:
		return nil, errFull.With("max", MaxCorrections)
	}
	now := *p.Former
	now.Earlier = append(slices.Clip(now.Earlier), Correction{Was: now.Record, Reason: x.Reason, By: x.By, At: x.At})
	now.Import, now.Row, now.By, now.At = x.ID, r.N, x.By, x.At
	p.Former = &now
	p.tell(r.Record, zone)
	p.note(Step{What: FormerCorrected, Actor: string(x.By.Account), Name: x.By.Name, Title: x.By.Title, Reason: x.Reason, At: x.At})
	return []docstore.Fact{p.formerStep(FormerCorrected, x.By, x.Reason, x.At)}, nil
}

func (p Project) formerStep(what string, by deliberation.Author, reason string, at time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: at, Data: FormerStep{p.about(), p.Former.Year, p.Former.Budget, p.Former.Spent, reason}}
}

// bare takes accounts out.
func (f *Former) bare(bare func(deliberation.Author) deliberation.Author) *Former {
	if f == nil {
		return nil
	}
	x := *f
	x.By, x.Earlier = bare(x.By), slices.Clone(x.Earlier)
	for i := range x.Earlier {
		x.Earlier[i].By = bare(x.Earlier[i].By)
	}
	return &x
}
