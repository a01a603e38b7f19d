package identity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// RegisterResident is the form by which a person says who they are and where they live, as typed.
type RegisterResident struct {
	Name      string
	Phone     string
	Community community.ID
	Building  community.BuildingID
	Room      string
	Consents  []Consent // Purpose and Version; the time is ours
}

// RegisterResident takes the actor's claim to live somewhere: verified at once when the household's roster
// has name and phone, otherwise pending for staff. It returns every fault of the form joined. Sending the
// same form twice is sending it once.
func (s *Service) RegisterResident(ctx context.Context, actor Actor, cmd RegisterResident) (Membership, error) {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return Membership{}, err
	}
	c, err := s.claim(ctx, cmd)
	if err != nil {
		return Membership{}, err
	}
	return s.settleIn(ctx, actor.ID, c, func(a Account, now time.Time) (Account, []docstore.Fact, error) {
		return a.Register(s.box, c, now)
	})
}

// claim checks the form and brings every field into its one form.
func (s *Service) claim(ctx context.Context, cmd RegisterResident) (Claim, error) {
	c := Claim{Community: cmd.Community, Building: cmd.Building, Consents: cmd.Consents}
	var nameErr, phoneErr, roomErr error
	c.Name, nameErr = ParseName(cmd.Name)
	c.Phone, phoneErr = ParsePhone(cmd.Phone)
	room, roomErr := s.room(ctx, cmd)
	if err := errors.Join(nameErr, phoneErr, roomErr, agreed(cmd.Consents)); err != nil {
		return c, err
	}
	c.Household = NewHouseholdID(cmd.Community, cmd.Building, room)
	h, _, err := s.households.Get(ctx, string(c.Household))
	if err != nil && !isNotFound(err) {
		return c, fmt.Errorf("compare with the roster: %w", err)
	}
	c.Known, err = h.Knows(s.box, c.Name, c.Phone)
	return c, err
}

// room finds the building and reads the room inside it.
func (s *Service) room(ctx context.Context, cmd RegisterResident) (string, error) {
	b, err := s.places.Building(ctx, cmd.Building)
	if cmd.Building == "" || isNotFound(err) || err == nil && b.Community != cmd.Community {
		return "", errNoBuilding
	}
	if err != nil {
		return "", err
	}
	return RoomIn(b.Name, b.Entrances, cmd.Room)
}

// agreed refuses a form without the consent that an account rests on, or with a consent we do not ask for.
func agreed(consents []Consent) error {
	service := false
	for _, c := range consents {
		if c.Version == "" {
			return ErrBadConsent.With("purpose", c.Purpose)
		}
		service = service || c.Purpose == PurposeService
	}
	if !service {
		return ErrConsentNeeded
	}
	return nil
}

// settleIn changes the account with the claim's phone and returns the membership of the claimed home.
func (s *Service) settleIn(ctx context.Context, id AccountID, c Claim, t func(Account, time.Time) (Account, []docstore.Fact, error)) (Membership, error) {
	a, err := s.changeWithPhone(ctx, id, c.Phone, t)
	if err != nil {
		return Membership{}, err
	}
	i := a.home(c.Household)
	if i < 0 {
		return Membership{}, ErrNoHome
	}
	return a.Memberships[i], nil
}
