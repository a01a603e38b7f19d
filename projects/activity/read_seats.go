package activity

import (
	"context"
	"errors"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Guest is one line of the roster.
type Guest struct {
	Seat     int // its place in Activity.Seats
	Name     string
	Building string
	Persons  int
	Status   SeatStatus
	Came     int
}

// Roster lists who has signed up, in their order, for the host and the desk.
func (s *Service) Roster(ctx context.Context, actor identity.Actor, id ID) ([]Guest, error) {
	a, err := s.activities.Read(ctx, actor, string(id))
	if err != nil {
		return nil, err
	}
	if !a.Led(actor.ID) && !tends(actor, a.Place()) {
		return nil, errNotYours
	}
	known := map[identity.AccountID]Signup{}
	found, _, err := s.signups.Find(ctx, docstore.Query{Index: byOf, Equal: []any{string(id)}, Limit: rosterTop})
	if err != nil {
		return nil, err
	}
	for _, x := range found {
		known[x.Account] = x
	}
	var all []Guest
	for i, x := range a.Seats {
		if x.Status == Left {
			continue
		}
		g := Guest{Seat: i, Name: identity.ErasedName, Persons: x.Persons, Status: x.Status, Came: x.Came}
		if w, ok := known[x.Who]; ok && x.Who != "" {
			g.Name, g.Building = w.Name, w.Building
		}
		all = append(all, g)
	}
	return all, nil
}

// Questions returns those about an activity that the actor may read: the host and the desk all, others their own.
func (s *Service) Questions(ctx context.Context, actor identity.Actor, id ID) ([]Asking, error) {
	a, err := s.activities.Read(ctx, actor, string(id))
	if err != nil || !actor.Known() {
		return nil, err
	}
	q := docstore.Query{Index: byAsker, Equal: []any{askerKey(id, actor.ID)}, Limit: ListPage}
	if a.Led(actor.ID) || tends(actor, a.Place()) {
		q = docstore.Query{Index: byOf, Equal: []any{string(id)}, Limit: deskMost, Desc: true}
	}
	found, _, err := s.questions.Find(ctx, q)
	for i := range found {
		found[i].By.Account = ""
	}
	return found, err
}

// Attending are those who have a seat or wait for one: whom it concerns what becomes of it.
func (s *Service) Attending(ctx context.Context, id ID) ([]identity.AccountID, error) {
	return s.those(ctx, id, func(x Seat) bool { return x.Status != Left })
}

// Seated are those who have a seat.
func (s *Service) Seated(ctx context.Context, id ID) ([]identity.AccountID, error) {
	return s.those(ctx, id, func(x Seat) bool { return x.Status == Seated })
}

func (s *Service) those(ctx context.Context, id ID, which func(Seat) bool) ([]identity.AccountID, error) {
	a, _, err := s.activities.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil, nil
	}
	var all []identity.AccountID
	for _, x := range a.Seats {
		if x.Who != "" && which(x) {
			all = append(all, x.Who)
		}
	}
	return all, err
}
