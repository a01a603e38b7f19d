package apptest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/ids"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/view"
)

// TestABudgetRoundOfProjects goes from the desk's form to what becomes of the projects: the real poll counts, the relay carries its result.
func TestABudgetRoundOfProjects(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	ctx := t.Context()
	lin, chen := h.Phone("lin"), h.Phone("chen")
	const desk = "/desk/c/hexiang/budget"
	lin.Get(desk).Want(403)

	all := chen.Get(desk).Want(200, "预算排序", "6 万元自治金，先做哪几件？", "下半年的 5 万元，先做哪几件？").Attrs(`a[href*="/budget/01"]`, "href")
	for _, one := range all {
		chen.Get(one).Want(200, "预算排序")
	}
	if len(all) != 2 {
		t.Fatalf("the desk lists %d rounds", len(all))
	}

	begin := func(title string, cost int64) projects.ID {
		t.Helper()
		p, err := h.Projects.Propose(ctx, h.Actor("lin"), projects.Propose{
			ID: projects.ID(ids.New(h.Clock.Now())), Community: demo.HomeCommunity, Preset: "canyu", Submit: true, Draft: projects.Draft{
				Title: title, Need: "大家都说要", Class: preset.Goods, Plan: projects.Plan{Text: "买来装上", Lines: []projects.Line{{What: "全部", Amount: money.Fen(cost * 100)}}},
			},
		})
		must(t, err)
		_, err = h.Projects.Pass(ctx, h.Actor("chen"), p.ID)
		must(t, err)
		for _, n := range h.Neighbours("hexiang", 5) {
			n.Get("/p/" + string(p.ID)).Submit("/endorse").Want(200)
		}
		h.Settle()
		_, err = h.Projects.PutForward(ctx, h.Actor("lin"), p.ID)
		must(t, err)
		return p.ID
	}
	dear, cheap := begin("门厅换新地砖", 9000), begin("门厅加一张长椅", 800)

	form := chen.Get(desk+"/new").Want(200, "门厅换新地砖", "门厅加一张长椅")
	opens := h.Clock.Now().Add(48 * time.Hour).Truncate(time.Hour)
	closes := opens.Add(72 * time.Hour)
	fill := []string{"question", "门厅先做哪一件？", "opens", view.InputTime(opens), "closes", view.InputTime(closes)}
	refused := form.Submit("/budget", append(fill, "money", "-1")...).Want(422)
	if refused.Typed("/budget", "question") != "门厅先做哪一件？" || refused.Typed("/budget", "money") != "-1" {
		t.Error("what was typed is lost")
	}
	shown := refused.Submit("/budget", "money", "9500").Want(200, "门厅先做哪一件？", "门厅换新地砖", "门厅加一张长椅")
	place, _, _ := strings.Cut(shown.Path, "?")
	id := poll.ID(place[strings.LastIndexByte(place, '/')+1:])
	h.Settle()
	_, err := h.Polls.ListRoll(ctx, h.Actor("chen"), id)
	must(t, err)
	h.Clock.Set(opens)
	must(t, h.Sweep(ctx, "polls"))
	seen, err := h.Polls.Poll(ctx, h.Actor("lin"), id)
	must(t, err)
	bench := slices.IndexFunc(seen.Options, func(o poll.Option) bool { return o.Project == string(cheap) })
	lin.Get("/v/"+string(id)).Want(200, "看“门厅加一张长椅”的方案", "¥800", "¥9,500")
	_, err = h.Polls.CastBallot(ctx, h.Actor("lin"), poll.Cast{Poll: id, Choice: rule.Choice{Picks: []int{bench}}, Nonce: poll.NewNonce()})
	must(t, err)
	h.Clock.Set(closes)
	for range 3 {
		must(t, h.Sweep(ctx, "polls"))
	}
	h.Settle()
	lin.Get("/open/polls/"+string(id)).Want(200, "胜出：门厅加一张长椅", "门厅换新地砖")
	lin.Get("/p/"+string(cheap)).Want(200, "门厅加一张长椅", "第 3 轮预算排序")
	for want, p := range map[preset.Stage]projects.ID{preset.Noticing: cheap, preset.Declined: dear} {
		v, err := h.Projects.Project(ctx, h.Actor("lin"), p)
		if err != nil || v.Stage != want || v.Decision == nil || v.Decision.Rule != preset.ByBudget {
			t.Errorf("%s stands at %s, %v", v.Title, v.Stage, err)
		}
	}
}
