package api

import (
	"jushou/internal/community"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// ProjectPreset are the rules by which projects are carried. Amounts of 0 are no bound.
type ProjectPreset struct {
	Key         preset.Key     `json:"key" doc:"Lower-case letters, digits and hyphens, at most 24."`
	Version     int            `json:"version"`
	Name        string         `json:"name"`
	Note        string         `json:"note,omitempty"`
	Stages      []preset.Stage `json:"stages"`
	Hands       bool           `json:"hands" doc:"A body that raised its hand leads; otherwise the proposer does."`
	HandDays    int            `json:"hand_days" doc:"After how many days a need without a hand is listed for everybody; 0 is never."`
	Caps        PresetCaps     `json:"caps"`
	EnvelopeFen money.Fen      `json:"envelope_fen" doc:"Of a community in a year."`
	Endorse     PresetSupport  `json:"endorse"`
	Rule        preset.Rule    `json:"rule" doc:"Who decides."`
	Council     *PresetCouncil `json:"council,omitempty" doc:"Only of the rule council."`
	Jury        *PresetJury    `json:"jury,omitempty" doc:"Only of the rule jury."`
	Notice      PresetNotice   `json:"notice"`
	Papers      []PresetPaper  `json:"papers"`
	Permits     []string       `json:"permits"`
	StaleDays   int            `json:"stale_days" doc:"After how many days without news an alarm is raised; 0 is never."`
	Reps        int            `json:"reps" doc:"How many residents besides the proposer accept the work."`
	RateDays    int            `json:"rate_days" doc:"How long residents may judge the result."`

	Aspects []PresetAspect `json:"aspects,omitempty" doc:"What they judge; none stands for those that hold everywhere."`
}

// PresetAspect is one thing that residents judge with one to five stars.
type PresetAspect struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Hint string `json:"hint,omitempty"`
}

// PresetCaps bound one project by what it buys.
type PresetCaps struct {
	WorksFen    money.Fen `json:"works_fen"`
	ServicesFen money.Fen `json:"services_fen"`
	GoodsFen    money.Fen `json:"goods_fen"`
}

// PresetSupport is how much support a proposal needs: a count of persons, or a share of households in thousandths.
type PresetSupport struct {
	Count int `json:"count"`
	Share int `json:"share"`
}

// PresetCouncil says when a council's vote holds, in thousandths.
type PresetCouncil struct {
	Present int `json:"present" doc:"The least share of all members."`
	For     int `json:"for" doc:"The least share of those present; more than 500."`
}

// PresetJury says what jurors give points for, and the least mean of their sums.
type PresetJury struct {
	Pass     int               `json:"pass"`
	Criteria []PresetCriterion `json:"criteria"`
}

// PresetCriterion is one thing that jurors judge, with the most points it can get.
type PresetCriterion struct {
	Name string `json:"name"`
	Most int    `json:"most"`
}

// PresetNotice is how long a decided project is shown before it holds.
type PresetNotice struct {
	Days    int  `json:"days"`
	Working bool `json:"working" doc:"Working days of the calendar."`
}

// PresetPaper is an attachment without which a stage is not left.
type PresetPaper struct {
	Key  string       `json:"key"`
	Name string       `json:"name"`
	At   preset.Stage `json:"at"`
}

func showPreset(p preset.Preset) ProjectPreset {
	shown := ProjectPreset{
		Key: p.Key, Version: p.Version, Name: p.Name, Note: p.Note, Stages: append([]preset.Stage{}, p.Stages...), Hands: p.Hands, HandDays: p.HandDays,
		Caps: PresetCaps{p.Caps.Works, p.Caps.Services, p.Caps.Goods}, EnvelopeFen: p.Envelope, Endorse: PresetSupport(p.Endorse), Rule: p.Decision.Rule,
		Notice: PresetNotice(p.Notice), Papers: each(p.Papers, func(x preset.Paper) PresetPaper { return PresetPaper(x) }), Permits: append([]string{}, p.Permits...),
		StaleDays: p.StaleDays, Reps: p.Reps, RateDays: p.RateDays,
	}
	shown.Aspects = each(p.Aspects, func(x preset.Aspect) PresetAspect { return PresetAspect(x) })
	if c := p.Decision.Council; c != nil {
		council := PresetCouncil(*c)
		shown.Council = &council
	}
	if j := p.Decision.Jury; j != nil {
		shown.Jury = &PresetJury{j.Pass, each(j.Criteria, func(c preset.Criterion) PresetCriterion { return PresetCriterion(c) })}
	}
	return shown
}

// preset is what was sent, under the key of the address.
func (p ProjectPreset) preset(key preset.Key) preset.Preset {
	sent := preset.Preset{
		Key: key, Version: p.Version, Name: p.Name, Note: p.Note, Stages: p.Stages, Hands: p.Hands, HandDays: p.HandDays,
		Caps: preset.Caps{Works: p.Caps.WorksFen, Services: p.Caps.ServicesFen, Goods: p.Caps.GoodsFen}, Envelope: p.EnvelopeFen, Endorse: preset.Threshold(p.Endorse),
		Decision: preset.Decision{Rule: p.Rule}, Notice: preset.Notice(p.Notice), Papers: each(p.Papers, func(x PresetPaper) preset.Paper { return preset.Paper(x) }), Permits: p.Permits,
		StaleDays: p.StaleDays, Reps: p.Reps, RateDays: p.RateDays,
	}
	for _, x := range p.Aspects {
		sent.Aspects = append(sent.Aspects, preset.Aspect(x))
	}
	if p.Council != nil {
		council := preset.Council(*p.Council)
		sent.Decision.Council = &council
	}
	if p.Jury != nil {
		sent.Decision.Jury = &preset.Jury{Pass: p.Jury.Pass, Criteria: each(p.Jury.Criteria, func(c PresetCriterion) preset.Criterion { return preset.Criterion(c) })}
	}
	return sent
}

func presetOf(c *Call) preset.Key { return preset.Key(c.Param("preset")) }

// listPresets lists the presets that hold in a community.
func (a *Actions) listPresets(c *Call) (Page[ProjectPreset], error) {
	all, err := a.Projects.Presets(c.Context(), c.Actor, placeOf(c))
	return pageOf(all, "", showPreset), err
}

// readPreset returns the version of a preset that holds in a community.
func (a *Actions) readPreset(c *Call) (ProjectPreset, error) {
	p, err := a.Projects.Preset(c.Context(), c.Actor, placeOf(c), presetOf(c))
	return showPreset(p), err
}

// PresetVersion is one version of a preset.
type PresetVersion struct {
	Preset  ProjectPreset `json:"preset"`
	Owner   community.ID  `json:"owner,omitempty" doc:"The town or community that saved it; left out of one that ships."`
	By      *Author       `json:"by,omitempty"`
	At      Instant       `json:"at,omitzero"`
	Holds   bool          `json:"holds" doc:"New projects here begin under it."`
	Running int           `json:"running" doc:"Projects here that go on under it."`
}

// presetVersions lists the versions of a preset at a town or community, the latest first.
func (a *Actions) presetVersions(c *Call) (Page[PresetVersion], error) {
	all, err := a.Projects.PresetVersions(c.Context(), c.Actor, nodeOf(c), presetOf(c))
	return pageOf(all, "", func(x projects.PresetVersion) PresetVersion {
		v := PresetVersion{Preset: showPreset(x.Preset), Owner: x.Owner, At: Instant{x.At}, Holds: x.Holds, Running: x.Running}
		if x.Owner != "" {
			by := showAuthor(x.By)
			v.By = &by
		}
		return v
	}), err
}

// savePreset saves the next version of a preset here; the version sent is the one that the caller saw, 0 for a new key.
func (a *Actions) savePreset(c *Call, in ProjectPreset) (ProjectPreset, error) {
	p, err := a.Projects.SavePreset(c.Context(), c.Actor, nodeOf(c), in.preset(presetOf(c)))
	if err != nil {
		return ProjectPreset{}, err
	}
	return showPreset(p), nil
}
