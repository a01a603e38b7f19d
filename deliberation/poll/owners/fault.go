package owners

import (
	"cmp"
	"slices"

	"jushou/internal/fault"
)

// Refusals of a whole file, besides those of package sheet.
var (
	// ErrNoHeader means that no row names columns for 室号, 面积 and 业主.
	ErrNoHeader = fault.New(fault.Invalid, "owners.no_header").On("file")
	// ErrNoUnits means a header without a unit below it.
	ErrNoUnits = fault.New(fault.Invalid, "owners.no_units").On("file")
	// ErrFaults means that the file has errors; nothing was kept.
	ErrFaults = fault.New(fault.Invalid, "owners.has_faults").On("file")
)

// Codes of the faults of a row; the words name what Args hold. Those marked so do not stand in the way.
const (
	CodeNoBuilding    = "owners.no_building"     // text
	CodeWhichBuilding = "owners.which_building"  // text: it is there in several estates
	CodeNoEstate      = "owners.no_estate"       // text: of a space outside every building
	CodeBadRoom       = "owners.bad_room"        // text
	CodeUnitTwice     = "owners.unit_twice"      // text, first: its row
	CodeNoArea        = "owners.no_area"         // nothing
	CodeBadArea       = "owners.bad_area"        // text
	CodeZeroArea      = "owners.zero_area"       // nothing
	CodeLargeArea     = "owners.large_area"      // text
	CodeBadSource     = "owners.bad_source"      // text
	CodeBadUse        = "owners.bad_use"         // text
	CodeBadSold       = "owners.bad_sold"        // text
	CodeBadDate       = "owners.bad_date"        // text
	CodeNoOwner       = "owners.no_owner"        // nothing
	CodeBadName       = "owners.bad_name"        // text
	CodeBadPhone      = "owners.bad_phone"       // text
	CodeManyPhones    = "owners.many_phones"     // nothing: more numbers than owners
	CodeOwnerTwice    = "owners.owner_twice"     // text
	CodeManyOwners    = "owners.many_owners"     // max
	CodeSameName      = "owners.same_name"       // informs: text, first: counted as two people
	CodeWithoutPhone  = "owners.without_phone"   // informs: text: cannot be found by number
	CodeTwoPhones     = "owners.two_numbers"     // informs: text, first: one name with two numbers, counted as two people
	CodeDevelopersOwn = "owners.developers_name" // informs: a unit that is not sold has an owner's name, left out
)

// Fault is one complaint about one row.
type Fault struct {
	Sheet string     `json:"sheet,omitempty"`
	Row   int        `json:"row"` // as the spreadsheet counts
	Code  string     `json:"code"`
	Args  fault.Args `json:"args,omitempty"`
	// Informs says that it does not stand in the way.
	Informs bool `json:"informs,omitempty"`
}

// sortFaults puts errors first, each kind in the order of the file.
func sortFaults(all []Fault) {
	rank := func(f Fault) int {
		if f.Informs {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b Fault) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Row, b.Row)) })
}

// errors counts those that stand in the way.
func errorsIn(all []Fault) int {
	n := 0
	for _, f := range all {
		if !f.Informs {
			n++
		}
	}
	return n
}
