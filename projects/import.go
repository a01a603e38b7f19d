package projects

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/projects/former"
)

// ImportDraft is a file that somebody has brought and nobody has confirmed. Each person has one for a community: the next file takes
// its place.
type ImportDraft struct {
	Community community.ID `json:"community"`
	Token     string       `json:"token"` // names the file that was looked at; it becomes the import's id
	FileName  string       `json:"file_name"`
	SHA256    string       `json:"sha256"`
	At        time.Time    `json:"at"`
	// Rows are empty while there are errors, and when it was confirmed.
	Rows []ImportRow `json:"rows,omitempty"`
	// Faults are the first maxFaults of FaultTotal; Errors of all of them stand in the way.
	Faults     []former.Fault `json:"faults,omitempty"`
	FaultTotal int            `json:"fault_total,omitempty"`
	Errors     int            `json:"errors,omitempty"`
	// Became is the import that it was confirmed as, "" before.
	Became string `json:"became,omitempty"`
}

// maxFaults is how many complaints a draft keeps. Whoever mends those comes back for the rest.
const maxFaults = 300

// ImportRow is a record with what it does.
type ImportRow struct {
	former.Row
	Project ID     `json:"project"`
	Change  Change `json:"change"`
	// Seen is how often the project had been corrected when the file was looked at, and Was what it said; for Corrected.
	Seen int            `json:"seen,omitempty"`
	Was  *former.Record `json:"was,omitempty"`
}

// Change is what a row does to what is there.
type Change string

// Changes.
const (
	Added     Change = "added"
	Corrected Change = "corrected" // the project is there with other values
	Same      Change = "same"      // it is there as the row says
)

// Count returns how many rows do something.
func (d ImportDraft) Count(c Change) int {
	n := 0
	for _, r := range d.Rows {
		if r.Change == c {
			n++
		}
	}
	return n
}

// Import is a confirmed file. Its document is written first and says everything that has to happen; what a crash has left undone the
// relay does, and nothing twice.
type Import struct {
	ID        string              `json:"id"`
	Community community.ID        `json:"community"`
	Path      []community.ID      `json:"path"`
	FileName  string              `json:"file_name"`
	SHA256    string              `json:"sha256"`
	Rows      []ImportRow         `json:"rows"` // those that do something
	Same      int                 `json:"same,omitempty"`
	Reason    string              `json:"reason,omitempty"` // why there are corrections
	By        deliberation.Author `json:"by"`
	At        time.Time           `json:"at"`
	// Left are the projects that somebody else's file changed after this one was looked at; they stay as they are.
	Left   []ID      `json:"left,omitempty"`
	DoneAt time.Time `json:"done_at,omitzero"`
}

// ImportStep is the data of project.import_confirmed.
type ImportStep struct {
	Import    string       `json:"import"`
	Community community.ID `json:"community"`
	Rows      int          `json:"rows"`
}

// Count returns how many rows did something.
func (x Import) Count(c Change) int {
	n := 0
	for _, r := range x.Rows {
		if r.Change == c {
			n++
		}
	}
	return n
}

var (
	// ErrNoDraft means that the person has brought no file here.
	ErrNoDraft = fault.New(fault.NotFound, "project.no_import_draft")
	// ErrDraftChanged means that another file was brought since the page was made.
	ErrDraftChanged = fault.New(fault.Conflict, "project.import_draft_changed")
	// ErrHasFaults means that the file has to be corrected first.
	ErrHasFaults = fault.New(fault.Invalid, "project.import_has_faults")
	// ErrNothingNew means that everything in the file is there already.
	ErrNothingNew = fault.New(fault.Conflict, "project.import_nothing_new")
	// ErrNoImport means that there is no such import here.
	ErrNoImport = fault.New(fault.NotFound, "project.no_import")
)
