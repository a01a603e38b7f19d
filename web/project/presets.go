package project

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// presetsView is the list of the ways of carrying projects that hold at a place.
type presetsView struct {
	To      string
	Town    bool
	Presets []preset.Preset
}

// presetView is one way of carrying projects with how it came about.
type presetView struct {
	To, List string
	Now      projects.PresetVersion
	Versions []versionView
	// Older is how many projects go on under versions before the present one.
	Older int
}

// versionView is a version with what it changed against the one before it.
type versionView struct {
	projects.PresetVersion
	// Before is the version before it; First says that there is none.
	Before preset.Preset
	First  bool
}

// change is a setting that two versions have otherwise.
type change struct{ Label, From, To string }

// presetRoom is the town or community whose presets an address is about, for who may change them.
func (p *Pages) presetRoom(v *page.Visit) (console.Room, error) {
	level, id := community.LevelCommunity, v.Param("community")
	if town := v.Param("town"); town != "" {
		level, id = community.LevelTown, town
	}
	r, err := p.Room(v, community.ID(id), level)
	if err == nil && !r.May(identity.SetPresets) {
		err = identity.ErrDenied
	}
	return r, err
}

// Presets lists the ways of carrying projects here.
func (p *Pages) Presets(v *page.Visit) error {
	r, err := p.presetRoom(v)
	if err != nil {
		return err
	}
	shown := presetsView{To: r.Path("/presets"), Town: r.Node.Level == community.LevelTown}
	if shown.Presets, err = p.Projects.Presets(v.Context(), v.Actor, r.Node.ID); err != nil {
		return err
	}
	d, err := p.Desk(v, r, "presets")
	if err != nil {
		return err
	}
	return v.Show(PresetsPage(d, shown))
}

// Preset shows one with its versions and what each of them changed.
func (p *Pages) Preset(v *page.Visit) error {
	r, err := p.presetRoom(v)
	if err != nil {
		return err
	}
	key := v.Param("preset")
	all, err := p.Projects.PresetVersions(v.Context(), v.Actor, r.Node.ID, preset.Key(key))
	if err != nil {
		return err
	}
	shown := presetView{To: r.Path("/presets/" + key), List: r.Path("/presets"), Now: all[0]}
	for i, x := range all {
		seen := versionView{PresetVersion: x, First: i == len(all)-1}
		if !seen.First {
			seen.Before = all[i+1].Preset
		}
		if !x.Holds {
			shown.Older += x.Running
		}
		shown.Versions = append(shown.Versions, seen)
	}
	d, err := p.Within(v, r, "presets", all[0].Name, shown.List)
	if err != nil {
		return err
	}
	return v.Show(PresetPage(d, shown))
}

// changes lists the settings in which two versions differ, in the order of the form.
func changes(ctx context.Context, before, after preset.Preset) []change {
	was, is := settings(ctx, before), settings(ctx, after)
	var all []change
	for i, x := range is {
		if was[i].Value != x.Value {
			all = append(all, change{x.Label, was[i].Value, x.Value})
		}
	}
	return all
}

// savedBy names who saved a version and where.
func savedBy(ctx context.Context, x projects.PresetVersion) string {
	if x.Owner == "" {
		return view.T(ctx, "preset.ships")
	}
	return view.Byline(x.By.Name, x.By.Title, "")
}
