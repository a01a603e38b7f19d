package resident

import (
	"jushou/web/page"
)

// Front is the site's door: residents go on to their community, others are told what this is.
func (p *Pages) Front(v *page.Visit) error {
	if v.Person.Home != "" {
		return v.Ctx.Redirect(v.Person.Home, 302)
	}
	all, err := p.Directory.Communities(v.Context(), "")
	if err != nil {
		return err
	}
	return v.Show(FrontPage(frontView{Communities: len(all), Known: v.Actor.ID != "", Desk: v.Person.Desk, Sandbox: p.Sandbox}))
}
