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
	_, err := s.changeWithPhone(ctx, actor.ID, phone, func(a Account, now time.Time) (Account, []docstore.Fact, error) {
		return a.Introduce(s.box, Claim{Name: name, Phone: phone, Consents: cmd.Consents}, now)
	})
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
