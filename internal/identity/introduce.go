package identity

import (
	"context"
	"errors"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity/seal"
)

// Introduce is the form by which somebody who works here, and may live elsewhere, says who they are.
type Introduce struct {
	Name     string
	Phone    string
	Consents []Consent
}

// Introduce gives the actor's account a name and a phone without a home, so that an admin can find it and give it a
// role. It returns every fault of the form joined.
func (s *Service) Introduce(ctx context.Context, actor Actor, cmd Introduce) error {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return err
	}
	name, nameErr := ParseName(cmd.Name)
	phone, phoneErr := ParsePhone(cmd.Phone)
	if err := errors.Join(nameErr, phoneErr, agreed(cmd.Consents)); err != nil {
		return err
	}
	if err := s.claimPhone(ctx, actor.ID, phone, s.clock.Now()); err != nil {
		return err
	}
	before := ""
	a, err := s.change(ctx, actor.ID, func(a Account) (Account, []docstore.Fact, error) {
		before = a.PhoneHash
		return a.Introduce(s.box, Claim{Name: name, Phone: phone, Consents: cmd.Consents}, s.clock.Now())
	})
	if err != nil {
		before = s.box.Hash(purposePhone, phone) // claimed for nothing
	}
	if before != a.PhoneHash {
		s.free(ctx, s.phones, actor.ID, []string{before})
	}
	return err
}

// Introduce names the person. A verified resident's name is the committee's to correct.
func (a Account) Introduce(box *seal.Box, c Claim, now time.Time) (Account, []docstore.Fact, error) {
	if a.IsErased() {
		return a, nil, ErrErased
	}
	named, err := a.present(box, c, now)
	if err != nil {
		return a, nil, err
	}
	return named, []docstore.Fact{named.fact(EventChanged, string(a.ID), now, AccountEvent{})}, nil
}
