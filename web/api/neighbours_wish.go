package api

import (
	"jushou/deliberation/neighbourhood"
	"jushou/internal/community"
)

func wishOf(c *Call) neighbourhood.WishID { return neighbourhood.WishID(c.Param("wish")) }

// listWishes lists what hangs on a community's tree, newest first.
func (a *Actions) listWishes(c *Call) (Page[Wish], error) {
	found, err := a.Neighbours.Wishes(c.Context(), c.Actor, community.ID(c.Param("community")), c.after())
	return pageOf(found.Items, found.Next, showWish), err
}

// readWish shows one wish.
func (a *Actions) readWish(c *Call) (Wish, error) { return a.wished(c, wishOf(c), nil) }

// wished shows how a step left a wish, to who took it.
func (a *Actions) wished(c *Call, id neighbourhood.WishID, err error) (Wish, error) {
	if err != nil {
		return Wish{}, err
	}
	v, err := a.Neighbours.Wish(c.Context(), c.Actor, id)
	if err != nil {
		return Wish{}, err
	}
	return showWish(v), nil
}

// Offline is whom staff hang a wish up for. Name and contact are kept sealed.
type Offline struct {
	Name     string `json:"name"`
	Building string `json:"building,omitempty"`
	Contact  string `json:"contact,omitempty"`
	Consent  string `json:"consent" doc:"How and when the person agreed."`
}

// NewWish is a wish on its way to the tree.
type NewWish struct {
	ID         string             `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Show       neighbourhood.Show `json:"show" doc:"How far the wisher wants to be known."`
	Vulnerable bool               `json:"vulnerable,omitempty" doc:"It concerns somebody old, ill, a child or in need: staff look first."`
	Title      string             `json:"title,omitempty"`
	Body       string             `json:"body"`
	Until      string             `json:"until" format:"date-time" doc:"At most 90 days ahead."`
	For        *Offline           `json:"for,omitempty" doc:"Set by staff, for somebody without an account."`
}

// hangWish hangs it up, or lets it wait for staff.
func (a *Actions) hangWish(c *Call, in NewWish) (Wish, error) {
	until, err := parseInstant("until", in.Until)
	if err != nil {
		return Wish{}, err
	}
	cmd := neighbourhood.HangWish{
		ID: neighbourhood.WishID(c.token(in.ID)), Community: community.ID(c.Param("community")), Show: in.Show, Vulnerable: in.Vulnerable,
		Title: in.Title, Body: in.Body, Until: until,
	}
	if in.For != nil {
		whom := neighbourhood.ForOffline(*in.For)
		cmd.For = &whom
	}
	w, err := a.Neighbours.HangWish(c.Context(), c.Actor, cmd)
	return a.wished(c, w.ID, err)
}

// NewPledge promises to fulfil a wish.
type NewPledge struct {
	As    neighbourhood.As `json:"as"`
	Unit  string           `json:"unit,omitempty" doc:"The name of a shop, school or firm."`
	What  string           `json:"what"`
	Until string           `json:"until" format:"date-time" doc:"At most 60 days ahead."`
}

// adoptWish takes a wish from the tree. Of two at once the first has it.
func (a *Actions) adoptWish(c *Call, in NewPledge) (Wish, error) {
	until, err := parseInstant("until", in.Until)
	if err != nil {
		return Wish{}, err
	}
	w, err := a.Neighbours.AdoptWish(c.Context(), c.Actor, neighbourhood.AdoptWish{Wish: wishOf(c), As: in.As, Unit: in.Unit, What: in.What, Until: until})
	return a.wished(c, w.ID, err)
}

// WishStep is one step of a wish.
type WishStep struct {
	Step  string `json:"step" doc:"back, allow, forbid, deliver, fulfil, thank or withdraw; of staff clear or refuse."`
	Words string `json:"words,omitempty" doc:"Of thanks, or a reason."`
}

// stepWish takes a step that is the caller's.
func (a *Actions) stepWish(c *Call, in WishStep) (Wish, error) {
	id, ctx, n := wishOf(c), c.Context(), a.Neighbours
	var err error
	switch in.Step {
	case "thank":
		_, err = n.ThankWish(ctx, c.Actor, id, in.Words)
	case "clear", "refuse":
		_, err = n.ClearWish(ctx, c.Actor, id, in.Step == "clear", in.Words)
	case "forbid":
		_, err = n.StepWish(ctx, c.Actor, neighbourhood.StepWish{Wish: id, Do: neighbourhood.WishAllow, No: true})
	default:
		_, err = n.StepWish(ctx, c.Actor, neighbourhood.StepWish{Wish: id, Do: neighbourhood.WishMove(in.Step), Note: in.Words})
	}
	return a.wished(c, id, err)
}

// Contact is how an adopter reaches a wisher.
type Contact struct {
	Name     string `json:"name"`
	Building string `json:"building,omitempty"`
	Number   string `json:"number,omitempty"`
}

// wishContact tells it while the pledge runs and wisher or staff allow it.
func (a *Actions) wishContact(c *Call) (Contact, error) {
	found, err := a.Neighbours.Contact(c.Context(), c.Actor, wishOf(c))
	return Contact(found), err
}
