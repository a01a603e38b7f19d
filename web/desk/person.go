package desk

import (
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// personView is a person before and after the look at name and number, which is written down.
type personView struct {
	Why, To     string
	Seen        bool
	Name, Phone string
	Homes       []string
	Problems    view.Problems
}

// Person asks why somebody's name and number are to be seen.
func (p *Pages) Person(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.SeePerson, identity.At(r.Node)); err != nil {
		return err
	}
	return p.showPerson(v, r, 200, personView{})
}

// SeePerson shows them, once the reason is kept.
func (p *Pages) SeePerson(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	shown := personView{Why: v.Field("why")}
	found, err := p.People.SeePerson(v.Context(), v.Actor, r.Node.ID, identity.AccountID(v.Param("account")), shown.Why)
	if err != nil {
		shown.Problems = v.Refuse(err)
		return p.showPerson(v, r, shown.Problems.Status, shown)
	}
	names, err := p.buildings(v, r.Node.ID)
	if err != nil {
		return err
	}
	shown.Seen, shown.Name, shown.Phone = true, found.Name, found.Phone
	for _, m := range found.Homes {
		shown.Homes = append(shown.Homes, names[m.Building]+" "+m.Household.Room()+" · "+v.T("member."+string(m.Status)))
	}
	return p.showPerson(v, r, 200, shown)
}

func (p *Pages) showPerson(v *page.Visit, r console.Room, status int, shown personView) error {
	shown.To = r.Path("/residents/" + v.Param("account"))
	d, err := p.Within(v, r, "residents", v.T("person.title"), r.Path("/residents"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, PersonPage(d, shown))
}
