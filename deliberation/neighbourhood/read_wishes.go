package neighbourhood

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// WishView is a wish as one person may see it.
type WishView struct {
	Wish
	State         WishStatus
	Mine, Adopter bool
	May           WishMay
}

// WishMay says which steps a page should offer. The use cases ask again.
type WishMay struct {
	Adopt, Back, Allow, Contact, Deliver, Fulfil, Thank, Withdraw, Tend, Clear bool
}

// wishView returns what the actor sees of a wish: of the wisher as much as they chose, unless it is they themselves or staff.
func wishView(actor identity.Actor, w Wish, now time.Time) WishView {
	tends := identity.Can(actor, identity.TendNeighbours, w.Place()) == nil
	v := WishView{Wish: w, State: w.StatusAt(now), Mine: w.IsWisher(actor.ID), Adopter: w.IsAdopter(actor.ID)}
	allows := v.State.Allows
	speaks := v.Mine || tends && w.Offline != nil && !v.Adopter // for the wisher
	v.May = WishMay{
		Adopt: !v.Mine && allows(WishAdopt) && identity.Can(actor, identity.AdoptWish, w.Place()) == nil,
		Back:  (v.Mine || v.Adopter || tends) && allows(WishBack),
		Allow: (v.Mine || tends && !v.Adopter) && allows(WishAllow), Deliver: v.Adopter && allows(WishDeliver) && w.Pledge.DeliveredAt.IsZero(),
		Contact: v.Adopter && v.State == Adopted && !w.Pledge.AllowedAt.IsZero(),
		Fulfil:  speaks && allows(WishFulfil), Thank: speaks && allows(WishThank),
		Withdraw: (v.Mine || tends) && allows(WishWithdraw), Tend: tends,
		Clear: tends && allows(WishClear) && !v.Mine && !(w.Offline != nil && w.Offline.EnteredBy == actor.ID),
	}
	if w.Offline != nil {
		bare := *w.Offline
		bare.Name, bare.Contact = "", ""
		if !tends {
			bare = Offline{}
		}
		v.Offline = &bare
	}
	if !tends {
		v.Hits = nil
		v.History = slices.Clone(w.History)
		for i := range v.History {
			v.History[i].Actor = ""
		}
		v.Vulnerable = false
		if !v.Mine {
			v.Wisher = w.Seen()
		}
		if w.Pledge != nil && !v.Adopter {
			p := *w.Pledge
			p.By = ""
			v.Pledge = &p
		}
	}
	if v.State != Adopted && v.State != Fulfilled && v.State != WishIsThanked {
		v.Pledge = nil
	}
	return v
}

// wish returns a wish that the actor may see.
func (s *Service) wish(ctx context.Context, actor identity.Actor, id WishID) (Wish, error) {
	w, _, err := s.wishes.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return w, ErrNotFound
	}
	if err != nil {
		return w, err
	}
	if !actor.Known() {
		return Wish{}, identity.ErrSignIn
	}
	tends := identity.Can(actor, identity.TendNeighbours, w.Place()) == nil
	member := identity.Can(actor, identity.ReadCommunity, w.Place()) == nil
	if w.IsWisher(actor.ID) || w.IsAdopter(actor.ID) || tends || member && w.Status.Shown() {
		return w, nil
	}
	return Wish{}, ErrNotFound
}

// Wish returns one wish.
func (s *Service) Wish(ctx context.Context, actor identity.Actor, id WishID) (WishView, error) {
	w, err := s.wish(ctx, actor, id)
	if err != nil {
		return WishView{}, err
	}
	return wishView(actor, w, s.now()), nil
}

// WishPage is one page of the tree, newest first.
type WishPage struct {
	Items []WishView
	Next  docstore.Cursor
}

// Wishes lists what hangs on a community's tree, with what was adopted and what came true, newest first.
func (s *Service) Wishes(ctx context.Context, actor identity.Actor, c community.ID, after docstore.Cursor) (WishPage, error) {
	node, err := s.community(ctx, c)
	if err != nil {
		return WishPage{}, err
	}
	if err := identity.Can(actor, identity.ReadCommunity, place(node)); err != nil {
		return WishPage{}, err
	}
	found, next, err := s.wishes.Find(ctx, docstore.Query{Index: byTree, Equal: []any{string(c)}, Desc: true, Limit: mostListed, After: after})
	if err != nil {
		return WishPage{}, err
	}
	p, now := WishPage{Next: next}, s.now()
	for _, w := range found {
		if v := wishView(actor, w, now); v.State != WishIsEnded {
			p.Items = append(p.Items, v)
		}
	}
	return p, nil
}

// Contact is how an adopter reaches a wisher.
type Contact struct {
	Name, Building, Number string
}

// ErrNotAllowed means that neither wisher nor staff have let the adopter know how to reach the wisher.
var ErrNotAllowed = fault.New(fault.Denied, "neighbours.contact_not_allowed")

// Contact tells the adopter how to reach the wisher, while the pledge runs and wisher or staff allow it.
func (s *Service) Contact(ctx context.Context, actor identity.Actor, id WishID) (Contact, error) {
	w, err := s.wish(ctx, actor, id)
	if err != nil {
		return Contact{}, err
	}
	if !wishView(actor, w, s.now()).May.Contact {
		return Contact{}, ErrNotAllowed
	}
	c := Contact{Name: w.Wisher.Name, Building: w.Wisher.Building}
	if w.Offline == nil {
		c.Number, err = s.People.Number(ctx, w.Wisher.Account)
		return c, err
	}
	if c.Name, err = s.Box.Open(w.sealedAt("name"), w.Offline.Name); err != nil {
		return Contact{}, err
	}
	c.Number, err = s.Box.Open(w.sealedAt("contact"), w.Offline.Contact)
	return c, err
}
