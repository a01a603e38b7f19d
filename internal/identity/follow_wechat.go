package identity

import (
	"context"
	"errors"

	"jushou/internal/docstore"
)

// FollowedBy records that a person follows the 服务号, making an account for somebody new.
func (s *Service) FollowedBy(ctx context.Context, openid string) (Actor, error) {
	actor, err := s.SignInByWeChat(ctx, openid)
	if err != nil {
		return actor, err
	}
	return actor, s.setFollowing(ctx, actor.ID, true)
}

// Unfollowed records that a person no longer follows the 服务号. Whoever has no account is none of our business.
func (s *Service) Unfollowed(ctx context.Context, openid string) error {
	actor, err := s.FindByWeChat(ctx, openid)
	if isNotFound(err) || errors.Is(err, ErrErased) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.setFollowing(ctx, actor.ID, false)
}

func (s *Service) setFollowing(ctx context.Context, id AccountID, following bool) error {
	now := s.clock.Now()
	_, err := s.change(ctx, id, func(a Account) (Account, []docstore.Fact, error) {
		return a.SetFollowing(following, now)
	})
	return err
}
