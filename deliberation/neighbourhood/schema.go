package neighbourhood

import (
	"jushou/internal/docstore"
)

// Kinds of documents.
const (
	OfferKind     docstore.Kind = "offer"
	ExchangeKind  docstore.Kind = "exchange"
	WishKind      docstore.Kind = "wish"
	NeighbourKind docstore.Kind = "neighbour"
)

// Indexes. All but the lists of what somebody has are sparse.
const (
	byShelf    = "shelf"   // open and promised offers of a community
	byKind     = "kind"    // the same of one kind
	byThanked  = "thanked" // offers that ended with thanks
	byAuthor   = "author"  // what somebody hung up
	byDesk     = "desk"    // what waits for staff
	byNext     = "next"    // what the sweep has to look at, by time
	byOffer    = "offer"   // the exchanges of an offer
	byOwner    = "owner"   // somebody's exchanges about their own offers
	byGuest    = "guest"   // and about others'
	byTree     = "tree"    // wishes that neighbours see
	byAdopter  = "adopter" // what somebody promised
	byFallen   = "fallen"  // expired offers and ended wishes of a community
	mostListed = 30        // of a page
	mostOfMine = 100       // of a person's own things
	deskMost   = 50        // of what waits for staff
)

// ListPage is how many offers or wishes a page lists.
const ListPage = mostListed

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(names ...string) (f []docstore.Field) {
		for _, n := range names {
			f = append(f, docstore.Field{Name: n, Type: docstore.Text})
		}
		return f
	}
	at := func(names ...string) (f []docstore.Field) {
		for _, n := range names {
			f = append(f, docstore.Field{Name: n, Type: docstore.Int})
		}
		return f
	}
	index := func(name string, fields ...string) docstore.Index { return docstore.Index{Name: name, Fields: fields} }
	return []docstore.Collection{
		{Kind: OfferKind, Fields: append(text("shelf", "kind", "thanked", "author", "desk", "fallen"), at("created", "ended", "next")...), Indexes: []docstore.Index{
			index(byShelf, "shelf", "created"), index(byKind, "kind", "created"), index(byThanked, "thanked", "ended"),
			index(byAuthor, "author", "created"), index(byDesk, "desk", "created"), index(byNext, "next"), index(byFallen, "fallen", "ended"),
		}},
		{Kind: ExchangeKind, Fields: append(text("offer", "owner", "guest", "desk"), at("last")...), Indexes: []docstore.Index{
			index(byOffer, "offer", "last"), index(byOwner, "owner", "last"), index(byGuest, "guest", "last"), index(byDesk, "desk", "last"),
		}},
		{Kind: WishKind, Fields: append(text("tree", "author", "adopter", "desk", "fallen"), at("created", "ended", "next")...), Indexes: []docstore.Index{
			index(byTree, "tree", "created"), index(byAuthor, "author", "created"), index(byAdopter, "adopter", "created"),
			index(byDesk, "desk", "created"), index(byNext, "next"), index(byFallen, "fallen", "ended"),
		}},
		{Kind: NeighbourKind},
	}
}

func offerFields(o Offer) docstore.Fields {
	f := docstore.Fields{"created": o.CreatedAt.UnixMilli()}
	here := string(o.Community)
	switch o.Status {
	case Open, Promised:
		f["shelf"], f["kind"] = here, here+"/"+string(o.Kind)
	case Thanked:
		f["thanked"], f["ended"] = here, o.Thanks[0].At.UnixMilli()
	case Expired:
		f["fallen"], f["ended"] = here, o.Until.UnixMilli()
	}
	if o.Author.Account != "" {
		f["author"] = string(o.Author.Account)
	}
	if o.Status == Held || len(waiting(o.Reports)) > 0 {
		f["desk"] = here
	}
	if at, ok := o.next(); ok {
		f["next"] = at.UnixMilli()
	}
	return f
}

func exchangeFields(x Exchange) docstore.Fields {
	f := docstore.Fields{"offer": string(x.Offer), "last": x.Last.UnixMilli()}
	if x.Owner.Account != "" {
		f["owner"] = string(x.Owner.Account)
	}
	if x.Guest.Account != "" {
		f["guest"] = string(x.Guest.Account)
	}
	if len(waiting(x.Reports)) > 0 {
		f["desk"] = string(x.Community)
	}
	return f
}

func wishFields(w Wish) docstore.Fields {
	f := docstore.Fields{"created": w.CreatedAt.UnixMilli()}
	if w.Status.Shown() {
		f["tree"] = string(w.Community)
	}
	if w.Status == WishIsEnded {
		f["fallen"], f["ended"] = string(w.Community), w.Until.UnixMilli()
	}
	if w.Wisher.Account != "" {
		f["author"] = string(w.Wisher.Account)
	}
	if w.Pledge != nil && w.Pledge.By != "" {
		f["adopter"] = string(w.Pledge.By)
	}
	if w.waitsForStaff() {
		f["desk"] = string(w.Community)
	}
	if at, ok := w.next(); ok {
		f["next"] = at.UnixMilli()
	}
	return f
}

// waitsForStaff is set for a wish to be cleared, and for one of somebody offline that was delivered and not confirmed.
func (w Wish) waitsForStaff() bool {
	return w.Status == Clearing || w.Status == Adopted && w.Offline != nil && !w.Pledge.DeliveredAt.IsZero()
}
