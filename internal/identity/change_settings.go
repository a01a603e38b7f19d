package identity

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// ChangeRounds sets the Round times of a node ("15:04" in Asia/Shanghai; none means the product's) and whether
// they are kept on working days only. It stands here and not in package community because permission does.
func (s *Service) ChangeRounds(ctx context.Context, actor Actor, node community.ID, times []string, workdaysOnly bool) (community.Settings, error) {
	n, err := s.ChangeSettings(ctx, actor, SetDuty, node, func(now *community.Settings) error {
		settings, err := now.WithRounds(times, workdaysOnly)
		if err == nil && settings.PolicyVersion == now.PolicyVersion {
			return docstore.ErrUnchanged
		}
		*now = settings
		return err
	})
	return n.Settings, err
}

// ChangeSettings lets change alter the settings of a node whose verb the actor may do. change is pure and may run
// twice; a docstore.ErrUnchanged from it writes nothing. What the settings may be is decided by whoever knows them.
func (s *Service) ChangeSettings(ctx context.Context, actor Actor, verb Verb, node community.ID, change func(*community.Settings) error) (community.Node, error) {
	p, err := s.place(ctx, node)
	if err != nil {
		return community.Node{}, err
	}
	if err := Can(actor, verb, p); err != nil {
		return community.Node{}, err
	}
	now := s.clock.Now()
	n, err := s.places.Nodes.Update(ctx, string(node), func(n *community.Node) ([]docstore.Fact, error) {
		before := n.Settings
		if err := change(&n.Settings); err != nil {
			return nil, err
		}
		return community.SettingsChanged(before, *n, actor.Ref(), now), nil
	})
	if err != nil {
		return community.Node{}, err
	}
	return n, s.directory.Refresh(ctx)
}
