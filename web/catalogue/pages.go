// Package catalogue has the console's pages of a town's list of items: to look things up in, and to bring a new
// version.
package catalogue

import (
	"errors"
	"net/url"

	"jushou/deliberation/catalogue"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Catalogue *catalogue.Service
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// listView is the list as somebody looks through it.
type listView struct {
	To          string
	Words       string
	Department  string
	Departments []view.Chip
	Version     catalogue.Catalogue
	Groups      []group
	Found       int
	// None is set where the town has no list yet.
	None bool
	// Set is set for those who may bring a new list.
	Set      bool
	Problems view.Problems
}

// group is what a list has for one department.
type group struct {
	Department catalogue.Department
	Items      []catalogue.Item
}

// Community shows the town's list on the console of one of its communities.
func (p *Pages) Community(v *page.Visit) error {
	r, err := p.Console.Community(v)
	if err != nil {
		return err
	}
	return p.show(v, r, view.Problems{Status: 200})
}

// Town shows the list on the town's console.
func (p *Pages) Town(v *page.Visit) error { return p.town(v, view.Problems{Status: 200}) }

func (p *Pages) town(v *page.Visit, problems view.Problems) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	return p.show(v, r, problems)
}

func (p *Pages) room(v *page.Visit) (console.Room, error) {
	return p.Room(v, community.ID(v.Param("town")), community.LevelTown)
}

func (p *Pages) show(v *page.Visit, r console.Room, problems view.Problems) error {
	shown := listView{
		To: r.Path("/catalogue"), Words: v.Query("q"), Department: v.Query("department"), Problems: problems,
		Set: r.Node.Level == community.LevelTown && r.May(identity.SetCatalogue),
	}
	c, err := p.Catalogue.See(v.Context(), v.Actor, r.Node.ID)
	switch {
	case errors.Is(err, catalogue.ErrNone):
		shown.None = true
	case err != nil:
		return err
	}
	shown.fill(v, c)
	d, err := p.Desk(v, r, "catalogue")
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, ListPage(d, shown))
}

// fill groups what was looked for by department.
func (l *listView) fill(v *page.Visit, c catalogue.Catalogue) {
	l.Version = c
	link := func(key string) string {
		return l.To + "?q=" + url.QueryEscape(l.Words) + "&department=" + url.QueryEscape(key)
	}
	l.Departments = []view.Chip{{Text: v.T("catalogue.all"), Href: link(""), Current: l.Department == ""}}
	found := c.Search(l.Words, l.Department)
	l.Found = len(found)
	for _, d := range c.Departments {
		l.Departments = append(l.Departments, view.Chip{Text: d.Name, Href: link(d.Key), Current: l.Department == d.Key})
		g := group{Department: d}
		for _, i := range found {
			if i.Department == d.Key {
				g.Items = append(g.Items, i)
			}
		}
		if len(g.Items) > 0 {
			l.Groups = append(l.Groups, g)
		}
	}
}

// errNoFile means that the form came without its file.
var errNoFile = fault.New(fault.Invalid, "desk.no_file").On("file")

// Upload reads a table and leads to what it would change.
func (p *Pages) Upload(v *page.Visit) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	name, data, err := uploaded(v)
	if err == nil {
		_, err = p.Catalogue.PreviewImport(v.Context(), v.Actor, r.Node.ID, name, data)
	}
	if err != nil {
		return p.town(v, v.Refuse(err))
	}
	return v.Go(r.Path("/catalogue/draft"))
}

func uploaded(v *page.Visit) (string, []byte, error) {
	return upload.Table(v, errNoFile)
}

// Template gives an empty table. It holds nobody's data.
func (p *Pages) Template(v *page.Visit) error {
	if _, err := p.room(v); err != nil {
		return err
	}
	table, err := catalogue.Template()
	if err != nil {
		return err
	}
	return send(v, table)
}

// Table gives the list as it holds now, to be changed and brought back.
func (p *Pages) Table(v *page.Visit) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	c, err := p.Catalogue.See(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	table, err := c.Table()
	if err != nil {
		return err
	}
	return send(v, table)
}

func send(v *page.Visit, table []byte) error {
	v.Ctx.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	v.Ctx.Set("Content-Disposition", `attachment; filename="catalogue.xlsx"`)
	return v.Ctx.Send(table)
}
