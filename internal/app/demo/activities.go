package demo

import (
	"context"
	"fmt"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/activity"
	"jushou/projects/preset"
)

// skilled is a host as one might introduce themselves; ago is when they applied, in days.
type skilled struct {
	who, ago     int
	field        activity.Field
	skill, about string
	waits        bool
}

var hosts = [...]skilled{
	{1, 60, "craft", "钩针和旧衣改造", "退休前在服装厂，手里的活停不下来，想找人一起做。", false},
	{2, 52, "garden", "阳台种菜", "自家阳台种了六年，怎么堆肥、怎么治虫都愿意说。", false},
	{3, 45, "digital", "教手机挂号、视频通话", "做过电脑老师，讲得慢，一遍不会再讲一遍。", false},
	{4, 38, "sport", "八段锦", "练了十二年，每天早上在小广场，动作不难，膝盖不好也能练。", false},
	{5, 3, "reading", "带孩子读绘本", "两个孩子的妈妈，家里有三百多本绘本。", true},
}

// gathering is an activity as it was, or is to come: at, in hours from now, by which host.
type gathering struct {
	host, at, hours, room int
	title, what, where    string
	words                 string
	come                  []int // persons of each sign-up, in order
	came, walkIns         int   // of past ones: how many sign-ups came
	recap                 string
	project, public       bool
	waits                 bool
}

var gatherings = [...]gathering{
	{0, -55 * 24, 2, 12, "旧毛衣改靠垫", "带一件不穿的旧毛衣，针线和棉花我准备。", "社区会客厅", "不限年龄", []int{1, 2, 1, 1, 2}, 5, 3, "八个人改出九个靠垫，最后一个送给了门岗师傅。", false, false, false},
	{1, -40 * 24, 2, 20, "阳台堆肥第一课", "厨房剩下的菜叶怎么变成肥，带一个有盖的桶。", "3号楼前花园", "", []int{1, 1, 3, 2, 1, 1}, 5, 4, "大家最担心有味道，其实盖土够厚就没有。", true, false, false},
	{2, -33 * 24, 2, 10, "一对一教手机挂号", "带上手机和医保卡，教到会为止。", "居委活动室", "优先长辈", []int{1, 1, 1, 2, 1, 1}, 6, 0, "七位阿姨爷叔都自己挂上了号。", false, true, false},
	{3, -20 * 24, 1, 0, "早上一起八段锦", "穿宽松的衣服，练四十分钟。", "小广场", "", []int{1, 2, 1, 1}, 3, 9, "风大，还是来了十几个人。", false, false, false},
	{0, -6 * 24, 2, 10, "钩一顶婴儿帽", "给社区新生宝宝钩帽子，会一点针法就行。", "社区会客厅", "", []int{1, 1, 1, 1, 1}, 4, 1, "", false, false, false},
	{1, 3 * 24, 2, 24, "冬天种什么", "认一认能过冬的菜，每家带一盆苗回去。", "3号楼前花园", "孩子要大人陪", []int{2, 1, 3, 1, 2}, 0, 0, "", true, false, false},
	{2, 5 * 24, 2, 6, "学会视频通话", "和外地的儿女视频，字大一点怎么调。", "居委活动室", "优先长辈", []int{2, 1, 2, 1, 2, 1}, 0, 0, "", false, true, false},
	{3, 9 * 24, 1, 0, "八段锦新手班", "新来的站前排，跟着做。", "小广场", "", []int{1, 1}, 0, 0, "", false, false, false},
	{0, 12 * 24, 3, 15, "新年窗花", "剪刀和红纸都有，想用居委的活动室，暖和。", "居委活动室", "6 岁以上", nil, 0, 0, "", false, true, true},
}

// gather tells of the hosts and what they hold: much in the home community, a little in some of the others.
func (d *district) gather(ctx context.Context) error {
	if d.ActivitiesBy == nil {
		return nil
	}
	numbers := make([]int, gatheringPlaces)
	for i := range numbers {
		numbers[i] = i
	}
	err := together(ctx, numbers, func(ctx context.Context, i int) error {
		in := community.ID(places[i].id)
		if in == HomeCommunity {
			return nil
		}
		return d.gatherIn(ctx, in, hosts[i%4:i%4+1], few(i))
	})
	if err != nil {
		return err
	}
	return d.gatherIn(ctx, HomeCommunity, hosts[:], gatherings[:])
}

// gatheringPlaces is how many communities have hosts.
const gatheringPlaces = 12

// few are what one host of another community held and will hold.
func few(i int) []gathering {
	var all []gathering
	for _, g := range gatherings {
		if g.host == i%4 && !g.waits {
			g.host, g.project = 0, false
			all = append(all, g)
		}
	}
	return all
}

func (d *district) gatherIn(ctx context.Context, in community.ID, who []skilled, what []gathering) error {
	m := meets{district: d, in: in, hands: clock.Standing(d.now), people: append([]identity.Actor{}, d.neighbours[in]...), desk: d.staff[in]}
	m.svc = d.ActivitiesBy(m.hands)
	if in == HomeCommunity {
		lin, err := d.persona(ctx, "lin")
		if err != nil {
			return err
		}
		m.people[1] = lin
		if err := m.findProject(ctx); err != nil {
			return err
		}
	}
	for i, h := range who {
		if err := m.host(ctx, h, i); err != nil {
			return fmt.Errorf("host %d of %s: %w", i, in, err)
		}
	}
	for i, g := range what {
		if err := m.hold(ctx, g, who[g.host].who, i); err != nil {
			return fmt.Errorf("activity %d of %s: %w", i, in, err)
		}
	}
	m.hands.Set(d.now)
	_, err := m.svc.Keep(ctx)
	return err
}

// meets tells of one community's hosts, by a clock of its own.
type meets struct {
	*district
	in      community.ID
	hands   *clock.Virtual
	svc     *activity.Service
	people  []identity.Actor
	desk    team
	project string
}

// findProject finds one that activities can belong to.
func (m *meets) findProject(ctx context.Context) error {
	if m.ProjectsBy == nil {
		return nil
	}
	found, _, err := m.ProjectsBy(m.hands).InStage(ctx, m.people[1], m.in, preset.Established, "")
	if len(found) > 0 {
		m.project = string(found[0].ID)
	}
	return err
}

// settled passes over what an earlier try of the seed has done.
func settled(err error) error {
	if k := fault.KindOf(err); k == fault.Conflict || k == fault.TooLate {
		return nil
	}
	return err
}

func (m *meets) host(ctx context.Context, h skilled, i int) error {
	m.hands.Set(evening(m.now.AddDate(0, 0, -h.ago)))
	applied, err := m.svc.ApplyHost(ctx, m.people[h.who], activity.ApplyHost{
		Token: token(m.hands.Now(), "host", m.in, i), Community: m.in, Introduction: activity.Introduction{Field: h.field, Skill: h.skill, About: h.about},
	})
	if err != nil || h.waits {
		return err
	}
	m.hands.Advance(20 * time.Hour)
	_, err = m.svc.ConfirmHost(ctx, m.desk.staff[0], applied.ID)
	return settled(err)
}

func (m *meets) hold(ctx context.Context, g gathering, host, i int) error {
	day := m.now.Add(time.Duration(g.at) * time.Hour).In(zone)
	starts := time.Date(day.Year(), day.Month(), day.Day(), 14, 0, 0, 0, zone).UTC()
	announced := starts.AddDate(0, 0, -5)
	if announced.After(m.now.Add(-30 * time.Hour)) {
		announced = m.now.Add(-30 * time.Hour)
	}
	m.hands.Set(announced)
	plan := activity.Plan{
		Title: g.title, What: g.what, Where: g.where, StartsAt: starts, EndsAt: starts.Add(time.Duration(g.hours) * time.Hour), Until: starts.Add(-2 * time.Hour),
		Capacity: g.room, For: activity.Guests{Words: g.words}, Room: g.public,
	}
	if g.project {
		plan.Project = m.project
	}
	a, err := m.svc.HoldActivity(ctx, m.people[host], activity.HoldActivity{ID: activity.ID(token(m.hands.Now(), "activity", m.in, i)), Community: m.in, Plan: plan})
	if err != nil || g.waits {
		return settled(err)
	}
	m.hands.Advance(3 * time.Hour)
	if a.Status == activity.Waits {
		if _, err := m.svc.ConfirmActivity(ctx, m.desk.staff[0], a.ID); settled(err) != nil {
			return err
		}
	}
	if err := m.come(ctx, a.ID, g, host, i); err != nil {
		return err
	}
	return m.afterwards(ctx, a, g, host)
}

// come signs the next neighbours up.
func (m *meets) come(ctx context.Context, id activity.ID, g gathering, host, i int) error {
	next := host
	for k, persons := range g.come {
		next++
		if next%len(m.people) == host {
			next++
		}
		m.hands.Advance(47 * time.Minute)
		_, err := m.svc.SignUp(ctx, m.people[next%len(m.people)], activity.SignUp{Activity: id, Token: token(m.hands.Now(), "sign", m.in, 100*i+k), Persons: persons})
		if settled(err) != nil {
			return err
		}
	}
	return nil
}

// afterwards writes down who came to what is over, and how it was.
func (m *meets) afterwards(ctx context.Context, a activity.Activity, g gathering, host int) error {
	ended := a.EndsAt.Add(2 * time.Hour)
	if g.at > 0 || ended.After(m.now) {
		return nil
	}
	m.hands.Set(ended)
	came := map[int]int{}
	for i := range min(g.came, len(g.come)) {
		came[i] = g.come[i]
	}
	if _, err := m.svc.NoteTurnout(ctx, m.people[host], activity.NoteTurnout{ID: a.ID, Came: came, WalkIns: g.walkIns}); settled(err) != nil || g.recap == "" {
		return settled(err)
	}
	_, err := m.svc.TellRecap(ctx, m.people[host], a.ID, g.recap, nil)
	return settled(err)
}
