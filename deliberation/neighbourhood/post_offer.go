package neighbourhood

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// PostOffer is what somebody hangs up.
type PostOffer struct {
	ID          OfferID // the form's token
	Community   community.ID
	Kind        Kind
	Side        Side
	Reach       Reach
	Title, Body string
	Photos      []deliberation.PhotoID
	Until       time.Time
}

// PostOffer hangs an offer up, or holds it if the word list finds something. The same form sent again returns the offer it
// made the first time.
func (s *Service) PostOffer(ctx context.Context, actor identity.Actor, cmd PostOffer) (Offer, error) {
	node, err := s.community(ctx, cmd.Community)
	if err != nil {
		return Offer{}, err
	}
	if err := identity.Can(actor, identity.HelpNeighbour, place(node)); err != nil {
		return Offer{}, err
	}
	now := s.now()
	text, err := newText(cmd.Title, cmd.Body, cmd.Photos, cmd.Kind.priced())
	if err := deliberation.Joined(err, deliberation.CheckToken(string(cmd.ID)), checkOffer(cmd), checkUntil(cmd.Until, now)); err != nil {
		return Offer{}, err
	}
	o, err := s.newOffer(ctx, actor, node, cmd, text, now)
	if err != nil {
		return Offer{}, err
	}
	if err := s.spend(ctx, actor, "offer", string(o.ID), OffersADay); err != nil {
		return Offer{}, err
	}
	facts := o.posted(actor, s.screenHits(actor, place(node), o.Title+"\n"+o.Body))
	_, err = s.offers.Put(ctx, string(o.ID), docstore.Absent, o, facts...)
	if errors.Is(err, docstore.ErrConflict) {
		return s.postedBefore(ctx, o)
	}
	return o, err
}

func checkOffer(cmd PostOffer) error {
	if !cmd.Kind.valid() || cmd.Side != Has && cmd.Side != Needs {
		return errKind
	}
	if !slices.Contains(Reaches(), cmd.Reach) {
		return errReach
	}
	return nil
}

func (s *Service) newOffer(ctx context.Context, actor identity.Actor, node community.Node, cmd PostOffer, text deliberation.Text, now time.Time) (Offer, error) {
	author, err := s.Authors.AuthorOf(ctx, actor, place(node))
	if err != nil {
		return Offer{}, err
	}
	// Among neighbours everybody is a neighbour: the masked name, whatever role the person has.
	author.Name, author.Title = actor.Masked, ""
	o := Offer{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Kind: cmd.Kind, Side: cmd.Side, Author: author, Reach: cmd.Reach,
		Title: text.Title, Body: text.Body, Photos: text.Photos, CreatedAt: now, HungAt: now, Until: cmd.Until.UTC().Truncate(time.Millisecond),
	}
	if cmd.Reach != ReachCommunity {
		r, err := s.reader(ctx, actor, place(node))
		if err != nil {
			return Offer{}, err
		}
		if len(r.buildings) == 0 || cmd.Reach == ReachEstate && r.estates[0] == "" {
			return Offer{}, errReach
		}
		o.Building, o.Estate = r.buildings[0], r.estates[0]
	}
	o.PostHash = hashOf(o.Community, o.Kind, o.Side, o.Reach, o.Title, o.Body, o.Photos, o.Author.Account)
	return o, nil
}

// posted sets the first state and the first line of the history.
func (o *Offer) posted(by identity.Actor, hits []string) []docstore.Fact {
	o.Status, o.Hits = Open, hits
	o.note(OfferPosted, by, "", o.CreatedAt)
	if len(hits) == 0 {
		return []docstore.Fact{fact(OfferPosted, by, o.CreatedAt, o.news())}
	}
	o.Status, o.Reason = Held, deliberation.ReasonWordList
	return []docstore.Fact{fact(OfferPosted, by, o.CreatedAt, o.news()), fact(OfferHeld, by, o.CreatedAt, o.news())}
}

// postedBefore answers a form whose token is taken: with the offer it made, if this is the same form again.
func (s *Service) postedBefore(ctx context.Context, o Offer) (Offer, error) {
	first, _, err := s.offers.Get(ctx, string(o.ID))
	if err != nil {
		return Offer{}, fmt.Errorf("look up an offer sent twice: %w", err)
	}
	if first.PostHash != o.PostHash {
		return Offer{}, ErrTaken
	}
	return first, nil
}

// hashOf identifies what a form said, so that a replay can be told from another form.
func hashOf(parts ...any) string {
	text, err := json.Marshal(parts)
	if err != nil {
		panic("neighbourhood: strings do not encode: " + err.Error())
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
