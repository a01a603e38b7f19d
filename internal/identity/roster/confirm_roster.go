package roster

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ConfirmRoster lets a previewed import go ahead; the event it saves makes ApplyRoster run. While the file
// has errors it is refused with ErrHasErrors. Two members of staff who confirm at once do it once.
func (s *Service) ConfirmRoster(ctx context.Context, actor identity.Actor, id string) (Import, error) {
	if _, err := s.load(ctx, actor, id); err != nil {
		return Import{}, err
	}
	now := s.clock.Now()
	return s.change(ctx, id, func(i Import) (Import, []docstore.Fact, error) { return i.Confirm(actor.Ref(), now) })
}
