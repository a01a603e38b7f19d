package identity

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// ErrPhoneTaken means that another account has the number. What to do next: sign in with the WeChat that
// registered it, or ask the committee to sort it out.
var ErrPhoneTaken = fault.New(fault.Conflict, "identity.phone_taken").On("phone")

// claimRests is how long a claim without an account behind it is left alone: somebody may be between
// claiming the number and writing it.
const claimRests = 10 * time.Minute

// claimPhone makes the number the account's, or returns ErrPhoneTaken. Claiming one's own is free.
func (s *Service) claimPhone(ctx context.Context, id AccountID, phone string, now time.Time) error {
	hashes := s.box.Hashes(purposePhone, phone)
	for try := 1; ; try++ {
		want := docstore.Absent
		for i, key := range hashes {
			c, version, err := s.phones.Get(ctx, key)
			if isNotFound(err) {
				continue
			}
			if err != nil {
				return fmt.Errorf("look up phone claim: %w", err)
			}
			if c.Account != id {
				held, err := s.holdsPhone(ctx, c, hashes, now)
				if err != nil || held {
					return errors.Join(err, taken(held))
				}
			} else if i == 0 {
				return nil
			}
			if i == 0 {
				want = docstore.Want(version)
			}
		}
		_, err := s.phones.Put(ctx, hashes[0], want, claim{Account: id, At: now})
		if !errors.Is(err, docstore.ErrConflict) || try == maxTries {
			return err
		}
	}
}

func taken(held bool) error {
	if held {
		return ErrPhoneTaken
	}
	return nil
}

// holdsPhone reports whether a claim still counts: its account has the number, or may be about to.
func (s *Service) holdsPhone(ctx context.Context, c claim, hashes []string, now time.Time) (bool, error) {
	a, _, err := s.accounts.Get(ctx, string(c.Account))
	switch {
	case isNotFound(err):
		return now.Sub(c.At) < claimRests, nil
	case err != nil:
		return false, err
	case slices.Contains(hashes, a.PhoneHash):
		return true, nil
	}
	return !a.IsErased() && now.Sub(c.At) < claimRests, nil
}
