package identity

import (
	"context"
	"fmt"

	"jushou/internal/community"
)

// ResidentByPhone returns the verified resident of a community whom somebody that enters for people offline knows by a telephone
// number, "" if nobody here has it. The number's owner is told of what is done with the answer, not of the look-up.
func (s *Service) ResidentByPhone(ctx context.Context, actor Actor, c community.ID, phone string) (AccountID, error) {
	p, err := s.place(ctx, c)
	if err != nil {
		return "", err
	}
	if err := Can(actor, AssistEntry, p); err != nil {
		return "", err
	}
	if phone, err = ParsePhone(phone); err != nil {
		return "", err
	}
	for _, key := range s.box.Hashes(purposePhone, phone) {
		held, _, err := s.phones.Get(ctx, key)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("find a resident by phone: %w", err)
		}
		k, err := s.known(ctx, held.Account)
		if err == nil && k.account.PhoneHash == key && k.actor.Resides(c) {
			return held.Account, nil
		}
		if err != nil && !isNotFound(err) {
			return "", err
		}
	}
	return "", nil
}

// PhoneMark returns the keyed hash of a telephone number, by which somebody offline is known again when they register.
func (s *Service) PhoneMark(phone string) (string, error) {
	phone, err := ParsePhone(phone)
	return s.box.Hash(purposePhone, phone), err
}

// MarksOf returns the keyed hashes of an account's telephone number, under every key; none for an account without one.
func (s *Service) MarksOf(ctx context.Context, id AccountID) ([]string, error) {
	phone, err := s.Number(ctx, id)
	if err != nil || phone == "" {
		return nil, err
	}
	return s.box.Hashes(purposePhone, phone), nil
}
