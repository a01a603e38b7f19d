package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/rule"
	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// votes tells of the home community's polls, by a clock of its own.
type votes struct {
	*district
	clock *clock.Virtual
	polls *poll.Service
	// register is that of the owners.
	register *owners.Service
	who      []identity.Actor
	team     team
	paper    deliberation.PhotoID // a picture of one, where a proof is asked for
	n        int
	err      error
}

// polls tells of a consultation with its result, one that runs, a vote of households, a council's whose roll lies open, and the owners'.
func (d *district) polls(ctx context.Context) error {
	if d.PollsBy == nil {
		return nil
	}
	if err := d.standings(ctx); err != nil {
		return err
	}
	c := clock.Standing(d.now)
	t := &votes{district: d, clock: c, who: d.neighbours[HomeCommunity], team: d.staff[HomeCommunity]}
	t.register, t.polls = d.PollsBy(c)
	t.racks(ctx)
	t.pets(ctx)
	t.pavilion(ctx)
	t.council(ctx)
	t.owned(ctx)
	return t.err
}

// standings lets the rolls know who lives here: the relay that keeps that index has not begun.
func (d *district) standings(ctx context.Context) error {
	for at := int64(0); ; {
		events, err := d.Store.Events(ctx, at, docstore.MaxLimit)
		if err != nil || len(events) == 0 {
			return err
		}
		for _, e := range events {
			at = e.Seq
			if strings.HasPrefix(e.Type, "account.") {
				if err := d.People.Follow(ctx, e); err != nil {
					return err
				}
			}
		}
	}
}

// on is the hour of a day before or after the district's present.
func (t *votes) on(days, hour int) time.Time {
	day := t.now.In(zone).AddDate(0, 0, days)
	return time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, zone).UTC()
}

// at sets the clock to it.
func (t *votes) at(days, hour int) { t.clock.Set(t.on(days, hour)) }

// keep keeps the first error. A seeding that goes on where another was killed finds steps that are done.
func (t *votes) keep(err error) {
	switch fault.CodeOf(err) {
	case "poll.wrong_state", "poll.closed", "poll.not_open", "poll.voted_online", "poll.paper_settled", "poll.on_paper":
		return
	}
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("at %s: %w", t.clock.Now().Format(time.RFC3339), err)
	}
}

func (t *votes) sweep(ctx context.Context) {
	_, err := t.polls.Keep(ctx)
	t.keep(err)
}

// list drafts a poll and publishes its roll.
func (t *votes) list(ctx context.Context, d poll.Draft) poll.Poll {
	t.n++
	d.ID, d.Community = poll.ID(token(t.clock.Now(), "poll", HomeCommunity, t.n)), HomeCommunity
	p, err := t.polls.DraftPoll(ctx, t.team.staff[0], d)
	t.keep(err)
	t.clock.Set(t.clock.Now().Add(20 * time.Minute))
	_, err = t.polls.ListRoll(ctx, t.team.staff[0], p.ID)
	t.keep(err)
	t.sweep(ctx)
	return p
}

// run lists a poll, opens it when its hour has come, and lets neighbours vote.
func (t *votes) run(ctx context.Context, d poll.Draft, choices ...int) {
	p := t.list(ctx, d)
	t.clock.Set(d.OpensAt)
	t.sweep(ctx)
	t.cast(ctx, p, choices...)
}

// cast lets neighbours vote, some minutes apart.
func (t *votes) cast(ctx context.Context, p poll.Poll, choices ...int) {
	for i, option := range choices {
		t.clock.Set(t.clock.Now().Add(37 * time.Minute))
		nonce := poll.NewNonce()
		_, err := t.polls.CastBallot(ctx, t.who[i], poll.Cast{Poll: p.ID, Choice: rule.Choice{Picks: []int{option}}, Nonce: nonce, Adult: true})
		t.keep(err)
	}
}

// racks was asked last week and has its result.
func (t *votes) racks(ctx context.Context) {
	t.at(-9, 9)
	t.run(ctx, poll.Draft{
		Label: poll.Consultation, Question: "公共晾衣架先装在哪里？",
		Background: "今年的自治金够装一处晾衣架，物业量过三个地方，都不占消防通道。问问大家的意思，结果会带到议事厅接着商量。",
		Options: []poll.Option{
			{Text: "3号楼南面草坪边", Detail: "太阳足，离健身点近"}, {Text: "5号楼和6号楼之间", Detail: "两幢楼都方便"}, {Text: "中心花园东侧", Detail: "地方大，走过去远一点"},
		},
		Rule: rule.Rule{Method: rule.Single, Abstain: true}, OpensAt: t.on(-8, 9), ClosesAt: t.on(-2, 20),
	}, 0, 1, 0, 0, 2, 1, 0, 1, 0, 2, 0, 1, 0)
	t.at(-2, 20)
	t.sweep(ctx)
}

// pets is a vote of households that runs.
func (t *votes) pets(ctx context.Context) {
	t.at(-6, 10)
	t.run(ctx, poll.Draft{
		Label: poll.HouseVote, Question: "是否同意《文明养宠公约》第二版？",
		Background: "第二版根据大家的意见改了两条：遛狗时间放宽到早上七点，宠物便袋由居委会统一放在三个点。全文在“公约”里。",
		Options:    []poll.Option{{Text: "同意"}, {Text: "不同意"}},
		Rule: rule.Rule{
			Method: rule.YesNo, Franchise: rule.Households, Abstain: true,
			Quorum:    &rule.Bar{Of: rule.OfRoll, Op: rule.More, Num: 1, Den: 2},
			Threshold: &rule.Bar{Of: rule.OfCast, Op: rule.More, Num: 1, Den: 2},
		},
		Adults: true, OpensAt: t.on(-2, 9), ClosesAt: t.on(5, 20),
	}, 0, 0, 1, 0, 0, 0, 1)
}

// pavilion is a consultation that runs, in which up to two answers may be given.
func (t *votes) pavilion(ctx context.Context) {
	t.at(-3, 15)
	t.run(ctx, poll.Draft{
		Label: poll.Consultation, Question: "中心花园的凉亭修好以后，您最想添什么？",
		Background: "凉亭月底修好，旁边空出一块地。先听听大家想要什么，再请设计师出图。最多选两样。",
		Options: []poll.Option{
			{Text: "下棋桌椅"}, {Text: "儿童沙池"}, {Text: "图书角", Detail: "书由居民捐，志愿者管"}, {Text: "就空着，多点绿"},
		},
		Rule: rule.Rule{Method: rule.Multiple, Max: 2, Seats: 1}, OpensAt: t.on(-1, 9), ClosesAt: t.on(4, 20),
	}, 0, 3, 1, 0, 2, 3, 0, 1, 2)
}

// council is a list of members whose roll lies open, with an objection nobody has answered.
func (t *votes) council(ctx context.Context) {
	t.at(-1, 14)
	p := t.list(ctx, poll.Draft{
		Label: poll.CouncilVote, Question: "是否把非机动车棚改造列入明年的自治金项目？",
		Background: "车棚顶漏雨，充电位不够。预算约四万八千元，占明年自治金的一半多，请议事会成员表决。",
		Options:    []poll.Option{{Text: "同意"}, {Text: "不同意"}},
		Rule: rule.Rule{
			Method: rule.YesNo, Franchise: rule.Council, Abstain: true,
			Presence:  &rule.Bar{Of: rule.OfRoll, Op: rule.AtLeast, Num: 2, Den: 3},
			Threshold: &rule.Bar{Of: rule.OfPresent, Op: rule.More, Num: 1, Den: 2},
		},
		Phones: t.members(), OpensAt: t.on(3, 9), ClosesAt: t.on(6, 20),
	})
	t.at(-1, 18)
	_, err := t.polls.ObjectToRoll(ctx, t.who[9], poll.Object{
		Poll: p.ID, ID: token(t.clock.Now(), "objection", HomeCommunity, 1), Text: "7号楼的议事会成员上个月搬走了，名单上还有没有他？请核对。",
	})
	t.keep(err)
}

// members are the telephone numbers of the council: neighbours, and two of the personas.
func (t *votes) members() []string {
	var phones []string
	for _, p := range Personas() {
		if p.registered && slices.Contains([]string{"lin", "wang"}, p.ID) {
			phones = append(phones, p.phone)
		}
	}
	for i, h := range t.homes[HomeCommunity] {
		if i%3 == 0 && len(phones) < 11 {
			phones = append(phones, h.people[0].Phone)
		}
	}
	return phones
}
