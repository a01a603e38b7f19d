package projects_test

import (
	"errors"
	"slices"
	"testing"
	"time"

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

func TestSilenceIsToldOnce(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.work(g.easy(nil))
	keep := func() int {
		for range 3 {
			if _, err := g.Keep(ctx); err != nil {
				t.Fatal(err)
			}
		}
		return len(g.Events(projects.WentQuiet))
	}
	due := g.read(id).StaleDue
	if want := g.today().AddDays(14).At(calendar.EndOfDay, g.Days.Zone()); !due.Equal(want) {
		t.Fatalf("due %v, want %v", due, want)
	}
	g.Clock.Set(due.Add(-time.Minute))
	if n := keep(); n != 0 {
		t.Errorf("told %d times a minute too early", n)
	}
	g.Clock.Set(due.Add(400 * day)) // the clock jumps ahead
	if n := keep(); n != 1 || !g.read(id).Stale() {
		t.Errorf("told %d times", n)
	}
	g.Clock.Set(due.Add(time.Hour)) // and back
	if n := keep(); n != 1 {
		t.Errorf("told %d times after the clock went back", n)
	}
	x, err := g.tells(g.branch, id, "今天开始铺砖")
	roomtest.Must(t, err)
	for _, e := range g.Events(projects.NewsPosted) { // the relay, twice
		roomtest.Must(t, errors.Join(g.FollowNews(ctx, e), g.FollowNews(ctx, e)))
	}
	if v := g.read(id); v.Stale() || !v.HeardAt.Equal(x.At) {
		t.Errorf("after news: stale %v, heard %v", v.Stale(), v.HeardAt)
	}
	g.Clock.Set(g.read(id).StaleDue)
	if n := keep(); n != 2 {
		t.Errorf("the second silence: told %d times", n)
	}
	must(t)(g.reaches(id, 1, 0))
	if g.read(id).Stale() {
		t.Error("a milestone is no sign of life")
	}
}

func TestNewsOfTheWork(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.work(g.easy(nil))
	shot := func(when projects.Phase) projects.Shot { return projects.Shot{Photo: photo(g), When: when} }
	for name, tt := range map[string]struct {
		who   identity.Actor
		words string
		shots []projects.Shot
		want  string
	}{
		"a neighbour":       {g.zhao, "看着不错", nil, identity.ErrDenied.Code},
		"elsewhere":         {g.next, "看着不错", nil, projects.ErrNotFound.Code},
		"nothing":           {g.branch, " ", nil, "project.no_news"},
		"a photo of no day": {g.branch, "铺砖", []projects.Shot{shot("")}, "project.bad_shot"},
		"ten photos":        {g.branch, "铺砖", slices.Repeat([]projects.Shot{shot(projects.During)}, 10), "topic.too_many_photos"},
	} {
		if _, err := g.tells(tt.who, id, tt.words, tt.shots...); fault.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	first, err := g.tells(g.branch, id, "路基好了", shot(projects.Before), shot(projects.After))
	roomtest.Must(t, err)
	g.Clock.Set(g.Clock.Now().Add(time.Hour))
	desk, err := g.tells(g.staff, id, "代发：明天进料")
	if err != nil || desk.For != "branch" {
		t.Errorf("the desk writes for %q, %v", desk.For, err)
	}
	g.Clock.Set(g.Clock.Now().Add(time.Hour))
	held, err := g.tells(g.branch, id, "加微信领红包，刷单返利")
	if err != nil || !held.Hidden || g.read(id).HeardAt.Equal(held.At) {
		t.Errorf("%+v, %v", held, err)
	}
	seen := func(who identity.Actor) []projects.NewsView {
		all, _, err := g.News(ctx, who, id, "")
		roomtest.Must(t, err)
		return all
	}
	all := seen(g.zhao)
	if len(all) != 3 || all[2].ID != first.ID || !all[0].Veiled || all[0].Text != "" || all[0].By.Account != "" || len(all[2].Shots) != 2 {
		t.Errorf("a neighbour sees %+v", all)
	}
	if all := seen(g.branch); all[0].Text == "" {
		t.Error("its writer does not see what is held")
	}
	hide := func(who identity.Actor, id projects.NewsID, on bool, reason string) error {
		_, err := g.HideNews(ctx, who, projects.HideNews{News: id, Hide: on, Reason: reason})
		return err
	}
	roomtest.Refused(t, hide(g.branch, first.ID, true, "照片里有人"), identity.ErrDenied.Code)
	roomtest.Refused(t, hide(g.staff, first.ID, true, ""), "project.no_reason")
	roomtest.Must(t, errors.Join(hide(g.staff, first.ID, true, "照片里有人"), hide(g.staff, held.ID, false, "")))
	if all := seen(g.zhao); all[0].Veiled || !all[2].Veiled || all[2].Reason != "照片里有人" {
		t.Errorf("a neighbour sees %+v", all)
	}
	if one, err := g.OneNews(ctx, g.zhao, first.ID); err != nil || len(one.Shots) != 0 {
		t.Errorf("the photos of what is hidden: %v, %v", one.Shots, err)
	}
	_, err = g.OneNews(ctx, g.sun, first.ID)
	roomtest.Refused(t, err, projects.ErrNotFound.Code)
}

func TestADoubleTapIsOneNews(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.work(g.easy(nil))
	cmd := projects.PostNews{ID: projects.NewsID(g.Token()), Project: id, Text: "路基好了"}
	for range 2 {
		_, err := g.PostNews(t.Context(), g.branch, cmd)
		roomtest.Must(t, err)
	}
	all, _, err := g.News(t.Context(), g.wang, id, "")
	if err != nil || len(all) != 1 || len(g.Events(projects.NewsPosted)) != 1 {
		t.Errorf("%d news, %v", len(all), err)
	}
	_, err = g.PostNews(t.Context(), g.staff, cmd)
	roomtest.Refused(t, err, "project.token_taken")
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

func TestFollowersAreThoseWhoAsked(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, g.easy(nil)).ID
	for range 2 {
		roomtest.Must(t, g.Follow(ctx, g.zhao, id, true))
	}
	roomtest.Refused(t, g.Follow(ctx, identity.Actor{}, id, true), identity.ErrSignIn.Code)
	roomtest.Refused(t, g.Follow(ctx, g.sun, id, true), projects.ErrNotFound.Code)
	all, err := g.Followers(ctx, id)
	if err != nil || !slices.Equal(all, []identity.AccountID{"zhao"}) {
		t.Errorf("%v, %v", all, err)
	}
	if v, err := g.Project(ctx, g.zhao, id); err != nil || !v.Follows {
		t.Errorf("follows %v, %v", v.Follows, err)
	}
	roomtest.Must(t, errors.Join(g.Follow(ctx, g.zhao, id, false), g.Follow(ctx, g.zhao, id, false)))
	if n, err := g.CountFollowers(ctx, id); err != nil || n != 0 {
		t.Errorf("%d, %v", n, err)
	}
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
