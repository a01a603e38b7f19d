package api

import (
	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/internal/community"
)

// OfferMay says which steps make sense to offer. The actions ask again.
type OfferMay struct {
	Answer   bool `json:"answer"`
	Promise  bool `json:"promise"`
	Back     bool `json:"back"`
	Done     bool `json:"done"`
	Thank    bool `json:"thank"`
	Renew    bool `json:"renew"`
	Withdraw bool `json:"withdraw"`
	Report   bool `json:"report"`
	Tend     bool `json:"tend"`
}

// ThankYou is a short public word of thanks.
type ThankYou struct {
	Name string  `json:"name"`
	Text string  `json:"text"`
	At   Instant `json:"at"`
}

// Offer is something a neighbour has or needs.
type Offer struct {
	ID         neighbourhood.OfferID    `json:"id"`
	Community  community.ID             `json:"community"`
	Kind       neighbourhood.Kind       `json:"kind"`
	Side       neighbourhood.Side       `json:"side" doc:"Of lost property, who has it has found it."`
	Reach      neighbourhood.Reach      `json:"reach"`
	Status     neighbourhood.Status     `json:"status"`
	Reason     string                   `json:"reason,omitempty"`
	Masked     bool                     `json:"masked" doc:"Title, body and photos are left out."`
	Title      string                   `json:"title"`
	Body       string                   `json:"body"`
	Photos     []Photo                  `json:"photos"`
	Author     Author                   `json:"author"`
	Mine       bool                     `json:"mine"`
	CreatedAt  Instant                  `json:"created_at"`
	Until      Instant                  `json:"until"`
	PromisedTo string                   `json:"promised_to,omitempty" doc:"For the two it concerns."`
	Talk       neighbourhood.ExchangeID `json:"talk,omitempty" doc:"The reader's own, about somebody else's offer."`
	Thanks     []ThankYou               `json:"thanks"`
	Reports    []NeighbourReport        `json:"reports" doc:"For staff."`
	May        OfferMay                 `json:"may"`
}

// NeighbourReport asks staff to look.
type NeighbourReport struct {
	Name string  `json:"name"`
	Why  string  `json:"why"`
	At   Instant `json:"at"`
}

func showNeighbourReport(r neighbourhood.Report) NeighbourReport {
	return NeighbourReport{Name: r.Name, Why: r.Why, At: instant(r.At)}
}

func showThanks(t neighbourhood.Thanks) ThankYou {
	return ThankYou{Name: t.Name, Text: t.Text, At: instant(t.At)}
}

func showOffer(o neighbourhood.OfferView) Offer {
	shown := Offer{
		ID: o.ID, Community: o.Community, Kind: o.Kind, Side: o.Side, Reach: o.Reach, Status: o.State, Reason: o.Reason, Masked: o.Masked,
		Title: o.Title, Body: o.Body, Author: showAuthor(o.Author), Mine: o.Mine, CreatedAt: instant(o.CreatedAt), Until: instant(o.Until),
		Talk: o.Talk, Thanks: each(o.Thanks, showThanks), Reports: each(o.Reports, showNeighbourReport), May: OfferMay(o.May),
		Photos: each(o.Photos, func(id deliberation.PhotoID) Photo {
			base := "/n/" + string(o.ID) + "/photos/" + string(id)
			return Photo{ID: string(id), Thumb: base + "/thumb", Full: base + "/full"}
		}),
	}
	if p := o.Promised; p != nil {
		shown.PromisedTo = p.Name
	}
	return shown
}

// TalkLine is one line of somebody's talks.
type TalkLine struct {
	ID     neighbourhood.ExchangeID `json:"id"`
	Offer  neighbourhood.OfferID    `json:"offer"`
	Title  string                   `json:"title"`
	Other  string                   `json:"other" doc:"Masked."`
	Last   Instant                  `json:"last"`
	Word   string                   `json:"word" doc:"The latest message."`
	Mine   bool                     `json:"mine" doc:"The latest is the reader's own."`
	Closed bool                     `json:"closed"`
}

func showTalkLine(t neighbourhood.Talk) TalkLine {
	return TalkLine{ID: t.ID, Offer: t.Offer, Title: t.Title, Other: t.Other, Last: instant(t.Last), Word: t.Word, Mine: t.OwnEnd, Closed: t.Closed}
}

// TalkWord is one message.
type TalkWord struct {
	Mine bool    `json:"mine"`
	Text string  `json:"text"`
	At   Instant `json:"at"`
}

// TalkLook tells that a member of staff read the talk after a report.
type TalkLook struct {
	Name string  `json:"name"`
	Why  string  `json:"why"`
	At   Instant `json:"at"`
}

// Talk is the private talk of two people about one offer.
type Talk struct {
	ID          neighbourhood.ExchangeID `json:"id"`
	Offer       Offer                    `json:"offer"`
	Other       string                   `json:"other" doc:"Masked."`
	Building    string                   `json:"building,omitempty"`
	Words       []TalkWord               `json:"words"`
	Number      string                   `json:"number,omitempty" doc:"The other's telephone number while they hand it over."`
	NumberGiven Instant                  `json:"number_given,omitzero" doc:"When the reader handed over theirs."`
	Closed      bool                     `json:"closed"`
	Reason      string                   `json:"reason,omitempty" doc:"Of staff, who ended it."`
	Looks       []TalkLook               `json:"looks"`
}

func showTalk(x neighbourhood.ExchangeView) Talk {
	return Talk{
		ID: x.ID, Offer: showOffer(x.Offered), Other: x.Other.Name, Building: x.Other.Building, Number: x.Number, NumberGiven: instant(x.NumberGiven),
		Closed: !x.MaySay, Reason: x.Reason,
		Words: each(x.Words, func(w neighbourhood.Word) TalkWord {
			return TalkWord{Mine: w.Guest == x.IsGuest, Text: w.Text, At: instant(w.At)}
		}),
		Looks: each(x.Looks, func(l neighbourhood.Look) TalkLook { return TalkLook{Name: l.Name, Why: l.Why, At: instant(l.At)} }),
	}
}

// WishMay says which steps make sense to offer. The actions ask again.
type WishMay struct {
	Adopt    bool `json:"adopt"`
	Back     bool `json:"back"`
	Allow    bool `json:"allow"`
	Contact  bool `json:"contact"`
	Deliver  bool `json:"deliver"`
	Fulfil   bool `json:"fulfil"`
	Thank    bool `json:"thank"`
	Withdraw bool `json:"withdraw"`
	Tend     bool `json:"tend"`
	Clear    bool `json:"clear"`
}

// Pledge is what an adopter promises until when.
type Pledge struct {
	Name        string           `json:"name"`
	As          neighbourhood.As `json:"as"`
	What        string           `json:"what"`
	Until       Instant          `json:"until"`
	DeliveredAt Instant          `json:"delivered_at,omitzero" doc:"When the adopter said it was done; the wish is fulfilled when the wisher says so."`
}

// Wish hangs on the tree of wishes.
type Wish struct {
	ID        neighbourhood.WishID     `json:"id"`
	Community community.ID             `json:"community"`
	Wisher    Author                   `json:"wisher" doc:"As far as the wisher chose."`
	Mine      bool                     `json:"mine"`
	Adopter   bool                     `json:"adopter" doc:"The reader has promised it."`
	Title     string                   `json:"title"`
	Body      string                   `json:"body"`
	Status    neighbourhood.WishStatus `json:"status"`
	Reason    string                   `json:"reason,omitempty"`
	CreatedAt Instant                  `json:"created_at"`
	Until     Instant                  `json:"until"`
	Pledge    *Pledge                  `json:"pledge,omitempty"`
	Thanks    *ThankYou                `json:"thanks,omitempty"`
	May       WishMay                  `json:"may"`
}

func showWish(w neighbourhood.WishView) Wish {
	shown := Wish{
		ID: w.ID, Community: w.Community, Wisher: showAuthor(w.Wisher), Mine: w.Mine, Adopter: w.Adopter, Title: w.Title, Body: w.Body,
		Status: w.State, Reason: w.Reason, CreatedAt: instant(w.CreatedAt), Until: instant(w.Until), May: WishMay(w.May),
	}
	if p := w.Pledge; p != nil {
		shown.Pledge = &Pledge{Name: p.Name, As: p.As, What: p.What, Until: instant(p.Until), DeliveredAt: instant(p.DeliveredAt)}
	}
	if w.Thanks != nil {
		t := showThanks(*w.Thanks)
		shown.Thanks = &t
	}
	return shown
}
