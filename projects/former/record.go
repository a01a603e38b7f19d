package former

import (
	"strings"

	"jushou/internal/calendar"
	"jushou/internal/money"
	"jushou/internal/sheet"
	"jushou/projects/preset"
)

// Bounds. Lengths are in runes.
const (
	// MaxRows is how many projects one file may have: many years of a community, in one document of the store.
	MaxRows   = 200
	MaxName   = 40
	MaxWhere  = 60
	MaxLead   = 40
	MaxSource = 60
	MaxResult = 200
	// FirstYear is the earliest year of a project.
	FirstYear = 2000
	// MaxSum is the largest sum of one project: ten million yuan. A larger one is a slip of the pen or in another unit.
	MaxSum money.Fen = 1_000_000_000
)

// Record is what a table says of one project. Two are the same if they are equal.
type Record struct {
	Year        int           `json:"year"`
	Name        string        `json:"name"`
	Class       preset.Class  `json:"class"`
	Where       string        `json:"where,omitempty"`
	Lead        string        `json:"lead"`
	Established calendar.Date `json:"established,omitzero"` // 立项; the zero Date where nobody knows
	Finished    calendar.Date `json:"finished,omitzero"`    // likewise
	Budget      money.Fen     `json:"budget"`
	Spent       money.Fen     `json:"spent"`
	Source      string        `json:"source"`
	Result      string        `json:"result"`
	Rating      int           `json:"rating,omitempty"` // in hundredths of a star, 0 where there was none
}

// Identity is what makes two rows the same project of a community: the year and the name, whatever its width, case and blanks.
func (r Record) Identity() (year int, name string) {
	return r.Year, strings.ToLower(strings.ReplaceAll(sheet.Fold(r.Name), " ", ""))
}

// Row is a record with where it stands.
type Row struct {
	Record
	Sheet string `json:"sheet,omitempty"` // the worksheet; "" for CSV
	N     int    `json:"row"`             // as the spreadsheet counts, from 1
}

// Fault is one complaint about one cell.
type Fault struct {
	Sheet   string `json:"sheet,omitempty"`
	Row     int    `json:"row"`
	Letter  string `json:"letter,omitempty"`  // of the column
	Heading string `json:"heading,omitempty"` // as the file has it
	Code    string `json:"code"`
	// Informs is set for what is only said; anything else stands in the way of the whole file.
	Informs bool              `json:"informs,omitempty"`
	Args    map[string]string `json:"args,omitempty"`
}

// Errors counts the faults that stand in the way.
func Errors(all []Fault) int {
	n := 0
	for _, f := range all {
		if !f.Informs {
			n++
		}
	}
	return n
}
