package project

import (
	"slices"
	"strconv"
	"strings"

	"jushou/projects/preset"
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
