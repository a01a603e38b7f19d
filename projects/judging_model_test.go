package projects_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation/roomtest"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

// TestRandomWordsKeepTheLaws gives commands at random to projects from their acceptance on, by people of all sorts. No stage is
// skipped, nobody accepts or checks their own work, nothing is known of the judging before its end, and a project is archived
// only when its accounts are closed.
func TestRandomWordsKeepTheLaws(t *testing.T) {
	t.Parallel()
	g := setup(t)
	key := g.easy(func(p *preset.Preset) { p.Reps = 1 })
	ends := map[preset.Stage]int{}
	rapid.Check(t, func(rt *rapid.T) {
		ctx := t.Context()
		if g.Clock.Now().After(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)) {
			g.Clock.Set(time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC))
		}
		id := g.propose(g.wang, key).ID
		roomtest.Must(t, g.passed(id))
		at := rapid.SampledFrom([]preset.Stage{preset.Accepting, preset.Rating, preset.Settling}).Draw(rt, "from")
		roomtest.Must(t, g.Put(ctx, id, at))
		*g.held = projects.Books{Paid: 2_400_000}
		people := []identity.Actor{g.wang, g.zhao, g.qian, g.sun, g.staff, g.colleague, g.secretary, g.branch}
		for range rapid.IntRange(20, 60).Draw(rt, "commands") {
			who, v := rapid.SampledFrom(people).Draw(rt, "who"), g.read(id)
			defect := ""
			if all := v.OpenDefects(); len(all) > 0 {
				defect = rapid.SampledFrom(all).Draw(rt, "defect").ID
			}
			commands := map[string]func(){
				"volunteer": func() {
					token := g.Token()
					if _, err := g.Volunteer(ctx, who, id, token, true); err == nil {
						_, _ = g.NameRep(ctx, g.secretary, id, token)
					}
				},
				"draw": func() { _, _ = g.DrawReps(ctx, g.secretary, id) },
				"yes":  func() { _ = g.says(who, id, true, "") },
				"no":   func() { _ = g.says(who, id, false, "不平") },
				"mend": func() {
					_, _ = g.MendDefect(ctx, who, projects.MendDefect{Project: id, Defect: defect, Text: "修了" + g.Token()})
				},
				"verify": func() { _, _ = g.CheckDefect(ctx, who, id, defect, rapid.Bool().Draw(rt, "mended"), "还是不平") },
				"rate":   func() { _ = g.rates(who, id, rapid.IntRange(1, 5).Draw(rt, "stars"), "") },
				"wait":   func() { g.Clock.Set(g.Clock.Now().Add(time.Duration(rapid.IntRange(1, 9).Draw(rt, "days")) * day)) },
				"keep":   func() { _, err := g.Keep(ctx); roomtest.Must(t, err) },
				"reply":  func() { _, _ = g.WriteReply(ctx, who, id, "谢谢"+g.Token()) },
				"tell":   func() { _, _ = g.PublishReply(ctx, who, id) },
				"state":  func() { _ = g.states(who, id, "省了") },
				"close":  func() { _, _ = g.Close(ctx, who, id, max(1, revisionOf(v))) },
				"books": func() {
					g.held.Open = nil
					if rapid.Bool().Draw(rt, "open") {
						g.held.Open = []projects.Unsettled{{Kind: projects.OpenLine, Name: "余款"}}
					}
				},
			}
			// Half of them lead on from where the project stands, by somebody who may, or few would ever be archived.
			names := slices.Sorted(maps.Keys(commands))
			if rapid.Bool().Draw(rt, "on its way") {
				who = rapid.SampledFrom([]identity.Actor{g.wang, g.zhao, g.staff, g.secretary, g.branch}).Draw(rt, "whose turn")
				names = map[preset.Stage][]string{
					preset.Accepting: {"volunteer", "draw", "yes", "mend", "verify"}, preset.Rating: {"rate", "wait", "keep", "reply", "tell"},
					preset.Settling: {"state", "close", "books"}, preset.Archived: names,
				}[v.Stage]
			}
			commands[rapid.SampledFrom(names).Draw(rt, "command")]()
			g.lawful(rt, v, g.read(id))
		}
		ends[g.read(id).Stage]++
	})
	if ends[preset.Archived] == 0 || len(ends) < 3 {
		t.Errorf("the commands led to %v only: they are too tame", ends)
	}
}

// passed brings a proposal past its check with the branch as its lead.
func (g *ground) passed(id projects.ID) error {
	ctx, hand := g.T.Context(), g.Token()
	must(g.T)(g.Pass(ctx, g.staff, id))
	must(g.T)(g.RaiseHand(ctx, g.branch, projects.RaiseHand{ID: hand, Project: id, Bring: "出力"}))
	_, err := g.ChooseLead(ctx, g.secretary, id, hand, "合适")
	return err
}

func revisionOf(v projects.View) int {
	if v.Statement == nil {
		return 0
	}
	return v.Statement.Revision
}

// lawful holds what must be so after a command.
func (g *ground) lawful(rt *rapid.T, before, v projects.View) {
	signed(g.T, v.Project)
	if v.Stage != before.Stage && v.Stage != v.Preset.Next(before.Stage) {
		rt.Fatalf("from %s to %s", before.Stage, v.Stage)
	}
	for _, w := range v.Judged().Words {
		if w.By.Account == "fang" || w.By.Account != "wang" && w.By.Title != "" {
			rt.Fatalf("%s has a word about the work", w.By.Account)
		}
	}
	if before.Stage == preset.Accepting && v.Stage == preset.Rating && len(v.OpenDefects()) > 0 {
		rt.Fatalf("%d defects are open", len(v.OpenDefects()))
	}
	if v.Tally != nil && g.Clock.Now().Before(v.RateDue) {
		rt.Fatalf("a result at %v, judged until %v", g.Clock.Now(), v.RateDue)
	}
	if before.Stage == preset.Settling && v.Stage == preset.Archived && (len(g.held.Open) > 0 || v.Statement.CheckedBy.Account == v.Statement.By.Account) {
		rt.Fatalf("archived with %d open, written by %s, checked by %s", len(g.held.Open), v.Statement.By.Account, v.Statement.CheckedBy.Account)
	}
}
