package money

import (
	"context"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/projects/ledger"
	"jushou/web/page"
	"jushou/web/view"
)

// openView are a place's accounts for everybody.
type openView struct {
	Name     string
	Year     int
	Years    []view.Chip
	Sums     sumsView
	Funds    []fundCard
	Lines    []bar
	Quarters []quarterLine
	Table    string
}

// Open shows the accounts of a community or a town to everybody.
func (p *Pages) Open(v *page.Visit) error {
	n, err := p.Directory.Node(v.Context(), openNode(v))
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.ReadPublic, identity.At(n)); err != nil {
		return err
	}
	year := number(v.Query("year"))
	shared, err := v.Shared(string(n.ID), "money/"+strconv.Itoa(year), func(ctx context.Context) (templ.Component, error) {
		a, err := p.Ledger.Open(ctx, identity.Actor{}, n.ID, year)
		return accounts(p.openOf(v, a)), err
	})
	if err != nil {
		return err
	}
	back := "/open"
	if n.Level == community.LevelCommunity {
		back = "/open/c/" + string(n.ID)
	}
	return v.Show(OpenPage(n.Name, back, shared))
}

// openNode is the community or town that the address names.
func openNode(v *page.Visit) community.ID {
	if town := v.Param("town"); town != "" {
		return community.ID(town)
	}
	return community.ID(v.Param("community"))
}

// openPath is the address of a place's public accounts.
func openPath(n community.Node) string {
	if n.Level == community.LevelTown {
		return "/open/town/" + string(n.ID) + "/money"
	}
	return "/open/c/" + string(n.ID) + "/money"
}

func (p *Pages) openOf(v *page.Visit, a ledger.Accounts) openView {
	here := openPath(a.Node)
	sums, limit := a.Sums()
	o := openView{Name: a.Node.Name, Year: a.Year, Sums: sumsOf(sums, limit), Quarters: p.quarters(v, a.Funds, a.Year), Table: here + "/table.xlsx?year=" + strconv.Itoa(a.Year)}
	for _, y := range a.Years {
		text := strconv.Itoa(y)
		o.Years = append(o.Years, view.Chip{Text: text, Href: here + "?year=" + text, Current: y == a.Year})
	}
	var lines []ledger.Line
	var each []ledger.Sums
	for _, f := range a.Funds {
		card := cardOf(v, f, "/open/money/"+string(f.ID))
		card.Waits = 0
		o.Funds = append(o.Funds, card)
		lines, each = append(lines, f.Lines...), append(each, f.LineSums()...)
	}
	o.Lines = bars(lines, each)
	return o
}

// fundView is a fund for everybody.
type fundView struct {
	Name, Purpose, Place string
	Year                 int
	Back                 string
	Sums                 sumsView
	Sources              []sourceLine
	Lines                []bar
	Quarters             []view.Chip
	Entries              []entryLine
	Changes              []changeLine
	Desk                 string
}

// OpenFund shows a fund's accounts and everything posted in it to everybody.
func (p *Pages) OpenFund(v *page.Visit) error {
	f, err := p.Ledger.Fund(v.Context(), v.Actor, ledger.FundID(v.Param("fund")))
	if err != nil {
		return err
	}
	n, err := p.Directory.Node(v.Context(), f.Node)
	if err != nil {
		return err
	}
	here := "/open/money/" + string(f.ID)
	shown := fundView{
		Name: f.Name, Purpose: f.Purpose, Place: n.Name, Year: f.Year, Back: openPath(n) + "?year=" + strconv.Itoa(f.Year), Sums: sumsOf(f.Sums(), f.Cap),
		Sources: sourcesOf(v, f), Lines: bars(f.Lines, f.LineSums()), Changes: changesOf(v, f),
	}
	quarter := number(v.Query("quarter"))
	var from, before time.Time
	if quarter >= 1 && quarter <= 4 {
		from, before = p.Ledger.Quarter(f.Year, quarter)
	} else {
		quarter = 0
	}
	shown.Quarters = []view.Chip{{Text: v.T("money.whole_year"), Href: here, Current: quarter == 0}}
	for n := 1; n <= 4; n++ {
		shown.Quarters = append(shown.Quarters, view.Chip{Text: v.T("money.quarter_" + strconv.Itoa(n)), Href: here + "?quarter=" + strconv.Itoa(n), Current: quarter == n})
	}
	shown.Entries = entriesOf(v, f, true, from, before)
	if identity.Can(v.Actor, identity.SeeAccounts, f.Place()) == nil {
		shown.Desk = "/desk/money/" + string(f.ID)
	}
	return v.Show(OpenFundPage(shown))
}
