package demo

import (
	"context"
	"time"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/clock"
	"jushou/internal/fault"
	"jushou/projects"
	"jushou/projects/preset"
)

// rounds tells of budget rounds of projects: the community's projects by one clock and their polls by the same.
type rounds struct {
	*works
	polls *poll.Service
	votes *votes
}

// budgetRounds tells of two rounds of the home community: one with its result, and one that runs.
func (d *district) budgetRounds(ctx context.Context) error {
	if d.ProjectsBy == nil || d.PollsBy == nil {
		return nil
	}
	c := clock.Standing(d.now)
	w := &works{district: d, in: HomeCommunity, clock: c, projects: d.ProjectsBy(c), who: d.neighbours[HomeCommunity], team: d.staff[HomeCommunity], n: 900}
	_, polls := d.PollsBy(c)
	t := &rounds{works: w, polls: polls, votes: &votes{district: d, clock: c, polls: polls, who: w.who, team: w.team}}
	t.told(ctx, 30, projects.Terms{
		Question: "6 万元自治金，先做哪几件？", Background: "三件都有方案和报价，全做要 8 万多元，今年上半年只有 6 万元。选您支持的，可以选几件。",
		Money: 6_000_000, Rule: "mes-cost-add1u", OpensAt: t.votes.on(-12, 9), ClosesAt: t.votes.on(-6, 20),
	}, lotsBefore, [][]int{{0, 1}, {0}, {0, 1}, {1}, {0, 2}, {1, 0}, {2}, {0, 1}, {0}, {1}, {0, 1}, {0, 2}, {1}, {0}})
	t.told(ctx, 14, projects.Terms{
		Question: "下半年的 5 万元，先做哪几件？", Background: "下半年还有 5 万元。选中的公示三天，没有异议就动工；没选中的下一轮还可以再排。",
		Money: 5_000_000, Rule: "greedy", OpensAt: t.votes.on(-1, 9), ClosesAt: t.votes.on(6, 20),
	}, lotsNow, [][]int{{0}, {0, 1}, {2}, {1, 2}, {0}, {0, 2}})
	if w.err != nil {
		return w.err
	}
	return t.votes.err
}

var lotsBefore = []need{
	{
		title: "楼道扶手补装", need: "老楼一到三层没有扶手，腿脚不好的老人上下楼只能扶墙，去年摔过两位。", where: "1至4号楼楼道", class: preset.Goods,
		plan: "1至4号楼每个门洞装两层不锈钢扶手，阳角包圆，周末施工。", weeks: 3, lines: []projects.Line{{What: "不锈钢扶手 96 米", Amount: 2_400_000, Quote: "三家报价取中"}, {What: "安装", Amount: 480_000}},
	},
	{
		title: "非机动车棚加雨棚", need: "车棚只有一半有顶，下雨天电动车淋着充电，大家都不放心。", where: "5号楼西侧", class: preset.Works,
		plan: "接长雨棚 18 米，钢架加阳光板，不占消防通道。", weeks: 4, lines: []projects.Line{{What: "钢架和阳光板", Amount: 2_150_050, Quote: "两家报价取低"}, {What: "人工", Amount: 600_000}},
	},
	{
		title: "健身点换新地垫", need: "健身点的地垫翘边开裂，孩子跑起来容易绊倒。", where: "中心花园北侧", class: preset.Goods,
		plan: "拆旧垫，找平，换 120 平方米悬浮拼装地板。", weeks: 2, lines: []projects.Line{{What: "拼装地板 120 平方米", Amount: 2_520_000, Quote: "厂家报价"}},
	},
}

var lotsNow = []need{
	{
		title: "主路两侧补太阳能路灯", need: "北门到 6 号楼这一段晚上黑，下晚班的人走得心慌。", where: "北门至6号楼", class: preset.Goods,
		plan: "沿路装 12 盏太阳能路灯，不用开挖布线。", weeks: 2, lines: []projects.Line{{What: "太阳能路灯 12 盏", Amount: 2_160_000, Quote: "两家报价取低"}},
	},
	{
		title: "活动室添一套助听广播", need: "开居民会议时后排老人听不清，每次都要会后再讲一遍。", where: "居民活动室", class: preset.Goods,
		plan: "装一套环线助听设备，配两支话筒，社区志愿者管理。", weeks: 1, lines: []projects.Line{{What: "设备", Amount: 1_860_000}, {What: "调试", Amount: 120_000}},
	},
	{
		title: "儿童沙池和遮阳棚", need: "小区里三百多个孩子，只有一架滑梯，夏天晒得站不住。", where: "中心花园东侧", class: preset.Works,
		plan: "做 24 平方米沙池，加盖防猫，上面拉遮阳棚。", weeks: 4, lines: []projects.Line{{What: "沙池和盖板", Amount: 1_980_000}, {What: "遮阳棚", Amount: 860_000}},
	},
}

// told brings the needs to the decision, plans a round of them and lets neighbours vote; days is how long ago the first was proposed.
func (t *rounds) told(ctx context.Context, days int, terms projects.Terms, needs []need, choices [][]int) {
	var lots []projects.PickedLot
	for _, x := range needs {
		lots = append(lots, t.waiting(ctx, days, x))
	}
	t.clock.Set(terms.OpensAt.Add(-26 * time.Hour))
	form := projects.PlanRound{ID: projects.RoundID(t.token()), Community: HomeCommunity, Terms: terms, Lots: lots}
	r, err := t.projects.PlanRound(ctx, t.team.staff[0], form)
	t.keep(err)
	if t.err != nil {
		return
	}
	id := poll.ID(r.ID)
	t.clock.Set(t.clock.Now().Add(20 * time.Minute))
	_, err = t.polls.ListRoll(ctx, t.team.staff[0], id)
	t.votes.keep(err)
	t.votes.sweep(ctx)
	t.clock.Set(terms.OpensAt)
	t.votes.sweep(ctx)
	for i, picks := range choices {
		t.clock.Set(t.clock.Now().Add(41 * time.Minute))
		_, err := t.polls.CastBallot(ctx, t.who[i], poll.Cast{Poll: id, Choice: rule.Choice{Picks: picks}, Nonce: poll.NewNonce()})
		t.votes.keep(err)
	}
	if terms.ClosesAt.Before(t.now) {
		t.clock.Set(terms.ClosesAt)
		t.votes.sweep(ctx)
		t.clock.Set(terms.ClosesAt.Add(time.Minute))
		t.keep(t.projects.FollowPoll(ctx, string(id), false)) // as the relay does, which has not begun
	}
}

// waiting takes a need as far as the budget round that decides about it.
func (t *rounds) waiting(ctx context.Context, days int, x need) projects.PickedLot {
	t.at(days, 19)
	proposer := t.who[t.n%4]
	p, err := t.projects.Propose(ctx, proposer, projects.Propose{
		ID: projects.ID(t.token()), Community: t.in, Preset: "canyu", Submit: true,
		Draft: projects.Draft{
			Title: x.title, Need: x.need, Where: x.where, Class: x.class, Plan: projects.Plan{Text: x.plan, Weeks: x.weeks, Lines: x.lines},
		},
	})
	t.keep(err)
	if p.Stage != preset.Checking {
		return projects.PickedLot{Project: p.ID, Revision: p.Plan.Revision} // told before
	}
	t.at(days-1, 10)
	t.step(t.projects.Pass(ctx, t.team.staff[0], p.ID))
	for i := range 5 {
		t.clock.Set(t.clock.Now().Add(time.Duration(9+i) * time.Minute))
		t.keep(t.projects.Endorse(ctx, t.who[6+i], p.ID, true))
	}
	t.counted(ctx, p.ID)
	t.at(days-4, 14)
	p, err = t.projects.PutForward(ctx, proposer, p.ID)
	t.step(p, err)
	return projects.PickedLot{Project: p.ID, Revision: p.Plan.Revision}
}

// step keeps the first error; a seeding that goes on where another was killed finds steps that are done.
func (t *rounds) step(_ projects.Project, err error) {
	if fault.CodeOf(err) != "project.wrong_stage" {
		t.keep(err)
	}
}
