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

// changeWithPhone claims the phone, changes the account, and frees the phone that it had before. The phone is
// claimed first: only who holds the claim writes the number, so no two accounts ever have one. When the
// transition refuses, the new claim is freed; when the store fails, it is kept, because the write may have
// happened.
func (s *Service) changeWithPhone(ctx context.Context, id AccountID, phone string, t func(Account, time.Time) (Account, []docstore.Fact, error)) (Account, error) {
	now := s.clock.Now()
	if err := s.claimPhone(ctx, id, phone, now); err != nil {
		return Account{}, err
	}
	before, refused := "", false
	a, err := s.change(ctx, id, func(a Account) (Account, []docstore.Fact, error) {
		before = a.PhoneHash
		next, facts, err := t(a, now)
		refused = err != nil
		return next, facts, err
	})
	spare := before
	switch {
	case refused:
		spare = s.box.Hash(purposePhone, phone)
	case err != nil:
		return a, err
	}
	if spare != a.PhoneHash {
		s.free(ctx, s.phones, id, []string{spare})
	}
	return a, err
}

// claimPhone makes the number the account's, or returns ErrPhoneTaken. Claiming one's own is free.
func (s *Service) claimPhone(ctx context.Context, id AccountID, phone string, now time.Time) error {
	hashes := s.box.Hashes(purposePhone, phone)
	for try := 1; ; try++ {
		want, err := s.phoneFree(ctx, id, hashes, now)
		if err != nil {
			return err
		}
		_, err = s.phones.Put(ctx, hashes[0], want, claim{Account: id, At: now})
		if !errors.Is(err, docstore.ErrConflict) || try == maxTries {
			return err
		}
	}
}

// phoneFree returns the version of the claim that the account may replace, or ErrPhoneTaken. It looks under
// every key, so that a number claimed before the keys were changed is still taken.
func (s *Service) phoneFree(ctx context.Context, id AccountID, hashes []string, now time.Time) (docstore.Want, error) {
	want := docstore.Absent
	for i, key := range hashes {
		c, version, err := s.phones.Get(ctx, key)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return want, fmt.Errorf("look up phone claim: %w", err)
		}
		if i == 0 {
			want = docstore.Want(version)
		}
		if c.Account == id {
			continue
		}
		if held, err := s.holdsPhone(ctx, c, hashes, now); err != nil {
			return want, err
		} else if held {
			return want, ErrPhoneTaken
		}
	}
	return want, nil
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
