package covenant_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation"
	"jushou/deliberation/covenant"
	"jushou/deliberation/redline"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ground is a community on a real store, with a clock that is moved by hand.
type ground struct {
	*covenant.Service
	*roomtest.Ground

	wang, zhao, sun              identity.Actor
	staff, secretary, next, town identity.Actor
}

func setup(t *testing.T) *ground {
	t.Helper()
	g := &ground{Ground: roomtest.Open(t, time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC), covenant.Collections())}
	g.Service = covenant.New(covenant.Deps{Ground: g.Room(), Screener: deliberation.SampleWords()})
	lives := roomtest.Lives
	works := func(id identity.AccountID, name string, role identity.Role, in community.ID) identity.Actor {
		return roomtest.Works(id, name, role, in, "")
	}
	g.wang, g.zhao, g.sun = lives("wang", "王**", "c1"), lives("zhao", "赵**", "c1"), lives("sun", "孙**", "c2")
	g.staff, g.secretary = works("li", "李社工", identity.RoleStaff, "c1"), works("chen", "陈书记", identity.RoleSecretary, "c1")
	g.next, g.town = works("qian", "钱社工", identity.RoleStaff, "c2"), works("zhen", "镇干部", identity.RoleTown, "t")
	return g
}

const day = 24 * time.Hour

var pets = []covenant.Clause{{Heading: "牵绳", Body: "出门遛狗要牵绳。"}, {Body: "粪便随手清。"}, {Heading: "电梯", Body: "坐电梯让老人小孩先上。"}}

func (g *ground) draft() covenant.Covenant {
	g.T.Helper()
	c, err := g.DraftCovenant(g.T.Context(), g.staff, covenant.DraftCovenant{ID: covenant.ID(g.Token()), Community: "c1", Title: "文明养宠公约", Clauses: pets})
	roomtest.Must(g.T, err)
	return c
}

func (g *ground) comment(who identity.Actor, c covenant.Covenant, clause, body string) (covenant.Comment, error) {
	return g.CommentClause(g.T.Context(), who, covenant.CommentClause{
		ID: covenant.CommentID(g.Token()), Covenant: c.ID, Edition: len(c.Editions), Clause: clause, Body: body,
	})
}

func (g *ground) record(who identity.Actor, c covenant.Covenant, n int) (covenant.Covenant, error) {
	return g.RecordAdoption(g.T.Context(), who, covenant.RecordAdoption{
		Covenant: c.ID, Edition: n, What: "11 月居民会议", Rule: "到会过半数通过", Result: "到会 96 户，82 户同意", HeldAt: g.In(-time.Hour),
	})
}

// TestAPetCovenant goes from the first draft to the second version.
func TestAPetCovenant(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	c := g.draft()
	if _, err := g.Covenant(ctx, g.wang, c.ID); fault.KindOf(err) != fault.NotFound {
		t.Fatalf("a resident sees a draft that was never opened: %v", err)
	}
	_, err := g.record(g.staff, c, 1)
	roomtest.Refused(t, err, "covenant.comment_first")
	_, err = g.OpenComments(ctx, g.staff, c.ID, 1, g.In(time.Hour))
	roomtest.Refused(t, err, "covenant.bad_until")
	until := g.In(7 * day)
	c, err = g.OpenComments(ctx, g.staff, c.ID, 1, until)
	roomtest.Must(t, err)
	g.Clock.Set(until.Add(-time.Millisecond))
	said, err := g.comment(g.wang, c, "k2", "要有地方扔，装个粪便箱。")
	roomtest.Must(t, err)
	g.Clock.Set(until)
	_, err = g.comment(g.zhao, c, "k2", "我也说一句")
	roomtest.Refused(t, err, "covenant.comments_over")
	for range 2 {
		_, err = g.Keep(ctx)
		roomtest.Must(t, err)
	}
	if n := len(g.Events(covenant.CommentsOver)); n != 1 {
		t.Fatalf("the end of the comments was told %d times", n)
	}

	second := []covenant.Clause{c.Editions[0].Clauses[0], {ID: "k2", Body: "粪便随手清，扔进粪便箱。"}, {Heading: "时间", Body: "早八点前和晚七点后遛狗。"}}
	revise := covenant.Write{Covenant: c.ID, Edition: 1, Clauses: second, Note: "按邻居意见加了粪便箱"}
	_, err = g.Revise(ctx, g.staff, revise)
	roomtest.Refused(t, err, "covenant.unanswered")
	_, err = g.ReplyComment(ctx, g.staff, covenant.ReplyComment{Comment: said.ID, Taken: true})
	roomtest.Refused(t, err, "covenant.why_needed")
	for range 2 { // a double tap
		_, err = g.ReplyComment(ctx, g.staff, covenant.ReplyComment{Comment: said.ID, Taken: true, Why: "写进第二条"})
		roomtest.Must(t, err)
	}
	_, err = g.ReplyComment(ctx, g.secretary, covenant.ReplyComment{Comment: said.ID, Why: "没钱装"})
	roomtest.Refused(t, err, "covenant.replied_already")
	c, err = g.Revise(ctx, g.staff, revise)
	roomtest.Must(t, err)
	shown, err := g.Edition(ctx, g.wang, c.ID, 2)
	roomtest.Must(t, err)
	var kinds []redline.Kind
	for _, x := range shown.Changes {
		kinds = append(kinds, x.Kind)
	}
	if want := []redline.Kind{redline.Same, covenant.Changed, redline.Added, redline.Removed}; !slices.Equal(kinds, want) || shown.Against != 1 {
		t.Fatalf("against edition %d the clauses are %v, want %v", shown.Against, kinds, want)
	}

	_, err = g.NoteLegal(ctx, g.staff, covenant.NoteLegal{Covenant: c.ID, Edition: 2, Who: "社区法律顾问", Note: "不得设罚款，可以写劝导。"})
	roomtest.Must(t, err)
	c, err = g.record(g.staff, c, 2)
	roomtest.Must(t, err)
	_, err = g.ConfirmAdoption(ctx, g.staff, c.ID, 2)
	roomtest.Refused(t, err, "covenant.second_person")
	for range 2 {
		c, err = g.ConfirmAdoption(ctx, g.secretary, c.ID, 2)
		roomtest.Must(t, err)
	}
	if e, ok := c.InForce(g.Clock.Now()); !ok || e.N != 2 || e.Version != 1 || len(g.Events(covenant.AdoptionConfirmed)) != 1 {
		t.Fatalf("in force %+v %v", e, ok)
	}
	_, err = g.FileCovenant(ctx, g.staff, covenant.FileCovenant{Covenant: c.ID, Edition: 2, With: "罗店镇人民政府", No: "罗公约〔2026〕7 号", On: g.In(-time.Minute)})
	roomtest.Must(t, err)
	_, err = g.EditDraft(ctx, g.staff, covenant.Write{Covenant: c.ID, Edition: 2, Clauses: pets})
	roomtest.Refused(t, err, "covenant.wrong_state")

	// A second version replaces the first when it comes into force, not before; the first stays readable.
	c, err = g.Amend(ctx, g.staff, c.ID, 2)
	roomtest.Must(t, err)
	_, err = g.Edition(ctx, g.wang, c.ID, 3)
	roomtest.Refused(t, err, "covenant.no_edition")
	_, err = g.OpenComments(ctx, g.staff, c.ID, 3, g.In(2*day))
	roomtest.Must(t, err)
	g.Clock.Set(g.In(3 * day))
	effective := g.In(10 * day)
	_, err = g.RecordAdoption(ctx, g.secretary, covenant.RecordAdoption{
		Covenant: c.ID, Edition: 3, What: "居民代表会议", Rule: "过半数", Result: "31 票同意", HeldAt: g.In(-time.Hour), EffectiveAt: effective,
	})
	roomtest.Must(t, err)
	c, err = g.ConfirmAdoption(ctx, g.town, c.ID, 3)
	roomtest.Must(t, err)
	for at, want := range map[time.Time]int{effective.Add(-time.Millisecond): 1, effective: 2} {
		if e, _ := c.InForce(at); e.Version != want {
			t.Errorf("at %v version %d is in force, want %d", at, e.Version, want)
		}
	}
	if p := c.PhaseOf(2, effective); p != covenant.PhaseSuperseded {
		t.Errorf("the first version is %s", p)
	}
	if _, err = g.Edition(ctx, g.wang, c.ID, 2); err != nil {
		t.Errorf("the first version cannot be read any more: %v", err)
	}
	if now, err := g.Edition(ctx, g.wang, c.ID, 3); err != nil || now.Against != 2 {
		t.Errorf("the second version is compared with edition %d: %v", now.Against, err)
	}
}

// TestARecordThatIsNotConfirmedGoesBack and can be recorded again.
func TestARecordThatIsNotConfirmedGoesBack(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	c := g.draft()
	_, err := g.OpenComments(ctx, g.staff, c.ID, 1, g.In(2*day))
	roomtest.Must(t, err)
	_, err = g.record(g.staff, c, 1)
	roomtest.Refused(t, err, "covenant.comments_open")
	g.Clock.Set(g.In(3 * day))
	_, err = g.record(g.staff, c, 1)
	roomtest.Must(t, err)
	_, err = g.SendBack(ctx, g.secretary, c.ID, 1, "")
	roomtest.Refused(t, err, "covenant.reason_needed")
	_, err = g.SendBack(ctx, g.secretary, c.ID, 1, "票数和会议记录不一致")
	roomtest.Must(t, err)
	_, err = g.ConfirmAdoption(ctx, g.secretary, c.ID, 1)
	roomtest.Refused(t, err, "covenant.wrong_state")
	_, err = g.record(g.staff, c, 1)
	roomtest.Must(t, err)
	c, err = g.ConfirmAdoption(ctx, g.secretary, c.ID, 1)
	roomtest.Must(t, err)
	if c.Last().Version != 1 {
		t.Errorf("version %d", c.Last().Version)
	}
}

// TestTwoPeopleAtOneDraft lets one edit through and tells the other; and so it is with two who confirm.
func TestTwoPeopleAtOneDraft(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	c := g.draft()
	var won, lost atomic.Int64
	var both sync.WaitGroup
	for i, who := range []identity.Actor{g.staff, g.secretary} {
		clauses := append(slices.Clone(c.Editions[0].Clauses), covenant.Clause{Body: []string{"甲改的。", "乙改的。"}[i]})
		both.Go(func() {
			switch _, err := g.EditDraft(ctx, who, covenant.Write{Covenant: c.ID, Edition: 1, Clauses: clauses}); fault.CodeOf(err) {
			case "covenant.stale":
				lost.Add(1)
			default:
				if err != nil {
					t.Error(err)
				}
				won.Add(1)
			}
		})
	}
	both.Wait()
	if won.Load() != 1 || lost.Load() != 1 {
		t.Errorf("%d won, %d lost", won.Load(), lost.Load())
	}
	_, err := g.EditDraft(ctx, g.staff, covenant.Write{Covenant: c.ID, Edition: 1, Revision: 1, Clauses: []covenant.Clause{{ID: "k99", Body: "别处的一条"}}})
	roomtest.Refused(t, err, "covenant.no_clause")
}

// TestWhoMayNotKeepACovenant asks for what is not theirs.
func TestWhoMayNotKeepACovenant(t *testing.T) {
	t.Parallel()
	g, ctx := setup(t), t.Context()
	c := g.draft()
	_, err := g.OpenComments(ctx, g.staff, c.ID, 1, g.In(2*day))
	roomtest.Must(t, err)
	said, err := g.comment(g.wang, c, "", "整体不错")
	roomtest.Must(t, err)
	steps := map[string]func(identity.Actor) error{
		"drop":  func(a identity.Actor) error { _, err := g.DropEdition(ctx, a, c.ID, 1, "不要了"); return err },
		"amend": func(a identity.Actor) error { _, err := g.Amend(ctx, a, c.ID, 1); return err },
		"reply": func(a identity.Actor) error {
			_, err := g.ReplyComment(ctx, a, covenant.ReplyComment{Comment: said.ID, Why: "好"})
			return err
		},
		"confirm": func(a identity.Actor) error { _, err := g.ConfirmAdoption(ctx, a, c.ID, 1); return err },
	}
	for name, step := range steps {
		for who, want := range map[*identity.Actor]fault.Kind{&g.wang: fault.Denied, &g.next: fault.NotFound, &g.sun: fault.NotFound, {}: fault.Unauthenticated} {
			if got := fault.KindOf(step(*who)); got != want {
				t.Errorf("%s by %q: %s, want %s", name, who.ID, got, want)
			}
		}
	}
	g.Clock.Set(g.In(time.Second))
	hidden, err := g.comment(g.zhao, c, "", "本人代开发票")
	roomtest.Must(t, err)
	seen, _, err := g.Comments(ctx, g.wang, c.ID, 1, "")
	roomtest.Must(t, err)
	if !hidden.Hidden || len(seen) != 2 || seen[1].Body != "" || seen[1].Hits != nil {
		t.Errorf("a neighbour sees %+v", seen)
	}
	_, err = g.HideComment(ctx, g.staff, covenant.HideComment{Comment: hidden.ID, Hide: true, Reason: "广告"})
	roomtest.Must(t, err)
	v, err := g.Covenant(ctx, g.staff, c.ID)
	roomtest.Must(t, err)
	if v.Owed != 1 {
		t.Errorf("%d comments are owed an answer, want only the one that is shown", v.Owed)
	}
	roomtest.Must(t, g.ForgetAuthor(ctx, docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "wang"}}))
	people, err := g.Participants(context.Background(), c.ID)
	roomtest.Must(t, err)
	if !slices.Equal(people, []identity.AccountID{"zhao"}) {
		t.Errorf("took part %v", people)
	}
}

// TestCompareTellsOfEveryClauseOnce whatever was added, taken out and moved.
func TestCompareTellsOfEveryClauseOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		clauses := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) covenant.Clause {
			return covenant.Clause{ID: rapid.StringMatching(`k[1-9]`).Draw(t, "id"), Body: rapid.StringMatching(`[停车遛狗牵绳]{1,4}`).Draw(t, "body")}
		}), 0, 7, func(c covenant.Clause) string { return c.ID })
		before, after := clauses.Draw(t, "before"), clauses.Draw(t, "after")
		was, is := map[int]bool{}, 0
		for _, x := range covenant.Compare(before, after) {
			if x.Is > 0 {
				is++
				if x.Is != is || after[is-1].ID != x.ID {
					t.Fatalf("clause %d is told at place %d", x.Is, is)
				}
			}
			if x.Was > 0 {
				if was[x.Was] || before[x.Was-1].ID != x.ID {
					t.Fatalf("clause %d of the earlier edition is told twice or as another", x.Was)
				}
				was[x.Was] = true
			}
			same := x.Is > 0 && x.Was > 0 && before[x.Was-1] == after[x.Is-1]
			if same != (x.Kind == redline.Same) {
				t.Fatalf("%+v", x)
			}
		}
		if is != len(after) || len(was) != len(before) {
			t.Fatalf("told of %d of %d and %d of %d", is, len(after), len(was), len(before))
		}
	})
}
