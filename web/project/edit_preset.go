package project

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"jushou/internal/fault"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/console"
	"jushou/web/page"
)

// EditPreset shows the form of a preset, or of a copy of it.
func (p *Pages) EditPreset(v *page.Visit) error { return p.editPreset(v, false) }

// CopyPreset shows the form of a copy of a preset.
func (p *Pages) CopyPreset(v *page.Visit) error { return p.editPreset(v, true) }

func (p *Pages) editPreset(v *page.Visit, copied bool) error {
	r, err := p.presetRoom(v)
	if err != nil {
		return err
	}
	now, err := p.Projects.Preset(v.Context(), v.Actor, r.Node.ID, preset.Key(v.Param("preset")))
	if err != nil {
		return err
	}
	f := formOf(now)
	if copied {
		f.Key, f.Version, f.Name = suggested(now.Key, string(r.Node.ID)), "0", ""
	}
	return p.showPreset(v, r, copied, f)
}

// suggested is a key for a copy, which nobody has to invent.
func suggested(of preset.Key, place string) string {
	key := string(of) + "-" + strings.ToLower(place)
	return strings.TrimRight(key[:min(len(key), preset.MaxKey)], "-")
}

func (p *Pages) showPreset(v *page.Visit, r console.Room, copied bool, f presetForm) error {
	key := v.Param("preset")
	f.Copy, f.Back, f.To = copied, r.Path("/presets/"+key), r.Path("/presets/"+key+"/edit")
	title := v.T("preset.edit")
	if copied {
		f.To, title = r.Path("/presets/"+key+"/copy"), v.T("preset.copy")
	}
	d, err := p.Within(v, r, "presets", title, f.Back)
	if err != nil {
		return err
	}
	return v.ShowAs(max(200, f.Problems.Status), PresetFormPage(d, f))
}

// SavePreset saves the next version of a preset.
func (p *Pages) SavePreset(v *page.Visit) error { return p.savePreset(v, false) }

// SaveCopy saves a copy of a preset under a key of its own.
func (p *Pages) SaveCopy(v *page.Visit) error { return p.savePreset(v, true) }

func (p *Pages) savePreset(v *page.Visit, copied bool) error {
	r, err := p.presetRoom(v)
	if err != nil {
		return err
	}
	f := typedPreset(v)
	if copied {
		f.Version = "0"
	} else {
		f.Key = v.Param("preset")
	}
	saved, err := p.Projects.SavePreset(v.Context(), v.Actor, r.Node.ID, f.preset())
	if err == nil {
		return v.GoSaying(r.Path("/presets/"+string(saved.Key)), "preset.saved")
	}
	f.Problems = v.Refuse(err)
	if errors.Is(err, projects.ErrPresetSeen) {
		if err := p.catchUp(v, r, &f); err != nil {
			return err
		}
	}
	return p.showPreset(v, r, copied, f)
}

// catchUp tells in the form what somebody else has saved meanwhile; whoever sends it again has seen that.
func (p *Pages) catchUp(v *page.Visit, r console.Room, f *presetForm) error {
	all, err := p.Projects.PresetVersions(v.Context(), v.Actor, r.Node.ID, preset.Key(f.Key))
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x projects.PresetVersion) bool { return strconv.Itoa(x.Version) == f.Version })
	if i < 0 {
		i = len(all) - 1
	}
	f.Shown, f.Saved = &all[i].Preset, &all[0].Preset
	f.Version = strconv.Itoa(all[0].Version)
	return nil
}
