package roster

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"jushou/internal/sheet"
)

// correct is the heading of the column that Mark adds. It stands in a file and not on a page, and it must
// not be one of headings.
const correct = "请核对"

// Mark writes the sheet as a workbook: every cell as the text it was read as, so that no formula comes
// back, bad cells red, doubtful ones amber, and behind each row what is to be done in the words given.
func Mark(s Sheet, faults []Fault, words func(Fault) string) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	m := marker{file: f, words: words}
	if err := m.styles(); err != nil {
		return nil, fmt.Errorf("mark roster: %w", err)
	}
	for i, p := range s.Pages {
		if err := m.page(i, p, faults); err != nil {
			return nil, fmt.Errorf("mark roster, sheet %q: %w", p.Name, err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("write marked roster: %w", err)
	}
	return b.Bytes(), nil
}

type marker struct {
	file  *excelize.File
	words func(Fault) string
	style map[Severity]int
}

func (m *marker) styles() error {
	m.style = map[Severity]int{}
	for severity, colour := range map[Severity]string{Blocks: "FFC7CE", Informs: "FFEB9C"} {
		id, err := m.file.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}})
		if err != nil {
			return err
		}
		m.style[severity] = id
	}
	return nil
}

// page writes one worksheet as a stream: a large one must not become objects.
func (m *marker) page(i int, p Page, faults []Fault) error {
	name := p.Name
	if name == "" {
		name = "名册"
	}
	if err := m.sheet(i, name); err != nil {
		return err
	}
	w, err := m.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	byRow := map[int][]Fault{}
	for _, x := range faults {
		if x.Sheet == p.Name {
			byRow[max(x.Row, 1)] = append(byRow[max(x.Row, 1)], x)
		}
	}
	width := 0
	for _, row := range p.Cells {
		width = max(width, len(row))
	}
	for y, row := range p.Cells {
		line := m.row(row, width, byRow[y+1])
		if y+1 == p.Header {
			line[width] = excelize.Cell{Value: strings.TrimSuffix(correct+"："+m.said(byRow[y+1]), "：")}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", y+1), line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// sheet names the first worksheet and makes the others.
func (m *marker) sheet(i int, name string) error {
	if i == 0 {
		return m.file.SetSheetName("Sheet1", name)
	}
	_, err := m.file.NewSheet(name)
	return err
}

// row is one line with its bad cells marked and its sentences behind it.
func (m *marker) row(cells []string, width int, faults []Fault) []any {
	line := make([]any, width+1)
	for x := range width {
		c := excelize.Cell{}
		if x < len(cells) {
			c.Value = cells[x]
		}
		for _, f := range slices.Backward(faults) { // errors come first and win
			if f.Letter == sheet.Letter(x) {
				c.StyleID = m.style[f.Severity]
			}
		}
		line[x] = c
	}
	line[width] = excelize.Cell{Value: m.said(faults)}
	return line
}

func (m *marker) said(faults []Fault) string {
	var said []string
	for _, f := range faults {
		said = append(said, m.words(f))
	}
	return strings.Join(said, "；")
}
