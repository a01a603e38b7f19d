package former

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"jushou/internal/sheet"
)

// Column is one column of such a table.
type Column struct {
	Key Key `json:"key"`
	// Names are the headings that mean it; the first one is the template's.
	Names   []string `json:"names"`
	Needed  bool     `json:"needed"`
	Example string   `json:"example"`
	How     string   `json:"how"` // how it is filled in
}

// Key names a column.
type Key string

// The columns.
const (
	Year        Key = "year"
	Name        Key = "name"
	Class       Key = "class"
	Where       Key = "where"
	Lead        Key = "lead"
	Established Key = "established"
	Finished    Key = "finished"
	Budget      Key = "budget"
	Spent       Key = "spent"
	Source      Key = "source"
	Result      Key = "result"
	Rating      Key = "rating"
)

//go:embed columns.json
var columnsJSON []byte

// Columns lists them in the order of the template.
func Columns() []Column {
	var all []Column
	if err := json.Unmarshal(columnsJSON, &all); err != nil {
		panic("former: embedded columns: " + err.Error())
	}
	return all
}

// Sheets of the template, and the words of its second one.
const (
	templateSheet = "往年项目"
	howSheet      = "怎么填"
	howColumn     = "列"
	howNeeded     = "要不要填"
	howText       = "怎么填"
	needed        = "必填"
	optional      = "选填"
)

// Template returns a workbook with the headings and one example row, which is not taken, and a second sheet that explains the columns.
func Template() ([]byte, error) {
	var header, example []string
	how := [][]string{{howColumn, howNeeded, howText}}
	for _, c := range Columns() {
		header, example = append(header, c.Names[0]), append(example, c.Example)
		must := optional
		if c.Needed {
			must = needed
		}
		how = append(how, []string{c.Names[0], must, c.How})
	}
	return sheet.Workbook(sheet.Page{Name: templateSheet, Cells: [][]string{header, example}}, sheet.Page{Name: howSheet, Cells: how})
}

// heading is a cell of the header without what people put around it: 预算（元）, *名称.
func heading(text string) string {
	text = strings.ReplaceAll(sheet.Fold(text), " ", "")
	if i := strings.IndexAny(text, "(（["); i > 0 {
		text = text[:i]
	}
	return strings.Trim(text, "*:：")
}

// within is how far down the header may stand, in rows.
const within = 20

// header is where a page names its columns.
type header struct {
	at      int         // the row, counted from 0
	places  map[Key]int // columns counted from 0
	missing []string    // headings of needed columns that are not there
}

// findHeader returns the row that names most columns; false if none names the projects and two more.
func findHeader(cells [][]string, columns []Column) (header, bool) {
	var best header
	for at := range min(len(cells), within) {
		h := header{at: at, places: map[Key]int{}}
		for _, c := range columns {
			x := slices.IndexFunc(cells[at], func(text string) bool { return slices.Contains(c.Names, heading(text)) })
			if x >= 0 {
				h.places[c.Key] = x
			} else if c.Needed {
				h.missing = append(h.missing, c.Names[0])
			}
		}
		if len(h.places) > len(best.places) {
			best = h
		}
	}
	_, named := best.places[Name]
	return best, named && len(best.places) > 2
}
