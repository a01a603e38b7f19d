package hall

import (
	"net/url"

	"jushou/deliberation/hall"
	"jushou/internal/docstore"
	"jushou/web/page"
	"jushou/web/view"
)

// optionView is an option with a page of each side.
type optionView struct {
	Session hall.SessionView
	Option  hall.Option
	Sides   []sideView
	To      string
	Sheet   page.Sheet
	Token   string
}

// sideView is one side of an option.
type sideView struct {
	Side  hall.Side
	Total int
	Items []hall.ArgumentView
	Pager view.Pager
}

// Option shows an option with both sides in equal room.
func (p *Pages) Option(v *page.Visit) error { return p.option(v, page.Sheet{}) }

func (p *Pages) option(v *page.Visit, s page.Sheet) error {
	x, err := p.Halls.Session(v.Context(), v.Actor, hall.SessionID(v.Param("hall")))
	if err != nil {
		return err
	}
	o, err := x.Option(v.Param("option"))
	if err != nil {
		return err
	}
	shown := optionView{Session: x, Option: o, To: "/hall/" + string(x.ID) + "/o/" + o.ID, Sheet: s, Token: s.Token("argue", v.Now)}
	for _, side := range []hall.Side{hall.For, hall.Against} {
		column, err := p.side(v, shown, side)
		if err != nil {
			return err
		}
		shown.Sides = append(shown.Sides, column)
	}
	return v.ShowAs(s.Status(), OptionPage(shown))
}

// side returns one side; the other side's place on its list stays when this one turns its page.
func (p *Pages) side(v *page.Visit, o optionView, side hall.Side) (sideView, error) {
	after := v.Query(string(side))
	found, err := p.Halls.Arguments(v.Context(), v.Actor, o.Session.ID, o.Option.ID, side, docstore.Cursor(after))
	column := sideView{Side: side, Total: o.Session.Counts[o.Option.ID].For, Items: found.Items}
	other := hall.Against
	if side == hall.Against {
		other, column.Total = hall.For, o.Session.Counts[o.Option.ID].Against
	}
	keep := "?" + string(other) + "=" + url.QueryEscape(v.Query(string(other)))
	column.Pager = view.Pager{Total: -1, Step: hall.ArgumentsPage, Later: after != "", First: o.To + keep}
	if found.Next != "" {
		column.Pager.Next = o.To + keep + "&" + string(side) + "=" + url.QueryEscape(string(found.Next)) + "#" + string(side)
	}
	return column, err
}

// Argue adds an argument.
func (p *Pages) Argue(v *page.Visit) error {
	id, option := v.Param("hall"), v.Param("option")
	a, err := p.Halls.Argue(v.Context(), v.Actor, hall.Argue{
		ID: hall.ArgumentID(v.Field("token")), Session: hall.SessionID(id), Option: option, Side: hall.Side(v.Field("side")), Body: v.Field("body"),
	})
	if err != nil {
		return p.option(v, v.RefuseForm("argue", err, "side", "body"))
	}
	said := "hall.argued"
	if a.Hidden {
		said = "hall.argued_held"
	}
	to := "/hall/" + id + "/o/" + option
	return v.GoSaying(to+"?posted="+to, said)
}

// Support says that an argument speaks for the visitor too, or takes that back.
func (p *Pages) Support(v *page.Visit) error {
	on := v.Field("on") != "0"
	if err := p.Halls.SupportArgument(v.Context(), v.Actor, hall.ArgumentID(v.Param("argument")), on); err != nil {
		return err
	}
	said := "hall.supported"
	if !on {
		said = "hall.unsupported"
	}
	to := "/hall/" + v.Param("hall") + "/o/" + v.Field("option")
	return v.GoSaying(to, said)
}
