package neighbourhood

import (
	"time"

	"jushou/internal/community"
	"jushou/internal/identity"
)

// Types of events; the data of each is News. No event holds a message, a telephone number or who made a wish.
const (
	OfferPosted    = "offer.posted"
	OfferHeld      = "offer.held" // the word list found something
	OfferReleased  = "offer.released"
	OfferHidden    = "offer.hidden"
	OfferPromised  = "offer.promised"
	OfferBack      = "offer.back"
	OfferDone      = "offer.done"
	OfferThanked   = "offer.thanked"
	OfferAsked     = "offer.asked" // does it still stand?
	OfferRenewed   = "offer.renewed"
	OfferExpired   = "offer.expired"
	OfferWithdrawn = "offer.withdrawn"
	OfferReported  = "offer.reported"
	OfferJudged    = "offer.judged"

	ExchangeSaid       = "exchange.said"
	ExchangeNumber     = "exchange.number"
	ExchangeNumberBack = "exchange.number_back"
	ExchangeClosed     = "exchange.closed"
	ExchangeReported   = "exchange.reported"
	ExchangeJudged     = "exchange.judged"
	ExchangeRead       = "exchange.read" // by staff, after a report

	WishHung      = "wish.hung"
	WishCleared   = "wish.cleared"
	WishRefused   = "wish.refused"
	WishAdopted   = "wish.adopted"
	WishAllowed   = "wish.allowed" // the adopter may learn how to reach the wisher
	WishDelivered = "wish.delivered"
	WishReturned  = "wish.returned" // to the tree
	WishRemind    = "wish.remind"   // the pledge ends soon
	WishFulfilled = "wish.fulfilled"
	WishThanked   = "wish.thanked"
	WishEnded     = "wish.ended"
	WishWithdrawn = "wish.withdrawn"

	NeighbourChanged = "neighbour.changed" // blocks or the day's count: nothing to tell anybody
	Forgotten        = "neighbour.forgotten"
)

// News is the data of every event: what it is about and whom it concerns.
type News struct {
	Offer     OfferID      `json:"offer,omitempty"`
	Exchange  ExchangeID   `json:"exchange,omitempty"`
	Wish      WishID       `json:"wish,omitempty"`
	Community community.ID `json:"community"`
	Town      community.ID `json:"town,omitempty"`
	Title     string       `json:"title,omitempty"` // "" while held or hidden
	Until     time.Time    `json:"until,omitzero"`
	// Owner hung it up, "" for a wish of somebody offline; Other is the neighbour on the other side, the adopter of a wish.
	Owner     identity.AccountID `json:"owner,omitempty"`
	Other     identity.AccountID `json:"other,omitempty"`
	OtherName string             `json:"other_name,omitempty"`
	// To is who is to be told of a message or a number.
	To        identity.AccountID   `json:"to,omitempty"`
	Name      string               `json:"name,omitempty"`
	First     bool                 `json:"first,omitempty"` // of an exchange's messages
	Reporters []identity.AccountID `json:"reporters,omitempty"`
	Acted     bool                 `json:"acted,omitempty"`
	Waits     bool                 `json:"waits,omitempty"` // staff have to look first
	Expired   bool                 `json:"expired,omitempty"`
	Reason    string               `json:"reason,omitempty"`
}

func (o Offer) news() News {
	n := News{Offer: o.ID, Community: o.Community, Town: townOf(o.Path), Until: o.Until, Owner: o.Author.Account}
	if o.Status.Shown() || o.Status == Withdrawn {
		n.Title = o.Title
	}
	if p := o.Promised; p != nil {
		n.Exchange, n.Other, n.OtherName = p.Exchange, p.Account, p.Name
	}
	return n
}

// news of an exchange tells the one who did not act.
func (x *Exchange) news(by identity.AccountID) News {
	n := News{
		Offer: x.Offer, Exchange: x.ID, Community: x.Community, Town: townOf(x.Path), Title: x.Title,
		Owner: x.Owner.Account, Other: x.Guest.Account, First: len(x.Words) == 1,
	}
	if own, other, ok := x.party(by); ok {
		n.To, n.Name = other.Account, own.Name
	}
	return n
}
