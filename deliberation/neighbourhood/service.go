package neighbourhood

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// Directory is what this package asks of the tenant tree.
type Directory interface {
	Node(ctx context.Context, id community.ID) (community.Node, error)
}

// Buildings tells in which estate a building stands.
type Buildings interface {
	Building(ctx context.Context, id community.BuildingID) (community.Building, error)
}

// Authors describes who acts, as others will see it; *deliberation.Service implements it.
type Authors interface {
	AuthorOf(ctx context.Context, a identity.Actor, p identity.Place) (deliberation.Author, error)
}

// People knows telephone numbers and records looks; *identity.Service implements it.
type People interface {
	// Number returns the telephone number of an account whose owner has handed it over, "" if there is none.
	Number(ctx context.Context, owner identity.AccountID) (string, error)
	// RecordLook writes down that a member of staff read something private of a person, where the person sees it.
	RecordLook(ctx context.Context, actor identity.Actor, c community.ID, whom identity.AccountID, why string) error
}

// Deps are what a Service stands on.
type Deps struct {
	Store     docstore.Store
	Clock     clock.Clock
	Directory Directory
	Buildings Buildings
	Authors   Authors
	People    People
	Screener  deliberation.Screener
	Box       *seal.Box
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	offers    docstore.Table[Offer]
	exchanges docstore.Table[Exchange]
	wishes    docstore.Table[Wish]
	people    docstore.Table[Neighbour]
}

// ErrNotFound means that there is no such thing, or none that this person may know of.
var ErrNotFound = fault.New(fault.NotFound, "neighbours.not_found")

// ErrTaken means that the form's token made something else before.
var ErrTaken = fault.New(fault.Conflict, "neighbours.token_taken")

// New returns a Service.
func New(d Deps) *Service {
	return &Service{
		Deps: d,
		offers: docstore.Table[Offer]{Store: d.Store, Kind: OfferKind, Fields: offerFields,
			Scope: func(o Offer) string { return string(o.Community) }},
		exchanges: docstore.Table[Exchange]{Store: d.Store, Kind: ExchangeKind, Fields: exchangeFields,
			Scope: func(x Exchange) string { return string(x.Community) }},
		wishes: docstore.Table[Wish]{Store: d.Store, Kind: WishKind, Fields: wishFields,
			Scope: func(w Wish) string { return string(w.Community) }},
		people: docstore.Table[Neighbour]{Store: d.Store, Kind: NeighbourKind},
	}
}

// now is the instant of a use case, in UTC and whole milliseconds as stores keep it.
func (s *Service) now() time.Time { return s.Clock.Now().UTC().Truncate(time.Millisecond) }

// community returns the place; a town or an unknown id is ErrNotFound.
func (s *Service) community(ctx context.Context, id community.ID) (community.Node, error) {
	n, err := s.Directory.Node(ctx, id)
	if err == nil && n.Level != community.LevelCommunity {
		return n, ErrNotFound
	}
	return n, err
}

// place is where the verbs of this package are asked for.
func place(n community.Node) identity.Place {
	return identity.At(n).On(string(deliberation.BoardNeighbours))
}

// reader is what somebody may see of a community's offers, asked once for many.
type reader struct {
	actor     identity.Actor
	tends     bool
	buildings []community.BuildingID
	estates   []community.EstateID
	blocked   Neighbour
}

// reader returns the actor's eyes, or the refusal to read the community at all.
func (s *Service) reader(ctx context.Context, actor identity.Actor, p identity.Place) (reader, error) {
	r := reader{actor: actor, tends: identity.Can(actor, identity.TendNeighbours, p) == nil}
	if err := identity.Can(actor, identity.ReadCommunity, p); err != nil {
		return r, err
	}
	for _, m := range actor.Memberships {
		if m.Community != p.Community() || m.Status != identity.MemberVerified {
			continue
		}
		r.buildings = append(r.buildings, m.Building)
		b, err := s.Buildings.Building(ctx, m.Building)
		if err != nil && !errors.Is(err, docstore.ErrNotFound) {
			return r, err
		}
		r.estates = append(r.estates, b.Estate)
	}
	var err error
	if actor.ID != "" {
		r.blocked, err = s.neighbour(ctx, actor.ID)
	}
	return r, err
}

// sees reports whether an offer reaches the reader.
func (r reader) sees(o Offer) bool {
	switch {
	case r.tends, o.Concerns(r.actor.ID):
		return true
	case !o.Status.Shown(), r.blocked.blocks(o.Author.Account):
		return false
	case o.Reach == ReachBuilding:
		return slices.Contains(r.buildings, o.Building)
	case o.Reach == ReachEstate:
		return slices.Contains(r.estates, o.Estate)
	}
	return true
}

// offer returns an offer that reaches the actor. Who may not read its community learns nothing but that there is none.
func (s *Service) offer(ctx context.Context, actor identity.Actor, id OfferID) (Offer, error) {
	o, _, err := s.offers.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return o, ErrNotFound
	}
	if err != nil {
		return o, err
	}
	if !actor.Known() {
		return Offer{}, identity.ErrSignIn
	}
	r, err := s.reader(ctx, actor, o.Place())
	if fault.KindOf(err) == fault.Denied && !o.Concerns(actor.ID) || err == nil && !r.sees(o) {
		return Offer{}, ErrNotFound
	}
	if err != nil && fault.KindOf(err) != fault.Denied {
		return Offer{}, err
	}
	return o, nil
}

// screenHits returns what the word list finds in an actor's text; who tends the place is not screened.
func (s *Service) screenHits(actor identity.Actor, p identity.Place, text string) []string {
	if identity.Can(actor, identity.TendNeighbours, p) == nil {
		return nil
	}
	return s.Screener.Screen(text)
}

// clean refuses a text that the word list knows, where nobody looks it over before others see it.
func (s *Service) clean(text, field string) error {
	if len(s.Screener.Screen(text)) > 0 {
		return ErrWords.On(field)
	}
	return nil
}
