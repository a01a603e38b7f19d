package affairs

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"jushou/deliberation/disclosure"
	"jushou/internal/community"
	"jushou/web/page"
	"jushou/web/view"
)

// Table gives what a community has published as a workbook: one line for each amount, and for each item without any.
func (p *Pages) Table(v *page.Visit) error {
	id := community.ID(v.Param("community"))
	all, err := p.Affairs.Export(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	book, err := Workbook(v, all)
	if err != nil {
		return fmt.Errorf("write the workbook of %q: %w", id, err)
	}
	v.Ctx.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.Ctx.Set("Content-Disposition", `attachment; filename="affairs.xlsx"`)
	return v.Ctx.Send(book)
}

// Workbook writes items as a table, in the words of who asks.
func Workbook(v *page.Visit, all []disclosure.Item) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "Sheet1"
	head := []any{}
	for _, key := range []string{"kind", "period", "name", "published", "what", "side", "amount", "note", "text"} {
		head = append(head, v.T("affairs.column_"+key))
	}
	lines := [][]any{head}
	for _, i := range all {
		lines = append(lines, linesOf(v, i)...)
	}
	for n, line := range lines {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", n+1), &line); err != nil {
			return nil, err
		}
	}
	money := "#,##0.00"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &money})
	if err != nil {
		return nil, err
	}
	if err := f.SetColStyle(sheet, "G", style); err != nil {
		return nil, err
	}
	if err := f.SetColWidth(sheet, "A", "I", 16); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = f.Write(&b)
	return b.Bytes(), err
}

// linesOf writes an item's amounts, as numbers of yuan to add up in a spreadsheet; below MaxFen a number in a cell holds
// every fen exactly. Texts are written as strings, which no spreadsheet takes for formulas.
func linesOf(v *page.Visit, i disclosure.Item) [][]any {
	current, ok := i.Current()
	if !ok {
		return nil
	}
	period := periodWords(v, i.Period)
	if period == "" {
		period = i.DecidedOn.String()
	}
	lead := []any{v.T("affairs.kind_" + string(i.Kind)), period, current.Content.Title, view.Local(i.PublishedAt).Format("2006-01-02")}
	if len(current.Content.Rows) == 0 {
		return [][]any{append(lead, "", "", nil, "", current.Content.Body)}
	}
	var lines [][]any
	for n, r := range current.Content.Rows {
		line := append(append([]any{}, lead...), r.What, v.T("affairs.side_"+string(r.Side)), float64(r.Fen)/100, r.Note, "")
		if n == 0 {
			line[8] = current.Content.Body
		}
		lines = append(lines, line)
	}
	return lines
}
