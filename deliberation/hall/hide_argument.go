package hall

import (
	"context"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// HideArgument takes an argument out of sight, or shows it again.
type HideArgument struct {
	Argument ArgumentID
	Hide     bool
	Reason   string // needed to hide; shown in its place
}

// HideArgument moderates an argument. Doing it twice changes nothing.
func (s *Service) HideArgument(ctx context.Context, actor identity.Actor, cmd HideArgument) (Argument, error) {
	reason, err := deliberation.NewReason(cmd.Reason)
	if err := deliberation.Joined(err, fault.When(cmd.Hide && reason == "", errReasonNeeded)); err != nil {
		return Argument{}, err
	}
	_, x, err := s.argument(ctx, actor, cmd.Argument, identity.HoldHall)
	if err != nil {
		return Argument{}, err
	}
	now := s.Now()
	return s.arguments.Update(ctx, string(cmd.Argument), func(a *Argument) ([]docstore.Fact, error) {
		if a.Hidden == cmd.Hide && a.ModeratedBy != "" {
			return nil, docstore.ErrUnchanged
		}
		a.turn(cmd.Hide, reason, actor.ID, now)
		return []docstore.Fact{a.moderated(x, actor.ID, reason, now)}, nil
	})
}
