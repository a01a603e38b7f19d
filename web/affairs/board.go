package affairs

import (
	"net/url"
	"time"

	"jushou/deliberation/disclosure"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// boardView is a community's affairs as residents read them.
type boardView struct {
	Name, Home string
	Kinds      []view.Chip
	// Late are the sentences about what should have been published.
	Late  []string
	Soon  []string
	Items []card
	Pager view.Pager
	Table string // address of the workbook
	Desk  string // of the desk, for who works there
	// Rhythm says how often what is published.
	Rhythm []string
}

// card is an item in a list.
type card struct {
	Href, Title, About string
	At                 time.Time
	Corrected          bool
	Sum                string
	Status             view.Status
	Note               string
}

// Board lists what a community has published, and says what it owes.
func (p *Pages) Board(v *page.Visit) error {
	if v.Actor.ID == "" && v.InWeChat() {
		return identity.ErrSignIn
	}
	node, err := p.Directory.Node(v.Context(), community.ID(v.Param("community")))
	if err != nil {
		return err
	}
	kind, after := disclosure.Kind(v.Query("kind")), v.Query("after")
	b, err := p.Affairs.Board(v.Context(), v.Actor, node.ID, kind, docstore.Cursor(after))
	if err != nil {
		return err
	}
	base := "/c/" + string(node.ID)
	here := base + "/affairs"
	shown := boardView{Name: node.Name, Home: base, Table: here + "/table.xlsx", Kinds: kindChips(v, here, kind), Rhythm: rhythm(v, b.Schedule)}
	if disclosure.Works(v.Actor, identity.At(node)) {
		shown.Desk = "/desk" + here
	}
	for _, o := range b.Owed {
		if kind != "" && o.Kind != kind {
			continue
		}
		if o.Clock.Overdue(v.Now) {
			shown.Late = append(shown.Late, owedWords(v, o))
		} else {
			shown.Soon = append(shown.Soon, owedWords(v, o))
		}
	}
	for _, i := range b.Items {
		shown.Items = append(shown.Items, cardOf(v, i, "/affairs/"))
	}
	first := here + "?kind=" + url.QueryEscape(string(kind))
	shown.Pager = v.Pager(first, disclosure.ListPage, len(b.Items), string(b.Next))
	return v.Show(BoardPage(shown))
}

func kindChips(v *page.Visit, here string, current disclosure.Kind) []view.Chip {
	chips := []view.Chip{{Text: v.T("affairs.all"), Href: here, Current: current == ""}}
	for _, k := range disclosure.Kinds() {
		chips = append(chips, view.Chip{Text: v.T("affairs.kind_" + string(k)), Href: here + "?kind=" + string(k), Current: k == current})
	}
	return chips
}

func rhythm(v *page.Visit, s disclosure.Schedule) []string {
	var lines []string
	for _, k := range disclosure.Kinds() {
		lines = append(lines, v.T("affairs.rhythm_"+string(s.Cadence[k]), "what", v.T("affairs.kind_"+string(k)), "days", itoa(s.Days)))
	}
	return lines
}

// cardOf is an item in a list that leads to the page below base.
func cardOf(v *page.Visit, i disclosure.Item, base string) card {
	c := card{Href: base + string(i.ID), Title: i.Title(), About: aboutWords(v, i.Kind, i.Period, &i), At: i.PublishedAt, Corrected: len(i.Shown()) > 1}
	if current, ok := i.Current(); ok {
		c.Sum = sumWords(v, current.Content)
	}
	return c
}

// sumWords says a table's totals in one line; "" without a table.
func sumWords(v *page.Visit, c disclosure.Content) string {
	s := c.Sums()
	switch {
	case len(c.Rows) == 0:
		return ""
	case s.In == 0:
		return v.T("affairs.sum_out", "out", disclosure.FormatFen(s.Out))
	case s.Out == 0:
		return v.T("affairs.sum_in", "in", disclosure.FormatFen(s.In))
	}
	return v.T("affairs.sum", "in", disclosure.FormatFen(s.In), "out", disclosure.FormatFen(s.Out), "rest", disclosure.FormatFen(s.Rest()))
}
