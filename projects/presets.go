package projects

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// Shelf is the presets that a town or community has made its own, every version of each.
type Shelf struct {
	Node    community.ID `json:"node"`
	Entries []ShelfEntry `json:"entries"`
}

// ShelfEntry is one version with who saved it.
type ShelfEntry struct {
	Preset preset.Preset       `json:"preset"`
	By     deliberation.Author `json:"by"`
	At     time.Time           `json:"at"`
}

// maxEntries is how many versions one shelf holds.
const maxEntries = 100

// PresetStep says which version of which preset was saved where.
type PresetStep struct {
	Node    community.ID `json:"node"`
	Key     preset.Key   `json:"key"`
	Version int          `json:"version"`
	Name    string       `json:"name"`
}

var (
	// ErrPresetSeen means that somebody saved the preset while the form was open.
	ErrPresetSeen = fault.New(fault.Conflict, "preset.stale")
	errKeyTaken   = fault.New(fault.Conflict, "preset.key_taken").On("key")
	errShelfFull  = fault.New(fault.Conflict, "preset.shelf_full")
	errNowhere    = fault.New(fault.NotFound, "preset.no_place")
)

// latest returns the last version of each preset on the shelf.
func (x Shelf) latest() []preset.Preset {
	var all []preset.Preset
	for _, e := range x.Entries {
		i := slices.IndexFunc(all, func(p preset.Preset) bool { return p.Key == e.Preset.Key })
		if i < 0 {
			all = append(all, e.Preset)
		} else {
			all[i] = e.Preset
		}
	}
	return all
}

// Presets returns the presets that hold at a town or community: its own, its town's, and those that ship, where a nearer
// one takes the place of a farther one of the same key.
func (s *Service) Presets(ctx context.Context, actor identity.Actor, at community.ID) ([]preset.Preset, error) {
	node, err := s.Directory.Node(ctx, at)
	if err != nil {
		return nil, err
	}
	if err := identity.Can(actor, identity.ReadPublic, identity.At(node)); err != nil {
		return nil, err
	}
	return s.presetsAt(ctx, node)
}

func (s *Service) presetsAt(ctx context.Context, node community.Node) ([]preset.Preset, error) {
	all := preset.Builtin()
	for _, id := range node.Path {
		x, _, err := s.shelves.Get(ctx, string(id))
		if errors.Is(err, docstore.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, own := range x.latest() {
			if i := slices.IndexFunc(all, func(p preset.Preset) bool { return p.Key == own.Key }); i >= 0 {
				all[i] = own
			} else {
				all = append(all, own)
			}
		}
	}
	return all, nil
}

func (s *Service) presetOf(ctx context.Context, node community.Node, key preset.Key) (preset.Preset, error) {
	all, err := s.presetsAt(ctx, node)
	if err != nil {
		return preset.Preset{}, err
	}
	i := slices.IndexFunc(all, func(p preset.Preset) bool { return p.Key == key })
	if i < 0 {
		return preset.Preset{}, errPreset
	}
	return all[i], nil
}

// owner returns a town or community where the actor may change presets.
func (s *Service) owner(ctx context.Context, actor identity.Actor, at community.ID) (community.Node, error) {
	node, err := s.Directory.Node(ctx, at)
	if err != nil {
		return node, err
	}
	if node.Level != community.LevelTown && node.Level != community.LevelCommunity {
		return node, errNowhere
	}
	return node, identity.Can(actor, identity.SetPresets, identity.At(node))
}

// SavePreset saves a preset as the next version of its key here. p.Version is the version that the form showed: of a copy
// of what ships or of the town's it is that version, of a new key 0; what changed meanwhile is refused. Running projects keep theirs.
func (s *Service) SavePreset(ctx context.Context, actor identity.Actor, at community.ID, p preset.Preset) (preset.Preset, error) {
	node, err := s.owner(ctx, actor, at)
	if err != nil {
		return p, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, identity.At(node))
	if err != nil {
		return p, err
	}
	p.Name, p.Note = deliberation.Line(p.Name), deliberation.Clean(p.Note)
	if err := deliberation.Joined(p.Check()...); err != nil {
		return p, err
	}
	known, err := s.presetOf(ctx, node, p.Key)
	if err != nil && !errors.Is(err, errPreset) {
		return p, err
	}
	if p.Version == 0 && known.Version > 0 {
		return p, errKeyTaken
	}
	if _, err := s.shelves.Add(ctx, string(node.ID), Shelf{Node: node.ID}); err != nil {
		return p, err
	}
	seen, now := p.Version, s.Now()
	p.Version = known.Version + 1
	_, err = s.shelves.Update(ctx, string(node.ID), func(x *Shelf) ([]docstore.Fact, error) {
		if err := x.put(ShelfEntry{p, by, now}, seen, known.Version); err != nil {
			return nil, err
		}
		return []docstore.Fact{{Type: PresetSaved, Actor: string(by.Account), At: now, Data: PresetStep{node.ID, p.Key, p.Version, p.Name}}}, nil
	})
	return p, err
}

// put adds an entry whose form showed the version seen; known is the version that held here when the use case read it.
func (x *Shelf) put(e ShelfEntry, seen, known int) error {
	for _, own := range x.latest() {
		if own.Key == e.Preset.Key {
			known = own.Version
		}
	}
	if seen != known || e.Preset.Version != known+1 {
		return ErrPresetSeen
	}
	if len(x.Entries) >= maxEntries {
		return errShelfFull.With("max", maxEntries)
	}
	x.Entries = append(slices.Clip(x.Entries), e)
	return nil
}
