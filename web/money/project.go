package money

import (
	"github.com/a-h/templ"

	"jushou/internal/money"
	"jushou/projects/ledger"
	"jushou/web/page"
)

// projectView is a project's money for everybody.
type projectView struct {
	Sums     sumsView
	Bar      []bar
	Funds    []fundCard
	Entries  []entryLine
	Approved string
	Quarters []column
}

// OfProject is a project's money as a part of its page: what was approved, allotted, promised and paid, and every voucher. It is
// empty while no fund has allotted anything. Whoever shows it has asked whether the project may be read.
func OfProject(v *page.Visit, s *ledger.Service, id string) (templ.Component, error) {
	p, funds, err := s.OfProject(v.Context(), v.Actor, id)
	if err != nil {
		return nil, err
	}
	if len(funds) == 0 {
		return templ.NopComponent, nil
	}
	var all ledger.Sums
	shown := projectView{Approved: yuan(p.Approved)}
	for _, m := range funds {
		all = all.Plus(m.Sums)
		shown.Funds = append(shown.Funds, fundCard{Href: "/open/money/" + string(m.Fund.ID), Name: m.Fund.Name, Sources: sourceWords(v, m.Fund)})
		for _, e := range m.Fund.PostedEntries(m.Line) {
			shown.Entries = append(shown.Entries, entryOf(v, m.Fund, e, true))
		}
	}
	shown.Sums = sumsOf(all, max(p.Approved, money.Fen(0)))
	shown.Bar = bars([]ledger.Line{{Title: p.Title, Settled: settled(funds)}}, []ledger.Sums{all})
	shown.Quarters = columns(v, s, funds, p.Approved)
	return projectPart(shown), nil
}

// settled reports whether every fund has settled the project.
func settled(funds []ledger.ProjectMoney) bool {
	for _, m := range funds {
		if !m.Fund.Lines[m.Line-1].Settled {
			return false
		}
	}
	return true
}
