package neighbourhood

import (
	"cmp"
	"context"
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Mine is what somebody has to do with their neighbours, the latest first in each list.
type Mine struct {
	Offers  []OfferView
	Talks   []Talk
	Wishes  []WishView
	Pledges []WishView
	Blocked []Block // without accounts
}

// Talk is one line of somebody's talks.
type Talk struct {
	ID     ExchangeID
	Offer  OfferID
	Title  string
	Other  string // masked
	Last   time.Time
	Word   string // the latest message
	OwnEnd bool   // the latest is the reader's own
	Closed bool
}

// Mine returns what the actor hung up, talks about, wished and promised.
func (s *Service) Mine(ctx context.Context, actor identity.Actor) (Mine, error) {
	var m Mine
	if err := identity.Can(actor, identity.KeepAccount, identity.Place{}); err != nil {
		return m, err
	}
	own, now := []any{string(actor.ID)}, s.now()
	latest := func(index string) docstore.Query {
		return docstore.Query{Index: index, Equal: own, Desc: true, Limit: mostOfMine}
	}
	offers, _, err := s.offers.Find(ctx, latest(byAuthor))
	if err != nil {
		return m, err
	}
	for _, o := range offers {
		m.Offers = append(m.Offers, reader{actor: actor}.view(o, now))
	}
	if m.Talks, err = s.talks(ctx, actor, latest(byOwner), latest(byGuest)); err != nil {
		return m, err
	}
	for index, list := range map[string]*[]WishView{byAuthor: &m.Wishes, byAdopter: &m.Pledges} {
		wishes, _, err := s.wishes.Find(ctx, latest(index))
		if err != nil {
			return m, err
		}
		for _, w := range wishes {
			*list = append(*list, wishView(actor, w, now))
		}
	}
	n, err := s.neighbour(ctx, actor.ID)
	for _, b := range n.Blocked {
		m.Blocked = append(m.Blocked, Block{Name: b.Name, At: b.At})
	}
	return m, err
}

func (s *Service) talks(ctx context.Context, actor identity.Actor, queries ...docstore.Query) ([]Talk, error) {
	var all []Talk
	for _, q := range queries {
		found, _, err := s.exchanges.Find(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, x := range found {
			all = append(all, x.talk(actor.ID))
		}
	}
	slices.SortFunc(all, func(a, b Talk) int { return cmp.Or(b.Last.Compare(a.Last), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

func (x Exchange) talk(reader identity.AccountID) Talk {
	t := Talk{ID: x.ID, Offer: x.Offer, Title: x.Title, Last: x.Last, Closed: x.ClosedBy != ""}
	own, other, _ := x.party(reader)
	if other != nil {
		t.Other = other.Name
	}
	if n := len(x.Words); n > 0 {
		t.Word, t.OwnEnd = x.Words[n-1].Text, x.Words[n-1].Guest == (own != nil && own.Account == x.Guest.Account)
	}
	return t
}

// Answers lists the talks about the actor's own offer, the latest first.
func (s *Service) Answers(ctx context.Context, actor identity.Actor, id OfferID) ([]Talk, error) {
	if _, err := s.own(ctx, actor, id); err != nil {
		return nil, err
	}
	return s.talks(ctx, actor, docstore.Query{Index: byOffer, Equal: []any{string(id)}, Desc: true, Limit: mostOfMine})
}
