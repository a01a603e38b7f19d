package resident

import (
	"context"
	"errors"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// welcomeForm is how somebody says who they are and where they live.
type welcomeForm struct {
	Name, Phone, Community, Building, Room string
	Consents                               map[string]bool
	// From is the household that is left, when somebody moves house.
	From string
}

// welcomeView is the form with what it offers.
type welcomeView struct {
	Form      welcomeForm
	To, Back  string
	Community string // its name
	// Fixed is the building of the code that was scanned, which needs no choosing.
	Fixed     string
	Buildings []view.Option
	Problems  view.Problems
	Moving    bool
}

// townView is a town with its communities, to choose from.
type townView struct {
	Name        string
	Communities []view.Option
}

// Welcome shows the form of a newcomer; without a building or community it asks first where they live.
func (p *Pages) Welcome(v *page.Visit) error {
	if v.Actor.ID == "" {
		return identity.ErrSignIn
	}
	form := welcomeForm{Community: v.Query("c"), Building: v.Query("building"), Consents: map[string]bool{}}
	return p.showWelcome(v, form, view.Problems{Status: 200})
}

// Register takes a newcomer's claim: verified at once if the roster has it, otherwise for staff to look at.
func (p *Pages) Register(v *page.Visit) error {
	form := readWelcome(v)
	m, err := p.People.RegisterResident(v.Context(), v.Actor, form.command())
	if err != nil {
		return p.showWelcome(v, form, v.Refuse(err))
	}
	return v.GoSaying(base(m.Community)+"?posted=/welcome", "welcome."+string(m.Status))
}

// MoveForm shows the same form to somebody who moves house.
func (p *Pages) MoveForm(v *page.Visit) error {
	if v.Actor.ID == "" {
		return identity.ErrSignIn
	}
	data, err := p.People.ExportMyData(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	form := welcomeForm{
		Name: data.Name, Phone: data.Phone, Community: v.Query("c"), From: v.Query("from"),
		Consents: map[string]bool{string(identity.PurposeService): true},
	}
	return p.showWelcome(v, form, view.Problems{Status: 200})
}

// Move ends one membership and asks for another.
func (p *Pages) Move(v *page.Visit) error {
	form := readWelcome(v)
	m, err := p.People.MoveHouse(v.Context(), v.Actor, identity.HouseholdID(form.From), form.command())
	if err != nil {
		return p.showWelcome(v, form, v.Refuse(err))
	}
	return v.GoSaying(base(m.Community), "welcome."+string(m.Status))
}

func readWelcome(v *page.Visit) welcomeForm {
	form := welcomeForm{
		Name: v.Field("name"), Phone: v.Field("phone"), Community: v.Field("community"), Building: v.Field("building"),
		Room: v.Field("room"), From: v.Field("from"), Consents: map[string]bool{},
	}
	for _, purpose := range purposes() {
		form.Consents[string(purpose)] = v.Checked("consent_" + string(purpose))
	}
	return form
}

func (f welcomeForm) command() identity.RegisterResident {
	cmd := identity.RegisterResident{
		Name: f.Name, Phone: f.Phone, Community: community.ID(f.Community), Building: community.BuildingID(f.Building), Room: f.Room,
	}
	for _, purpose := range purposes() {
		if f.Consents[string(purpose)] {
			cmd.Consents = append(cmd.Consents, identity.Consent{Purpose: purpose, Version: ConsentVersion})
		}
	}
	return cmd
}

func (p *Pages) showWelcome(v *page.Visit, form welcomeForm, problems view.Problems) error {
	shown := welcomeView{Form: form, To: "/welcome", Problems: problems, Moving: form.From != ""}
	if shown.Moving {
		shown.To, shown.Back = "/me/move", "/me/homes"
	}
	if err := p.scanned(v, &shown); err != nil {
		return err
	}
	if shown.Form.Community == "" {
		return p.chooseCommunity(v, shown)
	}
	node, err := p.Directory.Node(v.Context(), community.ID(shown.Form.Community))
	if err != nil {
		return err
	}
	shown.Community = node.Name
	if shown.Fixed == "" {
		if shown.Buildings, err = p.buildings(v, node.ID); err != nil {
			return err
		}
	}
	return v.ShowAs(problems.Status, WelcomePage(shown))
}

// scanned fills in the building of the code on the door. A building that is gone is asked for again.
func (p *Pages) scanned(v *page.Visit, shown *welcomeView) error {
	if shown.Form.Building == "" || v.Ctx.Method() == "POST" && v.Field("fixed") == "" {
		return nil
	}
	b, err := p.Places.Building(v.Context(), community.BuildingID(shown.Form.Building))
	if errors.Is(err, docstore.ErrNotFound) {
		shown.Form.Building = ""
		return nil
	}
	shown.Form.Community, shown.Fixed = string(b.Community), b.Name
	return err
}

// buildings returns a community's buildings, with the estate's name where there are several estates.
func (p *Pages) buildings(v *page.Visit, c community.ID) ([]view.Option, error) {
	estates, err := p.Places.EstatesIn(v.Context(), c)
	if err != nil {
		return nil, err
	}
	names := map[community.EstateID]string{}
	for _, e := range estates {
		names[e.ID] = e.Name
	}
	all, err := p.Places.BuildingsIn(v.Context(), c)
	if err != nil {
		return nil, err
	}
	options := []view.Option{{Text: v.T("welcome.choose_building")}}
	for _, b := range all {
		text := b.Name
		if len(estates) > 1 {
			text = names[b.Estate] + " " + b.Name
		}
		options = append(options, view.Option{Value: string(b.ID), Text: text})
	}
	return options, nil
}

// chooseCommunity asks where somebody lives before anything else.
func (p *Pages) chooseCommunity(v *page.Visit, shown welcomeView) error {
	all, err := p.Directory.Communities(v.Context(), "")
	if err != nil {
		return err
	}
	var towns []townView
	for _, n := range all {
		town, err := p.Directory.Node(v.Context(), n.Parent)
		if err != nil {
			return err
		}
		if len(towns) == 0 || towns[len(towns)-1].Name != town.Name {
			towns = append(towns, townView{Name: town.Name})
		}
		last := &towns[len(towns)-1]
		to := "/welcome?c=" + string(n.ID)
		if shown.Moving {
			to = "/me/move?from=" + shown.Form.From + "&c=" + string(n.ID)
		}
		last.Communities = append(last.Communities, view.Option{Value: to, Text: n.Name})
	}
	return v.Show(ChoosePage(towns, shown.Back))
}

func welcomeTitle(ctx context.Context, moving bool) string {
	if moving {
		return view.T(ctx, "move.title")
	}
	return view.T(ctx, "welcome.title")
}

// consentProblem shows the refusal of missing consent beside the one that is needed.
func consentProblem(purpose identity.Purpose, problems view.Problems) string {
	if purpose != identity.PurposeService {
		return ""
	}
	return problems.On("consents")
}
