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

// Bounds of a file. They hold a district's largest 居民区 many times over.
const (
	// MaxBytes is the largest file, in bytes.
	MaxBytes = 10 << 20
	// MaxRows is the last row of a table that may hold anything.
	MaxRows = 50_000
	// MaxColumns is the last column that may hold anything.
	MaxColumns = 100
	// maxUnzipped is how much an XLSX may grow when it is unpacked, in bytes.
	maxUnzipped = 128 << 20
	// maxCell is the longest text of one cell, in runes; a longer one is an unclosed quotation mark.
	maxCell = 500
	// maxPeople is the most people of one room, by distinct names.
	maxPeople = 30
)

// Refusals of a whole file.
var (
	// ErrTooLarge means more bytes, packed or unpacked, than the bound; Args["max"] is in MB.
	ErrTooLarge = fault.New(fault.TooLarge, "roster.too_large")
	// ErrTooManyRows and ErrTooManyColumns mean a table beyond Args["max"].
	ErrTooManyRows    = fault.New(fault.TooLarge, "roster.too_many_rows").With("max", MaxRows)
	ErrTooManyColumns = fault.New(fault.TooLarge, "roster.too_many_columns").With("max", MaxColumns)
	// ErrOldExcel means an .xls, or a file with a password: save it as .xlsx without one.
	ErrOldExcel = fault.New(fault.Invalid, "roster.old_excel")
	// ErrNotATable means neither CSV nor XLSX.
	ErrNotATable = fault.New(fault.Invalid, "roster.not_a_table")
	// ErrDamaged means an XLSX that cannot be unpacked or read.
	ErrDamaged = fault.New(fault.Invalid, "roster.damaged")
	// ErrEncoding means a CSV that is neither UTF-8, UTF-16 nor GB18030.
	ErrEncoding = fault.New(fault.Invalid, "roster.encoding")
	// ErrNoHeader means that no row names a column for 姓名 and one for 室号 or 地址.
	ErrNoHeader = fault.New(fault.Invalid, "roster.no_header")
	// ErrNoPeople means a header without a person below it.
	ErrNoPeople = fault.New(fault.Invalid, "roster.no_people")
)
