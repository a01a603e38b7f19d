package activity_test

import (
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects/activity"
)

func TestBecomingAHost(t *testing.T) {
	t.Parallel()
	g, ctx := open(t), t.Context()
	token := g.Token()
	apply := func(who identity.Actor, token string, i activity.Introduction) (activity.Host, error) {
		return g.ApplyHost(ctx, who, activity.ApplyHost{Token: token, Community: "c1", Introduction: i})
	}
	h, err := apply(g.wang, token, craft())
	roomtest.Must(t, err)
	_, err = apply(g.wang, token, craft())
	roomtest.Must(t, err)
	if n := len(g.Events(activity.HostApplied)); n != 1 {
		t.Errorf("sent twice, applied %d times", n)
	}
	for _, tt := range []struct {
		name string
		who  identity.Actor
		with activity.Introduction
		code string
	}{
		{"nothing filled in", g.zhao, activity.Introduction{}, ""},
		{"a number in it", g.zhao, activity.Introduction{Field: "craft", Skill: "编", About: "打我电话13800138000"}, "activity.phone"},
		{"of another community", g.sun, craft(), "identity.verify_first"},
		{"staff", g.staff, craft(), "identity.verify_first"},
	} {
		if _, err := apply(tt.who, g.Token(), tt.with); err == nil {
			t.Errorf("%s: taken", tt.name)
		} else if tt.code != "" {
			roomtest.Refused(t, err, tt.code)
		}
	}
	_, err = g.HostView(ctx, g.zhao, h.ID)
	roomtest.Refused(t, err, "activity.host_not_found")
	_, err = g.ConfirmHost(ctx, g.zhao, h.ID)
	roomtest.Refused(t, err, "activity.host_not_found")
	both := g.wang
	both.Grants = g.staff.Grants
	_, err = g.ConfirmHost(ctx, both, h.ID)
	roomtest.Refused(t, err, "activity.own_check")
	_, err = g.DeclineHost(ctx, g.staff, h.ID, " ")
	roomtest.Refused(t, err, "activity.no_reason")
	_, err = g.DeclineHost(ctx, g.staff, h.ID, "写得再具体一些")
	roomtest.Must(t, err)
	_, err = g.ConfirmHost(ctx, g.staff, h.ID)
	roomtest.Refused(t, err, "activity.host_state")
	_, err = apply(g.wang, g.Token(), craft())
	roomtest.Must(t, err)
	_, err = g.ConfirmHost(ctx, g.staff, h.ID)
	roomtest.Must(t, err)

	_, err = g.AskTeam(ctx, g.wang, h.ID, g.Token())
	roomtest.Refused(t, err, "activity.own_team")
	mate := g.Token()
	_, err = g.AskTeam(ctx, g.zhao, h.ID, mate)
	roomtest.Must(t, err)
	seen, err := g.HostView(ctx, g.qian, h.ID)
	roomtest.Must(t, err)
	if len(seen.Mates) != 0 || seen.Person.Account != "" {
		t.Errorf("a neighbour sees %+v of %+v", seen.Mates, seen.Person)
	}
	_, err = g.AnswerMate(ctx, g.qian, h.ID, mate, true)
	roomtest.Refused(t, err, "activity.not_yours")
	_, err = g.AnswerMate(ctx, g.wang, h.ID, mate, true)
	roomtest.Must(t, err)
	if seen, err = g.HostView(ctx, g.qian, h.ID); err != nil || len(seen.Mates) != 1 || seen.Mates[0].By.Name != "赵**" {
		t.Errorf("the team is %+v: %v", seen.Mates, err)
	}
	_, err = g.LeaveTeam(ctx, g.zhao, h.ID)
	roomtest.Must(t, err)
	_, err = g.EndHost(ctx, g.staff, h.ID, "")
	roomtest.Refused(t, err, "activity.no_reason")
	_, err = g.EndHost(ctx, g.wang, h.ID, "")
	roomtest.Must(t, err)
	list, err := g.Hosts(ctx, g.zhao, "c1", "", "")
	if err != nil || len(list.Items) != 0 {
		t.Errorf("listed after the end: %v, %v", list.Items, err)
	}
}

func TestWhatTheDeskConfirms(t *testing.T) {
	t.Parallel()
	g, ctx := open(t), t.Context()
	hold := func(change func(*activity.Plan)) (activity.Activity, error) {
		p := g.plan(10)
		change(&p)
		return g.HoldActivity(ctx, g.wang, activity.HoldActivity{ID: activity.ID(g.Token()), Community: "c1", Plan: p})
	}
	plain := func(*activity.Plan) {}
	_, err := hold(plain)
	roomtest.Refused(t, err, "activity.not_host")
	g.host(g.wang)
	first, err := hold(plain)
	roomtest.Must(t, err)
	if first.Status != activity.Waits {
		t.Fatalf("a first activity is %s", first.Status)
	}
	_, err = g.Activity(ctx, g.zhao, first.ID)
	roomtest.Refused(t, err, "activity.not_found")
	_, err = g.ReturnActivity(ctx, g.staff, first.ID, "地点写清楚几楼")
	roomtest.Must(t, err)
	_, err = g.ChangeActivity(ctx, g.wang, activity.ChangeActivity{ID: first.ID, Seen: 7, Plan: g.plan(10)})
	roomtest.Refused(t, err, "activity.stale")
	_, err = g.ChangeActivity(ctx, g.wang, activity.ChangeActivity{ID: first.ID, Seen: first.Revision, Plan: g.plan(10)})
	roomtest.Must(t, err)
	_, err = g.ConfirmActivity(ctx, g.staff, first.ID)
	roomtest.Must(t, err)
	g.follow()
	for name, tt := range map[string]struct {
		change func(*activity.Plan)
		want   activity.Status
		code   string
	}{
		"a second one":        {plain, activity.Published, ""},
		"a public room":       {func(p *activity.Plan) { p.Room = true }, activity.Waits, ""},
		"public money":        {func(p *activity.Plan) { p.Money = true }, activity.Waits, ""},
		"of a project":        {func(p *activity.Plan) { p.Project = "garden" }, activity.Published, ""},
		"of another's":        {func(p *activity.Plan) { p.Project = "elsewhere" }, "", "activity.no_project"},
		"of none":             {func(p *activity.Plan) { p.Project = "none" }, "", "activity.no_project"},
		"yesterday":           {func(p *activity.Plan) { p.StartsAt = g.In(-time.Hour) }, "", "activity.bad_start"},
		"no time":             {func(p *activity.Plan) { p.EndsAt = p.StartsAt }, "", "activity.bad_end"},
		"signed up too late":  {func(p *activity.Plan) { p.Until = p.StartsAt.Add(time.Second) }, "", "activity.bad_until"},
		"room for minus one":  {func(p *activity.Plan) { p.Capacity = -1 }, "", "activity.bad_capacity"},
		"a building of c2":    {func(p *activity.Plan) { p.For.Buildings = []community.BuildingID{"c2.b1"} }, "", "activity.bad_buildings"},
		"a telephone number":  {func(p *activity.Plan) { p.What = "报名打 138 0013 8000" }, "", "activity.phone"},
		"with no place":       {func(p *activity.Plan) { p.Where = "" }, "", "activity.no_where"},
		"with a title of 41 ": {func(p *activity.Plan) { p.Title = string(slices.Repeat([]rune("篮"), 41)) }, "", "activity.too_long"},
	} {
		a, err := hold(tt.change)
		if tt.code != "" {
			roomtest.Refused(t, err, tt.code)
		} else if err != nil || a.Status != tt.want {
			t.Errorf("%s: %s, %v", name, a.Status, err)
		}
	}
}

func TestSigningUp(t *testing.T) {
	t.Parallel()
	g, ctx := open(t), t.Context()
	id := g.held(3)
	roomtest.Refused(t, g.signUp(g.wang, id, 1), "activity.own_seat")
	roomtest.Refused(t, g.signUp(g.sun, id, 1), "activity.not_found")
	roomtest.Refused(t, g.signUp(g.zhao, id, 0), "activity.bad_persons")
	roomtest.Refused(t, g.signUp(g.zhao, id, 6), "activity.bad_persons")
	roomtest.Refused(t, g.signUp(g.zhao, id, 4), "activity.too_big")
	roomtest.Must(t, g.signUp(g.zhao, id, 2))
	roomtest.Refused(t, g.signUp(g.zhao, id, 3), "activity.no_more")
	roomtest.Must(t, g.signUp(g.qian, id, 2))
	if x := g.has(g.qian, id); x != activity.Waiting {
		t.Errorf("the second has %q", x)
	}
	_, err := g.Roster(ctx, g.qian, id)
	roomtest.Refused(t, err, "activity.not_yours")
	roomtest.Must(t, g.signUp(g.zhao, id, 1)) // with fewer: the next moves up
	if x := g.has(g.qian, id); x != activity.Seated {
		t.Errorf("after fewer came, the second has %q", x)
	}
	g.To("2026-05-12 14:00") // the very end of signing up
	late := g.lives("li4", "李**", "c1.b1")
	roomtest.Refused(t, g.signUp(late, id, 1), "activity.closed")
	_, err = g.Leave(ctx, g.zhao, id)
	roomtest.Must(t, err)
	g.To("2026-05-12 16:00") // the beginning
	_, err = g.Leave(ctx, g.qian, id)
	roomtest.Refused(t, err, "activity.started")
}

func TestForSomeBuildings(t *testing.T) {
	t.Parallel()
	g, ctx := open(t), t.Context()
	g.host(g.wang)
	p := g.plan(0)
	p.For.Buildings = []community.BuildingID{"c1.b2"}
	a, err := g.HoldActivity(ctx, g.wang, activity.HoldActivity{ID: activity.ID(g.Token()), Community: "c1", Plan: p})
	roomtest.Must(t, err)
	_, err = g.ConfirmActivity(ctx, g.staff, a.ID)
	roomtest.Must(t, err)
	roomtest.Refused(t, g.signUp(g.zhao, a.ID, 1), "activity.not_for_you")
	roomtest.Must(t, g.signUp(g.qian, a.ID, 5))
	if v, err := g.Activity(ctx, g.zhao, a.ID); err != nil || v.MayCome || !v.Elsewhere || v.Free != -1 || v.Seated != 5 {
		t.Errorf("somebody of another building sees %+v, %v", v, err)
	}
}

// TestALife goes from the sign-up to the figures of the year.
func TestALife(t *testing.T) {
	t.Parallel()
	g, ctx := open(t), t.Context()
	id := g.held(10)
	roomtest.Must(t, g.signUp(g.zhao, id, 2))
	roomtest.Must(t, g.signUp(g.qian, id, 1))
	question := g.Token()
	roomtest.Must(t, g.AskHost(ctx, g.zhao, id, question, "孩子五岁可以吗？"))
	roomtest.Refused(t, g.AnswerAsker(ctx, g.qian, id, question, "可以"), "activity.not_yours")
	roomtest.Must(t, g.AnswerAsker(ctx, g.wang, id, question, "可以，大人陪着就行。"))
	for who, want := range map[*identity.Actor]int{&g.zhao: 1, &g.qian: 0, &g.wang: 1} {
		if all, err := g.Questions(ctx, *who, id); err != nil || len(all) != want {
			t.Errorf("%s reads %d questions: %v", who.ID, len(all), err)
		}
	}
	v, err := g.Activity(ctx, g.wang, id)
	roomtest.Must(t, err)
	moved := g.plan(10)
	moved.Where = "三楼会议室"
	_, err = g.ChangeActivity(ctx, g.wang, activity.ChangeActivity{ID: id, Seen: v.Revision, Plan: moved})
	roomtest.Must(t, err)
	if len(g.Events(activity.EventMoved)) != 1 {
		t.Error("nobody is told of another place")
	}
	_, err = g.SayToAll(ctx, g.wang, id, "明天下雨，记得带伞")
	roomtest.Must(t, err)
	_, err = g.NoteTurnout(ctx, g.wang, activity.NoteTurnout{ID: id})
	roomtest.Refused(t, err, "activity.not_yet")
	keep := func(at string, reminded, over int) {
		t.Helper()
		g.To(at)
		_, err := g.Keep(ctx)
		roomtest.Must(t, err)
		_, err = g.Keep(ctx)
		roomtest.Must(t, err)
		if x, y := len(g.Events(activity.Reminded)), len(g.Events(activity.Over)); x != reminded || y != over {
			t.Errorf("at %s reminded %d times, over %d times", at, x, y)
		}
	}
	keep("2026-05-11 15:59", 0, 0)
	keep("2026-05-11 16:00", 1, 0)
	keep("2026-05-12 17:59", 1, 0)
	keep("2026-05-12 18:00", 1, 1)
	g.follow()
	figures := func() activity.Year {
		t.Helper()
		y, err := g.Figures(ctx, identity.Actor{}, "t", 2026)
		roomtest.Must(t, err)
		return y
	}
	if y := figures(); y != (activity.Year{Year: 2026, Hosts: 1, Activities: 1}) {
		t.Errorf("before anybody is counted: %+v", y)
	}
	_, err = g.NoteTurnout(ctx, g.zhao, activity.NoteTurnout{ID: id, Came: map[int]int{0: 2}})
	roomtest.Refused(t, err, "activity.not_yours")
	_, err = g.NoteTurnout(ctx, g.wang, activity.NoteTurnout{ID: id, Came: map[int]int{2: 1}})
	roomtest.Refused(t, err, "activity.no_such_seat")
	for range 2 {
		_, err = g.NoteTurnout(ctx, g.wang, activity.NoteTurnout{ID: id, Came: map[int]int{0: 2}, WalkIns: 3})
		roomtest.Must(t, err)
	}
	_, err = g.TellRecap(ctx, g.wang, id, "编了六只篮子。", nil)
	roomtest.Must(t, err)
	g.follow()
	for _, e := range g.Events(activity.Followed()...) { // all of it once more
		roomtest.Must(t, g.Follow(ctx, e))
	}
	if y := figures(); y != (activity.Year{Year: 2026, Hosts: 1, Activities: 1, Persons: 5}) {
		t.Errorf("the year: %+v", y)
	}
	seen, err := g.Activity(ctx, g.zhao, id)
	roomtest.Must(t, err)
	if seen.Seats != nil || seen.Turned != 5 || seen.Recap == nil || seen.Phase != activity.PhaseOver {
		t.Errorf("a guest sees %+v", seen)
	}
	_, past, err := g.Open(ctx, "c1")
	if err != nil || len(past) != 1 || past[0].Came != 5 {
		t.Errorf("everybody sees %+v: %v", past, err)
	}
	g.To("2026-06-11 18:00")
	_, err = g.NoteTurnout(ctx, g.wang, activity.NoteTurnout{ID: id})
	roomtest.Refused(t, err, "activity.note_over")
}

func TestCancelling(t *testing.T) {
	t.Parallel()
	g, ctx := open(t), t.Context()
	id := g.held(1)
	roomtest.Must(t, g.signUp(g.zhao, id, 1))
	roomtest.Must(t, g.signUp(g.qian, id, 1))
	_, err := g.EndHost(ctx, g.wang, activity.HostOf("c1", "wang"), "")
	roomtest.Refused(t, err, "activity.host_busy")
	_, err = g.CancelActivity(ctx, g.zhao, id, "不想办了")
	roomtest.Refused(t, err, "activity.not_yours")
	_, err = g.CancelActivity(ctx, g.wang, id, "")
	roomtest.Refused(t, err, "activity.no_reason")
	_, err = g.CancelActivity(ctx, g.wang, id, "我发烧了，改天再办")
	roomtest.Must(t, err)
	told, err := g.Attending(ctx, id)
	if err != nil || len(told) != 2 {
		t.Errorf("%v are told: %v", told, err)
	}
	roomtest.Refused(t, g.signUp(g.lives("li4", "李**", "c1.b1"), id, 1), "activity.state")
	_, err = g.CancelActivity(ctx, g.colleague, id, "再取消一次")
	roomtest.Refused(t, err, "activity.state")
}

// TestWhoDeletesTheAccount leaves no name, gives the seat on, and calls off what was to be held.
func TestWhoDeletesTheAccount(t *testing.T) {
	t.Parallel()
	g, ctx := open(t), t.Context()
	id := g.held(1)
	roomtest.Must(t, g.signUp(g.zhao, id, 1))
	roomtest.Must(t, g.signUp(g.qian, id, 1))
	erase := func(who string) {
		t.Helper()
		for range 2 {
			roomtest.Must(t, g.Follow(ctx, docstore.Event{Type: identity.EventErased, Doc: docstore.Key{Kind: "account", ID: who}}))
		}
	}
	host := activity.HostOf("c1", g.wang.ID)
	_, err := g.AskTeam(ctx, g.zhao, host, g.Token())
	roomtest.Must(t, err)
	erase("zhao")
	if h, err := g.HostView(ctx, g.wang, host); err != nil || len(h.Mates) != 0 {
		t.Errorf("the team is %+v: %v", h.Mates, err)
	}
	if x := g.has(g.qian, id); x != activity.Seated {
		t.Errorf("the next has %q", x)
	}
	roster, err := g.Roster(ctx, g.staff, id)
	if err != nil || len(roster) != 1 || roster[0].Name != "钱**" {
		t.Errorf("the roster is %+v: %v", roster, err)
	}
	n, err := deliberation.Decode[activity.News](last(g.Events(activity.MovedUp)))
	if err != nil || !slices.Equal(n.Who, []identity.AccountID{"qian"}) {
		t.Errorf("moved up: %+v, %v", n, err)
	}
	erase("wang")
	v, err := g.Activity(ctx, g.qian, id)
	if err != nil || v.Phase != activity.PhaseCancelled || v.By.Name != identity.ErasedName {
		t.Errorf("what was to be held is %s by %s: %v", v.Phase, v.By.Name, err)
	}
}
