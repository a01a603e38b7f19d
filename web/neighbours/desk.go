package neighbours

import (
	"jushou/deliberation/neighbourhood"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// deskView is what waits for staff.
type deskView struct {
	neighbourhood.Desk
	Path     string
	Problems view.Problems
}

// Desk shows what waits: wishes to clear, reports, what ended lately.
func (p *Pages) Desk(v *page.Visit) error {
	return p.showDesk(v, view.Problems{Status: 200})
}

func (p *Pages) showDesk(v *page.Visit, problems view.Problems) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	shown := deskView{Path: r.Path("/neighbours"), Problems: problems}
	if shown.Desk, err = p.Neighbours.Desk(v.Context(), v.Actor, r.Node.ID); err != nil {
		return err
	}
	d, err := p.Console.Desk(v, r, "neighbours")
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, DeskPage(d, shown))
}

// TendOffer releases, hides or leaves an offer.
func (p *Pages) TendOffer(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	_, err = p.Neighbours.TendOffer(v.Context(), v.Actor, neighbourhood.TendOffer{
		Offer: neighbourhood.OfferID(v.Param("offer")), Do: v.Field("do"), Reason: v.Field("reason"),
	})
	if err != nil {
		return p.showDesk(v, v.Refuse(err))
	}
	return v.GoSaying(r.Path("/neighbours"), "neighbours.noted")
}

// ReadTalk shows a reported talk after writing down why it is read.
func (p *Pages) ReadTalk(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	x, err := p.Neighbours.ReadReported(v.Context(), v.Actor, r.Node.ID, neighbourhood.ExchangeID(v.Param("exchange")), v.Field("why"))
	if err != nil {
		return p.showDesk(v, v.Refuse(err))
	}
	d, err := p.Within(v, r, "neighbours", v.T("neighbours.desk_talk"), r.Path("/neighbours"))
	if err != nil {
		return err
	}
	return v.Show(DeskTalkPage(d, x, r.Path("/neighbours")))
}

// JudgeTalk closes the reports of a talk, and perhaps the talk.
func (p *Pages) JudgeTalk(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	_, err = p.Neighbours.JudgeExchange(v.Context(), v.Actor, r.Node.ID, neighbourhood.ExchangeID(v.Param("exchange")), v.Field("do") == "end", v.Field("reason"))
	if err != nil {
		return p.showDesk(v, v.Refuse(err))
	}
	return v.GoSaying(r.Path("/neighbours"), "neighbours.noted")
}

// NewOfflineWish shows the form for a wish of somebody offline.
func (p *Pages) NewOfflineWish(v *page.Visit) error {
	r, err := p.tender(v)
	if err != nil {
		return err
	}
	return p.showOffline(v, r, hangForm{Vulnerable: true, Problems: view.Problems{Status: 200}})
}

// OfflineWish hangs a wish on the tree for somebody offline.
func (p *Pages) OfflineWish(v *page.Visit) error {
	r, err := p.tender(v)
	if err != nil {
		return err
	}
	form := readHang(v)
	cmd := form.wish(v, r.Node.ID)
	cmd.For = &neighbourhood.ForOffline{Name: form.Name, Contact: form.Contact, Consent: form.Consent}
	if b, err := p.Places.Building(v.Context(), community.BuildingID(form.Building)); err == nil && b.Community == r.Node.ID {
		cmd.For.Building = b.Name
	}
	w, err := p.Neighbours.HangWish(v.Context(), v.Actor, cmd)
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showOffline(v, r, form)
	}
	return v.GoSaying(r.Path("/neighbours"), hungWords(w))
}

// tender returns the room for somebody who looks after its neighbours.
func (p *Pages) tender(v *page.Visit) (console.Room, error) {
	r, err := p.Community(v)
	if err != nil {
		return r, err
	}
	return r, identity.Can(v.Actor, identity.TendNeighbours, identity.At(r.Node))
}

func (p *Pages) showOffline(v *page.Visit, r console.Room, form hangForm) error {
	form.To, form.Offline = r.Path("/neighbours/wish"), true
	form.fill(v)
	buildings, err := p.Places.BuildingsIn(v.Context(), r.Node.ID)
	if err != nil {
		return err
	}
	form.Buildings = []view.Option{{Text: v.T("assist.no_building")}}
	for _, b := range buildings {
		form.Buildings = append(form.Buildings, view.Option{Value: string(b.ID), Text: b.Name})
	}
	d, err := p.Within(v, r, "neighbours", v.T("wishes.offline_title"), r.Path("/neighbours"))
	if err != nil {
		return err
	}
	return v.ShowAs(form.Problems.Status, OfflineWishPage(d, form))
}
