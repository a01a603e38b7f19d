package activity

import (
	"jushou/internal/identity"
	"jushou/projects/activity"
	"jushou/web/page"
)

// deskView is what waits for the desk, and what the year amounts to.
type deskView struct {
	activity.Desk
	To, List, Open string
	Year           activity.Year
	Sheet          page.Sheet
}

// DeskPage shows hosts and activities that wait to be confirmed.
func (p *Pages) DeskPage(v *page.Visit) error { return p.showDesk(v, page.Sheet{}) }

func (p *Pages) showDesk(v *page.Visit, s page.Sheet) error {
	r, err := p.MayAny(v, identity.TendActivities)
	if err != nil {
		return err
	}
	shown := deskView{To: r.Path("/activities"), List: home(r.Node.ID) + "/activities", Open: "/open" + home(r.Node.ID) + "/activities", Sheet: s}
	if shown.Desk, err = p.Activities.Desk(v.Context(), v.Actor, r.Node.ID); err != nil {
		return err
	}
	if shown.Year, err = p.Activities.Figures(v.Context(), v.Actor, r.Node.ID, p.Activities.ThisYear()); err != nil {
		return err
	}
	d, err := p.Console.Desk(v, r, "activities")
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), TendPage(d, shown))
}

// TendHost confirms an applicant or declines.
func (p *Pages) TendHost(v *page.Visit) error {
	id := activity.HostID(v.Param("host"))
	return p.tend(v, "host"+string(id), func() (err error) {
		if v.Field("do") == "confirm" {
			_, err = p.Activities.ConfirmHost(v.Context(), v.Actor, id)
		} else {
			_, err = p.Activities.DeclineHost(v.Context(), v.Actor, id, v.Field("reason"))
		}
		return err
	})
}

// TendActivity confirms an activity or gives it back.
func (p *Pages) TendActivity(v *page.Visit) error {
	id := activity.ID(v.Param("activity"))
	return p.tend(v, "activity"+string(id), func() (err error) {
		if v.Field("do") == "confirm" {
			_, err = p.Activities.ConfirmActivity(v.Context(), v.Actor, id)
		} else {
			_, err = p.Activities.ReturnActivity(v.Context(), v.Actor, id, v.Field("reason"))
		}
		return err
	})
}

// tend takes a step of the desk. A refused one comes back with what was typed, in its own form.
func (p *Pages) tend(v *page.Visit, form string, do func() error) error {
	r, err := p.MayAny(v, identity.TendActivities)
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return p.showDesk(v, v.RefuseForm(form, err, "reason"))
	}
	return v.GoSaying(r.Path("/activities"), "activity.noted")
}
