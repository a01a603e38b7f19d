package neighbourhood

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// What one person may begin in a day of 24 hours.
const (
	OffersADay  = 5
	AnswersADay = 10
	WishesADay  = 3
	WordsADay   = 200
	// MaxBlocked bounds whom one person has blocked.
	MaxBlocked = 100
)

// Neighbour is one person's own document.
type Neighbour struct {
	Account identity.AccountID `json:"account"`
	Blocked []Block            `json:"blocked,omitempty"`
	Begun   []Begun            `json:"begun,omitempty"` // of the last day
}

// Block keeps somebody from answering the person's offers, and their offers out of the person's sight.
type Block struct {
	Account identity.AccountID `json:"account"`
	Name    string             `json:"name"` // masked
	At      time.Time          `json:"at"`
}

// Begun is one thing of the day.
type Begun struct {
	What string    `json:"what"`
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
}

var (
	// ErrEnough means that somebody has begun as much as one may in a day.
	ErrEnough = fault.New(fault.TooMany, "neighbours.enough_today")
	// ErrBlocked means that one of the two does not want to hear of the other. It does not say which.
	ErrBlocked = fault.New(fault.Denied, "neighbours.not_possible")

	errManyBlocked = fault.New(fault.TooLarge, "neighbours.too_many_blocked").With("max", MaxBlocked)
)

// blocks reports whether the person has blocked the account.
func (n Neighbour) blocks(a identity.AccountID) bool {
	return slices.ContainsFunc(n.Blocked, func(b Block) bool { return b.Account == a })
}

// begin counts one more thing of the day, or refuses it. The same thing again is not counted twice.
func (n *Neighbour) begin(what, id string, most int, now time.Time) error {
	n.Begun = slices.DeleteFunc(slices.Clone(n.Begun), func(b Begun) bool { return !b.At.After(now.Add(-24 * time.Hour)) })
	had := 0
	for _, b := range n.Begun {
		if b.What == what && b.ID == id {
			return docstore.ErrUnchanged
		}
		if b.What == what {
			had++
		}
	}
	if had >= most {
		return ErrEnough.With("max", most)
	}
	n.Begun = append(n.Begun, Begun{What: what, ID: id, At: now})
	return nil
}

// spend counts what the actor begins. It is asked before the thing is written; a thing that then fails was counted.
func (s *Service) spend(ctx context.Context, actor identity.Actor, what, id string, most int) error {
	now := s.now()
	return s.changeNeighbour(ctx, actor, func(n *Neighbour) error { return n.begin(what, id, most, now) })
}

// changeNeighbour changes the actor's own document, which is made when it is first needed.
func (s *Service) changeNeighbour(ctx context.Context, actor identity.Actor, change func(*Neighbour) error) error {
	now := s.now()
	for {
		_, err := s.people.Update(ctx, string(actor.ID), func(n *Neighbour) ([]docstore.Fact, error) {
			return nil, change(n)
		})
		if !errors.Is(err, docstore.ErrNotFound) {
			return err
		}
		n := Neighbour{Account: actor.ID}
		if err := change(&n); errors.Is(err, docstore.ErrUnchanged) {
			return nil
		} else if err != nil {
			return err
		}
		_, err = s.people.Put(ctx, string(actor.ID), docstore.Absent, n, fact(NeighbourChanged, actor, now, nil))
		if !errors.Is(err, docstore.ErrConflict) {
			return err
		}
	}
}

// neighbour returns somebody's document; nobody's is empty.
func (s *Service) neighbour(ctx context.Context, id identity.AccountID) (Neighbour, error) {
	n, _, err := s.people.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Neighbour{Account: id}, nil
	}
	return n, err
}

// apart returns ErrBlocked if either of the two has blocked the other.
func (s *Service) apart(ctx context.Context, a, b identity.AccountID) error {
	for _, pair := range [][2]identity.AccountID{{a, b}, {b, a}} {
		n, err := s.neighbour(ctx, pair[0])
		if err != nil {
			return err
		}
		if n.blocks(pair[1]) {
			return ErrBlocked
		}
	}
	return nil
}
