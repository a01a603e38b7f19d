package demo

import (
	"context"
	"fmt"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/ledger"
	"jushou/projects/preset"
)

// done is a project that was carried to its acceptance or further; its story begins so many days before the present.
type done struct {
	need
	in    community.ID
	begun int
	upTo  preset.Stage
	news  []string // before, during and after the work
	// defect is what was wrong with it, and mended how it was mended, "" while it is not.
	defect, mended string
	// thinks are what neighbours write with their stars, and stars the mean they circle around.
	thinks []string
	stars  int
	reply  string
	saved  string // why it cost less
}

// lastsOf are days after the beginning of a story.
const (
	dayEstablished = 14
	dayFinished    = 44
	dayAccepted    = 50
	dayReplied     = 67
	daySettled     = 71
)

// accomplish tells of the projects that are finished, after the accounts are there.
func (d *district) accomplish(ctx context.Context) error {
	if d.ProjectsBy == nil || d.Ledger == nil {
		return nil
	}
	at := d.Clock.Now()
	defer d.Clock.Set(at)
	shots, err := d.shoot(ctx) // the same pictures again
	if err != nil {
		return err
	}
	for n, x := range accomplished() {
		if err := d.accomplishOne(ctx, x, n, shots); err != nil {
			return fmt.Errorf("%s: %w", x.title, err)
		}
	}
	return nil
}

func (d *district) accomplishOne(ctx context.Context, x done, n int, shots map[projects.Phase]deliberation.PhotoID) error {
	c := clock.Standing(d.now)
	w := &works{district: d, in: x.in, clock: c, projects: d.ProjectsBy(c), who: d.neighbours[x.in], team: d.staff[x.in], n: 100 * (n + 1), shots: shots}
	var err error
	if w.branch, err = d.branchAgain(ctx, x.in); err != nil {
		return err
	}
	s := &success{works: w, x: x, n: n, fund: ledger.FundID(token(d.start(), "fund", x.in, 0)), paper: deliberation.PhotoID(token(d.start(), "paper", HomeCommunity, 0))}
	s.founded(ctx)
	s.worked(ctx)
	s.accepted(ctx)
	if x.upTo != preset.Accepting {
		s.judged(ctx)
	}
	if x.upTo == preset.Settling || x.upTo == preset.Archived {
		s.settled(ctx)
	}
	return w.err
}

// branchAgain returns whom branchOf has made.
func (d *district) branchAgain(ctx context.Context, in community.ID) (identity.Actor, error) {
	if in == HomeCommunity {
		return d.persona(ctx, "branch")
	}
	a, err := d.People.SignInByWeChat(ctx, "oDemo-branch-"+string(in))
	if err != nil {
		return a, err
	}
	return d.People.Actor(ctx, a.ID)
}

// success tells one of them.
type success struct {
	*works
	x     done
	n     int
	id    projects.ID
	fund  ledger.FundID
	paper deliberation.PhotoID
	line  int
	deal  int
	paid  int
}

// on sets the clock to a day of the story.
func (s *success) on(day, hour int) { s.at(s.x.begun-day, hour) }

// founded takes it from the need to 立项.
func (s *success) founded(ctx context.Context) {
	s.on(0, 19)
	x := s.x
	p, err := s.projects.Propose(ctx, s.who[s.n%4], projects.Propose{
		ID: projects.ID(s.token()), Community: s.in, Preset: "jushou", Submit: true,
		Draft: projects.Draft{Title: x.title, Need: x.need.need, Where: x.where, Class: x.class},
	})
	s.keep(err)
	s.id = p.ID
	s.on(1, 10)
	s.took(s.projects.Pass(ctx, s.team.staff[0], s.id))
	s.on(2, 20)
	for i := range 9 {
		s.keep(s.projects.Endorse(ctx, s.who[5+i], s.id, true))
	}
	s.counted(ctx, s.id)
	s.on(4, 15)
	hand := s.token()
	s.took(s.projects.RaiseHand(ctx, s.branch, projects.RaiseHand{ID: hand, Project: s.id, Bring: "党员骨干带头，周末到场，和共建单位一起出力。", People: 9 + s.n, Weeks: x.weeks}))
	s.on(5, 9)
	s.took(s.projects.ChooseLead(ctx, s.team.secretary, s.id, hand, "支部人手够，也最熟悉这一片"))
	s.on(6, 19)
	s.took(s.projects.WritePlan(ctx, s.branch, projects.WritePlan{Project: s.id, Seen: 1, Plan: projects.Plan{Text: x.plan, Weeks: x.weeks, Lines: x.lines}}))
	s.took(s.projects.PutForward(ctx, s.branch, s.id))
	s.on(8, 16)
	s.took(s.projects.RecordDecision(ctx, s.team.secretary, projects.RecordDecision{
		Project: s.id, Rule: preset.BySecretary, Approved: true, Minutes: "支委会和楼组长一起看了方案和报价，邻居需要，钱用得合适，同意办。",
	}))
	s.on(9, 9)
	s.took(s.projects.PublishNotice(ctx, s.team.staff[0], s.id))
	s.on(dayEstablished, 9)
	s.took(s.projects.Establish(ctx, s.team.secretary, s.id))
}

// worked tells of the work and its money, to the report that it is done.
func (s *success) worked(ctx context.Context) {
	cost := projects.Plan{Lines: s.x.lines}.Total()
	s.on(15, 9)
	day := func(n int) calendar.Date { return calendar.DateOf(s.now.In(zone)).AddDays(n - s.x.begun) }
	s.took(s.projects.WriteMilestones(ctx, s.branch, projects.WriteMilestones{Project: s.id, Rows: []projects.MilestoneRow{
		{Name: "材料到位", Due: day(24), Cost: cost / 2}, {Name: "全部完成", Due: day(42), Cost: cost / 2},
	}}))
	s.on(16, 9)
	s.took(s.projects.Start(ctx, s.branch, s.id))
	s.books(ctx)
	days, phases := []int{17, 30, dayFinished - 1}, projects.Phases()
	for i, words := range s.x.news {
		s.on(days[i], 17)
		_, err := s.projects.PostNews(ctx, s.branch, projects.PostNews{
			ID: projects.NewsID(s.token()), Project: s.id, Text: words, Shots: []projects.Shot{{Photo: s.shots[phases[i]], When: phases[i]}},
		})
		s.keep(err)
	}
	for i, n := range []int{24, 42} {
		s.on(n, 18)
		s.took(s.projects.ReachMilestone(ctx, s.branch, projects.ReachMilestone{Project: s.id, Milestone: i + 1, On: day(n), Cost: cost * 9 / 20}))
	}
	s.on(dayFinished, 10)
	s.took(s.projects.Finish(ctx, s.branch, s.id))
}

// voucher drafts and posts one, as two people.
func (s *success) voucher(ctx context.Context, x ledger.Draft) {
	if s.err != nil {
		return
	}
	s.district.Clock.Set(s.clock.Now())
	s.paid++
	s.keep(s.tellVoucher(ctx, cashiers{s.team.staff[0], s.team.secretary}, s.fund, s.in, 7000+100*s.n+s.paid, booked{d: x}, s.paper))
}

// books allots, promises and pays nine tenths of it.
func (s *success) books(ctx context.Context) {
	f, err := s.Ledger.Fund(ctx, s.team.secretary, s.fund)
	s.keep(err)
	s.line, s.deal = len(f.Lines)+1, len(f.Deals)+1
	cost := projects.Plan{Lines: s.x.lines}.Total()
	s.voucher(ctx, ledger.Draft{Kind: ledger.Allocate, Project: string(s.id), Fen: cost, Purpose: "立项批准的金额"})
	s.voucher(ctx, ledger.Draft{Kind: ledger.Commit, Line: s.line, Payee: ledger.Payee{Name: "上海邻里营造服务有限公司"}, Title: s.x.title + "合同", Fen: cost * 19 / 20, Purpose: "三家比价，方案见公示"})
	s.voucher(ctx, ledger.Draft{Kind: ledger.Pay, Deal: s.deal, Fen: cost / 2, Purpose: "材料到位，按合同付首期"})
}

// accepted lets the proposer and two drawn neighbours look at it.
func (s *success) accepted(ctx context.Context) {
	s.on(dayFinished+1, 10)
	s.took(s.projects.DrawReps(ctx, s.team.secretary, s.id))
	p, err := s.projects.Project(ctx, s.team.secretary, s.id)
	s.keep(err)
	var reps []identity.Actor
	for _, r := range p.Representing() {
		a, err := s.People.Actor(ctx, r.By.Account)
		s.keep(err)
		reps = append(reps, a)
	}
	if len(reps) < 2 || s.err != nil {
		s.keep(fmt.Errorf("%d representatives", len(reps)))
		return
	}
	s.on(dayFinished+2, 18)
	defect := s.token()
	s.took(s.projects.Accept(ctx, reps[0], projects.Accept{ID: defect, Project: s.id, Text: s.x.defect}))
	s.took(s.projects.Accept(ctx, s.who[s.n%4], projects.Accept{ID: s.token(), Project: s.id, Accepts: true, Text: "就是我想要的样子，谢谢大家。"}))
	if s.x.mended == "" {
		return
	}
	s.on(dayFinished+4, 16)
	s.took(s.projects.MendDefect(ctx, s.branch, projects.MendDefect{Project: s.id, Defect: defect, Text: s.x.mended}))
	s.on(dayAccepted, 18)
	s.took(s.projects.CheckDefect(ctx, reps[0], s.id, defect, true, ""))
	s.took(s.projects.Accept(ctx, reps[0], projects.Accept{ID: s.token(), Project: s.id, Accepts: true, Text: "改好了，仔细。"}))
	s.took(s.projects.Accept(ctx, reps[1], projects.Accept{ID: s.token(), Project: s.id, Accepts: true}))
}

// judged lets neighbours give stars, and where the time for that is over, those who did it answer.
func (s *success) judged(ctx context.Context) {
	s.on(dayAccepted+1, 19)
	n := 0
	for i, a := range s.who {
		if n == 26 || i == s.n%4 {
			continue
		}
		stars := make([]int, len(preset.DefaultAspects()))
		for k := range stars {
			stars[k] = max(2, min(preset.MaxStars, s.x.stars+(i+k)%3-1))
		}
		words := ""
		if n < len(s.x.thinks) {
			words = s.x.thinks[n]
		}
		s.keep(s.projects.Rate(ctx, a, projects.Rate{ID: s.token(), Project: s.id, Stars: stars, Words: words}))
		n++
	}
	if s.x.upTo == preset.Rating {
		return
	}
	s.on(dayReplied-1, 9)
	_, err := s.projects.Keep(ctx)
	s.keep(err)
	s.took(s.projects.WriteReply(ctx, s.branch, s.id, s.x.reply))
	s.on(dayReplied, 10)
	s.took(s.projects.PublishReply(ctx, s.team.staff[0], s.id))
}

// settled closes the accounts and writes the statement; where the story goes that far, a second person checks it.
func (s *success) settled(ctx context.Context) {
	cost := projects.Plan{Lines: s.x.lines}.Total()
	s.on(dayReplied+1, 10)
	rest := cost*19/20 - cost/2
	saved := cost / 20
	s.voucher(ctx, ledger.Draft{Kind: ledger.Pay, Deal: s.deal, Fen: rest - saved, Purpose: "验收通过，付尾款"})
	s.voucher(ctx, ledger.Draft{Kind: ledger.Release, Deal: s.deal, Fen: saved, Purpose: "实际工程量少，合同余额释放"})
	if s.x.upTo == preset.Archived {
		s.voucher(ctx, ledger.Draft{Kind: ledger.Settle, Line: s.line, Fen: cost - cost*19/20 + saved, Purpose: "项目办完，余款退回"})
	}
	s.on(daySettled-1, 15)
	s.took(s.projects.WriteStatement(ctx, s.branch, projects.WriteStatement{Project: s.id, Words: s.x.saved}))
	if s.x.upTo == preset.Archived {
		s.on(daySettled, 10)
		s.took(s.projects.Close(ctx, s.team.staff[0], s.id, 1))
	}
}
