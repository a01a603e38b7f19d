package demo

import (
	"context"
	"fmt"
	"time"

	"jushou/deliberation/disclosure"
	"jushou/internal/calendar"
	"jushou/internal/identity"
)

// affairs publishes the home community's money, benefits and a major matter, with a correction, a question that was answered and one
// that waits, and leaves last month's money waiting for its review.
func (d *district) affairs(ctx context.Context) error {
	cast, err := d.affairCast(ctx)
	if err != nil {
		return err
	}
	today := calendar.DateOf(d.now.In(zone))
	last := disclosure.PeriodOf(today, disclosure.Monthly).Before()
	earlier := last.Before()
	quarter := disclosure.PeriodOf(today, disclosure.Quarterly).Before()
	if err := d.Affairs.BeginSchedule(ctx, HomeCommunity, earlier.First()); err != nil {
		return err
	}
	for n, step := range []func(context.Context, affairCast) error{
		func(ctx context.Context, c affairCast) error {
			return d.publish(ctx, c, 0, disclosure.EnterItem{Kind: disclosure.Welfare, Period: quarter, Content: relief})
		},
		func(ctx context.Context, c affairCast) error {
			return d.publish(ctx, c, 1, disclosure.EnterItem{Kind: disclosure.Finance, Period: earlier, Content: money})
		},
		func(ctx context.Context, c affairCast) error { return d.correctMoney(ctx, c) },
		func(ctx context.Context, c affairCast) error {
			decided := calendar.DateOf(d.affairTime(3).In(zone)).AddDays(-1)
			return d.publish(ctx, c, 2, disclosure.EnterItem{Kind: disclosure.Major, DecidedOn: decided, Content: parking})
		},
		func(ctx context.Context, c affairCast) error { return d.askAboutMoney(ctx, c) },
		func(ctx context.Context, c affairCast) error {
			_, err := d.Affairs.EnterItem(ctx, c.gu, d.affair(3, disclosure.EnterItem{Kind: disclosure.Finance, Period: last, Content: lastMoney}))
			return err
		},
	} {
		d.Clock.Set(d.affairTime(n))
		if err := step(ctx, cast); err != nil {
			return fmt.Errorf("affair %d: %w", n, err)
		}
	}
	return nil
}

// affairCast are the people who publish and ask.
type affairCast struct{ chen, gu, zhang, lin, wang identity.Actor }

func (d *district) affairCast(ctx context.Context) (c affairCast, err error) {
	for id, actor := range map[string]*identity.Actor{"chen": &c.chen, "gu": &c.gu, "zhang": &c.zhang, "lin": &c.lin, "wang": &c.wang} {
		if *actor, err = d.persona(ctx, id); err != nil {
			return c, err
		}
	}
	return c, nil
}

// affairTime is when the n-th step of the story happens.
func (d *district) affairTime(n int) time.Time {
	return morning(d.start().Add(24*time.Hour + time.Duration(n)*40*time.Hour))
}

// affair fills in an item's token and place. It depends on the story alone, so that a start that was broken off ends the same way.
func (d *district) affair(n int, cmd disclosure.EnterItem) disclosure.EnterItem {
	cmd.ID, cmd.Community = disclosure.ItemID(token(d.start(), "affair", HomeCommunity, n)), HomeCommunity
	return cmd
}

// publish enters an item by one person and publishes it by another.
func (d *district) publish(ctx context.Context, c affairCast, n int, cmd disclosure.EnterItem) error {
	i, err := d.Affairs.EnterItem(ctx, c.chen, d.affair(n, cmd))
	if err != nil || len(i.Shown()) > 0 {
		return err
	}
	_, err = d.Affairs.ReviewItem(ctx, c.zhang, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: true})
	return err
}

// correctMoney adds an expense that was left out.
func (d *district) correctMoney(ctx context.Context, c affairCast) error {
	id := d.affair(1, disclosure.EnterItem{}).ID
	content := money
	content.Rows = append(append([]disclosure.Row{}, money.Rows...), disclosure.Row{What: "楼道声控灯更换", Side: disclosure.Out, Fen: 96_000, Note: "3、5、7 号楼共 24 只"})
	i, err := d.Affairs.ReviseItem(ctx, c.gu, disclosure.ReviseItem{
		Item: id, Token: token(d.start(), "affair correction", HomeCommunity, 1), Seen: 1, Reason: "漏记一笔楼道灯更换，居民核对单据时指出", Content: content,
	})
	if err != nil || len(i.Shown()) > 1 {
		return err
	}
	_, err = d.Affairs.ReviewItem(ctx, c.zhang, disclosure.ReviewItem{Item: id, Version: 2, Publish: true})
	return err
}

func (d *district) askAboutMoney(ctx context.Context, c affairCast) error {
	id := d.affair(1, disclosure.EnterItem{}).ID
	ask := func(who identity.Actor, n int, text string) (disclosure.Question, error) {
		return d.Affairs.AskQuestion(ctx, who, disclosure.AskQuestion{ID: disclosure.QuestionID(token(d.start(), "affair question", HomeCommunity, n)), Item: id, Text: text})
	}
	q, err := ask(c.lin, 0, "绿化补种的 6,400 元是哪家做的？种了多少？")
	if err != nil {
		return err
	}
	_, err = d.Affairs.AnswerQuestion(ctx, c.chen, disclosure.AnswerQuestion{
		ID: token(d.start(), "affair answer", HomeCommunity, 0), Question: q.ID,
		Text: "由街道绿化中标单位施工，补种麦冬 160 平方米、杜鹃 85 株。合同和验收单贴在活动室公开栏，也可以到居委会查原件。",
	})
	if err != nil {
		return err
	}
	_, err = ask(c.wang, 1, "停车费收入比上个月少了近一千元，是什么原因？")
	return err
}

// What the home community publishes. Names and amounts are invented.
var (
	money = disclosure.Content{
		Title: "公共收益和小区支出", Body: "收入来自电梯广告和地面停车，支出按业委会和居委会会签的单据列出。单据原件在居委会，工作日随时可查。",
		Rows: []disclosure.Row{
			{What: "电梯广告", Side: disclosure.In, Fen: 1_280_000, Note: "12 部电梯"}, {What: "地面停车费", Side: disclosure.In, Fen: 863_050, Note: "临停与包月"},
			{What: "绿化补种", Side: disclosure.Out, Fen: 640_000, Note: "小花园南侧"}, {What: "健身步道修补", Side: disclosure.Out, Fen: 185_000},
			{What: "垃圾房冲洗设备", Side: disclosure.Out, Fen: 239_900},
		},
	}
	lastMoney = disclosure.Content{
		Title: "公共收益和小区支出", Body: "本月新增快递柜场地费。",
		Rows: []disclosure.Row{
			{What: "电梯广告", Side: disclosure.In, Fen: 1_280_000, Note: "12 部电梯"}, {What: "地面停车费", Side: disclosure.In, Fen: 771_200},
			{What: "快递柜场地费", Side: disclosure.In, Fen: 300_000}, {What: "门禁主板更换", Side: disclosure.Out, Fen: 158_000, Note: "2 号楼"},
		},
	}
	relief = disclosure.Content{
		Title: "困难帮扶和敬老慰问", Body: "按居民代表会议通过的名册发放，只公开户数和金额，不公开姓名。",
		Rows: []disclosure.Row{
			{What: "困难家庭帮扶", Side: disclosure.Out, Fen: 600_000, Note: "6 户"}, {What: "八十岁以上老人慰问", Side: disclosure.Out, Fen: 432_000, Note: "54 人"},
			{What: "助残辅具补贴", Side: disclosure.Out, Fen: 128_000, Note: "4 人"},
		},
	}
	parking = disclosure.Content{
		Title: "居民会议通过停车管理办法",
		Body:  "居民会议以户代表表决通过停车管理办法：地面车位先到先停，消防通道和轮椅坡道一律不停，访客两小时内不收费。\n办法自下月起试行半年，期满由议事会评议。",
	}
)
