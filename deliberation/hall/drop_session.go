package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// DropSession ends a session without an outcome.
type DropSession struct {
	Session SessionID
	Reason  string // needed; residents see it
}

// DropSession ends a session that should not go on. What was said stays readable.
func (s *Service) DropSession(ctx context.Context, actor identity.Actor, cmd DropSession) (Session, error) {
	reason, err := needReason(cmd.Reason)
	if err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.Drop(reason, by, now)
	})
}
