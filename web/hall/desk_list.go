package hall

import (
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/internal/identity"
	"jushou/web/page"
)

// deskList is what a community's facilitators have in hand.
type deskList struct {
	To        string
	Sessions  []hall.SessionView
	Days      []hall.DayView
	Templates []hall.Template
}

// DeskList shows the deliberations and days of a community to who facilitates.
func (p *Pages) DeskList(v *page.Visit) error {
	r, err := p.MayAny(v, identity.HoldHall)
	if err != nil {
		return err
	}
	shown := deskList{To: r.Path(""), Templates: hall.Templates()}
	if shown.Sessions, _, err = p.Halls.Sessions(v.Context(), v.Actor, r.Node.ID, ""); err != nil {
		return err
	}
	if shown.Days, _, err = p.Halls.Days(v.Context(), v.Actor, r.Node.ID, ""); err != nil {
		return err
	}
	d, err := p.Desk(v, r, "hall")
	if err != nil {
		return err
	}
	return v.Show(DeskListPage(d, shown))
}

// DeskCovenants shows the covenants of a community to who keeps them.
func (p *Pages) DeskCovenants(v *page.Visit) error {
	r, err := p.MayAny(v, identity.KeepCovenant, identity.PassCovenant)
	if err != nil {
		return err
	}
	var all []covenant.View
	if all, _, err = p.Covenants.Covenants(v.Context(), v.Actor, r.Node.ID, ""); err != nil {
		return err
	}
	d, err := p.Desk(v, r, "covenants")
	if err != nil {
		return err
	}
	return v.Show(DeskCovenantsPage(d, r.Path("/covenants"), r.May(identity.KeepCovenant), all))
}
