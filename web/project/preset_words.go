package project

import (
	"context"
	"strconv"
	"strings"

	"jushou/internal/money"
	"jushou/projects/preset"
	"jushou/web/view"
)

// setting is one rule of a preset in words.
type setting struct{ Label, Value string }

// settings tells a preset in words, always the same settings in the same order, so that two versions can be compared.
func settings(ctx context.Context, p preset.Preset) []setting {
	t := func(key string, args ...string) string { return view.T(ctx, "preset."+key, args...) }
	var all []setting
	add := func(key, value string) { all = append(all, setting{t(key), value}) }
	add("name", p.Name)
	add("note", p.Note)
	var way []string
	for _, s := range p.Stages {
		way = append(way, view.T(ctx, "project.stage."+string(s)))
	}
	add("stages", strings.Join(way, " → "))
	add("lead", leadWords(ctx, p))
	for _, c := range preset.Classes() {
		all = append(all, setting{t("cap", "class", view.T(ctx, "project.class."+string(c))), bound(ctx, p.Caps.Of(c))})
	}
	add("envelope", bound(ctx, p.Envelope))
	add("support", supportWords(ctx, p.Endorse))
	add("rule", ruleWords(ctx, p.Decision))
	if key := "project.notice_days"; p.Notice.Working {
		add("notice", count(ctx, "project.notice_workdays", p.Notice.Days))
	} else {
		add("notice", count(ctx, key, p.Notice.Days))
	}
	var papers []string
	for _, x := range p.Papers {
		papers = append(papers, t("paper_at", "name", x.Name, "stage", view.T(ctx, "project.stage."+string(x.At))))
	}
	add("papers", listed(ctx, papers))
	add("permits", listed(ctx, p.Permits))
	add("stale", days(ctx, p.StaleDays))
	add("reps", count(ctx, "project.people", p.Reps))
	add("rate", days(ctx, p.RateDays))
	var aspects []string
	for _, a := range p.Judged() {
		aspects = append(aspects, a.Name)
	}
	add("aspects", strings.Join(aspects, "、"))
	return all
}

func leadWords(ctx context.Context, p preset.Preset) string {
	switch {
	case !p.Hands:
		return view.T(ctx, "preset.lead_proposer")
	case p.HandDays == 0:
		return view.T(ctx, "preset.lead_hand")
	}
	return view.T(ctx, "preset.lead_hand_days", "n", strconv.Itoa(p.HandDays))
}

func supportWords(ctx context.Context, t preset.Threshold) string {
	switch {
	case t.ByHousehold():
		return view.T(ctx, "preset.support_share", "share", thousandths(t.Share))
	case t.Count > 0:
		return view.T(ctx, "preset.support_count", "n", strconv.Itoa(t.Count))
	}
	return view.T(ctx, "preset.support_none")
}

func ruleWords(ctx context.Context, d preset.Decision) string {
	said := view.T(ctx, "project.rule."+string(d.Rule))
	switch {
	case d.Council != nil:
		said += view.T(ctx, "preset.council_is", "present", thousandths(d.Council.Present), "for", thousandths(d.Council.For))
	case d.Jury != nil:
		var parts []string
		for _, c := range d.Jury.Criteria {
			parts = append(parts, c.Name+" "+strconv.Itoa(c.Most))
		}
		said += view.T(ctx, "preset.jury_is", "pass", strconv.Itoa(d.Jury.Pass), "most", strconv.Itoa(d.Jury.Most()), "parts", strings.Join(parts, "、"))
	}
	return said
}

func bound(ctx context.Context, f money.Fen) string {
	if f == 0 {
		return view.T(ctx, "preset.no_bound")
	}
	return yuan(f)
}

func days(ctx context.Context, n int) string {
	if n == 0 {
		return view.T(ctx, "preset.none")
	}
	return count(ctx, "preset.days", n)
}

func listed(ctx context.Context, all []string) string {
	if len(all) == 0 {
		return view.T(ctx, "preset.none")
	}
	return strings.Join(all, "、")
}
