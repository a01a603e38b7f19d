package roster

import (
	"crypto/sha256"
	"encoding/hex"

	"jushou/internal/sheet"
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
	read, err := sheet.Read(data)
	if err != nil {
		return Sheet{}, err
	}
	sum := sha256.Sum256(data)
	s := Sheet{Name: name, SHA256: hex.EncodeToString(sum[:]), Pages: make([]Page, len(read))}
	found := false
	for i := range s.Pages {
		s.Pages[i].Name, s.Pages[i].Cells = read[i].Name, read[i].Cells
		s.Pages[i].findHeader()
		found = found || s.Pages[i].Header > 0
	}
	if !found {
		return Sheet{}, ErrNoHeader
	}
	return s, nil
}
