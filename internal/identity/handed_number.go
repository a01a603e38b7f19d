package identity

import (
	"context"
	"errors"
	"unicode/utf8"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// Number returns an account's telephone number for packages that have recorded its owner's own act of handing it over to the
// one who asks, and that ask each time it is shown. Nobody's, and a deleted account's, is "".
func (s *Service) Number(ctx context.Context, owner AccountID) (string, error) {
	k, err := s.known(ctx, owner)
	if errors.Is(err, docstore.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return k.account.RealPhone(s.box)
}

// RecordLook writes down that the actor read something private of a person and why, where the person sees it. Packages that
// show such things call it first: no record, no look.
func (s *Service) RecordLook(ctx context.Context, actor Actor, c community.ID, whom AccountID, why string) error {
	why = clean(why)
	if n := utf8.RuneCountInString(why); n < 2 || n > maxReason {
		return ErrReason.On("why")
	}
	return s.recordLook(ctx, actor, c, whom, why)
}
