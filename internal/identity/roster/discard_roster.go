package roster

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// DiscardRoster ends an import that nobody confirmed and deletes its file.
func (s *Service) DiscardRoster(ctx context.Context, actor identity.Actor, id string) (Import, error) {
	if _, err := s.load(ctx, actor, id); err != nil {
		return Import{}, err
	}
	return s.discard(ctx, actor, id)
}

func (s *Service) discard(ctx context.Context, actor identity.Actor, id string) (Import, error) {
	now := s.clock.Now()
	i, err := s.change(ctx, id, func(i Import) (Import, []docstore.Fact, error) { return i.Discard(actor.Ref(), now) })
	if err != nil {
		return i, err
	}
	return i, s.purge(ctx, i)
}
