package project

import (
	"context"
	"slices"
	"strconv"

	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/view"
)

// icon is the shape beside a stage's word.
func icon(s preset.Stage) string {
	switch s {
	case preset.Collecting, preset.Checking, preset.Gathering:
		return "waiting"
	case preset.Deliberating, preset.Deciding, preset.Working, preset.Accepting:
		return "working"
	case preset.Noticing:
		return "public"
	case preset.Established, preset.Rating, preset.Settling:
		return "answered"
	case preset.Archived:
		return "resolved"
	}
	return "withdrawn"
}

// says says in one sentence where a project stands and what comes next.
func says(ctx context.Context, x projects.View) string {
	key, n := "project.line."+string(x.Stage), x.Notice()
	switch {
	case x.Stage == preset.Gathering && x.Preset.Hands && x.Lead == nil && len(x.Raised()) == 0:
		if !x.HandlessAt.IsZero() {
			return view.T(ctx, "project.line.handless")
		}
		return view.T(ctx, "project.line.no_hand")
	case x.Stage == preset.Gathering:
		return view.T(ctx, key, "have", strconv.Itoa(x.Endorsed), "need", strconv.Itoa(x.Voices))
	case x.Lead == nil && slices.Contains([]preset.Stage{preset.Deliberating, preset.Deciding, preset.Noticing, preset.Established}, x.Stage):
		return view.T(ctx, "project.line.no_lead")
	case x.Stage == preset.Noticing && n == nil:
		return view.T(ctx, "project.line.notice_coming")
	case x.Stage == preset.Noticing:
		return view.T(ctx, "project.notice."+string(x.Phase), "until", view.Until(ctx, n.DueAt), "left", view.Period(ctx, n.DueAt.Sub(view.Now(ctx))), "n", strconv.Itoa(n.Owed()))
	case x.Stage == preset.Declined && x.Reason == "":
		return view.T(ctx, "project.line.voted_down")
	case x.Stage.Over() && x.Reason != "":
		return view.T(ctx, key, "reason", x.Reason)
	}
	return view.T(ctx, key)
}

// place is a stage on the bar: behind, here, or ahead.
func place(way []preset.Stage, at, s preset.Stage) string {
	here := slices.Index(way, at)
	switch i := slices.Index(way, s); {
	case i < here:
		return "done"
	case i == here:
		return "here"
	}
	return "ahead"
}

func yuan(f money.Fen) string { return "¥" + f.String() }

func count(ctx context.Context, key string, n int) string {
	return view.T(ctx, key, "n", strconv.Itoa(n))
}

// brings says what a hand brings.
func brings(ctx context.Context, h projects.Hand) string {
	said := ""
	add := func(s string) {
		if said != "" {
			said += " · "
		}
		said += s
	}
	if h.People > 0 {
		add(count(ctx, "project.people", h.People))
	}
	if h.Money > 0 {
		add(yuan(h.Money))
	}
	if h.Weeks > 0 {
		add(count(ctx, "project.weeks", h.Weeks))
	}
	return said
}

// whom says whom a project is for.
func whom(ctx context.Context, f projects.Beneficiaries) string {
	said := f.Words
	for _, n := range f.Names {
		if said != "" {
			said += "、"
		}
		said += n
	}
	if said == "" {
		return view.T(ctx, "project.for_all")
	}
	return said
}

func classes(ctx context.Context) []view.Option {
	var all []view.Option
	for _, c := range preset.Classes() {
		all = append(all, view.Option{Value: string(c), Text: view.T(ctx, "project.class."+string(c))})
	}
	return all
}

func exclusions(ctx context.Context) []view.Option {
	var all []view.Option
	for _, x := range projects.Exclusions() {
		all = append(all, view.Option{Value: string(x), Text: view.T(ctx, "project.exclusion."+string(x))})
	}
	return all
}

// presets are the ways of carrying a project to choose from.
func presets(all []preset.Preset) []view.Option {
	var options []view.Option
	for _, p := range all {
		options = append(options, view.Option{Value: string(p.Key), Text: p.Name})
	}
	return options
}

// candidates are those who could lead: raised hands and co-proposers.
func candidates(x projects.View, partners bool) []view.Option {
	var all []view.Option
	for _, h := range x.Raised() {
		if x.Lead == nil || x.Lead.Hand != h.ID {
			all = append(all, view.Option{Value: h.ID, Text: h.Body + " " + h.By.Name})
		}
	}
	for _, p := range x.Partners {
		if partners && p.Agreed() {
			all = append(all, view.Option{Value: p.ID, Text: p.By.Name})
		}
	}
	return all
}

func first(all []view.Option) string {
	if len(all) == 0 {
		return ""
	}
	return all[0].Value
}

// leader names who carries the project.
func leader(l *projects.Lead) string {
	if l.Body != "" {
		return l.Body + " " + l.By.Name
	}
	return view.Byline(l.By.Name, l.By.Title, l.By.Building)
}

func weeks(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// topped is a preset's cap of a class in words, "" without one.
func topped(ctx context.Context, p preset.Preset) string {
	said := ""
	for _, c := range preset.Classes() {
		if most := p.Caps.Of(c); most > 0 {
			said += view.T(ctx, "project.cap", "class", view.T(ctx, "project.class."+string(c)), "cap", yuan(most))
		}
	}
	return said
}
