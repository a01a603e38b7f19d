package projects_test

import (
	"slices"
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

// TestFromNeedToEstablished goes the way of 罗店 without a hitch.
func TestFromNeedToEstablished(t *testing.T) {
	t.Parallel()
	g := setup(t)
	p := g.propose(g.wang, g.easy(nil))
	if p.Stage != preset.Checking || p.Preset.Version != 1 {
		t.Fatalf("stands at %s under version %d", p.Stage, p.Preset.Version)
	}
	g.lead(p.ID)
	v := g.notice(p.ID)
	if n := v.Notice(); strings.Contains(n.Text, "13800138000") || !strings.Contains(n.Text, "138******00") || n.Lead != "branch" {
		t.Errorf("the notice shows %q by %q", n.Text, n.Lead)
	}
	if want := g.At("2026-03-06 00:00"); !v.Notice().DueAt.Equal(want) { // three days after the day of publication, to their end
		t.Errorf("due %v, want %v", v.Notice().DueAt, want)
	}
	_, err := g.Establish(t.Context(), g.secretary, p.ID)
	roomtest.Refused(t, err, "project.notice_not_over")
	g.To("2026-03-06 00:00")
	for range 2 {
		if _, err := g.Keep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if told := g.Events(projects.NoticeOver); len(told) != 1 {
		t.Errorf("the end of the notice is told %d times", len(told))
	}
	done := must(t)(g.Establish(t.Context(), g.secretary, p.ID))
	if done.Stage != preset.Established || done.Approved != 2_400_000 {
		t.Errorf("stands at %s with %s", done.Stage, done.Approved)
	}
	year, err := g.Year(t.Context(), g.wang, "c1", "easy")
	if err != nil || year.Sum() != 2_400_000 || year.Year != 2026 {
		t.Errorf("the year holds %v, %v", year, err)
	}
	signed(t, done)
}

// signed fails the test where a step has no actor or instant, or the stages do not follow each other.
func signed(t testing.TB, p projects.Project) {
	t.Helper()
	at := preset.Stage("")
	for _, x := range p.History {
		if x.Actor == "" || x.At.IsZero() || x.What == "" {
			t.Errorf("step %+v is nobody's", x)
		}
		if x.To != "" {
			if x.From != at {
				t.Errorf("step %+v comes after %s", x, at)
			}
			at = x.To
		}
	}
	if at != p.Stage {
		t.Errorf("the history ends at %s, the project stands at %s", at, p.Stage)
	}
}

func TestWhoMayTakeWhichStep(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, g.easy(nil)).ID
	denied, missing := identity.ErrDenied.Code, projects.ErrNotFound.Code
	for name, tt := range map[string]struct {
		do   func() error
		want string
	}{
		"a resident checks": {func() error { _, err := g.Pass(ctx, g.zhao, id); return err }, denied},
		"another community's branch": {func() error {
			_, err := g.RaiseHand(ctx, g.next, projects.RaiseHand{ID: g.Token(), Project: id})
			return err
		}, missing},
		"another community's resident": {func() error { return g.Endorse(ctx, g.sun, id, true) }, missing},
		"somebody without an account":  {func() error { return g.Endorse(ctx, identity.Actor{}, id, true) }, identity.ErrSignIn.Code},
		"a resident raises a hand": {func() error {
			_, err := g.RaiseHand(ctx, g.zhao, projects.RaiseHand{ID: g.Token(), Project: id})
			return err
		}, identity.ErrVerify.Code},
		"staff decide":          {func() error { _, err := g.Cancel(ctx, g.staff, id, "不办了"); return err }, denied},
		"a neighbour withdraws": {func() error { _, err := g.Withdraw(ctx, g.zhao, id, "不要了"); return err }, "project.not_yours"},
		"a hand before the check": {func() error {
			_, err := g.RaiseHand(ctx, g.branch, projects.RaiseHand{ID: g.Token(), Project: id})
			return err
		}, "project.wrong_stage"},
		"support before the check":  {func() error { return g.Endorse(ctx, g.zhao, id, true) }, "project.wrong_stage"},
		"one's own proposal":        {func() error { return g.Endorse(ctx, g.wang, id, true) }, "project.own_proposal"},
		"no reason":                 {func() error { _, err := g.Refuse(ctx, g.staff, id, projects.Duplicate, " "); return err }, "project.no_reason"},
		"no exclusion":              {func() error { _, err := g.Refuse(ctx, g.staff, id, "mood", "就是不行"); return err }, "project.bad_exclusion"},
		"established by an address": {func() error { _, err := g.Establish(ctx, g.secretary, id); return err }, "project.wrong_stage"},
		"decided by an address": {func() error {
			_, err := g.RecordDecision(ctx, g.secretary, projects.RecordDecision{Project: id, Rule: preset.BySecretary, Approved: true, Minutes: "好"})
			return err
		}, "project.wrong_stage"},
		"a project that is none": {func() error { _, err := g.Pass(ctx, g.staff, "nothing"); return err }, missing},
	} {
		if err := tt.do(); fault.CodeOf(err) != tt.want && !(tt.want == identity.ErrVerify.Code && fault.CodeOf(err) == denied) {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	if v := g.read(id); v.Stage != preset.Checking {
		t.Errorf("stands at %s after all that", v.Stage)
	}
}

func TestNobodyDecidesAboutTheirOwn(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.secretary, g.easy(nil)).ID
	_, err := g.Pass(ctx, g.secretary, id)
	roomtest.Refused(t, err, "project.own_affair")
	g.lead(id)
	must(t)(g.PutForward(ctx, g.branch, id))
	_, err = g.RecordDecision(ctx, g.secretary, projects.RecordDecision{Project: id, Rule: preset.BySecretary, Approved: true, Minutes: "同意"})
	roomtest.Refused(t, err, "project.own_affair")
}

func TestTheCheckTellsWhy(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, "jushou").ID
	must(t)(g.Return(ctx, g.staff, id, "请写清楚从哪里铺到哪里"))
	v, err := g.Project(ctx, g.wang, id)
	if err != nil || v.Stage != preset.Collecting || !v.Can(projects.MoveRevise) || !v.Can(projects.MoveSubmit) {
		t.Fatalf("%v, %v", v.May, err)
	}
	if _, err := g.Project(ctx, g.zhao, id); fault.CodeOf(err) != projects.ErrNotFound.Code {
		t.Errorf("a neighbour sees what was sent back: %v", err)
	}
	d := draft()
	d.Where = "3号楼到5号楼"
	_, err = g.Revise(ctx, g.wang, projects.Revise{Project: id, Seen: 7, Draft: d})
	roomtest.Refused(t, err, "project.stale")
	must(t)(g.Revise(ctx, g.wang, projects.Revise{Project: id, Seen: 1, Draft: d}))
	must(t)(g.Submit(ctx, g.wang, id))
	p := must(t)(g.Refuse(ctx, g.staff, id, projects.OthersDuty, "公共收益范围内，物业应当修"))
	if p.Stage != preset.Refused || p.Exclusion != projects.OthersDuty || p.Reason == "" {
		t.Errorf("refused as %+v", p)
	}
	signed(t, p)
}

func TestBoundsOfAProposal(t *testing.T) {
	t.Parallel()
	g := setup(t)
	for name, tt := range map[string]struct {
		change func(*projects.Propose)
		want   string
	}{
		"no title":            {func(c *projects.Propose) { c.Title = " " }, "project.no_title"},
		"a long need":         {func(c *projects.Propose) { c.Need = strings.Repeat("路", projects.MaxNeed+1) }, "project.too_long"},
		"no class":            {func(c *projects.Propose) { c.Class = "" }, "project.bad_class"},
		"negative money":      {func(c *projects.Propose) { c.Plan.Lines[0].Amount = -1 }, "project.money_out_of_range"},
		"nothing for a line":  {func(c *projects.Propose) { c.Plan.Lines[0].Amount = 0 }, "project.money_out_of_range"},
		"a million million":   {func(c *projects.Propose) { c.Plan.Lines[0].Amount = 1_000_000_000_000 }, "project.money_out_of_range"},
		"over the cap":        {func(c *projects.Propose) { c.Plan.Lines[0].Amount = 10_000_001 }, "project.over_cap"},
		"a line without name": {func(c *projects.Propose) { c.Plan.Lines[0].What = "" }, "project.bad_line"},
		"too many lines": {func(c *projects.Propose) {
			c.Plan.Lines = slices.Repeat([]projects.Line{{What: "砖", Amount: 1}}, projects.MaxLines+1)
		}, "project.too_many_lines"},
		"endless work":              {func(c *projects.Propose) { c.Plan.Weeks = 105 }, "project.bad_weeks"},
		"a building of elsewhere":   {func(c *projects.Propose) { c.For.Buildings = append(c.For.Buildings, "nowhere") }, "project.no_building"},
		"a preset of nobody":        {func(c *projects.Propose) { c.Preset = "none" }, "project.no_preset"},
		"a topic of nobody":         {func(c *projects.Propose) { c.Topics = append(c.Topics, "nothing") }, "project.no_topic"},
		"a resident collects needs": {func(c *projects.Propose) { c.Source = "楼道留言板" }, "project.source_of_desk"},
		"no token":                  {func(c *projects.Propose) { c.ID = "x" }, "topic.bad_token"},
	} {
		cmd := projects.Propose{ID: projects.ID(g.Token()), Community: "c1", Preset: "jushou", Draft: draft(), Submit: true}
		tt.change(&cmd)
		if _, err := g.Propose(t.Context(), g.wang, cmd); fault.CodeOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestADoubleTapIsOneProposal(t *testing.T) {
	t.Parallel()
	g := setup(t)
	cmd := projects.Propose{ID: projects.ID(g.Token()), Community: "c1", Preset: "jushou", Draft: draft(), Submit: true}
	for range 2 {
		must(t)(g.Propose(t.Context(), g.wang, cmd))
	}
	if told := g.Events(projects.Submitted); len(told) != 1 {
		t.Errorf("submitted %d times", len(told))
	}
	_, err := g.Propose(t.Context(), g.zhao, cmd)
	roomtest.Refused(t, err, "project.token_taken")
}

func TestWhatTheWordListFindsWaitsForTheCheck(t *testing.T) {
	t.Parallel()
	g := setup(t)
	cmd := projects.Propose{ID: projects.ID(g.Token()), Community: "c1", Preset: g.easy(nil), Draft: draft(), Submit: true}
	cmd.Need = "加微信领红包，刷单返利"
	p := must(t)(g.Propose(t.Context(), g.wang, cmd))
	if len(p.Hits) == 0 {
		t.Fatal("the sample list found nothing")
	}
	_, err := g.Project(t.Context(), g.zhao, p.ID)
	roomtest.Refused(t, err, projects.ErrNotFound.Code)
	must(t)(g.Pass(t.Context(), g.staff, p.ID))
	if _, err := g.Project(t.Context(), g.zhao, p.ID); err != nil {
		t.Errorf("after the check: %v", err)
	}
}

func TestPartnersConsentOnBothSides(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id, token := g.propose(g.wang, g.easy(nil)).ID, g.Token()
	must(t)(g.AskToJoin(ctx, g.zhao, id, token))
	if v, _ := g.Project(ctx, g.qian, id); len(v.Partners) != 0 {
		t.Error("others see who asked")
	}
	_, err := g.AgreeToPartner(ctx, g.zhao, id, token, true)
	roomtest.Refused(t, err, "project.not_yours")
	must(t)(g.AgreeToPartner(ctx, g.wang, id, token, true))
	if v, _ := g.Project(ctx, g.qian, id); len(v.Partners) != 1 || v.Partners[0].By.Account != "" {
		t.Errorf("others see %+v", v.Partners)
	}
	must(t)(g.Pass(ctx, g.staff, id))
	if err := g.Endorse(ctx, g.zhao, id, true); fault.CodeOf(err) != "project.own_proposal" {
		t.Errorf("a co-proposer supports it: %v", err)
	}
	must(t)(g.LeavePartners(ctx, g.zhao, id))
	if err := g.Endorse(ctx, g.zhao, id, true); err != nil {
		t.Errorf("after leaving: %v", err)
	}
}

func TestOneVoiceAPersonOrAHousehold(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		threshold preset.Threshold
		want      int
	}{{"persons", preset.Threshold{Count: 9}, 2}, {"households", preset.Threshold{Share: 1000}, 1}} {
		g := setup(t)
		id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Endorse = tt.threshold })).ID
		must(t)(g.Pass(t.Context(), g.staff, id))
		for range 3 { // zhao and qian share a home
			roomtest.Must(t, g.Endorse(t.Context(), g.zhao, id, true))
			roomtest.Must(t, g.Endorse(t.Context(), g.qian, id, true))
		}
		g.count()
		g.count()
		if v := g.read(id); v.Endorsed != tt.want {
			t.Errorf("%s: %d voices, want %d", tt.name, v.Endorsed, tt.want)
		}
		roomtest.Must(t, g.Endorse(t.Context(), g.zhao, id, false))
		roomtest.Must(t, g.Endorse(t.Context(), g.qian, id, false))
		g.count()
		if v := g.read(id); v.Endorsed != 0 {
			t.Errorf("%s: %d voices after they were taken back", tt.name, v.Endorsed)
		}
	}
}

func TestANeedWithoutAHandIsListed(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, "jushou").ID
	v := g.read(id)
	must(t)(g.Pass(ctx, g.staff, id))
	if v = g.read(id); !v.HandDue.Equal(g.At("2026-03-18 00:00")) {
		t.Fatalf("due %v", v.HandDue)
	}
	hand := g.Token()
	must(t)(g.RaiseHand(ctx, g.branch, projects.RaiseHand{ID: hand, Project: id, Bring: "出料"}))
	_, err := g.RaiseHand(ctx, g.branch, projects.RaiseHand{ID: g.Token(), Project: id})
	roomtest.Refused(t, err, "project.hand_up_already")
	g.To("2026-03-19 10:00")
	_, err = g.Keep(ctx)
	roomtest.Must(t, err)
	if len(g.Events(projects.Handless)) != 0 {
		t.Error("listed although a hand is up")
	}
	must(t)(g.LowerHand(ctx, g.branch, id, hand, "人手不够"))
	g.To("2026-04-30 10:00")
	for range 2 {
		_, err = g.Keep(ctx)
		roomtest.Must(t, err)
	}
	v = g.read(id)
	if told := g.Events(projects.Handless); len(told) != 1 || !v.HandlessAt.Equal(g.At("2026-04-04 00:00")) {
		t.Errorf("listed %d times, at %v", len(told), v.HandlessAt)
	}
	open, err := g.Open(ctx, identity.Actor{}, "c1")
	if err != nil || len(open) != 1 || !open[0].Handless {
		t.Errorf("the public reads %+v, %v", open, err)
	}
}

func TestALeadWhoLeavesIsReplaced(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, g.easy(nil)).ID
	g.lead(id)
	must(t)(g.LeaveLead(ctx, g.branch, id, "调走了"))
	_, err := g.PutForward(ctx, g.staff, id)
	roomtest.Refused(t, err, "project.no_lead")
	hand := g.Token()
	must(t)(g.RaiseHand(ctx, g.property, projects.RaiseHand{ID: hand, Project: id, Bring: "物业来做"}))
	must(t)(g.ReplaceLead(ctx, g.secretary, id, hand, "物业熟悉现场"))
	_, err = g.WritePlan(ctx, g.branch, projects.WritePlan{Project: id, Seen: 1, Plan: draft().Plan})
	roomtest.Refused(t, err, "project.not_lead")
	p := must(t)(g.WritePlan(ctx, g.property, projects.WritePlan{Project: id, Seen: 1, Plan: draft().Plan}))
	if len(p.Leads) != 1 || p.Leads[0].Why != "调走了" || p.Lead.Reason == "" {
		t.Errorf("leads %+v, now %+v", p.Leads, p.Lead)
	}
	signed(t, p)
}

func TestADeletedLeadLeavesAVacancy(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Hands, p.HandDays = false, 0 })).ID
	must(t)(g.Pass(t.Context(), g.staff, id))
	if v := g.read(id); v.LeadAccount() != "wang" {
		t.Fatalf("led by %q", v.LeadAccount())
	}
	roomtest.Must(t, g.Forget(t.Context(), docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "wang"}}))
	v := g.read(id)
	if v.Lead != nil || v.Proposer.Name != identity.ErasedName || v.Leads[0].By.Account != "" {
		t.Errorf("led by %+v, proposed by %+v", v.Lead, v.Proposer)
	}
	for _, x := range v.History {
		if x.Actor == "wang" {
			t.Errorf("%+v still names the account", x)
		}
	}
}

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

func TestWhoDecidesIsTheRuleAlone(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	record := func(id projects.ID, d projects.RecordDecision) error {
		d.Project, d.Minutes = id, "会议记录"
		_, err := g.RecordDecision(ctx, g.secretary, d)
		return err
	}
	council, _ := preset.BuiltinOf("weishishi")
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Decision = council.Decision })).ID
	g.lead(id)
	must(t)(g.PutForward(ctx, g.branch, id))
	roomtest.Refused(t, record(id, projects.RecordDecision{Rule: preset.BySecretary, Approved: true}), "project.other_rule")
	roomtest.Refused(t, record(id, projects.RecordDecision{Rule: preset.ByCouncil, Approved: true}), "project.bad_council_vote")
	roomtest.Refused(t, record(id, projects.RecordDecision{Rule: preset.ByCouncil, Council: &projects.CouncilVote{Members: 20, Present: 15, For: 10, Against: 6}}), "project.bad_council_vote")
	_, err := g.LinkPoll(ctx, g.staff, id, "p", 0)
	if fault.CodeOf(err) != "project.no_poll" {
		t.Errorf("a poll for a council: %v", err)
	}
	// Thirteen of twenty are less than two thirds: the council did not decide, whatever the form says.
	roomtest.Must(t, record(id, projects.RecordDecision{Rule: preset.ByCouncil, Approved: true, Council: &projects.CouncilVote{Members: 20, Present: 13, For: 13}}))
	if v := g.read(id); v.Stage != preset.Declined || v.Decision.Approved {
		t.Errorf("%s by %+v", v.Stage, v.Decision)
	}
}

func TestAJuryDecidesByItsPoints(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	bid := g.propose(g.wang, "chuangtou")
	must(t)(g.Pass(ctx, g.staff, bid.ID))
	_, err := g.PutForward(ctx, g.wang, bid.ID)
	roomtest.Refused(t, err, "project.paper_missing")
	for _, key := range []string{"bid", "budget"} {
		must(t)(g.AttachPaper(ctx, g.wang, bid.ID, key, photo(g)))
	}
	must(t)(g.PutForward(ctx, g.wang, bid.ID))
	sheets := []projects.Sheet{{Juror: "甲", Points: []int{20, 20, 15, 15, 5}}, {Juror: "乙", Points: []int{20, 20, 15, 10, 5}}}
	_, err = g.RecordDecision(ctx, g.secretary, projects.RecordDecision{Project: bid.ID, Rule: preset.ByJury, Minutes: "评审会", Sheets: sheets})
	roomtest.Refused(t, err, "project.bad_sheets")
	sheets = append(sheets, projects.Sheet{Juror: "丙", Points: []int{15, 20, 15, 10, 5}})
	must(t)(g.RecordDecision(ctx, g.secretary, projects.RecordDecision{Project: bid.ID, Rule: preset.ByJury, Minutes: "评审会", Sheets: sheets}))
	g.at(bid.ID, preset.Noticing) // 75, 70 and 65 are 70 in the mean
}

func TestAPollDecides(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		verdict projects.Verdict
		want    preset.Stage
	}{
		{"not published", projects.Verdict{}, preset.Deciding},
		{"passed", projects.Verdict{Settled: true, Winners: []int{0}}, preset.Noticing},
		{"failed", projects.Verdict{Settled: true}, preset.Declined},
		{"too few came", projects.Verdict{Settled: true, Void: true}, preset.Deciding},
	} {
		g := setup(t)
		ctx := t.Context()
		id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Decision = preset.Decision{Rule: preset.ByPoll} })).ID
		g.lead(id)
		must(t)(g.PutForward(ctx, g.branch, id))
		fit := projects.Ballot{Community: "c1", Options: 2, Binding: true}
		for code, b := range map[string]projects.Ballot{
			"project.no_poll":      {Community: "c2", Options: 2, Binding: true},
			"project.other_poll":   {Community: "c1", Options: 2},
			"project.bad_option":   {Community: "c1", Binding: true},
			"project.poll_decided": {Community: "c1", Options: 2, Binding: true, Decided: true},
		} {
			g.polls.ballots[code] = b
			_, err := g.LinkPoll(ctx, g.staff, id, code, 0)
			roomtest.Refused(t, err, code)
		}
		g.polls.ballots["fit"], g.polls.ballots["other"] = fit, fit
		must(t)(g.LinkPoll(ctx, g.staff, id, "fit", 0))
		_, err := g.LinkPoll(ctx, g.staff, id, "other", 0)
		roomtest.Refused(t, err, "project.poll_linked")
		g.polls.verdicts["fit"] = tt.verdict
		for range 2 {
			roomtest.Must(t, g.FollowPoll(ctx, "fit", false))
		}
		v := g.at(id, tt.want)
		if tt.verdict.Void && v.Poll != nil {
			t.Errorf("%s: still linked", tt.name)
		}
	}
}

func TestTheYearHoldsTheSum(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	key := g.easy(func(p *preset.Preset) { p.Envelope = 4_000_000 })
	var ids []projects.ID
	for range 2 {
		id := g.propose(g.wang, key).ID
		g.lead(id)
		g.notice(id)
		ids = append(ids, id)
	}
	g.To("2026-03-20 10:00")
	done := make(chan error, len(ids))
	for _, id := range ids {
		go func() { _, err := g.Establish(ctx, g.secretary, id); done <- err }()
	}
	var refused []error
	for range ids {
		if err := <-done; err != nil {
			refused = append(refused, err)
		}
	}
	if len(refused) != 1 || fault.CodeOf(refused[0]) != "project.over_envelope" {
		t.Errorf("of two projects for one sum: %v", refused)
	}
	if year, err := g.Year(ctx, g.wang, "c1", key); err != nil || year.Sum() != 2_400_000 {
		t.Errorf("the year holds %v, %v", year, err)
	}
}

func TestARunningProjectKeepsItsVersion(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	key := g.easy(nil)
	id := g.propose(g.wang, key).ID
	next, err := g.Presets(ctx, g.secretary, "c1")
	roomtest.Must(t, err)
	changed := next[slices.IndexFunc(next, func(p preset.Preset) bool { return p.Key == key })]
	changed.Notice.Days = 30
	saved, err := g.SavePreset(ctx, g.secretary, "c1", changed)
	if err != nil || saved.Version != 2 {
		t.Fatalf("version %d, %v", saved.Version, err)
	}
	_, err = g.SavePreset(ctx, g.secretary, "c1", changed)
	roomtest.Refused(t, err, "preset.stale")
	if v := g.read(id); v.Preset.Version != 1 || v.Preset.Notice.Days != 3 {
		t.Errorf("the project goes by version %d", v.Preset.Version)
	}
	if p := g.propose(g.wang, key); p.Preset.Version != 2 {
		t.Errorf("a new one goes by version %d", p.Preset.Version)
	}
	_, err = g.SavePreset(ctx, g.staff, "c1", changed)
	roomtest.Refused(t, err, identity.ErrDenied.Code)
	town, _ := preset.BuiltinOf("jushou")
	town.Envelope = 1
	if _, err := g.SavePreset(ctx, g.town, "t", town); err != nil {
		t.Fatal(err)
	}
	if p := g.propose(g.wang, "jushou"); p.Preset.Envelope != 1 || p.Preset.Version != 2 {
		t.Errorf("the town's preset does not hold: %+v", p.Preset)
	}
}

func TestSimilarProjectsAreShown(t *testing.T) {
	t.Parallel()
	g := setup(t)
	p := g.propose(g.wang, "jushou")
	like, err := g.Similar(t.Context(), g.staff, "c1", "", "花园小路铺砖", "3号楼")
	if err != nil || len(like) != 1 || like[0].ID != p.ID {
		t.Errorf("%d alike, %v", len(like), err)
	}
	if like, err := g.Similar(t.Context(), g.staff, "c1", "", "宠物俱乐部", "会客厅"); err != nil || len(like) != 0 {
		t.Errorf("a pet club is like %d, %v", len(like), err)
	}
}

func photo(g *ground) deliberation.PhotoID { return deliberation.PhotoID(g.Token()) }

func TestTheBoardHoldsEveryStage(t *testing.T) {
	t.Parallel()
	g := setup(t)
	a := g.propose(g.wang, g.easy(nil)).ID
	g.propose(g.zhao, "jushou")
	g.lead(a)
	board, err := g.Board(t.Context(), g.secretary, "c1")
	roomtest.Must(t, err)
	got := map[preset.Stage]int{}
	for _, c := range board {
		got[c.Stage] = c.Count
	}
	if got[preset.Deliberating] != 1 || got[preset.Checking] != 1 || len(board) != len(preset.Stages())+4 {
		t.Errorf("the board holds %v", got)
	}
	mine, _, err := g.InStage(t.Context(), g.wang, "c1", preset.Deliberating, "")
	if err != nil || len(mine) != 1 || mine[0].Proposer.Account != "" || !mine[0].Mine {
		t.Errorf("%+v, %v", mine, err)
	}
}
