package identity

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// ChangeRounds sets the Round times of a node ("15:04" in Asia/Shanghai; none means the product's) and whether
// they are kept on working days only. It stands here and not in package community because permission does.
func (s *Service) ChangeRounds(ctx context.Context, actor Actor, node community.ID, times []string, workdaysOnly bool) (community.Settings, error) {
	p, err := s.place(ctx, node)
	if err != nil {
		return community.Settings{}, err
	}
	if err := Can(actor, SetDuty, p); err != nil {
		return community.Settings{}, err
	}
	now := s.clock.Now()
	n, err := s.places.Nodes.Update(ctx, string(node), func(n *community.Node) ([]docstore.Fact, error) {
		settings, err := n.Settings.WithRounds(times, workdaysOnly)
		if err != nil {
			return nil, err
		}
		if settings.PolicyVersion == n.Settings.PolicyVersion {
			return nil, docstore.ErrUnchanged
		}
		n.Settings = settings
		return []docstore.Fact{community.NodeChanged(*n, actor.Ref(), now)}, nil
	})
	if err != nil {
		return community.Settings{}, err
	}
	return n.Settings, s.directory.Refresh(ctx)
}
