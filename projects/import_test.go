package projects_test

import (
	"strings"
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/former"
	"jushou/projects/preset"
)

const formerHead = "年度,项目名称,类别,地点,牵头单位,立项日期,完成日期,预算,实际支出,资金来源,一句话成果,居民评价\n"

const twoFormer = formerHead +
	"2025,花园小路,工程,3号楼前,第一党支部,2025-03-18,2025-06-02,24000,23180.50,公益金,下雨天也好走了,4.6\n" +
	"2024,读书会,服务,,邻里中心,,,0,0,无,每周一次,\n"

// brings previews a file and confirms it.
func (g *ground) brings(who identity.Actor, file, reason string) projects.Import {
	g.T.Helper()
	d, err := g.PreviewImport(g.T.Context(), who, "c1", "往年.csv", []byte(file))
	roomtest.Must(g.T, err)
	x, err := g.ConfirmImport(g.T.Context(), who, "c1", d.Token, reason)
	roomtest.Must(g.T, err)
	return x
}

func TestAnEarlierYearIsBroughtAsItsFileTells(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	d, err := g.PreviewImport(ctx, g.staff, "c1", `C:\表\往年.csv`, []byte(twoFormer))
	roomtest.Must(t, err)
	if d.Count(projects.Added) != 2 || d.FileName != "往年.csv" || d.Errors != 0 {
		t.Fatalf("would do %+v", d)
	}
	if _, err := g.Project(ctx, g.secretary, d.Rows[0].Project); err == nil {
		t.Fatal("looking at a file made a project")
	}
	x, err := g.ConfirmImport(ctx, g.staff, "c1", d.Token, "")
	roomtest.Must(t, err)
	if x.Count(projects.Added) != 2 || len(x.Left) != 0 || x.DoneAt.IsZero() {
		t.Fatalf("became %+v", x)
	}
	again, err := g.ConfirmImport(ctx, g.staff, "c1", d.Token, "")
	roomtest.Must(t, err)
	if again.ID != x.ID || len(g.Events(projects.FormerImported)) != 2 || len(g.Events(projects.FormerConfirmed)) != 1 {
		t.Errorf("a double tap made %s after %s, %d projects", again.ID, x.ID, len(g.Events(projects.FormerImported)))
	}
	v, err := g.Project(ctx, g.wang, d.Rows[0].Project)
	roomtest.Must(t, err)
	f := v.Former
	if v.Stage != preset.Archived || f == nil || f.By.Name != "李社工" || f.By.Account != "" || f.Spent != 2_318_050 || v.Approved != 2_400_000 || v.Tally != nil || v.Statement != nil {
		t.Errorf("a resident reads %+v, %+v", v.Project, f)
	}
	if len(v.May) > 0 {
		t.Errorf("and may %v", v.May)
	}
	if len(g.Events(projects.Archived))+len(g.Events(projects.Proposed)) > 0 {
		t.Error("it was told as if it had gone its way here")
	}
	if n, err := g.Keep(ctx); n != 0 || err != nil {
		t.Errorf("a sweep looked at %d, %v", n, err)
	}
}

func TestAnEarlierYearIsShownWithTheOthers(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	x := g.brings(g.secretary, twoFormer, "")
	nobody := identity.Actor{}
	shown, err := g.Showroom(ctx, nobody, "c1")
	roomtest.Must(t, err)
	if len(shown) != 2 || shown[0].Title != "花园小路" || !shown[0].Paid || shown[0].Amount != 2_318_050 || shown[0].Need != "下雨天也好走了" || shown[0].Rateable {
		t.Errorf("the showroom has %+v", shown)
	}
	open, err := g.Open(ctx, nobody, "c1")
	roomtest.Must(t, err)
	if len(open) != 2 || open[0].Former == nil || open[0].Former.Year != 2025 || open[0].Lead != "第一党支部" || !open[0].Next.IsZero() {
		t.Errorf("the board has %+v", open)
	}
	told, err := g.Story(ctx, nobody, x.Rows[0].Project)
	roomtest.Must(t, err)
	if told.Former == nil || told.Former.By.Account != "" || told.Former.Import != x.ID {
		t.Errorf("its story is %+v", told.Former)
	}
	if e, err := g.Year(ctx, g.secretary, "c1", "jushou"); err != nil || e.Sum() != 0 {
		t.Errorf("it took %s from the year, %v", e.Sum(), err)
	}
	like, err := g.Similar(ctx, g.secretary, "c1", "", "花园小路", "3号楼前")
	roomtest.Must(t, err)
	if len(like) == 0 || like[0].ID != x.Rows[0].Project {
		t.Errorf("who checks a new one is shown %d", len(like))
	}
}

func TestAFaultyFileMakesNothing(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	bad := twoFormer + "2025,晾衣架,工程,,支部,,,-1,0.005,无,好,\n"
	d, err := g.PreviewImport(ctx, g.staff, "c1", "往年.csv", []byte(bad))
	roomtest.Must(t, err)
	if d.Errors != 2 || len(d.Rows) != 0 || d.Faults[0].Row != 4 {
		t.Errorf("would do %+v", d)
	}
	_, err = g.ConfirmImport(ctx, g.staff, "c1", d.Token, "")
	roomtest.Refused(t, err, projects.ErrHasFaults.Code)
	if len(g.Events(projects.FormerConfirmed)) != 0 {
		t.Error("half of it was done")
	}
	_, err = g.PreviewImport(ctx, g.staff, "c1", "名册.csv", []byte("姓名,手机\n王五,1\n"))
	roomtest.Refused(t, err, former.ErrNoHeader.Code)
	if kept, err := g.ImportDraft(ctx, g.staff, "c1"); err != nil || kept.Token != d.Token {
		t.Errorf("a file that is none took the place of the one before: %v", err)
	}
}

func TestTheSameRowIsTheSameProject(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	first := g.brings(g.staff, twoFormer, "")
	d, err := g.PreviewImport(ctx, g.secretary, "c1", "又一份.csv", []byte(strings.Replace(twoFormer, "花园小路", "花园 小路", 1)))
	roomtest.Must(t, err)
	if d.Count(projects.Same) != 1 || d.Count(projects.Corrected) != 1 || d.Rows[0].Was.Name != "花园小路" {
		t.Fatalf("would do %+v", d.Rows)
	}
	_, err = g.ConfirmImport(ctx, g.secretary, "c1", d.Token, " ")
	roomtest.Refused(t, err, "project.no_reason")
	x, err := g.ConfirmImport(ctx, g.secretary, "c1", d.Token, "名称写错了")
	roomtest.Must(t, err)
	v := g.read(first.Rows[0].Project)
	if len(x.Rows) != 1 || x.Same != 1 || v.Title != "花园 小路" || len(v.Former.Earlier) != 1 || v.Former.Earlier[0].Reason != "名称写错了" || v.Former.By.Name != "陈书记" {
		t.Errorf("corrected to %+v", v.Former)
	}
	d, err = g.PreviewImport(ctx, g.staff, "c1", "往年.csv", []byte(strings.Replace(twoFormer, "花园小路", "花园 小路", 1)))
	roomtest.Must(t, err)
	_, err = g.ConfirmImport(ctx, g.staff, "c1", d.Token, "")
	roomtest.Refused(t, err, projects.ErrNothingNew.Code)
	if n := len(g.Events(projects.FormerImported)); n != 2 {
		t.Errorf("%d projects", n)
	}
}

func TestTwoAtOnceDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	one, err1 := g.PreviewImport(ctx, g.staff, "c1", "甲.csv", []byte(twoFormer))
	two, err2 := g.PreviewImport(ctx, g.secretary, "c1", "乙.csv", []byte(strings.Replace(twoFormer, "24000", "25000", 1)))
	roomtest.Must(t, err1)
	roomtest.Must(t, err2)
	_, err := g.ConfirmImport(ctx, g.staff, "c1", two.Token, "")
	roomtest.Refused(t, err, projects.ErrDraftChanged.Code) // of somebody else
	_, err = g.ConfirmImport(ctx, g.staff, "c1", one.Token, "")
	roomtest.Must(t, err)
	x, err := g.ConfirmImport(ctx, g.secretary, "c1", two.Token, "")
	roomtest.Must(t, err)
	if len(x.Left) != 2 || g.read(x.Left[0]).Approved != 2_400_000 {
		t.Errorf("left %v", x.Left)
	}
	// Two corrections that looked at the same state: the second leaves what the first wrote.
	fix := func(who identity.Actor, sum string) projects.ImportDraft {
		d, err := g.PreviewImport(ctx, who, "c1", "改.csv", []byte(strings.Replace(twoFormer, "24000", sum, 1)))
		roomtest.Must(t, err)
		return d
	}
	a, b := fix(g.staff, "26000"), fix(g.secretary, "27000")
	_, err = g.ConfirmImport(ctx, g.staff, "c1", a.Token, "漏了税")
	roomtest.Must(t, err)
	x, err = g.ConfirmImport(ctx, g.secretary, "c1", b.Token, "漏了税")
	roomtest.Must(t, err)
	if len(x.Left) != 1 || g.read(x.Left[0]).Approved != 2_600_000 {
		t.Errorf("left %v, approved %s", x.Left, g.read(a.Rows[0].Project).Approved)
	}
}

// TestAnImportIsFinishedByItsEvent plays a crash between the word and the projects: the event does what is left, and nothing twice.
func TestAnImportIsFinishedByItsEvent(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	x := g.brings(g.staff, twoFormer, "")
	first, second := x.Rows[0].Project, x.Rows[1].Project
	roomtest.Must(t, g.Interrupt(ctx, x.ID, second))
	for range 2 {
		for _, e := range g.Events(projects.FormerConfirmed) {
			roomtest.Must(t, g.FollowImport(ctx, e))
		}
	}
	x, err := g.Import(ctx, g.staff, "c1", x.ID)
	roomtest.Must(t, err)
	if x.DoneAt.IsZero() || len(x.Left) != 0 || g.read(first).Former.Import != x.ID || g.read(second).Former.Import != x.ID {
		t.Errorf("it is %+v", x)
	}
	if n := len(g.read(first).History); n != 1 {
		t.Errorf("what was there has %d steps", n)
	}
}

// TestNoProposalTakesTheKeyOfAnEarlierYear because everybody can compute it.
func TestNoProposalTakesTheKeyOfAnEarlierYear(t *testing.T) {
	t.Parallel()
	g := setup(t)
	key := projects.FormerID("c1", former.Record{Year: 2025, Name: "花园小路"})
	_, err := g.Propose(t.Context(), g.wang, projects.Propose{ID: key, Community: "c1", Preset: "jushou", Draft: draft()})
	roomtest.Refused(t, err, "topic.bad_token")
	if key == projects.FormerID("c2", former.Record{Year: 2025, Name: "花园小路"}) || key == projects.FormerID("c1", former.Record{Year: 2024, Name: "花园小路"}) {
		t.Error("it is the key of another place or year, too")
	}
}

func TestWhoMayBringEarlierYears(t *testing.T) {
	t.Parallel()
	g := setup(t)
	for name, tt := range map[string]struct {
		who  identity.Actor
		code string
	}{
		"staff": {g.staff, ""}, "the secretary": {g.secretary, ""}, "the town": {g.town, ""},
		"a resident": {g.wang, "identity.denied"}, "a branch": {g.branch, "identity.denied"}, "the property": {g.property, "identity.denied"},
		"a branch elsewhere": {g.next, "identity.denied"}, "a neighbour elsewhere": {g.sun, "identity.denied"}, "nobody": {identity.Actor{}, "identity.sign_in"},
	} {
		_, err := g.PreviewImport(t.Context(), tt.who, "c1", "往年.csv", []byte(twoFormer))
		if tt.code == "" {
			roomtest.Must(t, err)
			continue
		}
		if fault.CodeOf(err) != tt.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	x := g.brings(g.staff, twoFormer, "")
	_, err := g.Import(t.Context(), g.secretary, "c2", x.ID)
	roomtest.Refused(t, err, "identity.denied")
	_, err = g.Import(t.Context(), g.town, "c2", x.ID)
	roomtest.Refused(t, err, projects.ErrNoImport.Code)
	_, err = g.Import(t.Context(), g.secretary, "c1", "../"+x.ID)
	roomtest.Refused(t, err, projects.ErrNoImport.Code)
}
