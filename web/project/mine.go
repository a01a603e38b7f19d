package project

import (
	"jushou/projects"
	"jushou/web/page"
)

// mineView is what the visitor has to do with.
type mineView struct {
	projects.Mine
	Home string // of the visitor's community, "" without one
}

// Mine lists what the visitor carries, has proposed, and supports or follows.
func (p *Pages) Mine(v *page.Visit) error {
	mine, err := p.Projects.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	return v.Show(MinePage(mineView{mine, v.Person.Home}))
}
