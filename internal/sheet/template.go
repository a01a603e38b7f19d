package sheet

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// textFormat is the number format "@" of ECMA-376 18.8.30: what is typed stays as it was typed, so that 3-12
// does not become a date nor a telephone number an amount.
const textFormat = 49

// columnWidth is how wide a template's columns are, in characters.
const columnWidth = 16

// Template returns a workbook of one sheet with the rows, the headings first, and every column set to text.
func Template(name string, header []string, rows ...[]string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	text, err := f.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return nil, fmt.Errorf("template %s: %w", name, err)
	}
	last := Letter(len(header) - 1)
	err = errors.Join(
		f.SetSheetName("Sheet1", name),
		f.SetColStyle(name, "A:"+last, text),
		f.SetColWidth(name, "A", last, columnWidth),
	)
	for i, row := range append([][]string{header}, rows...) {
		err = errors.Join(err, f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row))
	}
	var b bytes.Buffer
	if err = errors.Join(err, f.Write(&b)); err != nil {
		return nil, fmt.Errorf("template %s: %w", name, err)
	}
	return b.Bytes(), nil
}
