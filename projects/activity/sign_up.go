package activity

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Signup is what one person wants of one activity. Its key is both, so that two taps are one wish.
type Signup struct {
	Activity  ID                 `json:"activity"`
	Community community.ID       `json:"community"`
	Account   identity.AccountID `json:"account"`
	Name      string             `json:"name"` // masked
	Building  string             `json:"building,omitempty"`
	Persons   int                `json:"persons"`
	In        bool               `json:"in"` // wants to come; false once they have left
	// Round counts the wishes, so that an old one changes nothing that a later one has changed.
	Round int       `json:"round"`
	Token string    `json:"token"` // of the form that was last sent
	At    time.Time `json:"at"`    // of the last wish
}

func signupKey(a ID, who identity.AccountID) string { return string(a) + "/" + string(who) }

// author is who the wish is of, as others may see them.
func (x Signup) author() deliberation.Author {
	return deliberation.Author{Account: x.Account, Name: x.Name, Building: x.Building}
}

func (x Signup) asked() docstore.Fact {
	return docstore.Fact{Type: Asked, Actor: string(x.Account), At: x.At, Data: Wish{x.Activity, x.Community, x.Account}}
}

// SignUp is somebody's wish to come.
type SignUp struct {
	Activity ID
	Token    string // the form's
	Persons  int    // the whole family
}

var errNotForYou = fault.New(fault.Denied, "activity.not_for_you")

// SignUp gives somebody a seat, or a place on the waiting list. The same form again changes nothing. A wish is written down before
// the seat is taken; where the process dies between the two, Follow takes it.
func (s *Service) SignUp(ctx context.Context, actor identity.Actor, cmd SignUp) (Activity, error) {
	a, by, err := s.activities.For(ctx, actor, string(cmd.Activity), identity.JoinActivity)
	if err != nil {
		return a, err
	}
	now := s.Now()
	if err := deliberation.Joined(deliberation.CheckToken(cmd.Token), a.mayCome(actor, cmd.Persons, now)); err != nil {
		return Activity{}, err
	}
	x := Signup{
		Activity: a.ID, Community: a.Community, Account: actor.ID, Name: actor.Masked, Building: by.Building, Persons: cmd.Persons, In: true, Round: 1, Token: cmd.Token, At: now,
	}
	key := signupKey(a.ID, actor.ID)
	old, err := s.signups.Add(ctx, key, x, x.asked())
	if err == nil && old.Token != cmd.Token {
		old, err = s.signups.Update(ctx, key, func(old *Signup) ([]docstore.Fact, error) {
			if old.Token == cmd.Token {
				return nil, docstore.ErrUnchanged
			}
			x.Round = old.Round + 1
			*old = x
			return []docstore.Fact{x.asked()}, nil
		})
	}
	if err != nil {
		return Activity{}, err
	}
	return s.seat(ctx, old)
}

// mayCome refuses a wish before it is written down. What only the seats know is asked again with them.
func (a Activity) mayCome(actor identity.Actor, persons int, now time.Time) error {
	if a.Led(actor.ID) {
		return errHostsOwn
	}
	home := func(m identity.Membership) bool {
		return m.Community == a.Community && m.Status == identity.MemberVerified && (len(a.For.Buildings) == 0 || slices.Contains(a.For.Buildings, m.Building))
	}
	if !slices.ContainsFunc(actor.Memberships, home) {
		return errNotForYou
	}
	if mine, ok := a.SeatOf(actor.ID); ok && mine.Status != Left && persons > mine.Persons && persons <= MaxPersons {
		return errMore
	}
	return a.admits(persons, now)
}

// Leave gives one's seat back, or the place on the waiting list.
func (s *Service) Leave(ctx context.Context, actor identity.Actor, id ID) (Activity, error) {
	a, err := s.activities.Read(ctx, actor, string(id))
	if err != nil {
		return a, err
	}
	now := s.Now()
	if a.Status == Published && !now.Before(a.StartsAt) {
		return Activity{}, errStarted
	}
	x, err := s.signups.Update(ctx, signupKey(id, actor.ID), func(x *Signup) ([]docstore.Fact, error) {
		if !x.In {
			return nil, docstore.ErrUnchanged
		}
		x.In, x.At = false, now
		x.Round++
		return []docstore.Fact{x.asked()}, nil
	})
	if errors.Is(err, docstore.ErrNotFound) {
		return a, nil
	}
	if err != nil {
		return Activity{}, err
	}
	return s.seat(ctx, x)
}

// seat lets the seats follow a wish.
func (s *Service) seat(ctx context.Context, x Signup) (Activity, error) {
	now := s.Now()
	return s.activities.Update(ctx, string(x.Activity), func(a *Activity) ([]docstore.Fact, error) {
		if x.In {
			return a.Take(x.author(), x.Persons, x.Round, x.At, now)
		}
		return a.GiveBack(x.author(), x.Round, now)
	})
}

// settle takes the seat of a wish whose process died before it did. What the seats refuse was refused to the person too.
func (s *Service) settle(ctx context.Context, e docstore.Event) error {
	w, err := deliberation.Decode[Wish](e)
	if err != nil {
		return err
	}
	x, _, err := s.signups.Get(ctx, signupKey(w.Activity, w.Who))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil // the account was deleted
	}
	if err != nil {
		return err
	}
	_, err = s.seat(ctx, x)
	switch fault.KindOf(err) {
	case fault.Invalid, fault.TooLate, fault.Denied:
		return nil
	case fault.Conflict:
		if errors.Is(err, docstore.ErrConflict) {
			return err
		}
		return nil
	}
	return err
}
