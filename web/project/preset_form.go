package project

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// presetForm is a preset on its way. Numbers are text, so that what was typed comes back as it was.
type presetForm struct {
	To, Back string
	// Copy asks for a key of its own.
	Copy                            bool
	Key, Version, Name, Note        string
	Stages                          []preset.Stage // those that may be left out, and are not
	Hands, Working                  bool
	HandDays, Envelope              string
	Caps                            map[preset.Class]string
	Support, Count, Share           string
	Rule, Present, For, Pass        string
	NoticeDays, Stale, Reps, Rating string
	Criteria                        []criterionRow
	Papers                          []paperRow
	Aspects                         []preset.Aspect
	Permits                         string
	Problems                        view.Problems
	// Shown and Saved are what the form showed and what somebody else has saved while it was open; nil otherwise.
	Shown, Saved *preset.Preset
}

type criterionRow struct{ Name, Most string }

type paperRow struct{ Key, Name, At string }

// Supports are the kinds of support to choose from.
const (
	supportNone  = "none"
	supportCount = "count"
	supportShare = "share"
)

// formOf fills the form with a preset.
func formOf(p preset.Preset) presetForm {
	f := presetForm{
		Key: string(p.Key), Version: strconv.Itoa(p.Version), Name: p.Name, Note: p.Note, Hands: p.Hands, Working: p.Notice.Working, HandDays: digits(p.HandDays), Envelope: amount(p.Envelope),
		Caps: map[preset.Class]string{}, Support: supportNone, Rule: string(p.Decision.Rule), NoticeDays: digits(p.Notice.Days), Stale: digits(p.StaleDays), Reps: digits(p.Reps), Rating: digits(p.RateDays),
		Permits: strings.Join(p.Permits, "\n"), Aspects: p.Aspects,
	}
	for _, s := range optionalStages() {
		if p.Uses(s) {
			f.Stages = append(f.Stages, s)
		}
	}
	for _, c := range preset.Classes() {
		f.Caps[c] = amount(p.Caps.Of(c))
	}
	switch t := p.Endorse; {
	case t.Share > 0:
		f.Support, f.Share = supportShare, strings.TrimSuffix(thousandths(t.Share), "%")
	case t.Count > 0:
		f.Support, f.Count = supportCount, strconv.Itoa(t.Count)
	}
	if c := p.Decision.Council; c != nil {
		f.Present, f.For = strings.TrimSuffix(thousandths(c.Present), "%"), strings.TrimSuffix(thousandths(c.For), "%")
	}
	if j := p.Decision.Jury; j != nil {
		f.Pass = strconv.Itoa(j.Pass)
		for _, c := range j.Criteria {
			f.Criteria = append(f.Criteria, criterionRow{c.Name, strconv.Itoa(c.Most)})
		}
	}
	for _, x := range p.Papers {
		f.Papers = append(f.Papers, paperRow{x.Key, x.Name, string(x.At)})
	}
	return f
}

// optionalStages are those that a preset may leave out.
func optionalStages() []preset.Stage {
	return []preset.Stage{preset.Gathering, preset.Deliberating, preset.Rating}
}

func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func amount(f money.Fen) string {
	if f == 0 {
		return ""
	}
	return f.String()
}

// typedPreset reads the form as it was sent.
func typedPreset(v *page.Visit) presetForm {
	f := presetForm{
		Key: v.Field("key"), Version: v.Field("version"), Name: v.Field("name"), Note: v.Field("note"), Hands: v.Field("lead") == "hand", Working: v.Field("working") == "1",
		HandDays: v.Field("hand_days"), Envelope: v.Field("envelope"), Caps: map[preset.Class]string{}, Support: v.Field("support"), Count: v.Field("count"), Share: v.Field("share"),
		Rule: v.Field("rule"), Present: v.Field("present"), For: v.Field("for"), Pass: v.Field("pass"), NoticeDays: v.Field("notice_days"), Stale: v.Field("stale_days"), Reps: v.Field("reps"),
		Rating: v.Field("rate_days"), Permits: v.Field("permits"),
	}
	for _, s := range optionalStages() {
		if slices.Contains(v.Fields("stage"), string(s)) {
			f.Stages = append(f.Stages, s)
		}
	}
	for _, c := range preset.Classes() {
		f.Caps[c] = v.Field("cap_" + string(c))
	}
	names, most := v.Fields("criterion"), v.Fields("most")
	for i := range min(len(names), len(most), preset.MaxCriteria+1) {
		if names[i] != "" || most[i] != "" {
			f.Criteria = append(f.Criteria, criterionRow{names[i], most[i]})
		}
	}
	paperKeys, papers, at := v.Fields("paper_key"), v.Fields("paper"), v.Fields("paper_at")
	for i := range min(len(paperKeys), len(papers), len(at), preset.MaxPapers+1) {
		if papers[i] != "" {
			f.Papers = append(f.Papers, paperRow{paperKeys[i], papers[i], at[i]})
		}
	}
	keys, aspects, hints := v.Fields("aspect_key"), v.Fields("aspect"), v.Fields("aspect_hint")
	for i := range min(len(keys), len(aspects), len(hints), preset.MaxAspects+1) {
		if aspects[i] != "" {
			f.Aspects = append(f.Aspects, preset.Aspect{Key: keys[i], Name: aspects[i], Hint: hints[i]})
		}
	}
	return f
}

// preset reads the numbers. What is none becomes one that the rules refuse, so that one place says what is wrong.
func (f presetForm) preset() preset.Preset {
	p := preset.Preset{
		Key: preset.Key(strings.TrimSpace(f.Key)), Version: number(f.Version), Name: f.Name, Note: f.Note, Hands: f.Hands, Envelope: sum(f.Envelope),
		Caps:   preset.Caps{Works: sum(f.Caps[preset.Works]), Services: sum(f.Caps[preset.Services]), Goods: sum(f.Caps[preset.Goods])},
		Notice: preset.Notice{Days: whole(f.NoticeDays), Working: f.Working}, Decision: f.decision(), StaleDays: whole(f.Stale), Reps: whole(f.Reps),
	}
	for _, s := range preset.Stages() {
		if !slices.Contains(optionalStages(), s) || slices.Contains(f.Stages, s) {
			p.Stages = append(p.Stages, s)
		}
	}
	if f.Hands {
		p.HandDays = whole(f.HandDays)
	}
	if p.Uses(preset.Rating) {
		p.RateDays = whole(f.Rating)
	}
	switch f.Support {
	case supportCount:
		p.Endorse.Count = least(whole(f.Count))
	case supportShare:
		p.Endorse.Share = least(share(f.Share))
	}
	for _, line := range strings.Split(f.Permits, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			p.Permits = append(p.Permits, line)
		}
	}
	p.Papers, p.Aspects = f.papers(), f.aspects()
	return p
}

// decision holds only what the chosen rule needs.
func (f presetForm) decision() preset.Decision {
	d := preset.Decision{Rule: preset.Rule(f.Rule)}
	switch d.Rule {
	case preset.ByCouncil:
		d.Council = &preset.Council{Present: share(f.Present), For: share(f.For)}
	case preset.ByJury:
		d.Jury = &preset.Jury{Pass: whole(f.Pass)}
		for _, c := range f.Criteria {
			d.Jury.Criteria = append(d.Jury.Criteria, preset.Criterion{Name: strings.TrimSpace(c.Name), Most: whole(c.Most)})
		}
	}
	return d
}

// papers gives every new paper a key that no other has.
func (f presetForm) papers() []preset.Paper {
	var all []preset.Paper
	keys := keyring("paper-", f.Papers, func(x paperRow) string { return x.Key })
	for i, x := range f.Papers {
		all = append(all, preset.Paper{Key: keys[i], Name: strings.TrimSpace(x.Name), At: preset.Stage(x.At)})
	}
	return all
}

// aspects gives every new one a key that no other has.
func (f presetForm) aspects() []preset.Aspect {
	var all []preset.Aspect
	keys := keyring("aspect-", f.Aspects, func(x preset.Aspect) string { return x.Key })
	for i, x := range f.Aspects {
		all = append(all, preset.Aspect{Key: keys[i], Name: strings.TrimSpace(x.Name), Hint: strings.TrimSpace(x.Hint)})
	}
	return all
}

// keyring returns the keys of rows; those without one get a number that is free.
func keyring[T any](prefix string, rows []T, key func(T) string) []string {
	used, keys := map[string]bool{}, make([]string, len(rows))
	for i, x := range rows {
		keys[i] = key(x)
		used[keys[i]] = true
	}
	for i := range keys {
		for n := i + 1; keys[i] == ""; n++ {
			if made := prefix + strconv.Itoa(n); !used[made] {
				keys[i], used[made] = made, true
			}
		}
	}
	return keys
}

// sum reads an amount of yuan; empty is none, and what is no amount is -1.
func sum(text string) money.Fen {
	if strings.TrimSpace(text) == "" {
		return 0
	}
	fen, err := money.Parse(text)
	if err != nil {
		return -1
	}
	return fen
}

// whole reads a number that may be left out; what is none is -1.
func whole(text string) int {
	if text = strings.TrimSpace(text); text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// share reads percent with one digit behind the point, in thousandths; what is none is -1.
func share(text string) int {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	head, tail, _ := strings.Cut(text, ".")
	if tail == "" {
		tail = "0"
	}
	n, err := strconv.Atoi(head + tail)
	if err != nil || len(tail) != 1 || n < 0 {
		return -1
	}
	return n
}

// least turns a threshold of nought, which is none, into one that is refused: whoever asks for none says so.
func least(n int) int {
	if n == 0 {
		return -1
	}
	return n
}

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

// supports are the answers to how much support a proposal needs.
func supports(ctx context.Context) []view.Option {
	return []view.Option{
		{Value: supportNone, Text: view.T(ctx, "preset.support_none")}, {Value: supportCount, Text: view.T(ctx, "preset.by_count")}, {Value: supportShare, Text: view.T(ctx, "preset.by_share")},
	}
}

// ruleOptions are who may decide.
func ruleOptions(ctx context.Context) []view.Option {
	var all []view.Option
	for _, r := range preset.Rules() {
		all = append(all, view.Option{Value: string(r), Text: view.T(ctx, "project.rule."+string(r))})
	}
	return all
}

// stageOptions are the stages that may wait for a paper.
func stageOptions(ctx context.Context) []view.Option {
	var all []view.Option
	for _, s := range preset.Stages()[:len(preset.Stages())-1] {
		all = append(all, view.Option{Value: string(s), Text: view.T(ctx, "project.stage."+string(s))})
	}
	return all
}

// stageTicks are the stages that may be left out.
func stageTicks(ctx context.Context, on []preset.Stage) []view.Ticked {
	var all []view.Ticked
	for _, s := range optionalStages() {
		all = append(all, view.Ticked{Value: string(s), Text: view.T(ctx, "project.stage."+string(s)), On: slices.Contains(on, s)})
	}
	return all
}

// way is the line of stages that the form describes.
func (f presetForm) way() []preset.Stage { return f.preset().Stages }

// criteria are the rows of the form with empty ones behind them.
func (f presetForm) criteria() []criterionRow {
	return append(slices.Clip(f.Criteria), make([]criterionRow, min(2, max(0, preset.MaxCriteria-len(f.Criteria))))...)
}

// paperRows are the rows of the form with empty ones behind them.
func (f presetForm) paperRows() []paperRow {
	rows := slices.Clip(f.Papers)
	for range min(2, max(0, preset.MaxPapers-len(f.Papers))) {
		rows = append(rows, paperRow{At: string(preset.Deliberating)})
	}
	return rows
}

// aspectRows are the rows of the form with an empty one behind them.
func (f presetForm) aspectRows() []preset.Aspect {
	return append(slices.Clip(f.Aspects), make([]preset.Aspect, min(2, max(0, preset.MaxAspects-len(f.Aspects))))...)
}
