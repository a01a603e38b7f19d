package desk

import (
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
)

// door is one place somebody may work in.
type door struct {
	Text, Detail, Icon, Href string
}

// Entry leads people to where they work, or says who works here.
func (p *Pages) Entry(v *page.Visit) error {
	doors, err := p.doors(v)
	if err != nil {
		return err
	}
	switch len(doors) {
	case 0:
		return v.ShowAs(403, StrangerPage(v.Person.Home))
	case 1:
		return v.Ctx.Redirect(doors[0].Href, 302)
	}
	return v.Show(EntryPage(v.Actor.Name, doors))
}

// doors lists where the visitor's roles lead, each place once.
func (p *Pages) doors(v *page.Visit) ([]door, error) {
	var doors []door
	seen := map[string]bool{}
	for _, g := range v.Actor.Grants {
		node, err := p.Directory.Node(v.Context(), g.Node)
		if err != nil {
			return nil, err
		}
		d, ok := doorTo(console.Room{Node: node, Actor: v.Actor})
		if !ok || seen[d.Href] {
			continue
		}
		if seen[d.Href] = true; g.Title != "" {
			d.Detail = g.Title
		}
		doors = append(doors, d)
	}
	return doors, nil
}

// doorTo returns the first page of a room that its visitor may open.
func doorTo(r console.Room) (door, bool) {
	d := door{Text: r.Node.Name, Icon: "desk"}
	switch {
	case r.May(identity.GrantRole):
		d.Icon, d.Href = "key", "/desk/roles?node="+string(r.Node.ID)
		return d, true
	case r.Node.Level == community.LevelDistrict:
		return d, false
	case len(r.Actor.Departments(identity.At(r.Node))) > 0 && r.Node.Level == community.LevelTown && !r.May(identity.SeeDesk):
		d.Href = departmentHref(r.Node.ID, r.Actor.Departments(identity.At(r.Node))[0], "")
		return d, true
	}
	for _, s := range r.Sections() {
		if r.May(s.Verb) {
			d.Href = r.Path(s.Path)
			return d, true
		}
	}
	return d, false
}
