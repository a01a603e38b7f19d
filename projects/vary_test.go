package projects_test

import (
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

func TestVariationsCountWhenAnotherPersonApproves(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.work(g.easy(func(p *preset.Preset) { p.Caps.Works, p.Envelope = 3_000_000, 2_800_000 }))
	approve := func(who identity.Actor, token string) error {
		_, err := g.ApproveVariation(ctx, who, id, token, "")
		return err
	}
	year := func() money.Fen {
		e, err := g.Year(ctx, g.secretary, "c1", "easy")
		roomtest.Must(t, err)
		return e.Sum()
	}
	_, err := g.varies(id, 700_000, 0)
	roomtest.Refused(t, err, "project.variation_over_cap")
	_, err = g.varies(id, -2_400_000, 0)
	roomtest.Refused(t, err, "project.bad_variation_money")
	_, err = g.varies(id, 0, 200)
	roomtest.Refused(t, err, "project.bad_variation_weeks")
	_, err = g.varies(id, -200_000, 0)
	roomtest.Refused(t, err, "project.variation_under_milestones")

	token, err := g.varies(id, 500_000, 2)
	roomtest.Must(t, err)
	if v := g.read(id); v.Approved != 2_400_000 || v.Weeks() != 4 {
		t.Errorf("it counts before it is approved: %s, %d weeks", v.Approved, v.Weeks())
	}
	roomtest.Refused(t, approve(g.branch, token), identity.ErrDenied.Code)
	roomtest.Refused(t, approve(g.secretary, token), "project.over_envelope")
	if v := g.read(id); v.Approved != 2_400_000 || year() != 2_400_000 {
		t.Errorf("approved %s, the year holds %s", v.Approved, year())
	}
	must(t)(g.RefuseVariation(ctx, g.secretary, id, token, "今年额度不够"))
	roomtest.Refused(t, approve(g.secretary, token), "project.variation_decided")

	token, err = g.varies(id, 300_000, 2)
	roomtest.Must(t, err)
	for range 2 {
		roomtest.Must(t, approve(g.secretary, token))
	}
	if v := g.read(id); v.Approved != 2_700_000 || v.Weeks() != 6 || year() != 2_700_000 {
		t.Errorf("approved %s, %d weeks, the year holds %s", v.Approved, v.Weeks(), year())
	}
	// Less, down to what is promised: the rest goes back to the year, once.
	g.books[id] = projects.Spent{Committed: 2_600_000}
	_, err = g.varies(id, -200_000, 0)
	roomtest.Refused(t, err, "project.variation_under_committed")
	token, err = g.varies(id, -100_000, 0)
	roomtest.Must(t, err)
	g.books[id] = projects.Spent{Committed: 2_650_000} // meanwhile another contract
	roomtest.Refused(t, approve(g.secretary, token), "project.variation_under_committed")
	g.books[id] = projects.Spent{Committed: 2_600_000}
	roomtest.Must(t, approve(g.secretary, token))
	for _, e := range g.Events(projects.VariationApproved) {
		roomtest.Must(t, g.FollowVariation(ctx, e))
	}
	if v := g.read(id); v.Approved != 2_600_000 || year() != 2_600_000 {
		t.Errorf("approved %s, the year holds %s", v.Approved, year())
	}
}

func TestNobodyApprovesTheirOwnVariation(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.propose(g.secretary, g.easy(nil)).ID
	g.lead(id)
	must(t)(g.PutForward(t.Context(), g.branch, id))
	other := roomtest.Works("lu", "陆书记", identity.RoleSecretary, "c1", "")
	must(t)(g.RecordDecision(t.Context(), other, projects.RecordDecision{Project: id, Rule: preset.BySecretary, Approved: true, Minutes: "同意"}))
	must(t)(g.PublishNotice(t.Context(), g.staff, id))
	g.Clock.Set(g.read(id).Notice().DueAt)
	must(t)(g.Establish(t.Context(), other, id))
	token, err := g.varies(id, 100, 0)
	roomtest.Must(t, err)
	for _, decide := range []func() error{
		func() error { _, err := g.ApproveVariation(t.Context(), g.secretary, id, token, ""); return err },
		func() error { _, err := g.RefuseVariation(t.Context(), g.secretary, id, token, "不行"); return err },
		func() error { _, err := g.Cancel(t.Context(), g.secretary, id, "不做了"); return err },
	} {
		roomtest.Refused(t, decide(), "project.own_affair")
	}
	must(t)(g.ApproveVariation(t.Context(), other, id, token, ""))
}
