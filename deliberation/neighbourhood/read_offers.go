package neighbourhood

import (
	"context"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// OfferView is an offer as one person may see it.
type OfferView struct {
	Offer
	// State is the state now, whether or not a sweep has recorded it.
	State Status
	Mine  bool
	// Partner is set for who it is promised to.
	Partner bool
	// Masked is set when the text is left out because the offer is hidden or withdrawn.
	Masked bool
	// Talk is the reader's own exchange about somebody else's offer, "" if there is none.
	Talk ExchangeID
	May  May
}

// May says which steps a page should offer. The use cases ask again.
type May struct {
	Answer, Promise, Back, Done, Thank, Renew, Withdraw, Report, Tend bool
}

// view returns what the reader sees of an offer.
func (r reader) view(o Offer, now time.Time) OfferView {
	v := OfferView{Offer: o, State: o.StatusAt(now), Mine: o.IsAuthor(r.actor.ID)}
	v.Partner = !v.Mine && o.Concerns(r.actor.ID)
	two, allows := v.Mine || v.Partner, v.State.Allows
	thanked := slices.ContainsFunc(o.Thanks, func(t Thanks) bool { return t.By == r.actor.ID })
	v.May = May{
		Answer: !v.Mine && allows(MoveAnswer) && identity.Can(r.actor, identity.HelpNeighbour, o.Place()) == nil,
		Back:   two && allows(MoveBack), Done: two && allows(MoveDone), Thank: two && allows(MoveThank) && !thanked,
		Promise: v.Mine && allows(MovePromise), Renew: v.Mine && allows(MoveRenew) && now.Before(o.Until.Add(RenewWithin)),
		Withdraw: v.Mine && allows(MoveWithdraw), Report: !v.Mine && allows(MoveReport), Tend: r.tends,
	}
	v.Masked = !v.Mine && !r.tends && !o.Status.Shown()
	if v.Masked {
		v.Title, v.Body, v.Photos = "", "", nil
	}
	if r.tends {
		return v
	}
	v.Hits, v.Reports = nil, nil
	if !v.Mine {
		v.Author.Account = ""
		v.Promised = nil
		if v.Partner {
			v.Promised = o.Promised
		}
	}
	v.Thanks = slices.Clone(o.Thanks)
	for i := range v.Thanks {
		v.Thanks[i].By = ""
	}
	v.History = slices.Clone(o.History)
	for i := range v.History {
		v.History[i].Actor = ""
	}
	return v
}

// Offer returns one offer that reaches the actor.
func (s *Service) Offer(ctx context.Context, actor identity.Actor, id OfferID) (OfferView, error) {
	o, err := s.offer(ctx, actor, id)
	if err != nil {
		return OfferView{}, err
	}
	r, err := s.reader(ctx, actor, o.Place())
	if err != nil && !o.Concerns(actor.ID) {
		return OfferView{}, err
	}
	v := r.view(o, s.now())
	if !v.Mine {
		if _, _, err := s.exchanges.Get(ctx, string(exchangeOf(id, actor.ID))); err == nil {
			v.Talk = exchangeOf(id, actor.ID)
		}
	}
	return v, nil
}

// OfferPage is one page of offers, newest first.
type OfferPage struct {
	Items []OfferView
	Next  docstore.Cursor
}

// Offers lists what hangs in a community and reaches the actor, newest first; kind "" is all.
func (s *Service) Offers(ctx context.Context, actor identity.Actor, c community.ID, kind Kind, after docstore.Cursor) (OfferPage, error) {
	if kind == "" {
		return s.page(ctx, actor, c, after, docstore.Query{Index: byShelf, Equal: []any{string(c)}, Desc: true}, true)
	}
	return s.page(ctx, actor, c, after, docstore.Query{Index: byKind, Equal: []any{string(c) + "/" + string(kind)}, Desc: true}, true)
}

// Thanked lists what ended with thanks, the latest first.
func (s *Service) Thanked(ctx context.Context, actor identity.Actor, c community.ID, after docstore.Cursor) (OfferPage, error) {
	return s.page(ctx, actor, c, after, docstore.Query{Index: byThanked, Equal: []any{string(c)}, Desc: true}, false)
}

// pagesRead bounds how far one page looks for offers that reach the actor; what follows is behind the next page.
const pagesRead = 5

func (s *Service) page(ctx context.Context, actor identity.Actor, c community.ID, after docstore.Cursor, q docstore.Query, hanging bool) (OfferPage, error) {
	var p OfferPage
	node, err := s.community(ctx, c)
	if err != nil {
		return p, err
	}
	r, err := s.reader(ctx, actor, place(node))
	if err != nil {
		return p, err
	}
	q.Limit, q.After = mostListed, after
	now := s.now()
	for range pagesRead {
		found, next, err := s.offers.Find(ctx, q)
		if err != nil {
			return p, err
		}
		for _, o := range found {
			if r.sees(o) && !(hanging && o.StatusAt(now) == Expired) {
				p.Items = append(p.Items, r.view(o, now))
			}
		}
		p.Next, q.After = next, next
		if next == "" || len(p.Items) >= mostListed/2 {
			break
		}
	}
	return p, nil
}
