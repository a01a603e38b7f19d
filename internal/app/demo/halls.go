package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// talks tells what the home community talks through, by a clock of its own.
type talks struct {
	*district
	clock     *clock.Virtual
	halls     *hall.Service
	covenants *covenant.Service
	who       []identity.Actor
	team      team
	n         int
	err       error
}

// halls tells of a parking deliberation in its second round, one that is being carried out, two days of questions, and a
// covenant in its second version.
func (d *district) halls(ctx context.Context) error {
	if d.HallsBy == nil {
		return nil
	}
	c := clock.Standing(d.now)
	t := &talks{district: d, clock: c, who: d.neighbours[HomeCommunity], team: d.staff[HomeCommunity]}
	t.halls, t.covenants = d.HallsBy(c)
	t.charging(ctx)
	t.parking(ctx)
	t.pastDay(ctx)
	t.comingDay(ctx)
	t.pets(ctx)
	return t.err
}

// at sets the clock to the hour of a day before or after the district's present.
func (t *talks) at(days, hour int) time.Time {
	day := t.now.In(zone).AddDate(0, 0, days)
	at := time.Date(day.Year(), day.Month(), day.Day(), hour, 10, 0, 0, zone)
	t.clock.Set(at)
	return at.UTC()
}

// token is the next form's.
func (t *talks) token() string {
	t.n++
	return token(t.clock.Now(), "hall", HomeCommunity, t.n)
}

// keep keeps the first error and reports whether all went well so far.
func (t *talks) keep(err error) {
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("at %s: %w", t.clock.Now().Format(time.RFC3339), err)
	}
}

// said is one argument.
type said struct {
	who, option int
	side        hall.Side
	body        string
}

// argue lets neighbours speak, a quarter of an hour apart, and every other one support what was said before.
func (t *talks) argue(ctx context.Context, x hall.Session, all []said) {
	var before hall.ArgumentID
	for i, s := range all {
		t.clock.Set(t.clock.Now().Add(17 * time.Minute))
		a, err := t.halls.Argue(ctx, t.who[s.who], hall.Argue{
			ID: hall.ArgumentID(t.token()), Session: x.ID, Option: x.Options[s.option].ID, Side: s.side, Body: s.body,
		})
		t.keep(err)
		if before != "" && i%2 == 1 {
			for _, n := range []int{9, 10, 11}[:1+i%3] {
				t.keep(t.halls.SupportArgument(ctx, t.who[n], before, true))
			}
		}
		before = a.ID
	}
}

func (t *talks) open(ctx context.Context, key string, ends time.Time) hall.Session {
	tpl, _ := hall.TemplateOf(key)
	x, err := t.halls.OpenSession(ctx, t.team.staff[0], hall.OpenSession{
		ID: hall.SessionID(t.token()), Community: HomeCommunity, Template: key, Question: tpl.Question, Background: tpl.Background,
		Fixed: tpl.Fixed, Open: tpl.Open, Options: tpl.Options, Facts: tpl.Facts, Round: "先把各家的难处和主意摆出来", Ends: ends,
	})
	t.keep(err)
	return x
}

func (t *talks) fact(ctx context.Context, x hall.Session, label, value string) {
	_, err := t.halls.RecordFact(ctx, t.team.staff[0], hall.RecordFact{Session: x.ID, Label: label, Value: value})
	t.keep(err)
}

// parking is in its second round, with a draft that was changed.
func (t *talks) parking(ctx context.Context) {
	t.at(-9, 10)
	ends := t.clock.Now().Add(4 * 24 * time.Hour)
	x := t.open(ctx, "parking", ends)
	t.at(-8, 19)
	t.argue(ctx, x, []said{
		{0, 0, hall.For, "我家老人腿脚不好，有个固定位置接送方便。"},
		{1, 0, hall.Against, "白天一半的位子空着，别人又不能停，太浪费。"},
		{2, 1, hall.For, "谁回来早谁停，最简单，不用管。"},
		{3, 1, hall.Against, "上夜班的人永远停不到，只好停到马路上吃罚单。"},
		{4, 2, hall.For, "对面商务楼晚上有六十多个空位，谈一谈一个月二百也值。"},
		{5, 2, hall.Against, "走过去要十分钟，下雨天带孩子不方便。"},
		{6, 0, hall.For, "一户保证一个，第二辆另外想办法，比较公平。"},
	})
	t.fact(ctx, x, "划线车位多少个", "86 个，其中无障碍车位 2 个。")
	t.fact(ctx, x, "登记车辆多少辆", "128 辆，有 19 户登记了两辆。")
	_, err := t.halls.ProposeOption(ctx, t.who[7], hall.ProposeOption{ID: t.token(), Session: x.ID, Text: "把东侧废弃的自行车棚改成车位", Detail: "车棚空了两年，量下来能停七八辆。"})
	t.keep(err)
	t.at(-7, 9)
	seen, err := t.halls.Session(ctx, t.team.staff[0], x.ID)
	t.keep(err)
	if t.err != nil {
		return
	}
	_, err = t.halls.ClearOption(ctx, t.team.staff[0], hall.ClearOption{Session: x.ID, Option: seen.Options[len(seen.Options)-1].ID, Take: true})
	t.keep(err)
	t.at(-5, 11)
	_, err = t.halls.WriteDraft(ctx, t.team.staff[0], hall.WriteDraft{Session: x.ID, Body: strings.Join([]string{
		"一、每户限登记一辆车，凭门禁卡进小区。", "二、划线车位先到先得，消防通道不得停放。", "三、访客车辆停东侧，最长两小时。",
	}, "\n"), Note: "把第一轮谈拢的写下来"})
	t.keep(err)
	t.at(-5, 14)
	_, err = t.halls.CloseRound(ctx, t.team.secretary, hall.CloseRound{
		ID: t.token(), Session: x.ID, Round: 1, Agreed: "消防通道一律不停；每户先保证一辆。", Open: "第二辆车怎么办；访客车停多久。",
		About: "第二辆车和访客车怎么停", Ends: t.now.Add(50 * time.Hour).Truncate(time.Hour),
	})
	t.keep(err)
	t.at(-3, 19)
	t.argue(ctx, x, []said{
		{8, 0, hall.Against, "做装修的邻居有工具车，只登记一辆会出问题。"},
		{3, 2, hall.For, "错时借用可以先试一个月，不行再说。"},
		{1, 2, hall.Against, "商务楼早上八点要清场，睡懒觉就要挪车。"},
	})
	t.fact(ctx, x, "周边可借用的车位", "对面商务楼夜间可借 60 个，19:00 到次日 8:00，每月 200 元。")
	t.at(-2, 10)
	_, err = t.halls.WriteDraft(ctx, t.team.staff[0], hall.WriteDraft{Session: x.ID, Base: 1, Body: strings.Join([]string{
		"一、每户保证登记一辆车，第二辆排队等候，凭门禁卡进小区。", "二、划线车位先到先得，消防通道和救护车出入口不得停放。",
		"三、访客车辆登记后停东侧，最长四小时。", "四、夜间向对面商务楼借用车位，先试一个月。",
	}, "\n"), Note: "按大家说的加了第二辆车和错时借用"})
	t.keep(err)
	t.at(-1, 20)
	_, err = t.halls.ProposeOption(ctx, t.who[2], hall.ProposeOption{ID: t.token(), Session: x.ID, Text: "晚上十点后北门路边临时停一排"})
	t.keep(err)
}

// charging was decided and is being carried out.
func (t *talks) charging(ctx context.Context) {
	t.at(-11, 15)
	x := t.open(ctx, "charging", t.clock.Now().Add(48*time.Hour))
	t.at(-11, 19)
	t.argue(ctx, x, []said{
		{5, 0, hall.For, "集中管起来，消防来查也放心。"}, {6, 0, hall.Against, "围墙边太远，老人推不动。"},
		{7, 1, hall.For, "老车棚改一改就能用，省钱。"}, {8, 2, hall.For, "每几栋楼有一个点，大家才肯下楼充。"},
	})
	t.fact(ctx, x, "电动自行车多少辆", "214 辆。")
	t.fact(ctx, x, "消防的意见", "车棚离住宅楼外墙不小于 6 米，装自动断电。")
	t.at(-8, 16)
	_, err := t.halls.CloseRound(ctx, t.team.staff[0], hall.CloseRound{ID: t.token(), Session: x.ID, Round: 1, Agreed: "电瓶不上楼；先改造老车棚，再在 5 号楼北侧添一个点。"})
	t.keep(err)
	_, err = t.halls.Decide(ctx, t.team.secretary, hall.Decide{
		Session: x.ID, Kind: hall.Consensus, Text: "改造老车棚，装 24 个充电口；5 号楼北侧添一处小车棚。", DueAt: t.now.Add(6 * 24 * time.Hour).Truncate(time.Hour),
	})
	t.keep(err)
	t.at(-2, 15)
	_, err = t.halls.ReportExecution(ctx, t.team.staff[0], hall.ReportExecution{ID: t.token(), Session: x.ID, Body: "充电口已装好 16 个，还差 8 个等电表；5 号楼北侧地面已浇好。"})
	t.keep(err)
}

// pastDay is over, with one question that was promised an answer.
func (t *talks) pastDay(ctx context.Context) {
	from := t.at(-6, 19)
	t.at(-10, 9)
	d, err := t.halls.AnnounceDay(ctx, t.team.secretary, hall.AnnounceDay{
		ID: hall.DayID(t.token()), Community: HomeCommunity, Title: "网上议事日：物业专场", Intro: "这一天请物业经理和居委干部在线，大家问，当天答。",
		From: from, To: from.Add(2 * time.Hour), Answerers: t.answerers("property"),
	})
	t.keep(err)
	t.at(-6, 19)
	var asked []hall.Question
	for i, q := range []string{"南门道闸抬杆慢，早上排长队，什么时候修？", "楼道灯坏了报修多久算超时？", "物业费公示在哪里看？", "地下车库漏水的伸缩缝今年修不修？"} {
		t.clock.Set(t.clock.Now().Add(9 * time.Minute))
		x, err := t.halls.AskQuestion(ctx, t.who[i], hall.AskQuestion{ID: hall.QuestionID(t.token()), Day: d.ID, Body: q})
		t.keep(err)
		asked = append(asked, x)
	}
	for _, n := range []int{5, 6, 7} {
		t.keep(t.halls.JoinQuestion(ctx, t.who[n], asked[0].ID, true))
	}
	for i, a := range []string{"控制器已经换好，今天早高峰测过，三秒抬杆。", "白天报修四小时内到场，超时可以在“物业之窗”里催，我们挂出来。", "每季度贴在各楼道，也放在“公开栏”，这一季度 30 日前贴出。"} {
		t.clock.Set(t.clock.Now().Add(6 * time.Minute))
		_, err := t.halls.AnswerQuestion(ctx, t.team.partners["property"], hall.AnswerQuestion{ID: t.token(), Question: asked[i].ID, Body: a})
		t.keep(err)
	}
	t.at(-6, 22)
	_, err = t.halls.CloseDay(ctx, t.team.secretary, hall.CloseDay{
		Day: d.ID, Summary: "问了四件事，当场答了三件。车库漏水要请施工方勘察，物业答应下周给出方案。", Promised: t.now.Add(3 * 24 * time.Hour).Truncate(time.Hour),
	})
	t.keep(err)
}

// answerers are a partner and a member of staff.
func (t *talks) answerers(board string) []hall.Answerer {
	place := identity.Place{Path: []community.ID{districtID, townID, HomeCommunity}}
	var all []hall.Answerer
	for _, a := range []identity.Actor{t.team.partners[deliberation.BoardKey(board)], t.team.staff[0]} {
		x := hall.Answerer{Account: a.ID}
		x.Name, x.Title = a.NameAt(place.On(board))
		all = append(all, x)
	}
	return all
}

// comingDay is announced.
func (t *talks) comingDay(ctx context.Context) {
	from := t.at(3, 19)
	t.at(-1, 9)
	_, err := t.halls.AnnounceDay(ctx, t.team.secretary, hall.AnnounceDay{
		ID: hall.DayID(t.token()), Community: HomeCommunity, Title: "网上议事日：平安专场", Intro: "冬季防火、防骗、车辆停放，社区民警在线回答。",
		From: from, To: from.Add(2 * time.Hour), Answerers: t.answerers("police"),
	})
	t.keep(err)
}

// pets is a covenant whose second version is in force.
func (t *talks) pets(ctx context.Context) {
	t.at(-190, 9)
	c, err := t.covenants.DraftCovenant(ctx, t.team.staff[0], covenant.DraftCovenant{
		ID: covenant.ID(t.token()), Community: HomeCommunity, Title: "文明养宠公约", Clauses: []covenant.Clause{
			{Heading: "办证免疫", Body: "养犬应当办证，每年免疫。"}, {Heading: "牵绳", Body: "出门遛狗要牵绳，绳长不超过两米。"},
			{Heading: "清理", Body: "粪便随手清理。"}, {Heading: "电梯", Body: "坐电梯让老人和小孩先上。"}, {Heading: "劝导", Body: "不遵守的，由楼组长上门劝导。"},
		},
	})
	t.keep(err)
	t.pass(ctx, c.ID, 1, -182, "第一次居民会议", "到会居民过半数同意", "到会 103 户，91 户同意")
	_, err = t.covenants.FileCovenant(ctx, t.team.staff[0], covenant.FileCovenant{Covenant: c.ID, Edition: 1, With: "罗溪镇人民政府", No: "2026-07", On: t.clock.Now()})
	t.keep(err)
	t.at(-30, 9)
	_, err = t.covenants.Amend(ctx, t.team.staff[0], c.ID, 1)
	t.keep(err)
	_, err = t.covenants.OpenComments(ctx, t.team.staff[0], c.ID, 2, t.clock.Now().Add(7*24*time.Hour))
	t.keep(err)
	var remarks []covenant.Comment
	for i, r := range []struct{ clause, body string }{
		{"k3", "光说清理，没有地方扔，装几个粪便箱吧。"}, {"k2", "晚上广场舞散场人多，两米还是长，人多的地方要收短。"}, {"k5", "应该罚款，光劝没有用。"},
	} {
		t.clock.Set(t.clock.Now().Add(5 * time.Hour))
		x, err := t.covenants.CommentClause(ctx, t.who[i], covenant.CommentClause{ID: covenant.CommentID(t.token()), Covenant: c.ID, Edition: 2, Clause: r.clause, Body: r.body})
		t.keep(err)
		remarks = append(remarks, x)
	}
	t.at(-22, 9)
	for i, r := range []covenant.ReplyComment{
		{Taken: true, Why: "写进第三条，先在南北两个门各装一个粪便箱。"}, {Taken: true, Why: "写进第二条。"}, {Why: "公约不能设罚款，这是法律规定的；劝导后不改的，请社区民警一起上门。"},
	} {
		r.Comment = remarks[i].ID
		_, err := t.covenants.ReplyComment(ctx, t.team.staff[0], r)
		t.keep(err)
	}
	_, err = t.covenants.Revise(ctx, t.team.staff[0], covenant.Write{
		Covenant: c.ID, Edition: 2, Note: "加了粪便箱、人多处收短牵绳和遛狗时间", Clauses: []covenant.Clause{
			{ID: "k1", Heading: "办证免疫", Body: "养犬应当办证，每年免疫。"}, {ID: "k2", Heading: "牵绳", Body: "出门遛狗要牵绳，绳长不超过两米，人多的地方收短到一米。"},
			{ID: "k3", Heading: "清理", Body: "粪便随手清理，扔进南北门的粪便箱。"}, {Heading: "时间", Body: "遛狗尽量在早八点前、晚七点后。"},
			{ID: "k4", Heading: "电梯", Body: "坐电梯让老人和小孩先上。"}, {ID: "k5", Heading: "劝导", Body: "不遵守的，由楼组长上门劝导；再三不改的，请社区民警一起上门。"},
		},
	})
	t.keep(err)
	_, err = t.covenants.NoteLegal(ctx, t.team.staff[0], covenant.NoteLegal{Covenant: c.ID, Edition: 3, Who: "社区法律顾问 方律师", Note: "条文没有设定处罚，和养犬管理条例不冲突，可以提交居民会议。"})
	t.keep(err)
	t.adopt(ctx, c.ID, 3, -8, "第二次居民会议", "到会居民过半数同意", "到会 96 户，88 户同意")
}

// pass opens an edition for comments, and adopts it after them.
func (t *talks) pass(ctx context.Context, id covenant.ID, edition, adopted int, what, rule, result string) {
	_, err := t.covenants.OpenComments(ctx, t.team.staff[0], id, edition, t.clock.Now().Add(5*24*time.Hour))
	t.keep(err)
	t.adopt(ctx, id, edition, adopted, what, rule, result)
}

func (t *talks) adopt(ctx context.Context, id covenant.ID, edition, day int, what, rule, result string) {
	held := t.at(day, 19)
	t.clock.Set(held.Add(20 * time.Hour))
	_, err := t.covenants.RecordAdoption(ctx, t.team.staff[0], covenant.RecordAdoption{
		Covenant: id, Edition: edition, What: what, Rule: rule, Result: result, HeldAt: held, EffectiveAt: held.Add(24 * time.Hour),
	})
	t.keep(err)
	t.clock.Set(t.clock.Now().Add(2 * time.Hour))
	_, err = t.covenants.ConfirmAdoption(ctx, t.team.secretary, id, edition)
	t.keep(err)
}
