// Package project holds the pages of 举手: a community's small projects, each as a story, and the desk that carries them.
package project

import (
	"strconv"

	"jushou/deliberation"
	"jushou/deliberation/hall"
	"jushou/internal/community"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/projects/call"
	"jushou/projects/ledger"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
)

// Services are what the pages need.
type Services struct {
	Projects  *projects.Service
	Calls     *call.Service
	Halls     *hall.Service
	Topics    *deliberation.Service
	Directory *community.Directory
	Places    community.Places
	Shelf     upload.Shelf
	// Ledger has what was allotted to a project, promised and paid.
	Ledger *ledger.Service
	// Activities are those that were held for a project.
	Activities *activity.Service
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// node returns the community that an address names.
func (p *Pages) node(v *page.Visit) (community.Node, error) {
	n, err := p.Directory.Node(v.Context(), community.ID(v.Param("community")))
	if err == nil && n.Level != community.LevelCommunity {
		return n, page.ErrNotFound
	}
	return n, err
}

// number reads a field as a whole number; 0 if it is none.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// rowForm is one line of a budget as it was typed.
type rowForm struct{ What, Amount, Quote string }

// blankRows is how many empty lines a form offers.
const blankRows = 3

// typedRows reads the lines of a budget. What cannot be money is -1, which the use case refuses.
func typedRows(v *page.Visit) ([]rowForm, []projects.Line) {
	whats, amounts, quotes := v.Fields("what"), v.Fields("amount"), v.Fields("quote")
	at := func(all []string, i int) string {
		if i < len(all) {
			return all[i]
		}
		return ""
	}
	var rows []rowForm
	var lines []projects.Line
	for i := range min(max(len(whats), len(amounts)), projects.MaxLines+1) {
		r := rowForm{at(whats, i), at(amounts, i), at(quotes, i)}
		if r == (rowForm{}) {
			continue
		}
		fen, err := money.Parse(r.Amount)
		if err != nil && r.Amount != "" {
			fen = -1
		}
		rows, lines = append(rows, r), append(lines, projects.Line{What: r.What, Amount: fen, Quote: r.Quote})
	}
	return rows, lines
}

// rowsOf are the lines of a plan for a form, with empty ones behind them.
func rowsOf(lines []projects.Line) []rowForm {
	var rows []rowForm
	for _, l := range lines {
		rows = append(rows, rowForm{l.What, l.Amount.String(), l.Quote})
	}
	return rows
}

func padded(rows []rowForm) []rowForm {
	return append(rows[:len(rows):len(rows)], make([]rowForm, blankRows)...)
}

// typedPlan reads a plan.
func typedPlan(v *page.Visit) ([]rowForm, projects.Plan) {
	rows, lines := typedRows(v)
	return rows, projects.Plan{Text: v.Field("plan"), Weeks: number(v.Field("weeks")), Lines: lines}
}

// topicIDs splits what a form names.
func topicIDs(all []string) []deliberation.TopicID {
	var ids []deliberation.TopicID
	for _, id := range all {
		if id != "" {
			ids = append(ids, deliberation.TopicID(id))
		}
	}
	return ids
}
