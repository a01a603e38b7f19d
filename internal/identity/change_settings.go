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
	return s.changeSettings(ctx, actor, node, func(old community.Settings) (community.Settings, error) {
		settings, err := old.WithRounds(times, workdaysOnly)
		if err == nil && settings.PolicyVersion == old.PolicyVersion {
			return old, docstore.ErrUnchanged
		}
		return settings, err
	})
}

// ChangePromises sets the terms of acceptance and resolution of a node. Clocks that run keep those they were started under.
func (s *Service) ChangePromises(ctx context.Context, actor Actor, node community.ID, promises community.Promises) (community.Settings, error) {
	p, err := s.place(ctx, node)
	if err != nil {
		return community.Settings{}, err
	}
	if err := Can(actor, SetDuty, p); err != nil {
		return community.Settings{}, err
	}
	return s.changeSettings(ctx, actor, node, func(old community.Settings) (community.Settings, error) {
		settings, err := old.WithPromises(promises)
		if err == nil && settings.Promises.Version == old.Promises.Version {
			return old, docstore.ErrUnchanged
		}
		return settings, err
	})
}

func (s *Service) changeSettings(ctx context.Context, actor Actor, node community.ID, change func(community.Settings) (community.Settings, error)) (community.Settings, error) {
	now := s.clock.Now()
	n, err := s.places.Nodes.Update(ctx, string(node), func(n *community.Node) ([]docstore.Fact, error) {
		settings, err := change(n.Settings)
		if err != nil {
			return nil, err
		}
		n.Settings = settings
		return []docstore.Fact{community.NodeChanged(*n, actor.Ref(), now)}, nil
	})
	if err != nil {
		return community.Settings{}, err
	}
	return n.Settings, s.directory.Refresh(ctx)
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
		if err := change(&n.Settings); err != nil {
			return nil, err
		}
		return []docstore.Fact{community.NodeChanged(*n, actor.Ref(), now)}, nil
	})
	if err != nil {
		return community.Node{}, err
	}
	return n, s.directory.Refresh(ctx)
}
