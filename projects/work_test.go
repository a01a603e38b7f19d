package projects_test

import (
	"errors"
	"slices"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// establish brings a project of a preset to 立项, led by the branch.
func (g *ground) establish(key preset.Key) projects.ID {
	g.T.Helper()
	id := g.propose(g.wang, key).ID
	g.lead(id)
	g.notice(id)
	g.Clock.Set(g.read(id).Notice().DueAt)
	must(g.T)(g.Establish(g.T.Context(), g.secretary, id))
	return id
}

// today is the day in the community.
func (g *ground) today() calendar.Date { return g.Days.DateAt(g.Clock.Now()) }

// rows are two milestones, a week and three weeks from today.
func (g *ground) rows() []projects.MilestoneRow {
	return []projects.MilestoneRow{
		{Name: "路基", Due: g.today().AddDays(7), Cost: 800_000}, {Name: "铺砖", Due: g.today().AddDays(21), Cost: 1_500_000},
	}
}

func (g *ground) writes(id projects.ID, rows []projects.MilestoneRow, reason string) (projects.Project, error) {
	return g.WriteMilestones(g.T.Context(), g.branch, projects.WriteMilestones{Project: id, Seen: g.read(id).Program, Rows: rows, Reason: reason})
}

// work brings a project to work with two milestones.
func (g *ground) work(key preset.Key) projects.ID {
	g.T.Helper()
	id := g.establish(key)
	must(g.T)(g.writes(id, g.rows(), ""))
	must(g.T)(g.Start(g.T.Context(), g.branch, id))
	return id
}

func (g *ground) reaches(id projects.ID, n int, cost money.Fen) (projects.Project, error) {
	return g.ReachMilestone(g.T.Context(), g.branch, projects.ReachMilestone{Project: id, Milestone: n, On: g.today(), Cost: cost})
}

// watches names a resident as supervisor.
func (g *ground) watches(id projects.ID, who identity.Actor) {
	g.T.Helper()
	token := g.Token()
	must(g.T)(g.OfferSupervision(g.T.Context(), who, id, token))
	must(g.T)(g.NameSupervisor(g.T.Context(), g.secretary, id, token, true))
}

func (g *ground) tells(who identity.Actor, id projects.ID, words string, shots ...projects.Shot) (projects.News, error) {
	return g.PostNews(g.T.Context(), who, projects.PostNews{ID: projects.NewsID(g.Token()), Project: id, Text: words, Shots: shots})
}

func (g *ground) varies(id projects.ID, amount money.Fen, weeks int) (string, error) {
	token := g.Token()
	_, err := g.Vary(g.T.Context(), g.branch, projects.Vary{ID: token, Project: id, What: "换成石板", Why: "透水砖断货", Amount: amount, Weeks: weeks})
	return token, err
}

func TestWorkBeginsWhenItsTermsAreMet(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.establish(g.easy(func(p *preset.Preset) { p.Permits = []string{"施工许可", "占道许可"} }))
	begins := func() error { _, err := g.Start(ctx, g.branch, id); return err }
	permit := func(name, note string, date calendar.Date) error {
		_, err := g.RecordPermit(ctx, g.staff, projects.RecordPermit{Project: id, Name: name, Note: note, Date: date})
		return err
	}
	roomtest.Refused(t, begins(), "project.permit_missing")
	roomtest.Refused(t, permit("没有的", "沪建1号", g.today()), "project.no_such_permit")
	roomtest.Refused(t, permit("施工许可", "", g.today()), "project.no_permit_note")
	roomtest.Refused(t, permit("施工许可", "沪建1号", g.today().AddDays(1)), "project.bad_date")
	for _, name := range []string{"施工许可", "占道许可", "占道许可"} {
		roomtest.Must(t, permit(name, "沪建1号", g.today()))
	}
	if told := g.Events(projects.PermitRecorded); len(told) != 2 {
		t.Errorf("two permits are told %d times", len(told))
	}
	roomtest.Refused(t, begins(), "project.no_milestone")
	must(t)(g.writes(id, g.rows(), ""))
	must(t)(g.LeaveLead(ctx, g.branch, id, "调走了"))
	_, err := g.Start(ctx, g.staff, id)
	roomtest.Refused(t, err, "project.no_lead")
	hand := g.Token()
	must(t)(g.RaiseHand(ctx, g.second, projects.RaiseHand{ID: hand, Project: id, Bring: "接着做"}))
	must(t)(g.ReplaceLead(ctx, g.secretary, id, hand, "接手"))
	_, err = g.Start(ctx, g.zhao, id)
	roomtest.Refused(t, err, "project.not_lead")
	must(t)(g.Start(ctx, g.second, id))
	signed(t, g.at(id, preset.Working).Project)
}

func TestMilestonesKeepWhatWasPlanned(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.establish(g.easy(nil))
	rows := g.rows()
	for name, tt := range map[string]struct {
		change func(*projects.MilestoneRow)
		want   string
	}{
		"no name":        {func(r *projects.MilestoneRow) { r.Name = " " }, "project.bad_milestone"},
		"no day":         {func(r *projects.MilestoneRow) { r.Due = calendar.Date{} }, "project.bad_milestone"},
		"negative money": {func(r *projects.MilestoneRow) { r.Cost = -1 }, "project.money_out_of_range"},
		"more than all":  {func(r *projects.MilestoneRow) { r.Cost = 2_400_000 }, "project.milestones_over"},
		"of nowhere":     {func(r *projects.MilestoneRow) { r.N = 7 }, "project.no_such_milestone"},
	} {
		bad := slices.Clone(rows)
		tt.change(&bad[0])
		if _, err := g.writes(id, bad, ""); fault.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	_, err := g.writes(id, slices.Repeat(rows[:1], projects.MaxMilestones+1), "")
	roomtest.Refused(t, err, "project.too_many_milestones")
	cmd := projects.WriteMilestones{Project: id, Rows: rows}
	for range 2 { // a double tap, with the same revision both times
		must(t)(g.WriteMilestones(t.Context(), g.branch, cmd))
	}
	_, err = g.WriteMilestones(t.Context(), g.branch, projects.WriteMilestones{Project: id, Rows: rows[:1]})
	roomtest.Refused(t, err, "project.stale")
	_, err = g.WriteMilestones(t.Context(), g.staff, projects.WriteMilestones{Project: id, Seen: 1, Rows: rows[:1]})
	roomtest.Refused(t, err, "project.not_lead")
	must(t)(g.Start(t.Context(), g.branch, id))

	later := []projects.MilestoneRow{{N: 1, Name: "路基", Due: rows[0].Due.AddDays(5), Cost: 800_000}}
	_, err = g.writes(id, later, "")
	roomtest.Refused(t, err, "project.no_reason")
	v := must(t)(g.writes(id, later, "下雨停工，铺砖改到秋天"))
	if e := v.Milestones[0].Earlier; len(e) != 1 || e[0].Due != rows[0].Due || e[0].Why == "" {
		t.Errorf("what was planned before is %+v", e)
	}
	if !v.Milestones[1].Dropped() || v.Milestones[1].Why == "" {
		t.Errorf("the milestone that was left out is %+v", v.Milestones[1])
	}
	if reached, all := v.Progress(); reached != 0 || all != 1 {
		t.Errorf("%d of %d", reached, all)
	}
}

func TestSupervisorsSayWhetherAMilestoneWasReached(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.work(g.easy(nil))
	for who, want := range map[*identity.Actor]string{&g.wang: "project.own_affair", &g.sun: projects.ErrNotFound.Code} {
		_, err := g.OfferSupervision(ctx, *who, id, g.Token())
		roomtest.Refused(t, err, want)
	}
	token := g.Token()
	must(t)(g.OfferSupervision(ctx, g.qian, id, token))
	_, err := g.NameSupervisor(ctx, g.staff, id, token, true)
	roomtest.Refused(t, err, identity.ErrDenied.Code)
	if v, _ := g.Project(ctx, g.zhao, id); len(v.Supervisors) != 0 {
		t.Error("a neighbour sees who offered")
	}
	must(t)(g.NameSupervisor(ctx, g.secretary, id, token, true))
	if v, _ := g.Project(ctx, g.zhao, id); len(v.Supervisors) != 1 || v.Supervisors[0].By.Account != "" || v.Supervisors[0].By.Name != "钱**" {
		t.Errorf("a neighbour sees %+v", v.Supervisors)
	}
	word := func(who identity.Actor, holds bool, words string) error {
		_, err := g.ConfirmMilestone(ctx, who, projects.ConfirmMilestone{Project: id, Milestone: 1, Holds: holds, Words: words})
		return err
	}
	roomtest.Refused(t, word(g.qian, true, ""), "project.milestone_not_reached")
	_, err = g.ReachMilestone(ctx, g.branch, projects.ReachMilestone{Project: id, Milestone: 1, On: g.today().AddDays(1)})
	roomtest.Refused(t, err, "project.bad_date")
	must(t)(g.reaches(id, 1, 790_000))
	_, err = g.reaches(id, 1, 1)
	roomtest.Refused(t, err, "project.milestone_reached")
	roomtest.Refused(t, word(g.zhao, true, "好"), "project.not_supervisor")
	roomtest.Refused(t, word(g.qian, false, ""), "project.no_words")
	roomtest.Refused(t, word(g.qian, false, "加微信领红包，刷单返利"), "project.words_found")
	roomtest.Must(t, word(g.qian, false, "还有一段没铺"))
	if m := g.read(id).Milestones[0]; !m.Disputed() || len(m.Words) != 1 {
		t.Errorf("%+v", m)
	}
	must(t)(g.reaches(id, 1, 800_000))
	roomtest.Must(t, word(g.qian, true, "现在铺好了"))
	if m := g.read(id).Milestones[0]; m.Disputed() || len(m.Words) != 1 || m.Reached.Cost != 800_000 {
		t.Errorf("%+v", m)
	}
	must(t)(g.LeaveSupervision(ctx, g.qian, id))
	roomtest.Refused(t, word(g.qian, true, "好"), "project.not_supervisor")
	signed(t, g.read(id).Project)
}

func TestWorkIsDoneWhenEveryMilestoneIs(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.work(g.easy(nil))
	done := func() error { _, err := g.Finish(ctx, g.branch, id); return err }
	roomtest.Refused(t, done(), "project.milestones_open")
	must(t)(g.writes(id, nil, "都不做了"))
	roomtest.Refused(t, done(), "project.nothing_reached")
	must(t)(g.writes(id, g.rows()[:1], "还是要做"))
	must(t)(g.reaches(id, 3, 0))
	token, err := g.varies(id, 0, 2)
	roomtest.Must(t, err)
	roomtest.Refused(t, done(), "project.variation_waits")
	must(t)(g.WithdrawVariation(ctx, g.branch, id, token))
	_, err = g.Finish(ctx, g.staff, id)
	roomtest.Refused(t, err, "project.not_lead")
	roomtest.Must(t, done())
	v := g.at(id, preset.Accepting)
	if v.FinishedAt.IsZero() || !v.StaleDue.IsZero() {
		t.Errorf("finished %v, alarm due %v", v.FinishedAt, v.StaleDue)
	}
	must(t)(g.LeaveLead(ctx, g.branch, id, "调走了"))
}

func TestWhatIsGivenUpAfterItBeganIsSettled(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.work(g.easy(nil))
	token, err := g.varies(id, 100, 0)
	roomtest.Must(t, err)
	_, err = g.Cancel(ctx, g.secretary, id, " ")
	roomtest.Refused(t, err, "project.no_reason")
	p := must(t)(g.Cancel(ctx, g.secretary, id, "施工队退场，找不到人接手"))
	x, err := p.Variation(token)
	if p.Stage != preset.Settling || p.CancelledAt.IsZero() || p.Reason == "" || err != nil || x.State != projects.VaryWithdrawn {
		t.Errorf("%s, %v, %q, %+v", p.Stage, p.CancelledAt, p.Reason, x)
	}
	g.Clock.Set(g.Clock.Now().Add(60 * day))
	if _, err := g.Keep(ctx); err != nil || len(g.Events(projects.WentQuiet)) != 0 {
		t.Errorf("an alarm after it was given up: %v", err)
	}
	signed(t, p)
}

func TestADeletedAccountLeavesTheWork(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	key := g.easy(func(p *preset.Preset) { p.Hands = false; p.HandDays = 0 })
	id := g.propose(g.wang, key).ID // led by its proposer
	must(t)(g.Pass(ctx, g.staff, id))
	roomtest.Must(t, g.Endorse(ctx, g.zhao, id, true))
	g.count()
	must(t)(g.PutForward(ctx, g.wang, id))
	must(t)(g.RecordDecision(ctx, g.secretary, projects.RecordDecision{Project: id, Rule: preset.BySecretary, Approved: true, Minutes: "同意"}))
	must(t)(g.PublishNotice(ctx, g.staff, id))
	g.Clock.Set(g.read(id).Notice().DueAt)
	must(t)(g.Establish(ctx, g.secretary, id))
	must(t)(g.WriteMilestones(ctx, g.wang, projects.WriteMilestones{Project: id, Rows: g.rows()}))
	must(t)(g.Start(ctx, g.wang, id))
	g.watches(id, g.qian)
	must(t)(g.ReachMilestone(ctx, g.wang, projects.ReachMilestone{Project: id, Milestone: 1, On: g.today()}))
	must(t)(g.ConfirmMilestone(ctx, g.qian, projects.ConfirmMilestone{Project: id, Milestone: 1, Holds: true, Words: "看过了"}))
	_, err := g.tells(g.wang, id, "路基好了")
	roomtest.Must(t, errors.Join(err, g.Follow(ctx, g.qian, id, true)))
	for _, who := range []string{"wang", "qian"} {
		gone := docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: who}}
		roomtest.Must(t, errors.Join(g.Forget(ctx, gone), g.Forget(ctx, gone)))
	}
	v := g.read(id)
	by := []deliberation.Author{v.Milestones[0].Reached.By, v.Milestones[0].Words[0].By, v.Supervisors[0].By}
	news, _, err := g.News(ctx, g.staff, id, "")
	roomtest.Must(t, err)
	for _, a := range append(by, news[0].By) {
		if a.Account != "" || a.Name != identity.ErasedName {
			t.Errorf("%+v is still there", a)
		}
	}
	if v.Lead != nil || v.Supervises("qian") || len(v.NamedSupervisors()) != 0 {
		t.Errorf("lead %+v, supervisors %+v", v.Lead, v.NamedSupervisors())
	}
	if all, _ := g.Followers(ctx, id); len(all) != 0 {
		t.Errorf("followed by %v", all)
	}
}
