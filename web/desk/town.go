package desk

import (
	"jushou/internal/community"
	"jushou/web/page"
)

// Town shows what waits in all communities of a town, the most overdue first.
func (p *Pages) Town(v *page.Visit) error {
	r, err := p.room(v, community.ID(v.Param("town")), community.LevelTown)
	if err != nil {
		return err
	}
	return p.showQueue(v, r)
}

// below lists the communities of a town, to go into one.
func (p *Pages) below(v *page.Visit, r room) ([]door, error) {
	if r.node.Level != community.LevelTown {
		return nil, nil
	}
	all, err := p.Directory.Communities(v.Context(), r.node.ID)
	if err != nil {
		return nil, err
	}
	doors := make([]door, len(all))
	for i, c := range all {
		doors[i] = door{Text: c.Name, Href: room{node: c}.path("")}
	}
	return doors, nil
}
