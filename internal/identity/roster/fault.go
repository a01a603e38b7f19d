package roster

import (
	"cmp"
	"slices"

	"jushou/internal/fault"
)

// Severity says whether a fault stands in the way.
type Severity string

// The severities.
const (
	Blocks  Severity = "error"   // nothing is imported while there is one
	Informs Severity = "warning" // the import goes on; Code says what was done about it
)

// Codes of the faults of a row. The catalogue has a sentence for each; Args are named there.
const (
	CodeColumnTwice    = "roster.column_twice"      // text, letter: a second column of 姓名 or 室号
	CodeNoBuilding     = "roster.no_building"       // the row names no building
	CodeUnknownEstate  = "roster.unknown_estate"    // text: no such 小区 here
	CodeUnknownBuild   = "roster.unknown_building"  // text: no such 楼栋 here
	CodeManyBuildings  = "roster.which_building"    // text, estates: 3号楼 exists in several 小区
	CodeNoRoom         = "roster.no_room"           // a person without a room
	CodeBadRoom        = "roster.bad_room"          // text is no room
	CodeOtherBuilding  = "roster.other_building"    // text, building: the room names another building
	CodeNoName         = "roster.no_name"           // a phone without a person
	CodeBadName        = "roster.bad_name"          // text is no name
	CodeManyNames      = "roster.several_names"     // text holds several people; one row each
	CodeBadPhone       = "roster.bad_phone"         // text, digits: no mobile number
	CodeRoundedPhone   = "roster.rounded_phone"     // text: Excel shortened the number, digits are lost
	CodeCrowded        = "roster.crowded"           // max: more people in one room than that
	CodeFull           = "roster.household_full"    // text: with those who are listed already, too many people
	CodeLongCell       = "roster.long_cell"         // max: an unclosed quotation mark, probably
	CodePageSkipped    = "roster.page_skipped"      // warning: a worksheet without a header
	CodeColumnIgnored  = "roster.column_ignored"    // warning: the column of that heading is not read
	CodeInherited      = "roster.inherited"         // warning: text was taken from the row above
	CodeVacant         = "roster.vacant"            // warning: a room without a person, passed over
	CodeDeceased       = "roster.deceased"          // warning: passed over
	CodeNameRemark     = "roster.name_remark"       // warning: text in brackets behind the name was left out
	CodeLandline       = "roster.landline"          // warning: text is no mobile, left out
	CodeDuplicate      = "roster.duplicate"         // warning: row: the same person in the same room
	CodeSharedPhone    = "roster.shared_phone"      // warning: row: the same phone, another person
	CodeTwoHomes       = "roster.two_homes"         // warning: row: the same person in another room
	CodeAboveRoof      = "roster.above_roof"        // warning: floors: the building is not that high
	CodeUnlikelySerial = "roster.looks_like_a_date" // text: Excel took 3-12 for the 12th of March
)

// Fault is one complaint about one cell or row.
type Fault struct {
	Sheet    string     `json:"sheet,omitempty"` // the worksheet; "" for CSV
	Row      int        `json:"row,omitempty"`   // as the spreadsheet counts, from 1; 0 for the whole sheet
	Letter   string     `json:"letter,omitempty"`
	Column   Column     `json:"column,omitempty"`
	Code     string     `json:"code"`
	Args     fault.Args `json:"args,omitempty"`
	Severity Severity   `json:"severity"`
}

// sortFaults puts errors first, each kind in the order of the file.
func sortFaults(faults []Fault) {
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Compare(string(a.Severity), string(b.Severity)) // "error" before "warning"
	})
}
