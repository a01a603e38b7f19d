package desk

import (
	"jushou/internal/community"
	"jushou/web/console"
	"jushou/web/page"
)

// Town shows what waits in all communities of a town, the most overdue first.
func (p *Pages) Town(v *page.Visit) error {
	r, err := p.Room(v, community.ID(v.Param("town")), community.LevelTown)
	if err != nil {
		return err
	}
	return p.showQueue(v, r)
}

// below lists the communities of a town, to go into one.
func (p *Pages) below(v *page.Visit, r console.Room) ([]door, error) {
	if r.Node.Level != community.LevelTown {
		return nil, nil
	}
	all, err := p.Directory.Communities(v.Context(), r.Node.ID)
	if err != nil {
		return nil, err
	}
	doors := make([]door, len(all))
	for i, c := range all {
		doors[i] = door{Text: c.Name, Href: console.Room{Node: c}.Path("")}
	}
	return doors, nil
}
