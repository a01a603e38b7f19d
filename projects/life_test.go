package projects_test

import (
	"slices"
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
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
