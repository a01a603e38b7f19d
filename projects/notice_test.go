package projects_test

import (
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/projects"
	"jushou/projects/preset"
)

func TestAnObjectionStopsTheClock(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, g.easy(nil)).ID
	g.lead(id)
	g.notice(id)
	g.To("2026-03-04 12:00")
	first, err := g.object(g.zhao, id)
	roomtest.Must(t, err)
	_, err = g.object(g.zhao, id)
	roomtest.Refused(t, err, "project.objected_already")
	second, err := g.object(g.qian, id)
	roomtest.Must(t, err)
	g.To("2026-03-09 12:00") // the days are over, and the clock stands
	_, err = g.Establish(ctx, g.secretary, id)
	roomtest.Refused(t, err, "project.objections_open")
	roomtest.Must(t, g.answer(g.staff, id, first, false))
	if v := g.read(id); v.Phase != projects.NoticeStopped {
		t.Errorf("%s with one objection open", v.Phase)
	}
	g.To("2026-03-10 12:00")
	roomtest.Must(t, g.answer(g.colleague, id, second, false))
	v := g.read(id) // it stood for six days
	if want := g.At("2026-03-12 00:00"); v.Phase != projects.NoticeRunning || !v.Notice().DueAt.Equal(want) {
		t.Errorf("%s until %v, want %v", v.Phase, v.Notice().DueAt, want)
	}
	g.To("2026-03-12 00:00")
	_, err = g.object(g.zhao, id)
	roomtest.Refused(t, err, "project.notice_over")
	must(t)(g.Establish(ctx, g.secretary, id))
}

func TestAMaterialChangeStartsTheNoticeOver(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, g.easy(nil)).ID
	g.lead(id)
	g.notice(id)
	objection, err := g.object(g.zhao, id)
	roomtest.Must(t, err)
	roomtest.Must(t, g.answer(g.staff, id, objection, true))
	g.To("2026-03-20 12:00")
	_, err = g.Establish(ctx, g.secretary, id)
	roomtest.Refused(t, err, "project.objection_upheld")
	change := projects.AmendNotice{WritePlan: projects.WritePlan{Project: id, Seen: 1, Plan: draft().Plan}, Reason: "路往外移两米"}
	change.Lines = []projects.Line{{What: "透水砖", Amount: 2_400_001}}
	_, err = g.AmendNotice(ctx, g.staff, change)
	roomtest.Refused(t, err, "project.more_than_decided")
	change.Lines[0].Amount = 2_000_000
	must(t)(g.AmendNotice(ctx, g.staff, change))
	v := g.read(id)
	if n := v.Notice(); n.N != 2 || !n.DueAt.Equal(g.At("2026-03-24 00:00")) || n.Amount != 2_000_000 || v.Notices[0].EndedAt.IsZero() {
		t.Errorf("notices %+v", v.Notices)
	}
	must(t)(g.SendBack(ctx, g.secretary, id, "价钱要重新谈"))
	if v := g.at(id, preset.Deliberating); v.Decision != nil || len(v.Earlier) != 1 || v.Notice() != nil {
		t.Errorf("sent back with %+v, %+v", v.Decision, v.Earlier)
	}
}

func TestWorkingDaysOfANotice(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Notice = preset.Notice{Days: 2, Working: true} })).ID
	g.lead(id)
	g.To("2026-03-06 10:00") // a Friday
	v := g.notice(id)
	tuesday := v.Notice().DueAt
	if !g.At("2026-03-10 00:00").Before(tuesday) || tuesday.After(g.At("2026-03-11 00:00")) {
		t.Fatalf("due %v", tuesday)
	}
	objection, err := g.object(g.zhao, id)
	roomtest.Must(t, err)
	g.To("2026-03-08 10:00") // a Sunday: half of Friday and all of Monday and Tuesday are left
	roomtest.Must(t, g.answer(g.staff, id, objection, false))
	if due := g.read(id).Notice().DueAt; !due.After(tuesday) || due.After(tuesday.Add(day)) {
		t.Errorf("due %v after a weekend's stop, was %v", due, tuesday)
	}
}
