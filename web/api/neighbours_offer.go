package api

import (
	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/internal/community"
	"jushou/internal/fault"
)

func offerOf(c *Call) neighbourhood.OfferID { return neighbourhood.OfferID(c.Param("offer")) }

// listOffers lists what hangs in a community and reaches the reader, newest first, or what ended with thanks.
func (a *Actions) listOffers(c *Call) (Page[Offer], error) {
	in := community.ID(c.Param("community"))
	var found neighbourhood.OfferPage
	var err error
	if c.Query("thanked") == "1" {
		found, err = a.Neighbours.Thanked(c.Context(), c.Actor, in, c.after())
	} else {
		found, err = a.Neighbours.Offers(c.Context(), c.Actor, in, neighbourhood.Kind(c.Query("kind")), c.after())
	}
	return pageOf(found.Items, found.Next, showOffer), err
}

// readOffer shows one offer.
func (a *Actions) readOffer(c *Call) (Offer, error) { return a.offered(c, offerOf(c), nil) }

// offered shows how a step left an offer, to who took it.
func (a *Actions) offered(c *Call, id neighbourhood.OfferID, err error) (Offer, error) {
	if err != nil {
		return Offer{}, err
	}
	v, err := a.Neighbours.Offer(c.Context(), c.Actor, id)
	return showOffer(v), err
}

// NewOffer is what somebody hangs up.
type NewOffer struct {
	ID     string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Kind   neighbourhood.Kind     `json:"kind"`
	Side   neighbourhood.Side     `json:"side"`
	Reach  neighbourhood.Reach    `json:"reach"`
	Title  string                 `json:"title,omitempty"`
	Body   string                 `json:"body" doc:"Names no price, lost property excepted, and no number."`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
	Until  string                 `json:"until" format:"date-time" doc:"At most 30 days ahead."`
}

// postOffer hangs it up, or holds it where the word list finds something.
func (a *Actions) postOffer(c *Call, in NewOffer) (Offer, error) {
	until, err := parseInstant("until", in.Until)
	if err != nil {
		return Offer{}, err
	}
	o, err := a.Neighbours.PostOffer(c.Context(), c.Actor, neighbourhood.PostOffer{
		ID: neighbourhood.OfferID(c.token(in.ID)), Community: community.ID(c.Param("community")), Kind: in.Kind, Side: in.Side, Reach: in.Reach,
		Title: in.Title, Body: in.Body, Photos: in.Photos, Until: until,
	})
	return a.offered(c, o.ID, err)
}

// OfferStep is one step of an offer.
type OfferStep struct {
	Step  string                   `json:"step" doc:"promise, back, done, thank, renew, withdraw or report."`
	Talk  neighbourhood.ExchangeID `json:"talk,omitempty" doc:"To whom it is promised."`
	Words string                   `json:"words,omitempty" doc:"Of thanks, why it is back, or why it is reported."`
	Until string                   `json:"until,omitempty" format:"date-time" doc:"Of a renewal."`
}

// errStep is the use cases' own refusal of a step that there is not.
var errStep = fault.New(fault.Invalid, "neighbours.bad_step").On("step")

// stepOffer takes a step that is the caller's.
func (a *Actions) stepOffer(c *Call, in OfferStep) (Offer, error) {
	id, ctx, n := offerOf(c), c.Context(), a.Neighbours
	err := error(errStep)
	switch in.Step {
	case "promise":
		_, err = n.PromiseOffer(ctx, c.Actor, id, in.Talk)
	case "back":
		_, err = n.BackOffer(ctx, c.Actor, id, in.Words)
	case "done":
		_, err = n.FinishOffer(ctx, c.Actor, id)
	case "thank":
		_, err = n.ThankOffer(ctx, c.Actor, id, in.Words)
	case "withdraw":
		_, err = n.WithdrawOffer(ctx, c.Actor, id)
	case "report":
		_, err = n.ReportOffer(ctx, c.Actor, id, in.Words)
	case "renew":
		until, wrong := parseInstant("until", in.Until)
		if wrong != nil {
			return Offer{}, wrong
		}
		_, err = n.RenewOffer(ctx, c.Actor, id, until)
	}
	return a.offered(c, id, err)
}

// Saying is a message.
type Saying struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text string `json:"text"`
}

// answerOffer opens a talk about an offer, or goes on with it.
func (a *Actions) answerOffer(c *Call, in Saying) (Talk, error) {
	x, err := a.Neighbours.AnswerOffer(c.Context(), c.Actor, neighbourhood.AnswerOffer{ID: c.token(in.ID), Offer: offerOf(c), Text: in.Text})
	return a.talked(c, x.ID, err)
}

// offerAnswers lists the talks about one's own offer.
func (a *Actions) offerAnswers(c *Call) (Page[TalkLine], error) {
	found, err := a.Neighbours.Answers(c.Context(), c.Actor, offerOf(c))
	return pageOf(found, "", showTalkLine), err
}
