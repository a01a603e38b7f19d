package activity

import (
	"net/url"

	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects/activity"
	"jushou/web/page"
	"jushou/web/view"
)

// listView is what comes in a community, or what was.
type listView struct {
	Home  string
	Chips []view.Chip
	Items []activity.View
	Past  bool
	Pager view.Pager
	// Me is what the visitor is as a host, nil for none; May says that they could be one.
	Me  *activity.HostView
	May bool
}

// List shows a community's activities, the next first, or those that are over.
func (p *Pages) List(v *page.Visit) error {
	node, err := p.node(v, identity.ReadCommunity)
	if err != nil {
		return err
	}
	here := home(node.ID) + "/activities"
	shown := listView{Home: home(node.ID), Past: v.Query("when") == "past"}
	list, first := p.Activities.Coming, here
	if shown.Past {
		list, first = p.Activities.Past, here+"?when=past"
	}
	found, err := list(v.Context(), v.Actor, node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	shown.Items = found.Items
	shown.Pager = v.Pager(first, activity.ListPage, len(found.Items), string(found.Next))
	shown.Chips = tabs(shown.Home, map[bool]string{false: "coming", true: "past"}[shown.Past])
	if !shown.Past {
		shown.Pager.Order = "order.soonest"
	}
	if shown.May = identity.Can(v.Actor, identity.HostActivity, identity.At(node)) == nil; shown.May {
		if shown.Me, err = p.Activities.HostHere(v.Context(), v.Actor, node.ID); err != nil {
			return err
		}
	}
	return v.Show(ListPage(shown))
}

// tabs lead between what comes, what was, the hosts, and the visitor's own.
func tabs(home, current string) []view.Chip {
	return []view.Chip{
		{Key: "activity.tab.coming", Href: home + "/activities", Current: current == "coming"},
		{Key: "activity.tab.past", Href: home + "/activities?when=past", Current: current == "past"},
		{Key: "activity.tab.hosts", Href: home + "/hosts", Current: current == "hosts"},
		{Key: "activity.tab.mine", Href: "/me/activities", Current: current == "mine"},
	}
}

// hostsView are a community's hosts.
type hostsView struct {
	Home   string
	Tabs   []view.Chip
	Fields []view.Chip
	Items  []activity.HostView
	Pager  view.Pager
	Me     *activity.HostView
	May    bool
}

// Hosts shows a community's hosts by what they do.
func (p *Pages) Hosts(v *page.Visit) error {
	node, err := p.node(v, identity.ReadCommunity)
	if err != nil {
		return err
	}
	here, field := home(node.ID)+"/hosts", activity.Field(v.Query("field"))
	found, err := p.Activities.Hosts(v.Context(), v.Actor, node.ID, field, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	shown := hostsView{Home: home(node.ID), Tabs: tabs(home(node.ID), "hosts"), Items: found.Items}
	shown.Fields = []view.Chip{{Key: "activity.all_fields", Href: here, Current: field == ""}}
	for _, f := range activity.Fields() {
		shown.Fields = append(shown.Fields, view.Chip{Key: "activity.field." + string(f), Href: here + "?field=" + string(f), Current: f == field})
	}
	shown.Pager = v.Pager(here+"?field="+url.QueryEscape(string(field)), activity.ListPage, len(found.Items), string(found.Next))
	shown.Pager.Order = "order.newest_activity"
	if shown.May = identity.Can(v.Actor, identity.HostActivity, identity.At(node)) == nil; shown.May {
		if shown.Me, err = p.Activities.HostHere(v.Context(), v.Actor, node.ID); err != nil {
			return err
		}
	}
	return v.Show(HostsPage(shown))
}

// mineView is what the visitor holds and goes to.
type mineView struct {
	activity.Mine
	Tabs []view.Chip
	Home string
}

// Mine shows what the visitor holds and goes to.
func (p *Pages) Mine(v *page.Visit) error {
	mine, err := p.Activities.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	shown := mineView{Mine: mine, Home: v.Person.Home}
	if shown.Home != "" {
		shown.Tabs = tabs(shown.Home, "mine")
	}
	return v.Show(MinePage(shown))
}
