package money

import (
	"strconv"
	"strings"

	"jushou/internal/identity"
	"jushou/projects/ledger"
	"jushou/web/page"
	"jushou/web/view"
)

// setView is the form of a fund.
type setView struct {
	To, Token string
	Year      string
	Rows      []sourceForm
	Kinds     []view.Option
	Sheet     page.Sheet
}

// sourceForm is a line of the sources as typed.
type sourceForm struct{ Kind, Name, Parts string }

// NewFund shows the form of a fund.
func (p *Pages) NewFund(v *page.Visit) error {
	return p.setForm(v, page.Sheet{}, []sourceForm{{Kind: string(ledger.FromCity)}, {Kind: string(ledger.FromTown)}})
}

func (p *Pages) setForm(v *page.Visit, s page.Sheet, rows []sourceForm) error {
	r, err := p.place(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.SetFund, identity.At(r.Node)); err != nil {
		return err
	}
	for len(rows) < 4 {
		rows = append(rows, sourceForm{})
	}
	shown := setView{To: r.Path("/money/new"), Token: s.Token("fund", v.Now), Year: s.Value("fund", "year", strconv.Itoa(p.Ledger.Today().Year)), Rows: rows, Sheet: s}
	for _, k := range ledger.SourceKinds() {
		shown.Kinds = append(shown.Kinds, view.Option{Value: string(k), Text: v.T("money.source_" + string(k))})
	}
	d, err := p.Within(v, r, "money", v.T("money.new_fund"), r.Path("/money"))
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), SetPage(d, shown))
}

// SetFund sets a fund up.
func (p *Pages) SetFund(v *page.Visit) error {
	r, err := p.place(v)
	if err != nil {
		return err
	}
	rows := sourceRows(v)
	cmd := ledger.SetFund{ID: ledger.FundID(v.Field("token")), Node: r.Node.ID, Terms: ledger.Terms{Name: v.Field("name"), Purpose: v.Field("purpose"), Year: number(v.Field("year"))}}
	for _, row := range rows {
		parts := int64(number(row.Parts))
		if row.Parts == "" {
			parts = 1
		}
		cmd.Sources = append(cmd.Sources, ledger.Source{Kind: ledger.SourceKind(row.Kind), Name: row.Name, Parts: parts})
	}
	cmd.Cap, err = amount(v, "cap")
	if err == nil {
		var f ledger.Fund
		if f, err = p.Ledger.SetFund(v.Context(), v.Actor, cmd); err == nil {
			return v.GoSaying(fundPath(f)+"?posted="+r.Path("/money/new"), "money.fund_saved")
		}
	}
	return p.setForm(v, v.RefuseForm("fund", err, "name", "purpose", "year", "cap"), rows)
}

// sourceRows reads the sources as typed, without the empty lines.
func sourceRows(v *page.Visit) []sourceForm {
	kinds, names, parts := v.Fields("source_kind"), v.Fields("source_name"), v.Fields("source_parts")
	at := func(all []string, n int) string {
		if n < len(all) {
			return strings.TrimSpace(all[n])
		}
		return ""
	}
	var rows []sourceForm
	for n := range min(len(names), ledger.MaxSources+1) {
		if row := (sourceForm{at(kinds, n), at(names, n), at(parts, n)}); row.Name+row.Parts != "" {
			rows = append(rows, row)
		}
	}
	return rows
}
