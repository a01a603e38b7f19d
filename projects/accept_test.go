package projects_test

import (
	"fmt"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

// built brings a project that the branch leads to its acceptance; the preset asks for so many representatives.
func (g *ground) built(reps int) projects.ID {
	g.T.Helper()
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Reps = reps })).ID
	g.lead(id)
	roomtest.Must(g.T, g.Put(g.T.Context(), id, preset.Accepting))
	return id
}

// neighbour is one more verified resident of c1.
func (g *ground) neighbour(n int) identity.Actor {
	a := roomtest.Lives(identity.AccountID(fmt.Sprintf("n%d", n)), "邻**", "c1")
	a.Memberships[0].Household = identity.HouseholdID(fmt.Sprintf("c1.b2.%d", n))
	return a
}

// names makes a neighbour a representative.
func (g *ground) names(id projects.ID, who identity.Actor) {
	g.T.Helper()
	token := g.Token()
	must(g.T)(g.Volunteer(g.T.Context(), who, id, token, true))
	must(g.T)(g.NameRep(g.T.Context(), g.secretary, id, token))
}

func (g *ground) says(who identity.Actor, id projects.ID, yes bool, words string) error {
	_, err := g.Accept(g.T.Context(), who, projects.Accept{ID: g.Token(), Project: id, Accepts: yes, Text: words})
	return err
}

func TestWorkIsAcceptedByTheProposerAndEveryRepresentative(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.built(2)
	g.names(id, g.zhao)
	roomtest.Must(t, g.says(g.wang, id, true, "铺得平"))
	roomtest.Must(t, g.says(g.zhao, id, true, ""))
	g.at(id, preset.Accepting) // one of two is named
	g.names(id, g.qian)
	g.at(id, preset.Accepting)
	roomtest.Must(t, g.says(g.qian, id, true, ""))
	v := g.at(id, preset.Rating)
	want := g.Days.DateAt(v.Since).AddDays(14).At(calendar.EndOfDay, g.Days.Zone())
	if !v.RateDue.Equal(want) {
		t.Errorf("judged until %v, want %v", v.RateDue, want)
	}
	if n := len(g.Events(projects.WorkAccepted)); n != 1 {
		t.Errorf("told %d times", n)
	}
	signed(t, v.Project)
}

// TestADefectStopsTheAcceptance goes through two rounds: rejected, mended, not mended after all, mended, confirmed, accepted.
func TestADefectStopsTheAcceptance(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.built(1)
	g.names(id, g.zhao)
	roomtest.Must(t, g.says(g.wang, id, true, ""))
	roomtest.Refused(t, g.says(g.zhao, id, false, ""), "project.no_defect_text")
	roomtest.Must(t, g.says(g.zhao, id, false, "第三块砖翘起来了"))
	roomtest.Refused(t, g.says(g.zhao, id, true, ""), "project.said_already")
	v := g.at(id, preset.Accepting)
	d := v.OpenDefects()
	if len(d) != 1 || d[0].What != "第三块砖翘起来了" || d[0].By.Account != "zhao" {
		t.Fatalf("defects %+v", d)
	}
	check := func(who identity.Actor, mended bool, words string) error {
		_, err := g.CheckDefect(ctx, who, id, d[0].ID, mended, words)
		return err
	}
	mend := func(who identity.Actor, words string) error {
		_, err := g.MendDefect(ctx, who, projects.MendDefect{Project: id, Defect: d[0].ID, Text: words})
		return err
	}
	roomtest.Refused(t, check(g.zhao, true, ""), "project.not_mended")
	roomtest.Refused(t, mend(g.branch, ""), "project.no_fix")
	roomtest.Refused(t, mend(g.zhao, "我自己修了"), "project.not_lead")
	roomtest.Must(t, mend(g.branch, "重新铺了"))
	roomtest.Refused(t, check(g.branch, true, ""), "project.not_asked")
	roomtest.Refused(t, check(g.qian, true, ""), "project.not_asked")
	roomtest.Refused(t, check(g.zhao, false, ""), "project.no_defect_text")
	roomtest.Must(t, check(g.zhao, false, "还是翘的"))
	if v := g.read(id); v.OpenDefects()[0].Fix != nil || v.OpenDefects()[0].Back != "还是翘的" || v.Judged().Round != 1 {
		t.Fatalf("after the second look: %+v", v.Judged())
	}
	roomtest.Must(t, mend(g.branch, "垫了沙重铺"))
	roomtest.Must(t, check(g.wang, true, "")) // another who has a word in it
	v = g.at(id, preset.Accepting)
	if v.Judged().Round != 2 || !v.Owes("zhao") || v.Owes("wang") {
		t.Fatalf("round %d, waits for zhao %v, for wang %v", v.Judged().Round, v.Owes("zhao"), v.Owes("wang"))
	}
	roomtest.Must(t, g.says(g.zhao, id, true, "好了"))
	g.at(id, preset.Rating)
}

func TestADefectWithoutARejectionHoldsTheWorkUpToo(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.built(0)
	raise := projects.RaiseDefect{ID: g.Token(), Project: id, What: "边上有个坑"}
	for range 2 { // a double tap
		must(t)(g.RaiseDefect(ctx, g.wang, raise))
	}
	roomtest.Refused(t, g.says(g.wang, id, true, ""), "project.own_defect_open")
	must(t)(g.MendDefect(ctx, g.staff, projects.MendDefect{Project: id, Defect: raise.ID, Text: "填了"})) // the desk for the lead
	must(t)(g.CheckDefect(ctx, g.wang, id, raise.ID, true, ""))
	roomtest.Must(t, g.says(g.wang, id, true, ""))
	if v := g.at(id, preset.Rating); len(v.Judged().Defects) != 1 {
		t.Errorf("%d defects", len(v.Judged().Defects))
	}
}

func TestWhoAccepts(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.built(1)
	for name, who := range map[string]identity.Actor{"the lead": g.branch, "a neighbour": g.zhao, "the desk": g.staff} {
		if err := g.says(who, id, true, ""); fault.CodeOf(err) != "project.not_asked" {
			t.Errorf("%s accepts: %v", name, err)
		}
	}
	if err := g.says(g.sun, id, true, ""); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another community: %v", err)
	}
	volunteer := func(who identity.Actor) error {
		_, err := g.Volunteer(ctx, who, id, g.Token(), true)
		return err
	}
	roomtest.Refused(t, volunteer(g.wang), "project.own_affair")
	lives := g.branch
	lives.Memberships = g.zhao.Memberships // who carries it lives here
	roomtest.Refused(t, volunteer(lives), "project.own_affair")
	office := g.colleague
	office.Memberships = g.zhao.Memberships
	roomtest.Refused(t, volunteer(office), "project.rep_in_office")
	_, err := g.DrawReps(ctx, g.staff, id)
	if fault.KindOf(err) != fault.Denied {
		t.Errorf("staff draw: %v", err)
	}
	must(t)(g.DrawReps(ctx, g.secretary, id)) // zhao has endorsed it
	if reps := g.read(id).Representing(); len(reps) != 1 || reps[0].By.Account != "zhao" || reps[0].Source != projects.RepDrawn {
		t.Fatalf("drawn: %+v", reps)
	}
	_, err = g.DrawReps(ctx, g.secretary, id)
	roomtest.Refused(t, err, "project.reps_enough")
	must(t)(g.StandDown(ctx, g.zhao, id, "出差"))
	_, err = g.DrawReps(ctx, g.secretary, id)
	roomtest.Refused(t, err, "project.nobody_to_draw")
}

// TestNobodyChoosesWhoAccepts lets the secretary try to get rid of somebody who said no.
func TestNobodyChoosesWhoAccepts(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.built(1)
	g.names(id, g.zhao)
	roomtest.Must(t, g.says(g.zhao, id, false, "不平"))
	rep := g.read(id).Representing()[0].ID
	_, err := g.ReplaceRep(ctx, g.secretary, id, rep, "换人")
	roomtest.Refused(t, err, "project.rep_rejected")
	g.Clock.Set(g.Clock.Now().Add(projects.RepPatience))
	must(t)(g.ReplaceRep(ctx, g.secretary, id, rep, "一直不来"))
	g.names(id, g.qian)
	roomtest.Must(t, g.says(g.qian, id, true, ""))
	roomtest.Must(t, g.says(g.wang, id, true, ""))
	g.at(id, preset.Accepting) // what was wrong is wrong still
}

func TestAProposerWhoLeadsHasNoWord(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Hands, p.HandDays, p.Reps = false, 0, 0 })).ID
	must(t)(g.Pass(t.Context(), g.staff, id))
	roomtest.Must(t, g.Put(t.Context(), id, preset.Accepting))
	roomtest.Refused(t, g.says(g.wang, id, true, ""), "project.not_asked")
	if n := g.read(id).RepsNeeded(); n != 1 {
		t.Fatalf("%d representatives", n)
	}
	g.names(id, g.zhao)
	roomtest.Must(t, g.says(g.zhao, id, true, ""))
	g.at(id, preset.Rating)
}

func TestAnErasedRepresentativeIsReplaced(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.built(1)
	g.names(id, g.zhao)
	roomtest.Must(t, g.says(g.wang, id, true, ""))
	roomtest.Must(t, g.Forget(ctx, docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "zhao"}}))
	v := g.read(id)
	if len(v.Representing()) != 0 || v.Judged().Reps[0].By.Name != identity.ErasedName {
		t.Fatalf("%+v", v.Judged().Reps)
	}
	roomtest.Must(t, g.Forget(ctx, docstore.Event{Type: identity.EventErased, Doc: docstore.Key{ID: "wang"}}))
	if n := g.read(id).RepsNeeded(); n != 1 {
		t.Errorf("needs %d", n)
	}
	g.names(id, g.qian)
	roomtest.Must(t, g.says(g.qian, id, true, ""))
	g.at(id, preset.Rating)
}

func TestReworkTakesTheWordsBack(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.built(1)
	g.names(id, g.zhao)
	roomtest.Must(t, g.says(g.wang, id, true, ""))
	must(t)(g.Rework(ctx, g.secretary, id, "还有一段没铺"))
	g.at(id, preset.Working)
	roomtest.Must(t, g.Put(ctx, id, preset.Accepting))
	roomtest.Must(t, g.says(g.zhao, id, true, ""))
	if v := g.at(id, preset.Accepting); !v.Owes("wang") {
		t.Error("what was said about unfinished work counts")
	}
	roomtest.Must(t, g.says(g.wang, id, true, ""))
	g.at(id, preset.Rating)
}

func TestPapersOfTheAcceptanceAreWaitedFor(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) {
		p.Reps, p.Papers = 0, []preset.Paper{{Key: "final", Name: "末期报告", At: preset.Accepting}}
	})).ID
	g.lead(id)
	roomtest.Must(t, g.Put(ctx, id, preset.Accepting))
	roomtest.Must(t, g.says(g.wang, id, true, ""))
	g.at(id, preset.Accepting)
	must(t)(g.AttachPaper(ctx, g.branch, id, "final", deliberation.PhotoID(g.Token())))
	if v := g.at(id, preset.Rating); v.RateDue.IsZero() {
		t.Error("nobody knows until when it is judged")
	}
}

func TestTheListOfDefectsIsBounded(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.built(1)
	g.names(id, g.zhao)
	for i := range projects.MaxDefects {
		must(t)(g.RaiseDefect(t.Context(), g.wang, projects.RaiseDefect{ID: g.Token(), Project: id, What: fmt.Sprint("坑", i)}))
	}
	_, err := g.RaiseDefect(t.Context(), g.wang, projects.RaiseDefect{ID: g.Token(), Project: id, What: "又一个坑"})
	roomtest.Refused(t, err, "project.full")
	roomtest.Refused(t, g.says(g.zhao, id, false, "坑太多"), "project.full")
}

// TestTheLotIsNobodysChoice draws the same order from any order of the list, and another one the next time.
func TestTheLotIsNobodysChoice(t *testing.T) {
	t.Parallel()
	var people, back []deliberation.Author
	for i := range 12 {
		a := deliberation.Author{Account: identity.AccountID(fmt.Sprint("a", i))}
		people, back = append(people, a), append([]deliberation.Author{a}, back...)
	}
	one, same, next := projects.Lots("p", 1, people), projects.Lots("p", 1, back), projects.Lots("p", 2, people)
	if fmt.Sprint(one) != fmt.Sprint(same) || fmt.Sprint(one) == fmt.Sprint(next) {
		t.Errorf("drawn %v, %v, then %v", one, same, next)
	}
}

func TestAHeldDefectIsForItsAuthorAndTheDesk(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.built(1)
	g.names(id, g.zhao)
	bad := deliberation.SampleWords().Screen
	word := "代开发票加微信"
	if len(bad(word)) == 0 {
		t.Fatal("the word list does not know the word of this test")
	}
	roomtest.Must(t, g.says(g.zhao, id, false, word))
	for who, want := range map[string]string{"zhao": word, "qian": "", "chen": word} {
		actor := map[string]identity.Actor{"zhao": g.zhao, "qian": g.qian, "chen": g.secretary}[who]
		v, err := g.Project(ctx, actor, id)
		roomtest.Must(t, err)
		if got := v.Judged().Defects[0].What; got != want {
			t.Errorf("%s reads %q", who, got)
		}
		if who == "qian" && (v.Judged().Defects[0].By.Account != "" || v.Judged().Reps[0].By.Account != "") {
			t.Error("a neighbour reads accounts")
		}
	}
}
