package projects_test

import (
	"testing"
	"time"

	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
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

// TestATyphoonDuringANotice: a day off that is declared while a notice runs changes no instant that was published; what is left after
// an objection is counted by the calendar that holds then.
func TestATyphoonDuringANotice(t *testing.T) {
	t.Parallel()
	monday, err := calendar.ParseDate("2026-03-09")
	roomtest.Must(t, err)
	typhoon, err := calendar.ForCommunity(calendar.Options{Overrides: []calendar.Override{{Date: monday, Name: "台风", Source: "市应急局"}}})
	roomtest.Must(t, err)
	published := func(stopped bool) (due time.Time, g *ground, id projects.ID) {
		g = setup(t)
		id = g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Notice = preset.Notice{Days: 2, Working: true} })).ID
		g.lead(id)
		g.To("2026-03-06 10:00") // a Friday
		due = g.notice(id).Notice().DueAt
		objection := ""
		if stopped {
			objection, err = g.object(g.zhao, id)
			roomtest.Must(t, err)
		}
		g.Calendar = typhoon
		g.To("2026-03-08 10:00")
		if stopped {
			roomtest.Must(t, g.answer(g.staff, id, objection, false))
		}
		return due, g, id
	}

	due, g, id := published(false)
	if kept := g.read(id).Notice().DueAt; !kept.Equal(due) {
		t.Errorf("published until %v, now %v", due, kept)
	}
	g.Clock.Set(due)
	_, err = g.Keep(t.Context())
	roomtest.Must(t, err)
	must(t)(g.Establish(t.Context(), g.secretary, id))

	first, g, id := published(true)
	wednesday := g.At("2026-03-11 00:00")
	if left := g.read(id).Notice().DueAt; !left.After(wednesday) {
		t.Errorf("until %v after a stop, was %v: the day off is counted", left, first)
	}
}
