package demo

import (
	"context"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// passed is a digest as the home community tells it.
type passed struct {
	title, purpose string
	from, to       time.Time // instants of the first and the last day
	at             time.Time // when it was begun
	themes         []theme
	// stage is how far it got.
	stage digest.State
}

// theme is a group, the words by which its topics are found, and what the town says.
type theme struct {
	heading, summary, ask string
	words                 []string
	answer                digest.Answer
}

// digests tells three: one that the town has answered, one that waits for it, and one that is being sorted.
func (d *district) digests(ctx context.Context) error {
	if d.Digests == nil {
		return nil
	}
	now := d.now.Add(-90 * time.Minute)
	for n, p := range []passed{
		{title: "上旬居民意见", purpose: "民主生活会", from: d.ago(12, 9, 0), to: d.ago(6, 9, 0), at: d.ago(5, 9, 0), themes: firstThemes[:], stage: digest.Answered},
		{title: "出行方面的意见", purpose: "明年街镇实事项目", from: d.ago(5, 9, 0), to: d.ago(2, 9, 0), at: d.ago(1, 9, 0), themes: secondThemes[:], stage: digest.Submitted},
		{title: "这两天的意见", from: d.ago(1, 9, 0), to: now, at: now, themes: thirdThemes[:], stage: digest.Collecting},
	} {
		if err := d.passUp(ctx, n, p); err != nil {
			return err
		}
	}
	d.Clock.Set(d.now)
	return nil
}

// passUp tells one digest as far as it got. Seeding again finds the steps that were taken.
func (d *district) passUp(ctx context.Context, n int, p passed) error {
	cast := map[string]identity.Actor{}
	for _, id := range []string{"chen", "zhang", "town"} {
		var err error
		if cast[id], err = d.persona(ctx, id); err != nil {
			return err
		}
	}
	day := func(at time.Time) calendar.Date { return calendar.DateOf(at.In(zone)) }
	d.Clock.Set(p.at)
	v, err := d.Digests.Open(ctx, cast["chen"], digest.Open{
		ID: digest.ID(token(p.at, "digest", HomeCommunity, n)), Community: HomeCommunity, Title: p.title, Purpose: p.purpose, From: day(p.from), To: day(p.to),
	})
	if err != nil {
		return err
	}
	if v.State == digest.Collecting {
		if v, err = d.sortThemes(ctx, cast["chen"], v, p); err != nil || p.stage == digest.Collecting || len(v.Groups) == 0 {
			return err
		}
		d.Clock.Set(p.at.Add(2 * time.Hour))
		if v, err = d.Digests.FinishSorting(ctx, cast["chen"], v.ID, v.Revision); err != nil {
			return err
		}
	}
	if v.State == digest.Sorted {
		d.Clock.Set(p.at.Add(6 * time.Hour))
		if v, err = d.Digests.SubmitDigest(ctx, cast["zhang"], v.ID, v.Revision); err != nil {
			return err
		}
	}
	if p.stage != digest.Answered {
		return nil
	}
	for i, g := range v.Groups {
		d.Clock.Set(p.at.Add(time.Duration(50+4*i) * time.Hour))
		a := answerOf(p.themes, g.Heading)
		a.ID = token(p.at, "digest answer", HomeCommunity, i)
		if len(g.Answers) > 0 {
			continue
		}
		if v, err = d.Digests.AnswerGroup(ctx, cast["town"], digest.AnswerGroup{Digest: v.ID, Group: g.ID, Answer: a}); err != nil {
			return err
		}
	}
	return nil
}

func answerOf(themes []theme, heading string) digest.Answer {
	for _, t := range themes {
		if t.heading == heading {
			return t.answer
		}
	}
	return digest.Answer{}
}

// sortThemes puts the period's topics into the themes whose words they hold.
func (d *district) sortThemes(ctx context.Context, by identity.Actor, v digest.View, p passed) (digest.View, error) {
	for i, t := range p.themes {
		topics, err := d.speakOf(ctx, by, v.ID, t.words)
		if err != nil {
			return v, err
		}
		if len(topics) == 0 {
			continue // the hour at which the demo began has moved them out of the period
		}
		id := digest.GroupID(token(p.at, "digest group", HomeCommunity, i))
		v, err = d.Digests.WriteGroup(ctx, by, digest.WriteGroup{Digest: v.ID, Seen: v.Revision, Writing: digest.Writing{ID: id, Heading: t.heading, Summary: t.summary, Ask: t.ask}})
		if err != nil {
			return v, err
		}
		if v, err = d.Digests.PlaceTopics(ctx, by, digest.PlaceTopics{Digest: v.ID, Group: id, Topics: topics, Seen: v.Revision}); err != nil {
			return v, err
		}
	}
	return v, nil
}

// speakOf returns the period's topics with one of the words in the title.
func (d *district) speakOf(ctx context.Context, by identity.Actor, id digest.ID, words []string) ([]deliberation.TopicID, error) {
	var all []deliberation.TopicID
	after := docstore.Cursor("")
	for {
		found, err := d.Digests.Propose(ctx, by, id, "", after)
		if err != nil {
			return nil, err
		}
		for _, t := range found.Items {
			for _, w := range words {
				if strings.Contains(t.Title, w) {
					all = append(all, t.ID)
					break
				}
			}
		}
		if after = found.Next; after == "" {
			return all, nil
		}
	}
}

var firstThemes = [...]theme{
	{"北门停放和环境", "北门地铁口自行车乱停，行人只能走机动车道；垃圾房旁的水沟夏天味道大。", "请在北门地铁口划出停放区，并把市政段排水沟列入清淤。",
		[]string{"北门", "垃圾房"}, digest.Answer{Verdict: digest.Adopted, Why: "列入明年街镇实事项目：北门地铁口划停放区 80 个车位，市政段排水沟入汛前清淤一次。",
			Who: "镇城建中心、绿化市容所", Until: "明年二季度"}},
	{"屋面和路灯", "楼顶漏水泡了五楼墙面，楼门口的路灯坏了几次，老人晚上下楼不方便。", "请街镇出资做屋面大修，并统一更换小区路灯。",
		[]string{"漏水", "路灯"}, digest.Answer{Verdict: digest.Declined, Why: "屋面和小区内路灯属业主共有部分，维修要用专项维修资金，街镇不能代出。房办会派人指导业委会走应急维修程序，十五天内能批。"}},
}

var secondThemes = [...]theme{
	{"东门早高峰", "东门七点半到八点送学的车和出小区的车堵在一起，志愿者疏导后好了一些，但离不开人。", "请协调交警在学校西侧设限时落客区，把送学车辆引出东门。", []string{"东门"}, digest.Answer{}},
	{"步道和坡道", "健身步道地砖翘起绊人，快递柜挡住了轮椅坡道，出行不便的人家都在说。", "请把小区周边无障碍通道排摸一遍，列入明年改造。", []string{"步道", "坡道"}, digest.Answer{}},
}

var thirdThemes = [...]theme{
	{"物业设施", "", "", []string{"道闸", "扶手"}, digest.Answer{}},
}
