package demo

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// meetings tells three of the home community: a joint meeting with one thing done and one overdue, a review, and a
// hearing that is to come.
func (d *district) meetings(ctx context.Context) error {
	who := map[string]identity.Actor{}
	for _, id := range []string{"chen", "zhang", "chengguan", "greening", "property", "branch", "wang"} {
		var err error
		if who[id], err = d.persona(ctx, id); err != nil {
			return err
		}
	}
	for _, tell := range []func(context.Context, map[string]identity.Actor) error{d.eastGate, d.binsReviewed, d.shedToCome} {
		if err := tell(ctx, who); err != nil {
			return err
		}
	}
	d.Clock.Set(d.now)
	_, err := d.Meetings.Watch(ctx)
	return err
}

// meet calls a meeting at an instant of the story.
func (d *district) meet(ctx context.Context, by identity.Actor, at time.Time, n int, call meeting.Call) (meeting.ID, error) {
	d.Clock.Set(at)
	call.ID, call.Community = meeting.ID(token(at, "meeting", HomeCommunity, n)), HomeCommunity
	made, err := d.Meetings.CallMeeting(ctx, by, call)
	return made.ID, err
}

// episode is one step of a story at its instant.
type episode struct {
	at time.Time
	do func() error
}

// play takes the steps in turn. Seeding again finds them taken.
func (d *district) play(steps []episode) error {
	for _, s := range steps {
		d.Clock.Set(s.at)
		if err := s.do(); err != nil && fault.KindOf(err) != fault.Conflict && fault.KindOf(err) != fault.TooLate {
			return err
		}
	}
	return nil
}

// points are an agenda whose first point came from a topic, if there is one.
func points(topics []deliberation.TopicID, texts ...string) []meeting.Item {
	items := make([]meeting.Item, len(texts))
	for i, text := range texts {
		items[i].Text = text
	}
	if len(topics) > 0 {
		items[0].Topic = topics[0]
	}
	return items
}

// minuted holds a meeting, writes, confirms and publishes its minutes.
func (d *district) minuted(ctx context.Context, who map[string]identity.Actor, id meeting.ID, starts time.Time, there meeting.Presence, text meeting.WriteMinutes) []episode {
	text.Meeting = id
	return []episode{
		{starts.Add(2 * time.Hour), func() error { _, err := d.Meetings.HoldMeeting(ctx, who["chen"], id, there); return err }},
		{starts.Add(20 * time.Hour), func() error { _, err := d.Meetings.WriteMinutes(ctx, who["chen"], text); return err }},
		{starts.Add(21 * time.Hour), func() error { _, err := d.Meetings.ConfirmMinutes(ctx, who["zhang"], id, 1); return err }},
		{starts.Add(22 * time.Hour), func() error { _, err := d.Meetings.PublishMinutes(ctx, who["chen"], id, 1); return err }},
		{starts.Add(22 * time.Hour), func() error { return d.Meetings.OpenTasksOf(ctx, id) }},
	}
}

// answers lets the guests with accounts accept, a minute apart.
func (d *district) answers(ctx context.Context, id meeting.ID, at time.Time, guests ...identity.Actor) []episode {
	var all []episode
	for n, who := range guests {
		all = append(all, episode{at.Add(time.Duration(n) * time.Minute), func() error {
			_, err := d.Meetings.AnswerInvitation(ctx, who, meeting.AnswerInvitation{Meeting: id, Guest: n, Reply: meeting.Accepted})
			return err
		}})
	}
	return all
}

func (d *district) eastGate(ctx context.Context, who map[string]identity.Actor) error {
	topics, err := d.about(ctx, who["zhang"], "东门")
	if err != nil {
		return err
	}
	at, starts := d.ago(7, 9, 30), d.ago(6, 14, 0)
	id, err := d.meet(ctx, who["zhang"], at, 1, meeting.Call{
		Kind: meeting.Joint, Title: "东门早高峰联席会议", Purpose: "东门上学时段又堵又险，划线、值守、分流分属三家，坐下来一次说定谁做什么、什么时候做完。",
		StartsAt: starts, Where: "居委会二楼会议室", Agenda: points(topics, "早高峰怎么疏导", "门口禁停线谁来划"),
		Invite: meeting.Whom{Units: []string{"dept:chengguan", "property", "role:branch"}, Others: []string{"东门小学"}},
	})
	if err != nil {
		return err
	}
	steps := append(d.answers(ctx, id, at.Add(time.Hour), who["chengguan"], who["property"], who["branch"]), episode{at.Add(2 * time.Hour), func() error {
		_, err := d.Meetings.AnswerInvitation(ctx, who["chen"], meeting.AnswerInvitation{Meeting: id, Guest: 3, Reply: meeting.Accepted})
		return err
	}}, episode{at.Add(3 * time.Hour), func() error { _, err := d.Meetings.AnnounceMeeting(ctx, who["zhang"], id); return err }})
	steps = append(steps, d.minuted(ctx, who, id, starts, meeting.Presence{Guests: []int{0, 1, 2, 3}, Headcount: 9}, meeting.WriteMinutes{
		Summary:  "学校说家长最怕没地方停，物业说禁停线磨没了没人认，城管说上班前派不出人。谈下来先划线、再值守，两周后看效果。",
		Outcomes: []meeting.Outcome{{Words: "上学日七点半到八点，城管、保安和志愿者一起疏导，送学车辆走南侧。"}, {Words: "禁停线由物业重划，费用从公共收益里出。"}},
		Decisions: []meeting.DecisionForm{
			{What: "重划东门禁停线和南侧临停区", Unit: "property", Days: 3, Item: 1},
			{What: "上学日早高峰派两人到东门值守", Unit: "dept:chengguan", Days: 2, Item: 0},
		},
	})...)
	report := func(by, n, text string, done bool, after int) episode {
		at := starts.AddDate(0, 0, after)
		return episode{at, func() error {
			_, err := d.Meetings.ReportTask(ctx, who[by], meeting.ReportTask{
				ID: token(at, "report "+n, HomeCommunity, 0), Task: meeting.TaskID(string(id) + n), Text: text, Done: done,
			})
			return err
		}}
	}
	return d.play(append(steps,
		report("property", "-1", "昨晚划好了，禁停线六十米，南侧临停区能停八辆。", true, 3),
		report("chengguan", "-2", "本周先派了一人，另一人从下周一起到岗。", false, 5),
	))
}

func (d *district) binsReviewed(ctx context.Context, who map[string]identity.Actor) error {
	at, starts := d.ago(9, 10, 0), d.ago(3, 14, 0)
	id, err := d.meet(ctx, who["chen"], at, 2, meeting.Call{
		Kind: meeting.Review, Title: "垃圾房改造评议会", Purpose: "垃圾房改好三个月了，请大家当面评一评：做得怎么样，还差什么。",
		StartsAt: starts, Where: "小区活动室", Online: "来不了的，意见写在下面，会上逐条念。", Agenda: points(nil, "改造后的样子", "平时的保洁"),
		Invite: meeting.Whom{Units: []string{"property", "dept:greening"}, Others: []string{"楼组长代表"}}, Seats: 20,
	})
	if err != nil {
		return err
	}
	steps := append([]episode{{at.Add(time.Hour), func() error { _, err := d.Meetings.AnnounceMeeting(ctx, who["chen"], id); return err }}},
		d.answers(ctx, id, at.Add(3*time.Hour), who["property"], who["greening"])...)
	steps = append(steps, d.said(ctx, id, at.Add(28*time.Hour), who["wang"], "样子好看多了，就是夏天下午味道还重，能不能多冲一次。"))
	steps = append(steps, d.minuted(ctx, who, id, starts, meeting.Presence{Guests: []int{0, 2}, Headcount: 31}, meeting.WriteMinutes{
		Summary: "到会居民三十一人。都说干净了、亮堂了；意见集中在夏天的味道和投放时间太短。",
		Outcomes: []meeting.Outcome{
			{Words: "改造得到认可，洗手池再加一个挂钩。", Tally: &meeting.Tally{Satisfied: 24, Basically: 6, Not: 1}},
			{Words: "下午加冲一次，投放时间晚上延长半小时，试一个月。", Tally: &meeting.Tally{Satisfied: 13, Basically: 11, Not: 7}},
		},
		Decisions: []meeting.DecisionForm{{What: "每天下午加冲一次垃圾房，晚间投放延到八点半", Unit: "property", Days: 8, Item: 1}},
	})...)
	return d.play(steps)
}

// said is a resident's view before a meeting.
func (d *district) said(ctx context.Context, id meeting.ID, at time.Time, by identity.Actor, text string) episode {
	return episode{at, func() error {
		_, err := d.Meetings.GiveOpinion(ctx, by, meeting.GiveOpinion{ID: meeting.OpinionID(token(at, "opinion", HomeCommunity, len(text))), Meeting: id, Text: text})
		return err
	}}
}

// represents lets the neighbour who wrote a topic of the agenda accept, as the residents' representative.
func (d *district) represents(ctx context.Context, id meeting.ID, at time.Time, reader identity.Actor, topics []deliberation.TopicID) episode {
	return episode{at, func() error {
		for _, topic := range topics {
			t, err := d.Topics.Topic(ctx, reader, topic)
			if err != nil {
				return err
			}
			for _, n := range d.neighbours[HomeCommunity] {
				if n.ID != t.Author.Account {
					continue
				}
				seen, err := d.Meetings.Meeting(ctx, n, id)
				if err != nil || len(seen.Speaks) == 0 {
					return err
				}
				if _, err := d.Meetings.AnswerInvitation(ctx, n, meeting.AnswerInvitation{Meeting: id, Guest: seen.Speaks[0], Reply: meeting.Accepted}); err != nil {
					return err
				}
			}
		}
		return nil
	}}
}

func (d *district) shedToCome(ctx context.Context, who map[string]identity.Actor) error {
	topics, err := d.about(ctx, who["zhang"], "充电")
	if err != nil {
		return err
	}
	at, starts := d.ago(2, 9, 0), d.ago(-6, 14, 0)
	id, err := d.meet(ctx, who["chen"], at, 3, meeting.Call{
		Kind: meeting.Hearing, Title: "电动车充电棚选址听证会", Purpose: "充电棚放在 5 号楼北侧还是东门车库边，两边住户想法不一样。先听大家说，再定方案。",
		StartsAt: starts, Where: "居委会二楼会议室", Online: "线上同步，会前半小时在这里放链接。", Agenda: points(topics, "充电棚放在哪里", "夜里充电怎么管"),
		Invite: meeting.Whom{Units: []string{"property", "role:branch", "dept:greening"}, Others: []string{"5 号楼楼组长"}, AuthorsOf: topics}, Seats: 12,
	})
	if err != nil {
		return err
	}
	steps := append([]episode{{at.Add(30 * time.Minute), func() error { _, err := d.Meetings.AnnounceMeeting(ctx, who["chen"], id); return err }}},
		d.answers(ctx, id, at.Add(2*time.Hour), who["property"], who["branch"])...)
	steps = append(steps, episode{at.Add(4 * time.Hour), func() error {
		_, err := d.Meetings.AnswerInvitation(ctx, who["greening"], meeting.AnswerInvitation{Meeting: id, Guest: 2, Reply: meeting.Declined, Reason: "当天全所在防台值守，书面意见另送"})
		return err
	}}, d.represents(ctx, id, at.Add(4*time.Hour+30*time.Minute), who["zhang"], topics), d.said(ctx, id, at.Add(5*time.Hour), who["wang"], "5 号楼北侧离窗户太近，夜里报警声吵人。车库边有棚有灯，更合适。"))
	for i, text := range []string{"车库边晚上黑，老人推车过去不放心，先把灯装上再说。", "放哪里都行，一定要有断电保护，去年隔壁小区出过事。"} {
		if i < len(d.neighbours[HomeCommunity]) {
			steps = append(steps, d.said(ctx, id, at.Add(time.Duration(8+5*i)*time.Hour), d.neighbours[HomeCommunity][i], text))
		}
	}
	return d.play(steps)
}
