package neighbours

import (
	"jushou/deliberation/neighbourhood"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// wishView is one wish with what its reader may do.
type wishView struct {
	neighbourhood.WishView
	Contact        neighbourhood.Contact
	As, Unit, What string
	Days, Text     string
	Adopters       []view.Option
	Lengths        []view.Option
	Desk           string // the desk's page, for staff
	Problems       view.Problems
}

// Wish shows one wish.
func (p *Pages) Wish(v *page.Visit) error {
	return p.showWish(v, wishView{Problems: view.Problems{Status: 200}})
}

func (p *Pages) showWish(v *page.Visit, shown wishView) error {
	id := neighbourhood.WishID(v.Param("wish"))
	w, err := p.Neighbours.Wish(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	shown.WishView = w
	if w.May.Contact {
		if shown.Contact, err = p.Neighbours.Contact(v.Context(), v.Actor, id); err != nil {
			return err
		}
	}
	if w.May.Tend {
		shown.Desk = "/desk/c/" + string(w.Community) + "/neighbours"
	}
	adopters := neighbourhood.Adopters()
	if _, branch := v.Actor.Holds(identity.RoleBranch, identity.Place{Path: w.Path}); !branch {
		adopters = []neighbourhood.As{neighbourhood.AsResident, neighbourhood.AsMember, neighbourhood.AsUnit}
	}
	shown.Adopters, shown.Lengths = options(v, "wishes.adopter.", adopters), days(v, 3, 7, 14, 30)
	shown.As, shown.Days = otherwise(shown.As, string(adopters[0])), otherwise(shown.Days, "7")
	return v.ShowAs(shown.Problems.Status, WishPage(shown))
}

// Adopt promises a wish.
func (p *Pages) Adopt(v *page.Visit) error {
	shown := wishView{As: v.Field("as"), Unit: v.Field("unit"), What: v.Field("what"), Days: v.Field("days")}
	id := neighbourhood.WishID(v.Param("wish"))
	_, err := p.Neighbours.AdoptWish(v.Context(), v.Actor, neighbourhood.AdoptWish{
		Wish: id, As: neighbourhood.As(shown.As), Unit: shown.Unit, What: shown.What, Until: inDays(v),
	})
	if err != nil {
		shown.Problems = v.Refuse(err)
		return p.showWish(v, shown)
	}
	return v.GoSaying("/wish/"+string(id), "wishes.adopted")
}

// StepWish takes a step of wisher, adopter or staff: allow, forbid, deliver, fulfil, back, withdraw, thank, clear, refuse.
func (p *Pages) StepWish(v *page.Visit) error {
	id, ctx, step, note := neighbourhood.WishID(v.Param("wish")), v.Context(), v.Field("step"), v.Field("note")
	var err error
	switch step {
	case "thank":
		_, err = p.Neighbours.ThankWish(ctx, v.Actor, id, v.Field("text"))
	case "clear", "refuse":
		_, err = p.Neighbours.ClearWish(ctx, v.Actor, id, step == "clear", note)
	case "forbid":
		_, err = p.Neighbours.StepWish(ctx, v.Actor, neighbourhood.StepWish{Wish: id, Do: neighbourhood.WishAllow, No: true})
	default:
		_, err = p.Neighbours.StepWish(ctx, v.Actor, neighbourhood.StepWish{Wish: id, Do: neighbourhood.WishMove(step), Note: note})
	}
	if err != nil {
		return p.showWish(v, wishView{Text: v.Field("text"), Problems: v.Refuse(err)})
	}
	return v.GoSaying("/wish/"+string(id), "neighbours.noted")
}
