package neighbourhood

import (
	"context"
	"errors"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// AnswerOffer opens a talk about an offer, or goes on with it.
type AnswerOffer struct {
	ID    string // the form's token: of the message
	Offer OfferID
	Text  string
}

// AnswerOffer sends a neighbour's private answer to who hung the offer up. The first answer opens their exchange, which is one for
// the two, however often it is sent.
func (s *Service) AnswerOffer(ctx context.Context, actor identity.Actor, cmd AnswerOffer) (Exchange, error) {
	o, err := s.offer(ctx, actor, cmd.Offer)
	if err != nil {
		return Exchange{}, err
	}
	if err := identity.Can(actor, identity.HelpNeighbour, o.Place()); err != nil {
		return Exchange{}, err
	}
	if o.IsAuthor(actor.ID) {
		return Exchange{}, ErrNotYours
	}
	text, err := newWord(cmd.Text, o.Kind.priced())
	if err := deliberation.Joined(err, deliberation.CheckToken(cmd.ID)); err != nil {
		return Exchange{}, err
	}
	id := exchangeOf(o.ID, actor.ID)
	if _, _, err := s.exchanges.Get(ctx, string(id)); !errors.Is(err, docstore.ErrNotFound) {
		if err != nil {
			return Exchange{}, err
		}
		return s.say(ctx, actor, id, cmd.ID, text)
	}
	return s.openTalk(ctx, actor, o, cmd.ID, text)
}

// openTalk writes the exchange with its first message.
func (s *Service) openTalk(ctx context.Context, actor identity.Actor, o Offer, token, text string) (Exchange, error) {
	now := s.now()
	if err := o.may(MoveAnswer, now); err != nil {
		return Exchange{}, err
	}
	if err := s.apart(ctx, o.Author.Account, actor.ID); err != nil {
		return Exchange{}, err
	}
	if err := s.clean(text, "text"); err != nil {
		return Exchange{}, err
	}
	author, err := s.Authors.AuthorOf(ctx, actor, o.Place())
	if err != nil {
		return Exchange{}, err
	}
	author.Name = actor.Masked
	x := newExchange(o, author, now)
	if err := s.spend(ctx, actor, "answer", string(x.ID), AnswersADay); err != nil {
		return Exchange{}, err
	}
	facts, err := x.Say(actor, token, text, now)
	if err != nil {
		return Exchange{}, err
	}
	_, err = s.exchanges.Put(ctx, string(x.ID), docstore.Absent, x, facts...)
	if errors.Is(err, docstore.ErrConflict) {
		return s.say(ctx, actor, x.ID, token, text)
	}
	return x, err
}
