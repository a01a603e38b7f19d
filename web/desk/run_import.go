package desk

import (
	"net/url"
	"path"
	"strings"

	"jushou/internal/identity/roster"
	"jushou/web/page"
)

// Confirm lets an import go ahead.
func (p *Pages) Confirm(v *page.Visit) error {
	r, i, err := p.imported(v)
	if err != nil {
		return err
	}
	if _, err := p.Roster.ConfirmRoster(v.Context(), v.Actor, i.ID); err != nil {
		return p.showImport(v, v.Refuse(err))
	}
	return v.Go(r.Path("/import/" + i.ID))
}

// Discard throws an import away that nobody confirmed.
func (p *Pages) Discard(v *page.Visit) error {
	r, i, err := p.imported(v)
	if err != nil {
		return err
	}
	if _, err := p.Roster.DiscardRoster(v.Context(), v.Actor, i.ID); err != nil {
		return p.showImport(v, v.Refuse(err))
	}
	return v.GoSaying(r.Path("/import"), "import.discarded")
}

// Progress answers with the bar alone, or tells the browser to load the page when the import is over.
func (p *Pages) Progress(v *page.Visit) error {
	r, i, err := p.imported(v)
	if err != nil {
		return err
	}
	if i.State != roster.Confirmed && i.State != roster.Applying {
		v.Ctx.Set("HX-Refresh", "true")
	}
	return v.Show(progressBar(p.importView(r, i)))
}

// Marked returns the file as a workbook in which every bad cell is marked and says what is wrong.
func (p *Pages) Marked(v *page.Visit) error {
	_, i, err := p.imported(v)
	if err != nil {
		return err
	}
	book, err := p.Roster.Corrections(v.Context(), v.Actor, i.ID, func(f roster.Fault) string { return sentence(v, f) })
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(i.FileName, path.Ext(i.FileName)) + v.T("import.marked_suffix") + ".xlsx"
	return sendBook(v, name, book)
}

// Template returns an empty workbook with the headings that are read best.
func (p *Pages) Template(v *page.Visit) error {
	if _, err := p.Community(v); err != nil {
		return err
	}
	book, err := roster.Template()
	if err != nil {
		return err
	}
	return sendBook(v, v.T("import.file")+".xlsx", book)
}

func sendBook(v *page.Visit, name string, book []byte) error {
	v.Ctx.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.Ctx.Set("Content-Disposition", "attachment; filename=\"roster.xlsx\"; filename*=UTF-8''"+url.PathEscape(name))
	return v.Ctx.Send(book)
}
