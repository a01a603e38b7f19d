package desk

import (
	"jushou/web/page"
)

// More lists every place of a community's console, for phones, whose bar holds only the daily ones.
func (p *Pages) More(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	d, err := p.Desk(v, r, "more")
	if err != nil {
		return err
	}
	return v.Show(MorePage(d, v.Actor.Name))
}
