package neighbourhood

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ExchangeView is a talk as one of the two sees it.
type ExchangeView struct {
	Exchange
	// Guest is set when the reader is the one who answered.
	IsGuest bool
	// Number is the other's telephone number while they have handed it over; NumberGiven is the reader's own act.
	Number      string
	NumberGiven time.Time
	Other       Party
	// State is the offer's, and Mine what the reader may do with it.
	Offered OfferView
	MaySay  bool
}

// exchange returns a talk of the actor's own. To anybody else there is none, whatever role they have.
func (s *Service) exchange(ctx context.Context, actor identity.Actor, id ExchangeID) (Exchange, error) {
	if !actor.Known() {
		return Exchange{}, identity.ErrSignIn
	}
	x, _, err := s.exchanges.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return x, ErrNotFound
	}
	if err != nil {
		return x, err
	}
	if _, _, ok := x.party(actor.ID); !ok {
		return Exchange{}, ErrNotFound
	}
	return x, nil
}

// Exchange returns a talk of the actor's own.
func (s *Service) Exchange(ctx context.Context, actor identity.Actor, id ExchangeID) (ExchangeView, error) {
	x, err := s.exchange(ctx, actor, id)
	if err != nil {
		return ExchangeView{}, err
	}
	own, other, _ := x.party(actor.ID)
	v := ExchangeView{Exchange: x, IsGuest: own == &x.Guest, NumberGiven: own.NumberAt, Other: *other, MaySay: x.ClosedBy == ""}
	if !other.NumberAt.IsZero() {
		if v.Number, err = s.People.Number(ctx, other.Account); err != nil {
			return ExchangeView{}, err
		}
	}
	o, _, err := s.offers.Get(ctx, string(x.Offer))
	if err != nil {
		return ExchangeView{}, err
	}
	v.Offered = reader{actor: actor}.view(o, s.now())
	v.Reports, v.Looks = nil, nil
	for _, l := range x.Looks {
		v.Looks = append(v.Looks, Look{Name: l.Name, Why: l.Why, At: l.At})
	}
	return v, nil
}

// Say sends a message.
type Say struct {
	ID       string // the form's token
	Exchange ExchangeID
	Text     string
}

// Say sends a message to the other of the two.
func (s *Service) Say(ctx context.Context, actor identity.Actor, cmd Say) (Exchange, error) {
	x, err := s.exchange(ctx, actor, cmd.Exchange)
	if err != nil {
		return x, err
	}
	text, err := newWord(cmd.Text, x.Kind.priced())
	if err := deliberation.Joined(err, deliberation.CheckToken(cmd.ID)); err != nil {
		return Exchange{}, err
	}
	return s.say(ctx, actor, x.ID, cmd.ID, text)
}

func (s *Service) say(ctx context.Context, actor identity.Actor, id ExchangeID, token, text string) (Exchange, error) {
	if err := s.clean(text, "text"); err != nil {
		return Exchange{}, err
	}
	if err := s.spend(ctx, actor, "word", token, WordsADay); err != nil {
		return Exchange{}, err
	}
	now := s.now()
	return s.exchanges.Update(ctx, string(id), func(x *Exchange) ([]docstore.Fact, error) { return x.Say(actor, token, text, now) })
}

// HandNumber shows the actor's own telephone number to the other, or takes it back.
func (s *Service) HandNumber(ctx context.Context, actor identity.Actor, id ExchangeID, give bool) (Exchange, error) {
	x, err := s.exchange(ctx, actor, id)
	if err != nil {
		return x, err
	}
	now := s.now()
	return s.exchanges.Update(ctx, string(x.ID), func(x *Exchange) ([]docstore.Fact, error) { return x.HandNumber(actor, give, now) })
}

// Block ends the talk and keeps the other away from now on. The other's offers are no longer shown to the actor.
func (s *Service) Block(ctx context.Context, actor identity.Actor, id ExchangeID) (Exchange, error) {
	x, err := s.exchange(ctx, actor, id)
	if err != nil {
		return x, err
	}
	_, other, _ := x.party(actor.ID)
	now := s.now()
	err = s.changeNeighbour(ctx, actor, func(n *Neighbour) error {
		switch {
		case n.blocks(other.Account):
			return docstore.ErrUnchanged
		case len(n.Blocked) >= MaxBlocked:
			return errManyBlocked
		}
		n.Blocked = append(n.Blocked[:len(n.Blocked):len(n.Blocked)], Block{Account: other.Account, Name: other.Name, At: now})
		return nil
	})
	if err != nil {
		return Exchange{}, err
	}
	return s.exchanges.Update(ctx, string(x.ID), func(x *Exchange) ([]docstore.Fact, error) {
		return x.Close(actor, string(actor.ID), "", now)
	})
}

// Unblock forgets a block: the one at the place of the list that was made at the instant. Accounts are nobody's to know.
func (s *Service) Unblock(ctx context.Context, actor identity.Actor, at time.Time) error {
	if !actor.Known() {
		return identity.ErrSignIn
	}
	return s.changeNeighbour(ctx, actor, func(n *Neighbour) error {
		kept := make([]Block, 0, len(n.Blocked))
		for _, b := range n.Blocked {
			if !b.At.Equal(at) {
				kept = append(kept, b)
			}
		}
		if len(kept) == len(n.Blocked) {
			return docstore.ErrUnchanged
		}
		n.Blocked = kept
		return nil
	})
}

// ReportExchange asks staff to read the talk. Until one of the two does, nobody else can.
func (s *Service) ReportExchange(ctx context.Context, actor identity.Actor, id ExchangeID, why string) (Exchange, error) {
	x, err := s.exchange(ctx, actor, id)
	if err != nil {
		return x, err
	}
	why, err = newLine(why, "why", MaxNote, true)
	if err != nil {
		return Exchange{}, err
	}
	now := s.now()
	return s.exchanges.Update(ctx, string(x.ID), func(x *Exchange) ([]docstore.Fact, error) { return x.Report(actor, why, now) })
}
