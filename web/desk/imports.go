package desk

import (
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// recentImports is how many past imports the page names.
const recentImports = 10

// importsView is the form to upload a roster, and what was uploaded lately.
type importsView struct {
	To       string
	Recent   []importLine
	Problems view.Problems
}

// importLine is one import of the list.
type importLine struct {
	Name, Href, State string
	Import            roster.Import
}

// errNoFile means that the form came without its file.
var errNoFile = fault.New(fault.Invalid, "desk.no_file").On("file")

// Imports shows the form to upload a household roster.
func (p *Pages) Imports(v *page.Visit) error { return p.showImports(v, view.Problems{Status: 200}) }

func (p *Pages) showImports(v *page.Visit, problems view.Problems) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	list, err := p.Roster.Recent(v.Context(), v.Actor, r.Node.ID, recentImports)
	if err != nil {
		return err
	}
	shown := importsView{To: r.Path("/import"), Problems: problems}
	for _, i := range list {
		shown.Recent = append(shown.Recent, importLine{Name: i.FileName, Href: r.Path("/import/" + i.ID), State: "import.state_" + string(i.State), Import: i})
	}
	d, err := p.Desk(v, r, "import")
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, ImportsPage(d, shown))
}

// Upload reads a roster and shows what it would do. Nothing is written to the households yet.
func (p *Pages) Upload(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	name, data, err := uploaded(v)
	if err != nil {
		return p.showImports(v, v.Refuse(err))
	}
	i, err := p.Roster.PreviewRoster(v.Context(), v.Actor, r.Node.ID, name, data)
	if err != nil {
		return p.showImports(v, v.Refuse(err))
	}
	return v.Go(r.Path("/import/" + i.ID))
}

func uploaded(v *page.Visit) (string, []byte, error) {
	if v.Actor.ID == "" {
		return "", nil, identity.ErrSignIn
	}
	return upload.Table(v, errNoFile)
}
