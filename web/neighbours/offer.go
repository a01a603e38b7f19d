package neighbours

import (
	"slices"

	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/internal/ids"
	"jushou/internal/photo"
	"jushou/web/page"
	"jushou/web/view"
)

// offerView is one offer with what its reader may do.
type offerView struct {
	neighbourhood.OfferView
	Talks    []neighbourhood.Talk // of the owner
	Token    string
	Text     string // of an answer or thanks that comes back
	Lengths  []view.Option
	Problems view.Problems
}

// Offer shows one offer.
func (p *Pages) Offer(v *page.Visit) error {
	return p.showOffer(v, offerView{Problems: view.Problems{Status: 200}})
}

func (p *Pages) showOffer(v *page.Visit, shown offerView) error {
	id := neighbourhood.OfferID(v.Param("offer"))
	o, err := p.Neighbours.Offer(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	shown.OfferView, shown.Lengths = o, days(v, 3, 7, 14, 30)
	if o.Mine {
		if shown.Talks, err = p.Neighbours.Answers(v.Context(), v.Actor, id); err != nil {
			return err
		}
	}
	if !ids.Valid(shown.Token) {
		shown.Token = ids.New(v.Now)
	}
	return v.ShowAs(shown.Problems.Status, OfferPage(shown))
}

// Answer sends a private answer and leads to the talk that it opens.
func (p *Pages) Answer(v *page.Visit) error {
	shown := offerView{Token: v.Field("token"), Text: v.Field("text")}
	x, err := p.Neighbours.AnswerOffer(v.Context(), v.Actor, neighbourhood.AnswerOffer{
		ID: shown.Token, Offer: neighbourhood.OfferID(v.Param("offer")), Text: shown.Text,
	})
	if err != nil {
		shown.Problems = v.Refuse(err)
		return p.showOffer(v, shown)
	}
	return v.GoSaying("/x/"+string(x.ID), "neighbours.answered")
}

// StepOffer takes a step of the two: promise, back, done, renew, withdraw, thank; or reports the offer.
func (p *Pages) StepOffer(v *page.Visit) error {
	id, ctx := neighbourhood.OfferID(v.Param("offer")), v.Context()
	var err error
	switch step := v.Field("step"); step {
	case "promise":
		_, err = p.Neighbours.PromiseOffer(ctx, v.Actor, id, neighbourhood.ExchangeID(v.Field("exchange")))
	case "back":
		_, err = p.Neighbours.BackOffer(ctx, v.Actor, id, v.Field("reason"))
	case "done":
		_, err = p.Neighbours.FinishOffer(ctx, v.Actor, id)
	case "renew":
		_, err = p.Neighbours.RenewOffer(ctx, v.Actor, id, inDays(v))
	case "withdraw":
		_, err = p.Neighbours.WithdrawOffer(ctx, v.Actor, id)
	case "thank":
		_, err = p.Neighbours.ThankOffer(ctx, v.Actor, id, v.Field("text"))
	case "report":
		_, err = p.Neighbours.ReportOffer(ctx, v.Actor, id, v.Field("why"))
	default:
		err = page.ErrRequest
	}
	if err != nil {
		return p.showOffer(v, offerView{Text: v.Field("text"), Problems: v.Refuse(err)})
	}
	said := "neighbours.noted"
	if v.Field("step") == "report" {
		said = "neighbours.reported"
	}
	return v.GoSaying("/n/"+string(id), said)
}

// OfferPhoto shows a photo of an offer to whom the offer reaches.
func (p *Pages) OfferPhoto(v *page.Visit) error {
	o, err := p.Neighbours.Offer(v.Context(), v.Actor, neighbourhood.OfferID(v.Param("offer")))
	if err != nil {
		return err
	}
	if !slices.Contains(o.Photos, deliberation.PhotoID(v.Param("photo"))) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, v.Param("photo"))
}
