// Package sheet reads tables as people really send them: XLSX with titles and merged cells, CSV from whatever
// spreadsheet and in whatever encoding a Chinese computer writes. It returns the cells as they stand on the screen, row
// by row, so that a complaint can name the row and column that the sender sees; what the cells mean is for whoever asks.
//
// Reading is pure and bounded: a file that would unpack to more than the bounds is refused before it costs memory.
package sheet

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"jushou/internal/fault"
)

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
)

// Refusals of a whole file.
var (
	// ErrTooLarge means more bytes, packed or unpacked, than the bound; Args["max"] is in MB.
	ErrTooLarge = fault.New(fault.TooLarge, "sheet.too_large")
	// ErrTooManyRows and ErrTooManyColumns mean a table beyond Args["max"].
	ErrTooManyRows    = fault.New(fault.TooLarge, "sheet.too_many_rows").With("max", MaxRows)
	ErrTooManyColumns = fault.New(fault.TooLarge, "sheet.too_many_columns").With("max", MaxColumns)
	// ErrOldExcel means an .xls, or a file with a password: save it as .xlsx without one.
	ErrOldExcel = fault.New(fault.Invalid, "sheet.old_excel")
	// ErrNotATable means neither CSV nor XLSX.
	ErrNotATable = fault.New(fault.Invalid, "sheet.not_a_table")
	// ErrDamaged means an XLSX that cannot be unpacked or read.
	ErrDamaged = fault.New(fault.Invalid, "sheet.damaged")
	// ErrEncoding means a CSV that is neither UTF-8, UTF-16 nor GB18030.
	ErrEncoding = fault.New(fault.Invalid, "sheet.encoding")
)

// Page is one table: a CSV, or a worksheet that is shown of an XLSX.
type Page struct {
	Name string // the worksheet's; "" for CSV
	// Cells is the page as it stands in the spreadsheet: Cells[0] is row 1. A merged cell's text stands in
	// every cell it covers.
	Cells [][]string
}

// Read reads a file. The same bytes give the same pages.
func Read(data []byte) ([]Page, error) {
	if len(data) > MaxBytes {
		return nil, ErrTooLarge.With("max", MaxBytes>>20)
	}
	pages, err := open(data)
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		if err := p.bound(); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// open decides by the first bytes what the file is; a name may say anything.
func open(data []byte) ([]Page, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readXLSX(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return nil, ErrOldExcel
	}
	return readCSV(data)
}

// bound refuses a page that is larger than a table may be.
func (p Page) bound() error {
	if len(p.Cells) > MaxRows {
		return ErrTooManyRows.With("sheet", p.Name)
	}
	for i, row := range p.Cells {
		if len(row) > MaxColumns {
			return ErrTooManyColumns.With("sheet", p.Name).With("row", i+1)
		}
	}
	return nil
}

// trimmed returns row without empty cells at its end.
func trimmed(row []string) []string {
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	return row
}

// Fold returns a cell as one line in one form: full-width characters plain, what cannot be seen dropped,
// runs of space made one. It is for comparing.
func Fold(s string) string {
	visible := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, norm.NFKC.String(strings.ToValidUTF8(s, "")))
	return strings.Join(strings.Fields(visible), " ")
}

// TrimRows drops empty rows at the end.
func TrimRows(rows [][]string) [][]string {
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	return rows
}

// Letter is how the spreadsheet calls a column counted from 0.
func Letter(x int) string {
	name, err := excelize.ColumnNumberToName(x + 1)
	if err != nil {
		return ""
	}
	return name
}

// Shorten cuts text to n runes, for a quotation.
func Shorten(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n]) + "…"
	}
	return text
}
