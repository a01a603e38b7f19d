package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// textFormat is the number format "@" of ECMA-376 18.8.30: what is typed stays as it was typed, so that 3-12
// does not become a date nor a telephone number an amount.
const textFormat = 49

// columnWidth is how wide a template's columns are at least, and widest how wide at most, in characters.
const (
	columnWidth = 16
	widest      = 60
)

// Template returns a workbook of one sheet with the rows, the headings first, and every column set to text.
func Template(name string, header []string, rows ...[]string) ([]byte, error) {
	return Workbook(Page{Name: name, Cells: append([][]string{header}, rows...)})
}

// Workbook returns a workbook of the pages. Every column is set to text and as wide as its longest cell, within what a screen shows.
func Workbook(pages ...Page) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	text, err := f.NewStyle(&excelize.Style{NumFmt: textFormat})
	for i, p := range pages {
		if i == 0 {
			err = errors.Join(err, f.SetSheetName("Sheet1", p.Name))
		} else {
			_, made := f.NewSheet(p.Name)
			err = errors.Join(err, made)
		}
		err = errors.Join(err, p.write(f, text))
	}
	var b bytes.Buffer
	if err = errors.Join(err, f.Write(&b)); err != nil {
		return nil, fmt.Errorf("write a workbook: %w", err)
	}
	return b.Bytes(), nil
}

// write puts the page into its sheet.
func (p Page) write(f *excelize.File, style int) error {
	var err error
	for x := range p.Cells[0] {
		column := Letter(x)
		err = errors.Join(err, f.SetColStyle(p.Name, column, style), f.SetColWidth(p.Name, column, column, p.width(x)))
	}
	for y, row := range p.Cells {
		err = errors.Join(err, f.SetSheetRow(p.Name, fmt.Sprintf("A%d", y+1), &row))
	}
	return err
}

// width is how wide a column is to be, in characters of the standard font; a Chinese one takes two.
func (p Page) width(x int) float64 {
	longest := 0
	for _, row := range p.Cells {
		if x < len(row) {
			longest = max(longest, 2*utf8.RuneCountInString(row[x])+2)
		}
	}
	return float64(min(max(longest, columnWidth), widest))
}
