package neighbourhood

import (
	"context"
	"fmt"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Forget takes a person who deleted the account out of what they hung up, talked about and promised. What still hangs is
// withdrawn, talks are closed, a pledge goes back to the tree. The relay gives it account.erased, at least once.
func (s *Service) Forget(ctx context.Context, e docstore.Event) error {
	if e.Type != identity.EventErased {
		return nil
	}
	who := identity.AccountID(e.Doc.ID)
	for _, step := range []func(context.Context, identity.AccountID) error{s.forgetOffers, s.forgetTalks, s.forgetWishes} {
		if err := step(ctx, who); err != nil {
			return fmt.Errorf("forget a neighbour: %w", err)
		}
	}
	return s.people.Delete(ctx, string(who), docstore.Any, Neighbour{}, fact(Forgotten, forgetting, s.now(), nil))
}

var forgetting = identity.System("forgetting")

func (s *Service) forgetOffers(ctx context.Context, who identity.AccountID) error {
	now := s.now()
	return s.offers.Each(ctx, docstore.Query{Index: byAuthor, Equal: []any{string(who)}}, func(o Offer) error {
		_, err := s.changeOffer(ctx, o.ID, func(o *Offer) ([]docstore.Fact, error) {
			if o.Author.Account != who {
				return nil, docstore.ErrUnchanged
			}
			if o.Status.Allows(MoveWithdraw) {
				o.Status = Withdrawn
			}
			o.Author.Account, o.Author.Name = "", identity.ErasedName
			o.forget(who)
			return []docstore.Fact{fact(Forgotten, forgetting, now, o.news())}, nil
		})
		return err
	})
}

func (s *Service) forgetTalks(ctx context.Context, who identity.AccountID) error {
	now := s.now()
	for _, index := range []string{byOwner, byGuest} {
		err := s.exchanges.Each(ctx, docstore.Query{Index: index, Equal: []any{string(who)}}, func(x Exchange) error {
			if err := s.forgetPromise(ctx, x.Offer, who, now); err != nil {
				return err
			}
			_, err := s.exchanges.Update(ctx, string(x.ID), func(x *Exchange) ([]docstore.Fact, error) {
				own, _, ok := x.party(who)
				if !ok {
					return nil, docstore.ErrUnchanged
				}
				guest := own == &x.Guest
				own.Account, own.Name, own.NumberAt = "", identity.ErasedName, time.Time{}
				for i := range x.Words {
					if x.Words[i].Guest == guest {
						x.Words[i].Text = ""
					}
				}
				x.ClosedBy, x.ClosedAt = byStaff, now
				return []docstore.Fact{fact(Forgotten, forgetting, now, x.news(""))}, nil
			})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetPromise opens an offer again that was promised to the person.
func (s *Service) forgetPromise(ctx context.Context, id OfferID, who identity.AccountID, now time.Time) error {
	_, err := s.changeOffer(ctx, id, func(o *Offer) ([]docstore.Fact, error) {
		if o.Promised == nil || o.Promised.Account != who {
			return nil, docstore.ErrUnchanged
		}
		o.forget(who)
		return []docstore.Fact{fact(Forgotten, forgetting, now, o.news())}, nil
	})
	return err
}

// forget takes a person out of promise, thanks and history.
func (o *Offer) forget(who identity.AccountID) {
	if p := o.Promised; p != nil && p.Account == who {
		o.Promised = &Promise{Exchange: p.Exchange, Name: identity.ErasedName, At: p.At}
		if o.Status == Promised {
			o.Status, o.Promised = Open, nil
		}
	}
	for i := range o.Thanks {
		if o.Thanks[i].By == who {
			o.Thanks[i].By, o.Thanks[i].Name = "", identity.ErasedName
		}
	}
	forgetIn(o.History, who)
}

func (s *Service) forgetWishes(ctx context.Context, who identity.AccountID) error {
	now := s.now()
	for _, index := range []string{byAuthor, byAdopter} {
		err := s.wishes.Each(ctx, docstore.Query{Index: index, Equal: []any{string(who)}}, func(w Wish) error {
			_, err := s.changeWish(ctx, w.ID, func(w *Wish) ([]docstore.Fact, error) { return w.forget(who, now) })
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *Wish) forget(who identity.AccountID, now time.Time) ([]docstore.Fact, error) {
	var facts []docstore.Fact
	if w.IsAdopter(who) && w.Status == Adopted {
		facts = append(facts, w.giveBack(forgetting, "", now, now, false))
	}
	if w.IsAdopter(who) {
		p := *w.Pledge
		p.By, p.Name = "", identity.ErasedName
		w.Pledge = &p
	}
	if w.IsWisher(who) {
		if w.Status.Allows(WishWithdraw) {
			w.Status, w.Pledge = WishIsWithdrawn, nil
		}
		w.Wisher.Account, w.Wisher.Name = "", identity.ErasedName
	}
	forgetIn(w.History, who)
	return append(facts, fact(Forgotten, forgetting, now, w.news())), nil
}

// forgetIn takes a resident out of a history; who acted in a role stays.
func forgetIn(history []deliberation.Entry, who identity.AccountID) {
	for i := range history {
		if e := &history[i]; e.Actor == string(who) && e.Title == "" {
			e.Actor, e.Name = "", identity.ErasedName
		}
	}
}
