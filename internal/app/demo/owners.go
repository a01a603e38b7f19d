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
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// owned tells of the owners of the home community: their register, the local rule they decide by, a decision that is settled with all its
// sums, one that runs, and one whose roll lies open.
func (t *votes) owned(ctx context.Context) {
	t.paper = deliberation.PhotoID(token(t.start(), "paper", HomeCommunity, 1))
	if t.Paper != nil {
		t.keep(t.Paper(ctx, string(t.paper), drawnPaper()))
	}
	t.at(-30, 10)
	t.registered(ctx)
	basis := t.based(ctx)
	t.roofs(ctx, basis)
	t.company(ctx, basis)
	t.lift(ctx, basis)
}

// registered brings the register and lets those owners who use the platform find their units.
func (t *votes) registered(ctx context.Context) {
	r, err := t.register.ReadRegister(ctx, t.team.staff[0], owners.Import{
		Community: HomeCommunity, Token: token(t.clock.Now(), "register", HomeCommunity, 1), Name: "荷香居民区业主名册.csv", Data: []byte(t.sheet()),
	})
	for _, f := range r.Faults {
		if !f.Informs {
			t.keep(fmt.Errorf("row %d of the register: %s", f.Row, f.Code))
		}
	}
	t.keep(err)
	if t.err != nil {
		return
	}
	_, err = t.register.DecideRegister(ctx, t.team.secretary, HomeCommunity, r.Version.N, true)
	t.keep(err)
	for _, who := range t.who {
		_, err := t.register.Claim(ctx, who, HomeCommunity)
		t.keep(err)
	}
	for _, id := range []string{"lin", "wang"} {
		who, err := t.persona(ctx, id)
		t.keep(err)
		_, err = t.register.Claim(ctx, who, HomeCommunity)
		t.keep(err)
	}
}

// areas of the four flats of a floor, as every floor of the houses has them.
var areas = [roomsPerFloor]string{"88.52", "64.37", "64.37", "92.18"}

// sheet is the register as a file: every flat, spaces in the garage, and shops. Who is on the roster owns their flat;林阿姨 has two
// spaces too, some flats belong to couples, some people have two flats, and the developer has not sold everything.
func (t *votes) sheet() string {
	living := map[string]identity.Entry{}
	for _, h := range t.homes[HomeCommunity] {
		living[string(h.Building)+h.Room] = h.people[0]
	}
	for _, p := range Personas() {
		if p.building > 0 && p.registered {
			living[string(t.built[HomeCommunity][p.building-1].ID)+p.room] = identity.Entry{Name: p.name, Phone: p.phone}
		}
	}
	var rows strings.Builder
	rows.WriteString(strings.Join(owners.Header(), ",") + "\n")
	n := 0
	for _, b := range t.built[HomeCommunity] {
		for i := range floors * roomsPerFloor {
			n++
			room, area := fmt.Sprintf("%d0%d", 1+i/roomsPerFloor, 1+i%roomsPerFloor), areas[i%roomsPerFloor]
			owner, phone, certificate := called(n), "", fmt.Sprintf("%04d", 1000+n*37%9000)
			if e, ok := living[string(b.ID)+room]; ok {
				owner, phone, certificate = e.Name, e.Phone, ""
			} else if n%29 == 0 { // the same person as two flats before
				owner, certificate = called(n-2), fmt.Sprintf("%04d", 1000+(n-2)*37%9000)
			} else if n%7 == 0 { // a couple
				owner, certificate = owner+"、"+called(n+500), certificate+"、"+fmt.Sprintf("%04d", 1000+n*53%9000)
			}
			fmt.Fprintf(&rows, ",%s,,%s,住宅,%s,登记,2009-06-18,已售,%s,%s,%s\n", b.Name, room, area, owner, phone, certificate)
		}
	}
	for i := range 8 {
		owner, phone, sold := "林桂兰", "13900010001", "已售"
		if i > 1 {
			owner, phone, sold = "", "", "未售"
		}
		fmt.Fprintf(&rows, "荷香苑,荷香苑地下车库,,B1-%03d,车位,12.60,登记,2012-03-09,%s,%s,%s,\n", i+1, sold, owner, phone)
	}
	rows.WriteString(",1号楼,,商铺01,商铺,136.40,实测,2008-11-02,已售,安邻商业管理有限公司,,\n")
	rows.WriteString(",1号楼,,商铺02,商铺,98.75,合同,2008-11-02,未售,,,\n")
	return rows.String()
}

// called invents a name.
func called(n int) string {
	return string(surnames[n*7%len(surnames)]) + givenNames[n*3%len(givenNames)]
}

// based records the rules of procedure; the secretary confirms them.
func (t *votes) based(ctx context.Context) owners.BasisID {
	b, err := t.register.RecordBasis(ctx, t.team.staff[0], owners.Record{
		ID: owners.BasisID(token(t.clock.Now(), "basis", HomeCommunity, 1)), Community: HomeCommunity, Rule: "荷香苑业主大会议事规则",
		Clause:    "第十二条：业主大会会议可以采用书面征求意见的形式；网上表决与纸质表决票同等有效",
		AdoptedAt: time.Date(2024, 5, 18, 0, 0, 0, 0, time.UTC), Photos: []deliberation.PhotoID{t.paper},
		Silence: "第十八条：表决票送达后逾期不交的，视为同意已表决的多数意见", Parking: "第九条：车位所有权人只对车库事项表决",
		Ways: []string{"上门送达", "挂号信"}, Warning: "2024版告知书",
	})
	t.keep(err)
	_, err = t.register.ConfirmBasis(ctx, t.team.secretary, b.ID)
	t.keep(err)
	return b.ID
}

// joint is the rule of a decision of owners.
func joint(matter int, scope rule.Scope, form rule.Method, silence rule.NonReturn) rule.Rule {
	return rule.Rule{Method: rule.Owners, Abstain: true, Owners: &rule.OwnersTerms{
		Matter: matter, Scope: scope, Form: form, Parking: rule.ParkingCounts, NonReturn: silence,
	}}
}

// estate is the one whose owners decide.
func (t *votes) estate() community.EstateID { return t.built[HomeCommunity][0].Estate }

// roofs was decided this month: by phone, on paper that two people entered, and with proof that the silent were served.
func (t *votes) roofs(ctx context.Context, basis owners.BasisID) {
	t.at(-28, 9)
	p := t.list(ctx, poll.Draft{
		Label: poll.OwnersVote, Question: "是否同意动用维修资金，翻修1至4号楼屋面防水？",
		Background: "四幢楼的屋面防水已经用了十七年，顶楼有九户漏水。三家报价取中间一家：预算二十八万六千元，按面积分摊，从维修资金账户支出，不另外收钱。",
		Options:    []poll.Option{{Text: "同意"}, {Text: "不同意"}}, Rule: joint(5, rule.ScopeArea, rule.YesNo, rule.WithMajority),
		Basis: basis, Estate: t.estate(), PaperFor: 48 * time.Hour, Mandates: 3, OpensAt: t.on(-11, 9), ClosesAt: t.on(-5, 20),
	})
	t.at(-11, 9)
	t.sweep(ctx)
	t.castOwned(ctx, p, 0, 0, 1, 0, 0, 0, 0, 1, 0)
	lines := t.lines(ctx, p)
	for i, l := range lines {
		if i%5 == 3 {
			t.served(ctx, p, l)
		}
	}
	t.at(-5, 20)
	t.sweep(ctx)
	t.clock.Set(t.clock.Now().Add(time.Hour))
	for i, l := range lines {
		if i%5 == 3 || i%17 == 1 {
			continue // these said nothing
		}
		c := rule.Choice{Picks: []int{0}}
		switch {
		case i%31 == 5:
			c = rule.Choice{Spoilt: rule.Spoils()[0]}
		case i%19 == 6:
			c = rule.Choice{Abstain: true}
		case i%9 == 4:
			c = rule.Choice{Picks: []int{1}}
		}
		for _, by := range t.team.staff {
			t.enters(ctx, p, by, l, c)
		}
	}
	_, err := t.polls.FinishPaper(ctx, t.team.staff[0], p.ID)
	t.keep(err)
	t.sweep(ctx)
}

// company runs: three to choose from, ballots by phone, paper in every state, a mandate, a guardian and proofs of service.
func (t *votes) company(ctx context.Context, basis owners.BasisID) {
	t.at(-18, 9)
	p := t.list(ctx, poll.Draft{
		Label: poll.OwnersVote, Question: "荷香苑新一期物业服务，聘请哪一家？",
		Background: "合同年底到期。业委会公开征选，三家公司来小区讲过方案，报价和服务标准贴在每幢楼的公告栏里。",
		Options: []poll.Option{
			{Text: "续聘安家物业", Detail: "每平方米每月1.65元，和现在一样"}, {Text: "聘请绿邻物业", Detail: "每平方米每月1.80元，增加夜间巡逻"},
			{Text: "聘请和顺物业", Detail: "每平方米每月1.55元，保洁改为隔天"},
		},
		Rule: joint(4, rule.ScopeArea, rule.Single, rule.WithMajority), Basis: basis, Estate: t.estate(), PaperFor: 48 * time.Hour, Mandates: 3,
		OpensAt: t.on(-2, 9), ClosesAt: t.on(6, 20),
	})
	t.at(-2, 9)
	t.sweep(ctx)
	lines := slices.DeleteFunc(t.lines(ctx, p), func(l poll.SeatLine) bool { return slices.Contains(l.Places, "3号楼 503") }) // 林阿姨 has yet to vote
	if len(lines) < 40 {
		return
	}
	t.castOwned(ctx, p, 0, 1, 1, 0, 2, 1)
	away := slices.DeleteFunc(slices.Clone(lines), func(l poll.SeatLine) bool { return l.Building != "2号楼" }) // neither proxy owns anything there
	for n, kind := range []poll.ProxyKindOf{poll.ByMandate, poll.AsGuardian} {
		t.keep(t.polls.RecordMandate(ctx, t.team.staff[0], poll.Mandate{
			Poll: p.ID, Voter: away[n].Voter, Kind: kind, Phone: []string{"13900010001", "13900010006"}[n], Photo: t.paper,
		}))
	}
	for i, l := range lines {
		if i%6 == 2 {
			t.served(ctx, p, l)
		}
	}
	for i, l := range lines[20:] {
		first, second := rule.Choice{Picks: []int{i % 3}}, rule.Choice{Picks: []int{i % 3}}
		if i == 7 {
			second.Picks[0] = (i + 1) % 3 // one of them read it wrong
		}
		if i < 9 {
			t.enters(ctx, p, t.team.staff[0], l, first)
		}
		if i > 1 && i < 9 {
			t.enters(ctx, p, t.team.staff[1], l, second)
		}
	}
}

// lift is one building's, and its roll lies open.
func (t *votes) lift(ctx context.Context, basis owners.BasisID) {
	t.at(-4, 10)
	t.list(ctx, poll.Draft{
		Label: poll.OwnersVote, Question: "3号楼是否加装电梯？",
		Background: "一楼和二楼的六户已经谈过两轮，补偿办法写在附件里。只有3号楼的业主表决，要四分之三同意。",
		Options:    []poll.Option{{Text: "同意"}, {Text: "不同意"}}, Rule: joint(7, rule.ScopeBuilding, rule.YesNo, rule.NotParticipating),
		Basis: basis, Buildings: []community.BuildingID{t.built[HomeCommunity][2].ID}, PaperFor: 24 * time.Hour, Mandates: 1,
		OpensAt: t.on(13, 9), ClosesAt: t.on(20, 20),
	})
}

// castOwned lets owners among the neighbours vote by phone, each for what they own in the estate.
func (t *votes) castOwned(ctx context.Context, p poll.Poll, choices ...int) {
	for i, option := range choices {
		t.clock.Set(t.clock.Now().Add(41 * time.Minute))
		_, err := t.polls.CastBallot(ctx, t.who[i], poll.Cast{Poll: p.ID, Choice: rule.Choice{Picks: []int{option}}, Nonce: poll.NewNonce()})
		t.keep(err)
	}
}

// lines is the whole roll of a poll.
func (t *votes) lines(ctx context.Context, p poll.Poll) (all []poll.SeatLine) {
	for after := docstore.Cursor(""); ; {
		page, next, err := t.polls.RollLines(ctx, t.team.staff[0], p.ID, "", after)
		all = append(all, page...)
		if t.keep(err); err != nil || next == "" {
			return all
		}
		after = next
	}
}

// served notes that a ballot reached an owner, the day before.
func (t *votes) served(ctx context.Context, p poll.Poll, l poll.SeatLine) {
	t.keep(t.polls.RecordService(ctx, t.team.staff[1], poll.Serve{
		Poll: p.ID, Voter: l.Voter, Method: "上门送达", At: t.clock.Now().Add(-3 * time.Hour), Recipient: "本人签收", Photo: t.paper,
	}))
}

// enters reads a paper ballot in. Whoever has voted by phone handed none in.
func (t *votes) enters(ctx context.Context, p poll.Poll, by identity.Actor, l poll.SeatLine, c rule.Choice) {
	_, err := t.polls.EnterPaper(ctx, by, poll.Paper{Poll: p.ID, Voter: l.Voter, Choice: c})
	t.keep(err)
}
