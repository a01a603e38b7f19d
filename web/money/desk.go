package money

import (
	"strconv"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/projects/ledger"
	"jushou/web/page"
	"jushou/web/view"
)

// deskView is what waits in a place and what it has.
type deskView struct {
	Here, Open, Check, New string
	Town                   bool
	Year                   int
	Years                  []view.Chip
	Mine, Others           []jobLine
	Sums                   sumsView
	Funds                  []fundCard
	Below                  []fundCard // of the communities of a town
}

// jobLine is a voucher that waits.
type jobLine struct {
	entryLine
	Fund string
}

// DeskList shows the vouchers that wait and the funds of a community, or of a town with those of its communities.
func (p *Pages) DeskList(v *page.Visit) error {
	r, err := p.place(v)
	if err != nil {
		return err
	}
	a, err := p.Ledger.Desk(v.Context(), v.Actor, r.Node.ID, number(v.Query("year")))
	if err != nil {
		return err
	}
	jobs, err := p.Ledger.Jobs(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	sums, limit := a.Sums()
	shown := deskView{Here: r.Path("/money"), Open: openPath(r.Node), Check: r.Path("/money/check"), Town: r.Node.Level == community.LevelTown, Year: a.Year, Sums: sumsOf(sums, limit)}
	if r.May(identity.SetFund) {
		shown.New = shown.Here + "/new"
	}
	for _, y := range a.Years {
		shown.Years = append(shown.Years, view.Chip{Text: strconv.Itoa(y), Href: shown.Here + "?year=" + strconv.Itoa(y), Current: y == a.Year})
	}
	for _, j := range jobs {
		line := jobLine{entryOf(v, j.Fund, j.Entry, false), j.Fund.Name}
		line.Href = voucherPath(j.Fund, j.Entry)
		if j.Mine {
			shown.Mine = append(shown.Mine, line)
		} else {
			shown.Others = append(shown.Others, line)
		}
	}
	for _, f := range a.Funds {
		shown.Funds = append(shown.Funds, cardOf(v, f, fundPath(f)))
	}
	if shown.Town {
		if shown.Below, err = p.below(v, r.Node, a.Year); err != nil {
			return err
		}
	}
	d, err := p.Desk(v, r, "money")
	if err != nil {
		return err
	}
	return v.Show(DeskPage(d, shown))
}

// below lists the funds of a town's communities.
func (p *Pages) below(v *page.Visit, town community.Node, year int) ([]fundCard, error) {
	funds, err := p.Ledger.Town(v.Context(), v.Actor, town.ID, year)
	if err != nil {
		return nil, err
	}
	var all []fundCard
	for _, f := range funds {
		if f.Node == town.ID {
			continue
		}
		n, err := p.Directory.Node(v.Context(), f.Node)
		if err != nil {
			return nil, err
		}
		card := cardOf(v, f, fundPath(f))
		card.Where = n.Name
		all = append(all, card)
	}
	return all, nil
}

func fundPath(f ledger.Fund) string { return "/desk/money/" + string(f.ID) }

func voucherPath(f ledger.Fund, e ledger.Entry) string {
	return fundPath(f) + "/vouchers/" + string(e.ID)
}

// checkView is what a reconciliation found.
type checkView struct {
	Funds, Entries int
	Sums           sumsView
	Found          []findingLine
}

type findingLine struct{ Text, Fund, Detail, Href string }

// Check replays the funds of a place and says what does not agree.
func (p *Pages) Check(v *page.Visit) error {
	r, err := p.place(v)
	if err != nil {
		return err
	}
	report, err := p.Ledger.Reconcile(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	shown := checkView{Funds: report.Funds, Entries: report.Entries, Sums: sumsOf(report.Sums, report.Cap)}
	for _, f := range report.Found {
		line := findingLine{v.T("money.finding_" + f.Code), f.Name, f.Detail, "/desk/money/" + string(f.Fund)}
		if f.Entry != "" {
			line.Href += "/vouchers/" + string(f.Entry)
		}
		shown.Found = append(shown.Found, line)
	}
	d, err := p.Within(v, r, "money", v.T("money.check"), r.Path("/money"))
	if err != nil {
		return err
	}
	return v.Show(CheckPage(d, shown))
}
