package identity

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"jushou/internal/docstore"
)

// DeleteAccount erases the actor's personal fields, ends every session and role, and frees the WeChat id and
// the phone. What they posted stays under ErasedName. The household's roster is the committee's own record
// and is not touched. A crash after the erasure leaves claims of an erased account, which count for nothing.
func (s *Service) DeleteAccount(ctx context.Context, actor Actor) error {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return err
	}
	now := s.clock.Now()
	var openid, phone string
	_, err := s.change(ctx, actor.ID, func(a Account) (Account, []docstore.Fact, error) {
		var err1, err2 error
		if !a.IsErased() {
			openid, err1 = a.WeChatID(s.box)
			phone, err2 = a.RealPhone(s.box)
		}
		if err := errors.Join(err1, err2); err != nil {
			return a, nil, err
		}
		return a.Erase(now)
	})
	if err != nil {
		return fmt.Errorf("delete account: %w", err)
	}
	s.free(ctx, s.bindings, actor.ID, s.box.Hashes(purposeOpenID, openid))
	s.free(ctx, s.phones, actor.ID, s.box.Hashes(purposePhone, phone))
	return nil
}

// free removes claims that are the account's. A failure leaves a claim that counts for nothing, so it is
// only logged.
func (s *Service) free(ctx context.Context, t docstore.Table[claim], id AccountID, keys []string) {
	ctx = context.WithoutCancel(ctx)
	for _, key := range keys {
		if key == "" {
			continue
		}
		c, version, err := t.Get(ctx, key)
		if err == nil && c.Account == id {
			err = t.Delete(ctx, key, docstore.Want(version), c)
		}
		if err != nil && !isNotFound(err) && !errors.Is(err, docstore.ErrConflict) {
			slog.WarnContext(ctx, "a claim of an account outlives its use", "kind", t.Kind, "account", id, "err", err)
		}
	}
}
