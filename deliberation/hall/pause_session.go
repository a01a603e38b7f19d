package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// PauseSession lets everybody cool down.
type PauseSession struct {
	Session SessionID
	Until   time.Time
	Reason  string // needed; residents see it
}

// PauseSession keeps residents from adding anything until an instant; the running round ends later by as much.
func (s *Service) PauseSession(ctx context.Context, actor identity.Actor, cmd PauseSession) (Session, error) {
	reason, err := needReason(cmd.Reason)
	if err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.Cool(cmd.Until, reason, by, now)
	})
}

// ResumeSession ends a pause before its time.
func (s *Service) ResumeSession(ctx context.Context, actor identity.Actor, id SessionID) (Session, error) {
	return s.step(ctx, actor, id, (*Session).Resume)
}
