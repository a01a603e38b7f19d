package former

import (
	"fmt"
	"slices"
	"strings"

	"jushou/internal/calendar"
	"jushou/internal/fault"
	"jushou/internal/sheet"
)

// Refusals of a whole file, besides those of package sheet.
var (
	// ErrNoHeader means that no row names the columns.
	ErrNoHeader = fault.New(fault.Invalid, "former.no_header")
	// ErrColumns means a header without the needed columns of Args["missing"].
	ErrColumns = fault.New(fault.Invalid, "former.columns_missing")
	// ErrNoRows means a header with nothing below it.
	ErrNoRows = fault.New(fault.Invalid, "former.no_rows")
	// ErrTooMany means more than Args["max"] projects.
	ErrTooMany = fault.New(fault.TooLarge, "former.too_many").With("max", MaxRows)
)

// Codes of the faults of a cell. The catalogue of words has a sentence for each.
const (
	CodeEmpty     = "former.empty"          // heading
	CodeLong      = "former.too_long"       // max
	CodePersonal  = "former.personal"       // a number that names a person
	CodeYear      = "former.bad_year"       // text
	CodeThisYear  = "former.not_over"       // text, year: the last one that may be imported
	CodeOldYear   = "former.too_old"        // text, first
	CodeClass     = "former.bad_class"      // text
	CodeDate      = "former.bad_date"       // text
	CodeOtherYear = "former.other_year"     // text, year
	CodeOrder     = "former.finished_first" //
	CodeFuture    = "former.not_yet"        // text
	CodeNegative  = "former.negative"       // text
	CodeFraction  = "former.fraction"       // text
	CodeLarge     = "former.too_large"      // text, max
	CodeMoney     = "former.bad_money"      // text
	CodeUnit      = "former.other_unit"     // heading
	CodeRating    = "former.bad_rating"     // text
	CodeTwice     = "former.twice"          // text, year, first: the row where it stands already
	CodeOver      = "former.over_budget"    // informs
	CodeExample   = "former.example"        // informs
	CodeSkipped   = "former.sheet_skipped"  // informs
)

// example is how the name of a row begins that only shows how to fill one in.
const example = "示例"

// totals are what the first cell of a row says that is no project.
func totals() []string { return []string{"合计", "总计", "小计", "共计"} }

// Parse reads a table. today is the day on which it is read: a project of this year is none of an earlier one. The rows are to be
// used only if no fault stands in the way; an error means that the file cannot be read as such a table at all.
func Parse(data []byte, today calendar.Date) ([]Row, []Fault, error) {
	pages, err := sheet.Read(data)
	if err != nil {
		return nil, nil, err
	}
	p := parser{today: today, columns: Columns(), first: map[string]int{}}
	found := false
	for _, page := range pages {
		h, ok := findHeader(page.Cells, p.columns)
		switch {
		case !ok && len(pages) > 1 && page.Name != howSheet && len(page.Cells) > 0:
			p.faults = append(p.faults, Fault{Sheet: page.Name, Row: 1, Code: CodeSkipped, Informs: true})
		case ok && len(h.missing) > 0:
			return nil, nil, ErrColumns.With("missing", strings.Join(h.missing, "、"))
		case ok:
			found = true
			p.readPage(page, h)
		}
	}
	switch {
	case !found:
		return nil, nil, ErrNoHeader
	case len(p.rows) == 0 && Errors(p.faults) == 0:
		return nil, nil, ErrNoRows
	case len(p.rows) > MaxRows:
		return nil, nil, ErrTooMany
	}
	slices.SortStableFunc(p.faults, func(a, b Fault) int {
		if a.Informs == b.Informs {
			return 0
		} else if b.Informs {
			return -1
		}
		return 1
	})
	return p.rows, p.faults, nil
}

// parser walks through a file from top to bottom.
type parser struct {
	today   calendar.Date
	columns []Column
	page    sheet.Page
	header  header
	row     int            // as the spreadsheet counts
	first   map[string]int // the row of a project by its identity

	rows   []Row
	faults []Fault
}

// complain notes a fault of a column in the present row.
func (p *parser) complain(k Key, informs bool, code string, args ...any) {
	f := Fault{Sheet: p.page.Name, Row: p.row, Code: code, Informs: informs}
	if x, ok := p.header.places[k]; ok {
		f.Letter, f.Heading = sheet.Letter(x), sheet.Shorten(sheet.Fold(p.page.Cells[p.header.at][x]), 20)
	}
	for i := 0; i+1 < len(args); i += 2 {
		if f.Args == nil {
			f.Args = map[string]string{}
		}
		f.Args[fmt.Sprint(args[i])] = fmt.Sprint(args[i+1])
	}
	p.faults = append(p.faults, f)
}

func (p *parser) readPage(page sheet.Page, h header) {
	p.page, p.header, p.row = page, h, h.at+1
	for _, k := range []Key{Budget, Spent} {
		if text := page.Cells[h.at][h.places[k]]; strings.Contains(text, "万") {
			p.complain(k, false, CodeUnit)
			return // every sum below would be read ten thousand times too small
		}
	}
	for i := h.at + 1; i < len(page.Cells); i++ {
		p.row = i + 1
		p.readRow(page.Cells[i])
	}
}

// cell returns a cell of the present row on one line; a merged or broken line is one too.
func (p *parser) cell(cells []string, k Key) string {
	if x, ok := p.header.places[k]; ok && x < len(cells) {
		return sheet.Fold(cells[x])
	}
	return ""
}

// readRow takes one line; an empty one, a total and the example are passed over.
func (p *parser) readRow(cells []string) {
	said := false
	for _, c := range p.columns {
		said = said || p.cell(cells, c.Key) != ""
	}
	switch {
	case !said || slices.Contains(totals(), heading(cells[0])):
		return
	case strings.HasPrefix(p.cell(cells, Name), example):
		p.complain(Name, true, CodeExample)
		return
	}
	r := Row{Sheet: p.page.Name, N: p.row, Record: Record{
		Year:   p.year(p.cell(cells, Year)),
		Name:   p.text(Name, p.cell(cells, Name), MaxName),
		Class:  p.class(p.cell(cells, Class)),
		Where:  p.text(Where, p.cell(cells, Where), MaxWhere),
		Lead:   p.text(Lead, p.cell(cells, Lead), MaxLead),
		Budget: p.sum(Budget, p.cell(cells, Budget)), Spent: p.sum(Spent, p.cell(cells, Spent)),
		Source: p.text(Source, p.cell(cells, Source), MaxSource),
		Result: p.text(Result, p.cell(cells, Result), MaxResult),
		Rating: p.rating(p.cell(cells, Rating)),
	}}
	r.Established, r.Finished = p.days(p.cell(cells, Established), p.cell(cells, Finished), r.Year)
	if r.Budget > 0 && r.Spent > r.Budget {
		p.complain(Spent, true, CodeOver)
	}
	p.once(r)
	p.rows = append(p.rows, r)
}

// once refuses a project that stands further up already.
func (p *parser) once(r Row) {
	year, name := r.Identity()
	if year == 0 || name == "" {
		return
	}
	key := fmt.Sprintf("%d/%s", year, name)
	if before, twice := p.first[key]; twice {
		p.complain(Name, false, CodeTwice, "text", r.Name, "year", year, "first", before)
		return
	}
	p.first[key] = r.N
}
