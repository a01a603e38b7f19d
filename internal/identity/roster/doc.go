// Package roster reads the household rosters that committees really have and puts them on the
// households of internal/identity.
//
// A roster is an Excel or CSV file that grew over years: titles above the header, merged cells, full-width
// digits, telephone numbers that Excel took for amounts, totals at the foot. Parse finds the tables in it and
// Check turns their rows into homes; both are pure, and every complaint names sheet, row and column. Nothing
// is guessed silently: what Check inherits from the row above or leaves out, it says.
//
// Nothing is imported by half. A file with errors can only be corrected and read again; one without is
// shown as a preview with counts against what is stored, confirmed by a member of staff, and applied household
// by household, each a commit of its own, in an order that does not change. Applying twice, or again after a
// kill, ends in the same place, because identity.Household.List changes nothing that is there already. Who
// is not in the file any more is reported and stays: moving out is decided by people.
//
//	receiving ──▶ previewed ──▶ confirmed ──▶ applying ──▶ done
//	    │             │
//	    └─────────────┴──▶ discarded
//
// The file waits sealed in chunk documents of its own and is deleted when the import is done or discarded.
// docs/roster.md tells staff what a file may look like.
package roster

import "jushou/internal/fault"

// Bounds of a roster. Those of any table are package sheet's.
const (
	// maxCell is the longest text of one cell, in runes; a longer one is an unclosed quotation mark.
	maxCell = 500
	// maxPeople is the most people of one room, by distinct names.
	maxPeople = 30
)

// Refusals of a whole file, besides those of package sheet.
var (
	// ErrNoHeader means that no row names a column for 姓名 and one for 室号 or 地址.
	ErrNoHeader = fault.New(fault.Invalid, "roster.no_header")
	// ErrNoPeople means a header without a person below it.
	ErrNoPeople = fault.New(fault.Invalid, "roster.no_people")
)
