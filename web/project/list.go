package project

import (
	"context"
	"fmt"

	"github.com/a-h/templ"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/call"
	"jushou/projects/ledger"
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
	Calls    []call.Call // that are open
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
	if shown.Calls, err = p.Services.Calls.Running(v.Context(), v.Actor, node.ID); err != nil {
		return err
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
	Home    string // the community's public address
	Member  bool   // reads the projects themselves
	Columns []openColumn
}

// page is where a project is read: by its community its own page, by everybody else the story of what is finished, and before that the
// sheet that hangs on the wall.
func (o openView) page(e openEntry) string {
	switch {
	case e.Former != nil, !o.Member && e.Stage == preset.Archived:
		return storyOf(e.ID)
	case o.Member:
		return "/p/" + string(e.ID)
	}
	return "/open/p/" + string(e.ID) + "/poster"
}

type openColumn struct {
	Stage   preset.Stage
	Entries []openEntry
}

// openEntry is a project with what the accounts hold for it.
type openEntry struct {
	projects.Entry
	Money ledger.Sums
}

// Open shows a community's projects to anybody, by stage.
func (p *Pages) Open(v *page.Visit) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	member := identity.Can(v.Actor, identity.ReadCommunity, identity.At(node)) == nil
	if err := identity.Can(v.Actor, identity.ReadPublic, identity.At(node)); err != nil {
		return err
	}
	key := fmt.Sprintf("projects/%t", member)
	shared, err := v.Shared(string(node.ID), key, func(ctx context.Context) (templ.Component, error) {
		o, err := p.open(ctx, node, member)
		return openShared(o), err
	})
	if err != nil {
		return err
	}
	return v.Show(OpenPage(node.Name, "/open/c/"+string(node.ID), shared))
}

// open gathers the projects of a community by stage, with their money; it reads as nobody.
func (p *Pages) open(ctx context.Context, node community.Node, member bool) (openView, error) {
	shown := openView{Home: "/open/c/" + string(node.ID), Member: member}
	all, err := p.Projects.Open(ctx, identity.Actor{}, node.ID)
	if err != nil {
		return shown, err
	}
	money, err := p.Ledger.OfProjects(ctx, identity.Actor{}, node.ID)
	if err != nil {
		return shown, err
	}
	for _, e := range all {
		if n := len(shown.Columns); n == 0 || shown.Columns[n-1].Stage != e.Stage {
			shown.Columns = append(shown.Columns, openColumn{Stage: e.Stage})
		}
		last := &shown.Columns[len(shown.Columns)-1]
		last.Entries = append(last.Entries, openEntry{e, money[string(e.ID)]})
	}
	return shown, nil
}
