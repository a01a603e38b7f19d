package catalogue

import (
	"strconv"

	"jushou/deliberation/catalogue"
	"jushou/web/page"
	"jushou/web/view"
)

// draftView is what a table would change, or what is wrong with it.
type draftView struct {
	To     string
	Draft  catalogue.Draft
	Faults []faultLine
	// Added, Changed and Removed are items as people know them: LH-01 行道树倒伏.
	Added, Changed, Removed []string
	Problems                view.Problems
}

// faultLine is one complaint about a cell, in words.
type faultLine struct{ Where, Text string }

// Draft shows the table that the visitor brought last.
func (p *Pages) Draft(v *page.Visit) error { return p.draft(v, view.Problems{Status: 200}) }

func (p *Pages) draft(v *page.Visit, problems view.Problems) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	d, err := p.Catalogue.Draft(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	shown := draftView{To: r.Path("/catalogue"), Draft: d, Problems: problems}
	for _, f := range d.Faults {
		shown.Faults = append(shown.Faults, faultLine{Where: where(v, f), Text: sentence(v, f)})
	}
	if err := p.name(v, &shown); err != nil {
		return err
	}
	frame, err := p.Within(v, r, "catalogue", v.T("catalogue.draft"), shown.To)
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, DraftPage(frame, shown))
}

// name writes the items of the change as people know them; those that go stand in the version before.
func (p *Pages) name(v *page.Visit, shown *draftView) error {
	d := shown.Draft
	list := catalogue.Catalogue{Items: d.Items}
	named := func(list catalogue.Catalogue, keys []string) []string {
		var all []string
		for _, key := range keys {
			i, _ := list.Item(key)
			all = append(all, key+" "+i.Name)
		}
		return all
	}
	shown.Added, shown.Changed = named(list, d.Change.Added), named(list, d.Change.Changed)
	if len(d.Change.Removed) == 0 {
		return nil
	}
	before, err := p.Catalogue.Version(v.Context(), d.Town, d.Base)
	shown.Removed = named(before, d.Change.Removed)
	return err
}

// Confirm makes the draft the town's list.
func (p *Pages) Confirm(v *page.Visit) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	if _, err := p.Catalogue.ConfirmImport(v.Context(), v.Actor, r.Node.ID, v.Field("sum")); err != nil {
		return p.draft(v, v.Refuse(err))
	}
	return v.GoSaying(r.Path("/catalogue"), "catalogue.confirmed")
}

// where names the cell as the spreadsheet does.
func where(v *page.Visit, f catalogue.Fault) string {
	at := v.T("import.row", "row", strconv.Itoa(f.Row))
	if f.Letter != "" {
		at = v.T("import.cell", "row", strconv.Itoa(f.Row), "letter", f.Letter)
	}
	if f.Sheet != "" {
		return f.Sheet + " · " + at
	}
	return at
}

// sentence says what is wrong and what to do.
func sentence(v *page.Visit, f catalogue.Fault) string {
	var args []string
	for name, value := range f.Args {
		args = append(args, name, value)
	}
	return v.T("fault."+f.Code, args...)
}
