package neighbourhood

import (
	"context"
	"errors"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// PromiseOffer gives the actor's offer to one of those who answered.
func (s *Service) PromiseOffer(ctx context.Context, actor identity.Actor, id OfferID, to ExchangeID) (Offer, error) {
	o, err := s.own(ctx, actor, id)
	if err != nil {
		return o, err
	}
	x, _, err := s.exchanges.Get(ctx, string(to))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && x.Offer != o.ID {
		return Offer{}, ErrNotFound
	}
	if err != nil {
		return Offer{}, err
	}
	if x.ClosedBy != "" {
		return Offer{}, ErrClosed
	}
	now := s.now()
	return s.changeOffer(ctx, id, func(o *Offer) ([]docstore.Fact, error) { return o.Promise(actor, x, now) })
}

// BackOffer opens a promised offer again; either of the two may.
func (s *Service) BackOffer(ctx context.Context, actor identity.Actor, id OfferID, reason string) (Offer, error) {
	reason, err := newLine(reason, "reason", MaxNote, false)
	if err != nil {
		return Offer{}, err
	}
	return s.byEither(ctx, actor, id, func(o *Offer, now time.Time) ([]docstore.Fact, error) { return o.Back(actor, reason, now) })
}

// FinishOffer says that a promised offer was carried out; either of the two may.
func (s *Service) FinishOffer(ctx context.Context, actor identity.Actor, id OfferID) (Offer, error) {
	return s.byEither(ctx, actor, id, func(o *Offer, now time.Time) ([]docstore.Fact, error) { return o.Done(actor, now) })
}

// ThankOffer adds a short public word of thanks; each of the two has one.
func (s *Service) ThankOffer(ctx context.Context, actor identity.Actor, id OfferID, text string) (Offer, error) {
	text, err := s.newThanks(text)
	if err != nil {
		return Offer{}, err
	}
	return s.byEither(ctx, actor, id, func(o *Offer, now time.Time) ([]docstore.Fact, error) { return o.Thank(actor, text, now) })
}

// newThanks cleans a public word of thanks, which is shown at once and so must be clean.
func (s *Service) newThanks(text string) (string, error) {
	text, err := newLine(text, "text", MaxThanks, true)
	switch {
	case err != nil:
		return text, err
	case NamesNumber(text):
		return text, ErrNumber.On("text")
	}
	return text, s.clean(text, "text")
}

// RenewOffer gives the actor's offer a new end: it still stands.
func (s *Service) RenewOffer(ctx context.Context, actor identity.Actor, id OfferID, until time.Time) (Offer, error) {
	if _, err := s.own(ctx, actor, id); err != nil {
		return Offer{}, err
	}
	now := s.now()
	until = until.UTC().Truncate(time.Millisecond)
	return s.changeOffer(ctx, id, func(o *Offer) ([]docstore.Fact, error) { return o.Renew(actor, until, now) })
}

// WithdrawOffer takes the actor's offer down.
func (s *Service) WithdrawOffer(ctx context.Context, actor identity.Actor, id OfferID) (Offer, error) {
	if _, err := s.own(ctx, actor, id); err != nil {
		return Offer{}, err
	}
	now := s.now()
	return s.changeOffer(ctx, id, func(o *Offer) ([]docstore.Fact, error) { return o.Withdraw(actor, now) })
}

// ReportOffer asks staff to look at a neighbour's offer.
func (s *Service) ReportOffer(ctx context.Context, actor identity.Actor, id OfferID, why string) (Offer, error) {
	o, err := s.offer(ctx, actor, id)
	if err != nil {
		return o, err
	}
	if err := identity.Can(actor, identity.ReadCommunity, o.Place()); err != nil {
		return Offer{}, err
	}
	if why, err = newLine(why, "why", MaxNote, true); err != nil {
		return Offer{}, err
	}
	now := s.now()
	return s.changeOffer(ctx, id, func(o *Offer) ([]docstore.Fact, error) { return o.Report(actor, why, now) })
}

// TendOffer is what staff do with an offer that is held or reported.
type TendOffer struct {
	Offer  OfferID
	Do     string // release, hide, dismiss
	Reason string // needed to hide
}

// TendOffer releases, hides or leaves an offer.
func (s *Service) TendOffer(ctx context.Context, actor identity.Actor, cmd TendOffer) (Offer, error) {
	o, err := s.offer(ctx, actor, cmd.Offer)
	if err != nil {
		return o, err
	}
	if err := identity.Can(actor, identity.TendNeighbours, o.Place()); err != nil {
		return Offer{}, err
	}
	reason, err := newLine(cmd.Reason, "reason", MaxNote, false)
	if err != nil {
		return Offer{}, err
	}
	if o.IsAuthor(actor.ID) {
		return Offer{}, errOwnEntry
	}
	now := s.now()
	return s.changeOffer(ctx, o.ID, func(o *Offer) ([]docstore.Fact, error) {
		switch cmd.Do {
		case "release":
			return o.Release(actor, now)
		case "hide":
			return o.Hide(actor, reason, now)
		case "dismiss":
			return o.Dismiss(actor, now)
		}
		return nil, errStep
	})
}

// own returns the actor's own offer.
func (s *Service) own(ctx context.Context, actor identity.Actor, id OfferID) (Offer, error) {
	o, err := s.offer(ctx, actor, id)
	if err == nil && !o.IsAuthor(actor.ID) {
		err = ErrNotYours
	}
	return o, err
}

// byEither takes a step that belongs to the two of a promised offer.
func (s *Service) byEither(ctx context.Context, actor identity.Actor, id OfferID, step func(*Offer, time.Time) ([]docstore.Fact, error)) (Offer, error) {
	if _, err := s.offer(ctx, actor, id); err != nil {
		return Offer{}, err
	}
	now := s.now()
	return s.changeOffer(ctx, id, func(o *Offer) ([]docstore.Fact, error) {
		if !o.Concerns(actor.ID) {
			return nil, ErrNotYours
		}
		return step(o, now)
	})
}

func (s *Service) changeOffer(ctx context.Context, id OfferID, change func(*Offer) ([]docstore.Fact, error)) (Offer, error) {
	return s.offers.Update(ctx, string(id), change)
}
