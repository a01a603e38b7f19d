package projects

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// PresetVersion is one version of a preset as a town or community sees it.
type PresetVersion struct {
	preset.Preset
	// Owner is the town or community that saved it, with By and At; "" of one that ships.
	Owner community.ID
	By    deliberation.Author
	At    time.Time
	// Holds says that new projects here begin under it.
	Holds bool
	// Running is how many projects here go on under it.
	Running int
}

var errNoVersion = fault.New(fault.NotFound, "preset.not_found")

// Preset returns the version of a preset that holds at a town or community.
func (s *Service) Preset(ctx context.Context, actor identity.Actor, at community.ID, key preset.Key) (preset.Preset, error) {
	all, err := s.Presets(ctx, actor, at)
	if err != nil {
		return preset.Preset{}, err
	}
	i := slices.IndexFunc(all, func(p preset.Preset) bool { return p.Key == key })
	if i < 0 {
		return preset.Preset{}, errNoVersion
	}
	return all[i], nil
}

// PresetVersions lists every version of a preset that a town or community knows, the latest first: its own, its town's, and
// what ships. It is for who may change it.
func (s *Service) PresetVersions(ctx context.Context, actor identity.Actor, at community.ID, key preset.Key) ([]PresetVersion, error) {
	node, err := s.owner(ctx, actor, at)
	if err != nil {
		return nil, err
	}
	var all []PresetVersion
	if p, ok := preset.BuiltinOf(key); ok {
		all = append(all, PresetVersion{Preset: p})
	}
	for _, id := range node.Path {
		own, err := s.saved(ctx, id, key)
		if err != nil {
			return nil, err
		}
		if len(own) > 0 { // what a farther one saved later never held here
			all = slices.DeleteFunc(all, func(x PresetVersion) bool { return x.Version >= own[0].Version })
		}
		all = append(all, own...)
	}
	if len(all) == 0 {
		return nil, errNoVersion
	}
	all[len(all)-1].Holds = true
	for i := range all {
		if all[i].Running, err = s.running(ctx, node, all[i]); err != nil {
			return nil, err
		}
	}
	slices.Reverse(all)
	return all, nil
}

// saved lists the versions of a preset that one node saved, the first one first.
func (s *Service) saved(ctx context.Context, at community.ID, key preset.Key) ([]PresetVersion, error) {
	x, _, err := s.shelves.Get(ctx, string(at))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("presets of %s: %w", at, err)
	}
	var all []PresetVersion
	for _, e := range x.Entries {
		if e.Preset.Key == key {
			all = append(all, PresetVersion{Preset: e.Preset, Owner: at, By: e.By, At: e.At})
		}
	}
	return all, nil
}

// running counts the projects that go on under a version: a community's, or of a town those in all its communities. In one
// community a key and a number name one version, because what it saves counts on from what held there; a community that
// saved that number itself is left out of its town's count.
func (s *Service) running(ctx context.Context, node community.Node, v PresetVersion) (int, error) {
	if node.Level == community.LevelCommunity {
		return s.runningIn(ctx, node.ID, v.Key, v.Version)
	}
	all, err := s.Directory.Communities(ctx, node.ID)
	if err != nil {
		return 0, err
	}
	sum := 0
	for _, c := range all {
		own, err := s.saved(ctx, c.ID, v.Key)
		if err != nil {
			return 0, err
		}
		if slices.ContainsFunc(own, func(x PresetVersion) bool { return x.Version == v.Version }) {
			continue
		}
		n, err := s.runningIn(ctx, c.ID, v.Key, v.Version)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func (s *Service) runningIn(ctx context.Context, in community.ID, key preset.Key, version int) (int, error) {
	return s.projects.Count(ctx, docstore.Query{Index: byRules, Equal: []any{rulesKey(in, key, version)}}, maxCounted)
}

func rulesKey(in community.ID, key preset.Key, version int) string {
	return fmt.Sprintf("%s/%s/%d", in, key, version)
}
