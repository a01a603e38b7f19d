package identity

import (
	"context"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// FindByPhone returns the account of a phone number, for somebody who may give roles at the node: an operator
// knows a new colleague's number, not their account. A number that nobody
// has is docstore.ErrNotFound.
func (s *Service) FindByPhone(ctx context.Context, actor Actor, node community.ID, phone string) (AccountID, PublicName, error) {
	p, err := s.place(ctx, node)
	if err != nil {
		return "", PublicName{}, err
	}
	if err := Can(actor, GrantRole, p); err != nil {
		return "", PublicName{}, err
	}
	if phone, err = ParsePhone(phone); err != nil {
		return "", PublicName{}, err
	}
	for _, key := range s.box.Hashes(purposePhone, phone) {
		c, _, err := s.phones.Get(ctx, key)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return "", PublicName{}, fmt.Errorf("find by phone: %w", err)
		}
		k, err := s.known(ctx, c.Account)
		if err == nil && k.account.PhoneHash == key {
			return c.Account, k.name, nil
		}
		if err != nil && !isNotFound(err) {
			return "", PublicName{}, err
		}
	}
	return "", PublicName{}, docstore.ErrNotFound
}
