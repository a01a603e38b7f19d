package money

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"jushou/internal/money"
	"jushou/projects/ledger"
	"jushou/web/page"
	"jushou/web/view"
)

// Table gives a place's accounts of a year as a workbook for everybody.
func (p *Pages) Table(v *page.Visit) error {
	a, err := p.Ledger.Open(v.Context(), v.Actor, openNode(v), number(v.Query("year")))
	if err != nil {
		return err
	}
	book, err := Workbook(v, a)
	if err != nil {
		return fmt.Errorf("write the accounts of %q: %w", a.Node.ID, err)
	}
	v.Ctx.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.Ctx.Set("Content-Disposition", `attachment; filename="money-`+strconv.Itoa(a.Year)+`.xlsx"`)
	return v.Ctx.Send(book)
}

// Workbook writes accounts as three sheets: funds, purposes and vouchers, in the words of who asks. Private payees are masked.
func Workbook(v *page.Visit, a ledger.Accounts) ([]byte, error) {
	funds, lines, posted := [][]any{header(v, fundColumns)}, [][]any{header(v, lineColumns)}, [][]any{header(v, entryColumns)}
	for _, f := range a.Funds {
		s := f.Sums()
		funds = append(funds, []any{f.Name, f.Purpose, sourceWords(v, f), cell(f.Cap), cell(s.Received), cell(s.Allocated), cell(s.Committed), cell(s.Paid), cell(s.Balance())})
		for n, sum := range f.LineSums() {
			lines = append(lines, []any{f.Name, f.Lines[n].Title, cell(sum.Allocated), cell(sum.Committed), cell(sum.Paid), cell(sum.Allocated - sum.Committed)})
		}
		for _, e := range f.PostedEntries(0) {
			l := entryOf(v, f, e, true)
			posted = append(posted, []any{f.Name, e.Seq, view.Local(e.DecidedAt).Format("2006-01-02"), l.Kind, l.Title, l.Payee, e.Purpose, e.Date.String(), cell(e.Fen), l.By})
		}
	}
	book := excelize.NewFile()
	defer book.Close()
	for n, rows := range [][][]any{funds, lines, posted} {
		name := v.T([]string{"money.funds", "money.by_line", "money.posted"}[n])
		if err := fill(book, n, name, rows); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	err := book.Write(&b)
	return b.Bytes(), err
}

// Columns of the sheets, keys of the catalogue under money.
var (
	fundColumns  = []string{"name", "purpose", "sources", "cap", "received", "allocated", "committed", "paid", "balance"}
	lineColumns  = []string{"fund", "line", "allocated", "committed", "paid", "left"}
	entryColumns = []string{"fund", "seq", "posted_on", "kind", "line", "payee", "purpose", "date", "amount", "by"}
)

func header(v *page.Visit, keys []string) []any {
	all := make([]any, len(keys))
	for n, key := range keys {
		all[n] = v.T("money." + key)
	}
	return all
}

// cell is an amount as a number of yuan to add up in a spreadsheet; below money.Max a cell holds every fen exactly.
func cell(f money.Fen) any { return float64(f) / 100 }

// fill writes the n-th sheet. Texts are written as strings, which no spreadsheet takes for formulas.
func fill(book *excelize.File, n int, name string, rows [][]any) error {
	if n == 0 {
		if err := book.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := book.NewSheet(name); err != nil {
		return err
	}
	format := "#,##0.00"
	style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	for y, row := range rows {
		if err := book.SetSheetRow(name, fmt.Sprintf("A%d", y+1), &row); err != nil {
			return err
		}
		for x, value := range row {
			if _, amount := value.(float64); !amount {
				continue
			}
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return err
			}
			if err := book.SetCellStyle(name, at, at, style); err != nil {
				return err
			}
		}
	}
	return book.SetColWidth(name, "A", "J", 16)
}
