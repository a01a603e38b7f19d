package project

import (
	"context"
	"strconv"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/former"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// formerView is the place where projects of earlier years are brought.
type formerView struct {
	To      string
	Draft   bool // a file waits for the visitor's word
	Imports []projects.Import
	Columns []former.Column
	Pager   view.Pager
	Sheet   page.Sheet
}

var errNoFile = fault.New(fault.Invalid, "project.no_import_file").On("file")

// imports returns the room of the address if the visitor brings projects there.
func (p *Pages) imports(v *page.Visit) (console.Room, error) {
	return p.MayAny(v, identity.ImportProjects)
}

// Former shows the imports of a community and the form for the next.
func (p *Pages) Former(v *page.Visit) error { return p.former(v, page.Sheet{}) }

func (p *Pages) former(v *page.Visit, s page.Sheet) error {
	r, err := p.imports(v)
	if err != nil {
		return err
	}
	shown := formerView{To: r.Path("/former"), Columns: former.Columns(), Sheet: s}
	d, err := p.Projects.ImportDraft(v.Context(), v.Actor, r.Node.ID)
	if err != nil && fault.CodeOf(err) != projects.ErrNoDraft.Code {
		return err
	}
	shown.Draft = err == nil && d.Became == ""
	found, next, err := p.Projects.Imports(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	shown.Imports, shown.Pager = found, v.Pager(shown.To, projects.ImportsPage, len(found), string(next))
	desk, err := p.Desk(v, r, "former")
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), FormerPage(desk, shown))
}

// BringFormer reads a file and leads to what it would do.
func (p *Pages) BringFormer(v *page.Visit) error {
	r, err := p.imports(v)
	if err != nil {
		return err
	}
	name, data, err := upload.Table(v, errNoFile)
	if err == nil {
		_, err = p.Projects.PreviewImport(v.Context(), v.Actor, r.Node.ID, name, data)
	}
	if err != nil {
		if fault.KindOf(err) == fault.Invalid || fault.KindOf(err) == fault.TooLarge {
			err = onFile(err)
		}
		return p.former(v, v.RefuseForm("bring", err))
	}
	return v.Go(r.Path("/former/draft"))
}

// onFile puts a refusal of the file beside it.
func onFile(err error) error {
	if all := fault.All(err); len(all) == 1 && all[0].Field == "" {
		return all[0].On("file")
	}
	return err
}

// FormerTemplate gives an empty table. It holds nobody's data.
func (p *Pages) FormerTemplate(v *page.Visit) error {
	if _, err := p.imports(v); err != nil {
		return err
	}
	table, err := former.Template()
	if err != nil {
		return err
	}
	v.Ctx.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.Ctx.Set("Content-Disposition", `attachment; filename="former-projects.xlsx"`)
	return v.Ctx.Send(table)
}

// draftView is what a file would do, or what is wrong with it.
type draftView struct {
	projects.ImportDraft
	To    string
	Lines []faultLine
	Sheet page.Sheet
}

// faultLine is one complaint about a cell, in words.
type faultLine struct {
	Where, Text string
	Stops       bool
}

// FormerDraft shows what the file that the visitor brought last would do.
func (p *Pages) FormerDraft(v *page.Visit) error { return p.formerDraft(v, page.Sheet{}) }

func (p *Pages) formerDraft(v *page.Visit, s page.Sheet) error {
	r, err := p.imports(v)
	if err != nil {
		return err
	}
	d, err := p.Projects.ImportDraft(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	to := r.Path("/former")
	if d.Became != "" && !s.Problems.Any() {
		return v.Go(to + "/" + d.Became)
	}
	shown := draftView{ImportDraft: d, To: to, Sheet: s}
	for _, f := range d.Faults {
		shown.Lines = append(shown.Lines, faultLine{cellOf(v, f), sentence(v, f), !f.Informs})
	}
	desk, err := p.Within(v, r, "former", v.T("former.draft"), to)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), FormerDraftPage(desk, shown))
}

// ConfirmFormer makes projects of the file.
func (p *Pages) ConfirmFormer(v *page.Visit) error {
	r, err := p.imports(v)
	if err != nil {
		return err
	}
	x, err := p.Projects.ConfirmImport(v.Context(), v.Actor, r.Node.ID, v.Field("token"), v.Field("reason"))
	if err != nil {
		return p.formerDraft(v, v.RefuseForm("confirm", err, "reason"))
	}
	return v.GoSaying(r.Path("/former/"+x.ID), "former.done")
}

// doneView is an import with its projects.
type doneView struct {
	projects.Import
	Home string // the community's public board
}

// FormerImport shows what became of a file.
func (p *Pages) FormerImport(v *page.Visit) error {
	r, err := p.imports(v)
	if err != nil {
		return err
	}
	x, err := p.Projects.Import(v.Context(), v.Actor, r.Node.ID, v.Param("import"))
	if err != nil {
		return err
	}
	desk, err := p.Within(v, r, "former", x.FileName, r.Path("/former"))
	if err != nil {
		return err
	}
	return v.Show(FormerImportPage(desk, doneView{x, "/open/c/" + string(r.Node.ID)}))
}

// TownFormer leads a town's staff to the communities whose earlier years they may bring.
func (p *Pages) TownFormer(v *page.Visit) error {
	r, err := p.Room(v, community.ID(v.Param("town")), community.LevelTown)
	if err != nil {
		return err
	}
	if !r.May(identity.ImportProjects) {
		return identity.ErrDenied
	}
	below, err := p.Directory.Communities(v.Context(), r.Node.ID)
	if err != nil {
		return err
	}
	desk, err := p.Desk(v, r, "former")
	if err != nil {
		return err
	}
	return v.Show(TownFormerPage(desk, below))
}

// cellOf names a cell as the spreadsheet does, with its heading.
func cellOf(v *page.Visit, f former.Fault) string {
	at := v.T("import.row", "row", strconv.Itoa(f.Row))
	if f.Letter != "" {
		at = v.T("import.cell", "row", strconv.Itoa(f.Row), "letter", f.Letter)
	}
	if f.Heading != "" {
		at += " · " + f.Heading
	}
	if f.Sheet != "" {
		at = f.Sheet + " · " + at
	}
	return at
}

// sentence says what is wrong and what to do.
func sentence(v *page.Visit, f former.Fault) string {
	var args []string
	for name, value := range f.Args {
		args = append(args, name, value)
	}
	return v.T("fault."+f.Code, args...)
}

// fact is one line of a record.
type fact struct{ Key, Value string }

// factsOf are what a record says, in the order of the table.
func factsOf(ctx context.Context, r former.Record) []fact {
	day := func(d calendar.Date) string {
		if d == (calendar.Date{}) {
			return ""
		}
		return dayOf(ctx, d)
	}
	rating := ""
	if r.Rating > 0 {
		rating = view.T(ctx, "former.stars", "n", hundredths(r.Rating))
	}
	return []fact{
		{"year", strconv.Itoa(r.Year)}, {"name", r.Name}, {"class", view.T(ctx, "project.class."+string(r.Class))}, {"where", r.Where}, {"lead", r.Lead},
		{"established", day(r.Established)}, {"finished", day(r.Finished)}, {"budget", yuan(r.Budget)}, {"spent", yuan(r.Spent)}, {"source", r.Source},
		{"result", r.Result}, {"rating", rating},
	}
}

// hundredths writes stars with as many places as were given.
func hundredths(n int) string { return strconv.FormatFloat(float64(n)/100, 'f', -1, 64) }

// differences are the lines in which two records differ: what was said, and what is said now.
func differences(ctx context.Context, was, now former.Record) []change {
	var all []change
	before := factsOf(ctx, was)
	for i, f := range factsOf(ctx, now) {
		if before[i].Value != f.Value {
			all = append(all, change{view.T(ctx, "former.field."+f.Key), orNothing(ctx, before[i].Value), orNothing(ctx, f.Value)})
		}
	}
	return all
}

func orNothing(ctx context.Context, text string) string {
	if text == "" {
		return view.T(ctx, "former.nothing")
	}
	return text
}

// after is what was said once the n-th correction was made.
func (x toldView) after(n int) former.Record {
	if n+1 < len(x.Former.Earlier) {
		return x.Former.Earlier[n+1].Was
	}
	return x.Former.Record
}

// brought says what a file did.
func brought(ctx context.Context, x projects.Import) string {
	return view.T(ctx, "former.brought", "added", strconv.Itoa(x.Count(projects.Added)), "corrected", strconv.Itoa(x.Count(projects.Corrected)), "same", strconv.Itoa(x.Same), "when", view.When(ctx, x.At))
}
