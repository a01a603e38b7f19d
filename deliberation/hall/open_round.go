package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// OpenRound lets people speak once more.
type OpenRound struct {
	Session SessionID
	About   string
	Ends    time.Time
}

// OpenRound opens a further round after the rounds were over.
func (s *Service) OpenRound(ctx context.Context, actor identity.Actor, cmd OpenRound) (Session, error) {
	about, err := written.Line("about", cmd.About, MaxDetail)
	if err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.OpenRound(about, cmd.Ends, by, now)
	})
}

// ExtendRound gives the running round more time.
type ExtendRound struct {
	Session SessionID
	Ends    time.Time
	Reason  string // needed; residents see it
}

// ExtendRound moves the end of the running round to a later instant.
func (s *Service) ExtendRound(ctx context.Context, actor identity.Actor, cmd ExtendRound) (Session, error) {
	reason, err := needReason(cmd.Reason)
	if err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.Extend(cmd.Ends, reason, by, now)
	})
}

// needReason is a reason that must be there.
func needReason(typed string) (string, error) {
	reason, err := deliberation.NewReason(typed)
	return reason, deliberation.Joined(err, fault.When(reason == "", errReasonNeeded))
}
