package digest

import (
	"fmt"
	"strconv"

	"jushou/deliberation/digest"
	"jushou/internal/sheet"
	"jushou/web/page"
	"jushou/web/view"
)

// Table gives a digest as a workbook, for those who sort it and those who answer it: one line a topic, authors masked. What a
// spreadsheet could take for a formula is defused.
func (p *Pages) Table(v *page.Visit) error {
	d, err := p.read(v)
	if err != nil {
		return err
	}
	if !d.May.Work && !d.May.Town || len(d.Groups) == 0 {
		return digest.ErrNotFound
	}
	groups, err := p.groupsOf(v, d, 0, "", "")
	if err != nil {
		return err
	}
	var head []string
	for _, key := range []string{"n", "heading", "summary", "ask", "voices", "topic", "who", "board", "day", "verdict", "why", "by", "until"} {
		head = append(head, v.T("digest.column_"+key))
	}
	var lines [][]string
	for _, g := range groups {
		lines = append(lines, linesOf(v, g)...)
	}
	book, err := sheet.Template(v.T("digest.sheet"), head, lines...)
	if err != nil {
		return fmt.Errorf("write the workbook of digest %q: %w", d.ID, err)
	}
	v.Ctx.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.Ctx.Set("Content-Disposition", `attachment; filename="digest.xlsx"`)
	return v.Ctx.Send(book)
}

// linesOf writes a group: what it says and its answer on the first line, its topics below each other.
func linesOf(v *page.Visit, g groupView) [][]string {
	lead := []string{strconv.Itoa(g.N), g.Heading, g.Summary, g.Ask, strconv.Itoa(g.Voices)}
	var end []string
	if len(g.Answers) > 0 {
		a := g.Answers[0]
		end = []string{v.T("digest.verdict_" + string(a.Verdict)), a.Why, a.Who, a.UntilWords}
	}
	topics := g.Topics
	if len(topics) == 0 {
		topics = []topicLine{{}} // all hidden meanwhile: the group is still there
	}
	var lines [][]string
	for n, t := range topics {
		line := append([]string{}, lead...)
		if n > 0 {
			line = []string{lead[0], lead[1], "", "", ""}
		}
		var day, board string
		if t.ID != "" {
			day, board = view.Local(t.At).Format("2006-01-02"), v.T(t.Board)
		}
		line = append(line, t.Title, t.Who, board, day)
		if n == 0 {
			line = append(line, end...)
		}
		lines = append(lines, sheet.PlainRow(line...))
	}
	return lines
}
