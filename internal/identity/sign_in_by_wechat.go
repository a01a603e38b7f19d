package identity

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/ids"
)

// ErrBadOpenID means that WeChat named nobody.
var ErrBadOpenID = fault.New(fault.Invalid, "identity.bad_openid")

// SignInByWeChat returns the person behind a WeChat openid that package wechat has verified, making a new
// account for somebody unknown. Two sign-ins at once make one account: the binding's key decides. The
// binding is written first, so a crash in between leaves a binding to an account that the next sign-in makes.
func (s *Service) SignInByWeChat(ctx context.Context, openid string) (Actor, error) {
	if openid == "" || len(openid) > 64 {
		return Actor{}, ErrBadOpenID
	}
	now := s.clock.Now()
	for {
		id, version, err := s.bound(ctx, openid)
		if err != nil {
			return Actor{}, fmt.Errorf("sign in by WeChat: %w", err)
		}
		if id != "" {
			actor, err := s.arrive(ctx, id, openid, now)
			if !errors.Is(err, ErrErased) {
				return actor, err
			}
		}
		// Nobody, or somebody who deleted the account and whose binding outlived it: begin anew.
		key := s.box.Hash(purposeOpenID, openid)
		_, err = s.bindings.Put(ctx, key, version, claim{Account: AccountID(ids.New(now)), At: now})
		if err != nil && !errors.Is(err, docstore.ErrConflict) {
			return Actor{}, fmt.Errorf("bind WeChat id: %w", err)
		}
	}
}

// bound returns the account an openid is bound to, under the current or a previous key, and the version of
// the binding under the current key.
func (s *Service) bound(ctx context.Context, openid string) (AccountID, docstore.Want, error) {
	hashes := s.box.Hashes(purposeOpenID, openid)
	for i, key := range hashes {
		c, version, err := s.bindings.Get(ctx, key)
		switch {
		case isNotFound(err):
			continue
		case err != nil:
			return "", 0, err
		case i == 0:
			return c.Account, docstore.Want(version), nil
		}
		return c.Account, docstore.Absent, nil
	}
	return "", docstore.Absent, nil
}

// arrive returns the bound account, making its document if a crash or another sign-in has not yet.
func (s *Service) arrive(ctx context.Context, id AccountID, openid string, now time.Time) (Actor, error) {
	actor, err := s.Actor(ctx, id)
	if !isNotFound(err) {
		return actor, err
	}
	a, created := NewAccount(s.box, id, openid, now)
	version, err := s.accounts.Put(ctx, string(id), docstore.Absent, a, created)
	if errors.Is(err, docstore.ErrConflict) {
		return s.Actor(ctx, id)
	}
	if err != nil {
		return Actor{}, fmt.Errorf("make account: %w", err)
	}
	k, err := s.remember(a, version)
	return k.actor, err
}

// FindByWeChat returns the account bound to an openid, or ErrErased or docstore.ErrNotFound, without making one.
func (s *Service) FindByWeChat(ctx context.Context, openid string) (Actor, error) {
	id, _, err := s.bound(ctx, openid)
	if err != nil {
		return Actor{}, fmt.Errorf("find by WeChat id: %w", err)
	}
	if id == "" {
		return Actor{}, docstore.ErrNotFound
	}
	return s.Actor(ctx, id)
}
