package activity

import (
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/projects/activity"
	"jushou/web/page"
)

// figure is one number of a year.
type figure struct {
	N   int
	Key string
}

func figuresOf(y activity.Year) []figure {
	return []figure{{y.Hosts, "activity.n_hosts"}, {y.Activities, "activity.n_activities"}, {y.Persons, "activity.n_persons"}, {y.Projects, "activity.n_projects"}}
}

// openView is what everybody may read of a community's or a town's activities.
type openView struct {
	Name, Back   string
	Year         activity.Year
	Coming, Past []activity.Entry
	Town         bool
	Communities  []link
	Member       string // where members read more, "" for others
}

type link struct{ Href, Text string }

// Open shows a community's activities to everybody, without any name.
func (p *Pages) Open(v *page.Visit) error {
	n, err := p.node(v, identity.ReadPublic)
	if err != nil {
		return err
	}
	shown := openView{Name: n.Name, Back: "/open/c/" + string(n.ID)}
	if shown.Year, err = p.Activities.Figures(v.Context(), v.Actor, n.ID, p.Activities.ThisYear()); err != nil {
		return err
	}
	if shown.Coming, shown.Past, err = p.Activities.Open(v.Context(), n.ID); err != nil {
		return err
	}
	if identity.Can(v.Actor, identity.ReadCommunity, identity.At(n)) == nil {
		shown.Member = home(n.ID) + "/activities"
	}
	return v.Show(OpenPage(shown))
}

// OpenTown shows what a town's activities of the year amount to, and leads to its communities in the order of the directory.
func (p *Pages) OpenTown(v *page.Visit) error {
	n, err := p.Directory.Node(v.Context(), community.ID(v.Param("town")))
	if err != nil {
		return err
	}
	if n.Level != community.LevelTown {
		return page.ErrNotFound
	}
	shown := openView{Name: n.Name, Back: "/open", Town: true}
	if shown.Year, err = p.Activities.Figures(v.Context(), v.Actor, n.ID, p.Activities.ThisYear()); err != nil {
		return err
	}
	below, err := p.Directory.Communities(v.Context(), n.ID)
	if err != nil {
		return err
	}
	for _, c := range below {
		shown.Communities = append(shown.Communities, link{"/open/c/" + string(c.ID) + "/activities", c.Name})
	}
	return v.Show(OpenPage(shown))
}
