package roster

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Sheet is a file as it was read: one page for CSV, one for each worksheet that is shown of an XLSX.
type Sheet struct {
	Name   string
	SHA256 string // of the file, in hexadecimal
	Pages  []Page
}

// Page is one table.
type Page struct {
	Name string // the worksheet's; "" for CSV
	// Cells is the page as it stands in the spreadsheet: Cells[0] is row 1. A merged cell's text stands in
	// every cell it covers.
	Cells [][]string
	// Header is the row that names the columns, counted from 1; 0 if there is none, and the page is not read.
	Header int
	// Columns tells in which columns, counted from 0, each field stands. Only phones may have several.
	Columns map[Column][]int
	// Twice holds a second column, counted from 0, under the same heading as the first of 姓名 or 室号: a
	// heading merged over both, or a second table beside the first.
	Twice map[Column]int
	// Ignored holds the headings that are not read: an identity number is never taken along by the way.
	Ignored []string
}

// Parse reads a file. It is pure: the same bytes give the same Sheet.
func Parse(name string, data []byte) (Sheet, error) {
	if len(data) > MaxBytes {
		return Sheet{}, ErrTooLarge.With("max", MaxBytes>>20)
	}
	pages, err := read(data)
	if err != nil {
		return Sheet{}, err
	}
	sum := sha256.Sum256(data)
	s := Sheet{Name: name, SHA256: hex.EncodeToString(sum[:]), Pages: pages}
	found := false
	for i := range s.Pages {
		if err := s.Pages[i].bound(); err != nil {
			return Sheet{}, err
		}
		s.Pages[i].findHeader()
		found = found || s.Pages[i].Header > 0
	}
	if !found {
		return Sheet{}, ErrNoHeader
	}
	return s, nil
}

// read decides by the first bytes what the file is; a name may say anything.
func read(data []byte) ([]Page, error) {
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

// fold returns a cell as one line in one form: full-width characters plain, what cannot be seen dropped,
// runs of space made one. It is for comparing; names, phones and rooms have their own rules in identity.
func fold(s string) string {
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
