package demo

import (
	"context"
	"fmt"

	"jushou/deliberation"
	"jushou/internal/clock"
	cash "jushou/internal/money"
	"jushou/projects"
	"jushou/projects/call"
	"jushou/projects/preset"
)

// bid is what somebody proposes for a call: the points of three jurors, none while they have not met.
type bid struct {
	need
	points [][]int
	says   string
}

// bids are those of the call that was judged; of the last one the jury thought too little.
func bids() []bid {
	return []bid{
		{need{
			title: "老伙伴午餐送到家", need: "四十多位独居老人自己做饭难，请社会组织每天中午送一顿热饭，顺便看看老人好不好。", where: "全小区", class: preset.Services,
			plan: "和社区食堂签约，八名志愿者分两条线送餐，每天拍一张签收照，连续两天没人开门就上报居委。", weeks: 40,
			lines: []projects.Line{{What: "保温餐箱", Amount: 640_000, Quote: "批发市场三家比价"}, {What: "志愿者保险和交通", Amount: 1_860_000, Quote: "保险公司报价"}, {What: "餐费补贴", Amount: 3_500_000}},
		}, [][]int{{24, 22, 17, 17, 8}, {23, 21, 18, 16, 9}, {25, 23, 16, 18, 8}}, "需求实在，送餐和探访结合得好，预算清楚。"},
		{need{
			title: "手机课堂进楼组", need: "不少老人不会用手机挂号、缴费，想请老师到楼组里一对一教。", where: "各楼组活动点", class: preset.Services,
			plan: "一年四十八次，每次两小时，六人一班，学会挂号、视频、防骗三件事。", weeks: 48,
			lines: []projects.Line{{What: "老师课时", Amount: 2_400_000, Quote: "社区学校标准"}, {What: "大字教材", Amount: 300_000, Quote: "打印社报价"}},
		}, [][]int{{22, 20, 15, 17, 8}, {21, 19, 16, 16, 7}, {20, 18, 15, 15, 8}}, "内容实用，建议和达人活动合起来办。"},
		{need{
			title: "重阳文艺汇演", need: "重阳节请专业团队办一场演出。", where: "小广场", class: preset.Services,
			plan: "搭台、灯光、演员半天。", weeks: 2, lines: []projects.Line{{What: "演出整包", Amount: 4_800_000, Quote: "文化公司报价"}},
		}, [][]int{{12, 14, 13, 8, 2}, {13, 15, 12, 9, 3}, {11, 14, 14, 7, 2}}, "只办一次，花钱多，受益的人说不清。"},
	}
}

// call tells of two calls for proposals of the home community: one that was judged, and one that is open.
func (d *district) call(ctx context.Context) error {
	if d.ProjectsBy == nil || d.CallsBy == nil {
		return nil
	}
	c := clock.Standing(d.now)
	w := &works{district: d, in: HomeCommunity, clock: c, projects: d.ProjectsBy(c), who: d.neighbours[HomeCommunity], team: d.staff[HomeCommunity], n: 5000}
	calls, paper := d.CallsBy(c), deliberation.PhotoID(token(d.start(), "paper", HomeCommunity, 0))
	w.at(36, 9)
	first, err := calls.PublishCall(ctx, w.team.secretary, call.Publish{
		ID: call.ID(w.token()), Community: w.in, Title: "2026 年为老服务项目征集", Preset: "chuangtou", Money: cash.Fen(15_000_000), ClosesAt: c.Now().AddDate(0, 0, 20),
		Wanted: "面向本小区六十岁以上老人的服务项目，送餐、陪诊、学习、活动都可以。要写清楚服务多少人、多久一次、钱怎么花，项目一年内完成。",
		Who:    "社会组织、共建单位、居民团队都可以，由本社区一位居民或支部代为提交",
	})
	w.keep(err)
	w.at(20, 10)
	_, err = calls.ExtendCall(ctx, w.team.secretary, call.Extend{Call: first.ID, ClosesAt: first.ClosesAt.AddDate(0, 0, 3), Reason: "有两家单位盖章来不及"})
	w.keep(err)
	for n, x := range bids() {
		w.bids(ctx, string(first.ID), x, n, paper)
	}
	w.at(3, 9)
	second, err := calls.PublishCall(ctx, w.team.secretary, call.Publish{
		ID: call.ID(w.token()), Community: w.in, Title: "小区花园认养团队征集", Preset: "zizhijin", Money: cash.Fen(6_000_000), ClosesAt: c.Now().AddDate(0, 0, 24),
		Wanted: "三块空地想找居民团队认养：种什么、谁来浇水、怎么让邻居一起参与，写清楚就行。每个团队不超过两万元，用在土、苗、工具上。",
	})
	w.keep(err)
	w.at(1, 20)
	_, err = w.projects.Propose(ctx, w.who[3], projects.Propose{
		ID: projects.ID(w.token()), Community: w.in, Call: string(second.ID), Submit: true,
		Draft: projects.Draft{
			Title: "5号楼北面香草园", Need: "北面空地长满杂草，想种薄荷、迷迭香，邻居都能来摘。", Where: "5号楼北面", Class: preset.Goods,
			Plan: projects.Plan{Text: "十二户轮流浇水，每月一个开放日。", Weeks: 12, Lines: []projects.Line{{What: "营养土和苗", Amount: 680_000, Quote: "花市"}, {What: "工具", Amount: 220_000}}},
		},
	})
	w.keep(err)
	if w.err != nil {
		return fmt.Errorf("calls: %w", w.err)
	}
	return nil
}

// bids takes a proposal for a call to the jury's decision.
func (w *works) bids(ctx context.Context, call string, x bid, n int, paper deliberation.PhotoID) {
	w.at(24-n, 19)
	p, err := w.projects.Propose(ctx, w.who[n%4], projects.Propose{
		ID: projects.ID(w.token()), Community: w.in, Call: call, Submit: true,
		Draft: projects.Draft{Title: x.title, Need: x.need.need, Where: x.where, Class: x.class, Plan: projects.Plan{Text: x.plan, Weeks: x.weeks, Lines: x.lines}},
	})
	w.keep(err)
	w.at(14, 10)
	w.took(w.projects.Pass(ctx, w.team.staff[0], p.ID))
	for _, key := range []string{"bid", "budget"} {
		w.took(w.projects.AttachPaper(ctx, w.who[n%4], p.ID, key, paper))
	}
	w.took(w.projects.PutForward(ctx, w.who[n%4], p.ID))
	w.at(7, 15)
	sheets := make([]projects.Sheet, len(x.points))
	for i, points := range x.points {
		sheets[i] = projects.Sheet{Juror: []string{"居民代表", "街镇社工站", "外请老师"}[i], Points: points}
	}
	w.took(w.projects.RecordDecision(ctx, w.team.secretary, projects.RecordDecision{Project: p.ID, Rule: preset.ByJury, Minutes: x.says, Sheets: sheets}))
	if n == 0 {
		w.at(1, 9)
		w.took(w.projects.PublishNotice(ctx, w.team.staff[0], p.ID))
	}
}
