package moderation

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Holders names who holds a role; *identity.Service does.
type Holders interface {
	// RoleHolders returns who holds the role at exactly this node.
	RoleHolders(ctx context.Context, role identity.Role, node community.ID) ([]identity.AccountID, error)
}

// Deps are what a Service stands on.
type Deps struct {
	Store     docstore.Store
	Clock     clock.Clock
	Rooms     map[Kind]Room
	Holders   Holders
	Directory deliberation.Directory
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	clock     clock.Clock
	rooms     map[Kind]Room
	holders   Holders
	directory deliberation.Directory
	cases     docstore.Table[Case]
}

// New returns a Service.
func New(d Deps) *Service {
	return &Service{clock: d.Clock, rooms: d.Rooms, holders: d.Holders, directory: d.Directory, cases: caseTable(d.Store)}
}

func (s *Service) now() time.Time { return s.clock.Now().UTC().Truncate(time.Millisecond) }

// look returns one thing, or errNoRoom.
func (s *Service) look(ctx context.Context, r Ref) (Thing, error) {
	room, ok := s.rooms[r.Kind]
	if !ok || r.ID == "" || len(r.ID) > docstore.MaxID/2 {
		return Thing{}, errNoRoom
	}
	found, err := room.Look(ctx, []string{r.ID})
	if err != nil {
		return Thing{}, err
	}
	t, ok := found[r.ID]
	if !ok {
		return Thing{}, errNoRoom
	}
	return t, nil
}

// place returns where a thing lies.
func (t Thing) place() identity.Place { return identity.Place{Path: t.Path, Board: string(t.Board)} }

// newCase is a case about which nothing is known yet.
func newCase(t Thing) Case {
	return Case{Ref: t.Ref, Community: t.place().Community(), Path: t.Path, Board: t.Board, Topic: t.Topic, Seen: t.Seen}
}

// change alters the case of a thing, which it makes if there is none.
func (s *Service) change(ctx context.Context, t Thing, how func(*Case) ([]docstore.Fact, error)) (Case, error) {
	for {
		c, err := s.cases.Update(ctx, t.key(), how)
		if !errors.Is(err, docstore.ErrNotFound) {
			return c, err
		}
		c = newCase(t)
		facts, err := how(&c)
		if err != nil {
			return c, err
		}
		if _, err = s.cases.Put(ctx, t.key(), docstore.Absent, c, facts...); !errors.Is(err, docstore.ErrConflict) {
			return c, err
		}
		if err := ctx.Err(); err != nil {
			return c, err
		}
	}
}

// caseOf returns the case of a thing, the empty one if there is none.
func (s *Service) caseOf(ctx context.Context, t Thing) (Case, error) {
	c, _, err := s.cases.Get(ctx, t.key())
	if errors.Is(err, docstore.ErrNotFound) {
		return newCase(t), nil
	}
	return c, err
}

// Follow keeps cases with their things. The relay gives it events of package deliberation, at least once and in any
// order: it takes over what is, not what the event says.
func (s *Service) Follow(ctx context.Context, e docstore.Event) error {
	ref, ok := refOfEvent(e)
	if !ok {
		return nil
	}
	t, err := s.look(ctx, ref)
	if errors.Is(err, errNoRoom) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = s.cases.Update(ctx, t.key(), func(c *Case) ([]docstore.Fact, error) { return nil, c.follow(t, e.At) })
	if !errors.Is(err, docstore.ErrNotFound) || t.State != StateHeld {
		return ignore(err, docstore.ErrNotFound)
	}
	_, err = s.change(ctx, t, func(c *Case) ([]docstore.Fact, error) { return nil, c.follow(t, e.At) })
	return ignore(err, docstore.ErrUnchanged)
}

func ignore(err, what error) error {
	if errors.Is(err, what) {
		return nil
	}
	return err
}

func fact(what string, by identity.Actor, at time.Time, data any) docstore.Fact {
	return docstore.Fact{Type: what, Actor: by.Ref(), At: at, Data: data}
}
