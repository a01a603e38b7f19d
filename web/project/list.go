package project

import (
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/page"
	"jushou/web/view"
)

// listView is a community's projects.
type listView struct {
	Home     string
	Projects []projects.View
	Chips    []view.Chip
	Pager    view.Pager
	Propose  bool
}

// filters are the stages that the list can be narrowed to.
func filters() []preset.Stage {
	return []preset.Stage{preset.Gathering, preset.Deliberating, preset.Deciding, preset.Noticing, preset.Established, preset.Working, preset.Rating, preset.Archived}
}

// List shows a community's projects, all or those at a stage.
func (p *Pages) List(v *page.Visit) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	if err := v.Known(); err != nil {
		return err
	}
	base, after, at := "/c/"+string(node.ID), docstore.Cursor(v.Query("after")), preset.Stage(v.Query("stage"))
	shown := listView{Home: base, Propose: identity.Can(v.Actor, identity.ProposeProject, identity.At(node)) == nil}
	list := base + "/projects"
	shown.Chips = []view.Chip{{Key: "project.all", Href: list, Current: !at.Known()}}
	for _, s := range filters() {
		shown.Chips = append(shown.Chips, view.Chip{Key: "project.stage." + string(s), Href: list + "?stage=" + string(s), Current: s == at})
	}
	var next docstore.Cursor
	if at.Known() {
		shown.Projects, next, err = p.Projects.InStage(v.Context(), v.Actor, node.ID, at, after)
		list += "?stage=" + string(at)
	} else {
		shown.Projects, next, err = p.Projects.Projects(v.Context(), v.Actor, node.ID, after)
	}
	if err != nil {
		return err
	}
	shown.Pager = v.Pager(list, projects.ProjectsPage, len(shown.Projects), string(next))
	return v.Show(ListPage(shown))
}

// openView is a community's projects for everybody.
type openView struct {
	Name    string
	Home    string // the community's public address
	Member  bool   // reads the projects themselves
	Columns []openColumn
}

// page is where a project is read: by its community the story, by everybody else the sheet that hangs on the wall.
func (o openView) page(id projects.ID) string {
	if o.Member {
		return "/p/" + string(id)
	}
	return "/open/p/" + string(id) + "/poster"
}

type openColumn struct {
	Stage   preset.Stage
	Entries []projects.Entry
}

// Open shows a community's projects to anybody, by stage.
func (p *Pages) Open(v *page.Visit) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	all, err := p.Projects.Open(v.Context(), v.Actor, node.ID)
	if err != nil {
		return err
	}
	shown := openView{
		Name: node.Name, Home: "/open/c/" + string(node.ID), Member: identity.Can(v.Actor, identity.ReadCommunity, identity.At(node)) == nil,
	}
	for _, e := range all {
		if n := len(shown.Columns); n == 0 || shown.Columns[n-1].Stage != e.Stage {
			shown.Columns = append(shown.Columns, openColumn{Stage: e.Stage})
		}
		last := &shown.Columns[len(shown.Columns)-1]
		last.Entries = append(last.Entries, e)
	}
	return v.Show(OpenPage(shown))
}
