package projects_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
)

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
