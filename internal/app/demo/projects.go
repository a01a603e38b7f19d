package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

// branches is how many communities carry projects, and projectsEach how many each of them has besides the home community:
// 27 支部 and 56 projects, the size that 罗店 tells of for 2021.
const (
	branches     = 27
	projectsEach = 2
	projectsHome = 8
	lastOfTwo    = 17 // communities after it have one; with those that accomplish tells they are 56
)

// need is a small thing that neighbours want.
type need struct {
	title, need, where string
	class              preset.Class
	plan               string
	weeks              int
	lines              []projects.Line
}

// works tells of one community's projects, by a clock of its own.
type works struct {
	*district
	in       community.ID
	clock    *clock.Virtual
	projects *projects.Service
	who      []identity.Actor
	team     team
	branch   identity.Actor
	n        int
	// shift is how many days earlier than others a project is told.
	shift    int
	shots    map[projects.Phase]deliberation.PhotoID
	underway []underway
	err      error
}

// carry tells of the projects of the town.
func (d *district) carry(ctx context.Context) error {
	if d.ProjectsBy == nil {
		return nil
	}
	if err := d.townRules(ctx); err != nil {
		return err
	}
	some := slices.DeleteFunc(slices.Clone(places[:]), func(p place) bool { return community.ID(p.id) == HomeCommunity })[:branches-1]
	all := []community.ID{HomeCommunity}
	for _, p := range some {
		all = append(all, community.ID(p.id))
	}
	numbers := make([]int, len(all))
	for i := range numbers {
		numbers[i] = i
	}
	shots, err := d.shoot(ctx)
	if err != nil {
		return err
	}
	told := make([]*works, len(all))
	err = together(ctx, numbers, func(ctx context.Context, i int) (err error) {
		told[i], err = d.carryIn(ctx, all[i], i, shots)
		return err
	})
	if err != nil {
		return err
	}
	if err := together(ctx, numbers, func(ctx context.Context, i int) error { return told[i].build(ctx) }); err != nil {
		return err
	}
	_, err = d.ProjectsBy(clock.Standing(d.now)).Keep(ctx) // what nobody was heard of
	return err
}

// townRules makes the town's own version of 举手制: five supporters are enough for small communities.
func (d *district) townRules(ctx context.Context) error {
	town, err := d.persona(ctx, "town")
	if err != nil {
		return err
	}
	c := clock.Standing(d.now.AddDate(0, 0, -90))
	rules, _ := preset.BuiltinOf("jushou")
	rules.Name, rules.Endorse = "罗溪镇举手制", preset.Threshold{Count: 5}
	rules.Note = "居民提需求，支部和共建单位举手认领，五位邻居附议，书记记录决定，公示三天没有异议就立项。居民全过程参与，办完由居民评价。"
	_, err = d.ProjectsBy(c).SavePreset(ctx, town, townID, rules)
	return err
}

func (d *district) carryIn(ctx context.Context, in community.ID, i int, shots map[projects.Phase]deliberation.PhotoID) (*works, error) {
	c := clock.Standing(d.now)
	w := &works{district: d, in: in, clock: c, projects: d.ProjectsBy(c), who: d.neighbours[in], team: d.staff[in], shots: shots}
	var err error
	if w.branch, err = d.branchOf(ctx, in, i); err != nil {
		return nil, err
	}
	first, count := projectsHome+(i-1)*projectsEach, projectsEach
	switch {
	case in == HomeCommunity:
		first, count = 0, projectsHome
	case i > lastOfTwo:
		first, count = projectsHome+lastOfTwo*projectsEach+i-lastOfTwo-1, 1
	}
	for n := first; n < first+count; n++ {
		w.shift = tales[n%len(tales)].earlier()
		w.tell(ctx, needs[n%len(needs)], tales[n%len(tales)], n)
	}
	w.shift = 0
	return w, w.err
}

// branchOf returns who raises hands for a community's branch.
func (d *district) branchOf(ctx context.Context, in community.ID, i int) (identity.Actor, error) {
	if in == HomeCommunity {
		return d.persona(ctx, "branch")
	}
	actor, err := d.People.SignInByWeChat(ctx, "oDemo-branch-"+string(in))
	if err != nil {
		return actor, err
	}
	name := string(surnames[7*i%len(surnames)]) + givenNames[5*i%len(givenNames)]
	if err := d.introduce(ctx, actor, name, fmt.Sprintf("1360002%04d", i)); err != nil {
		return actor, err
	}
	if err := d.People.GrantRole(ctx, operator, actor.ID, identity.Grant{Role: identity.RoleBranch, Node: in, Title: "党支部书记"}); err != nil {
		return actor, err
	}
	return d.People.Actor(ctx, actor.ID)
}

// tale is how far a project has come.
type tale string

const (
	isChecked    tale = "checking"    // waits for the check
	isAlone      tale = "alone"       // supported, and nobody has raised a hand
	isListed     tale = "listed"      // nobody raised a hand in time
	isOffered    tale = "offered"     // a hand is up
	isPlanned    tale = "planned"     // talked through
	isWaiting    tale = "deciding"    // put forward
	isShown      tale = "noticing"    // its notice runs
	isOpposed    tale = "opposed"     // an objection stops the notice
	isReady      tale = "ready"       // the notice is over
	isFounded    tale = "established" // 立项
	isSomebodys  tale = "refused"     // somebody else's duty
	isVotedDown  tale = "declined"    // not now
	isOffTheLine tale = "withdrawn"   // by its proposer
	isReturned   tale = "collecting"  // sent back to its proposer
)

// tales are told in turn, so that every board has something of everything.
var tales = []tale{
	isShown, isOffered, isVarying, isAlone, isWorking, isOpposed, isPlanned, isChecked, isFinished, isListed, isWaiting, isStale, isSomebodys, isReady,
	isFounded, isAlone, isShown, isWorking, isVotedDown, isPlanned, isDropped, isOffTheLine, isReturned, isFinished,
}

// at sets the clock to the hour of a day before the district's present.
func (w *works) at(days, hour int) {
	day := w.now.In(zone).AddDate(0, 0, -days-w.shift)
	at := time.Date(day.Year(), day.Month(), day.Day(), hour, 5+w.n%50, 0, 0, zone)
	if at.After(w.now) {
		at = w.now.Add(-time.Duration(60-w.n%50) * time.Minute)
	}
	w.clock.Set(at)
}

func (w *works) token() string {
	w.n++
	return token(w.clock.Now(), "project", w.in, w.n)
}

// keep keeps the first error.
func (w *works) keep(err error) {
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("project in %s at %s: %w", w.in, w.clock.Now().Format(time.RFC3339), err)
	}
}

// took is keep for what a step returns.
func (w *works) took(_ projects.Project, err error) { w.keep(err) }

// tell proposes a need and takes it as far as the tale goes.
func (w *works) tell(ctx context.Context, x need, t tale, n int) {
	begun := 26 + n%9
	if t == isChecked {
		begun = n % 3
	}
	w.at(begun, 19)
	proposer := w.who[n%4]
	p, err := w.projects.Propose(ctx, proposer, projects.Propose{
		ID: projects.ID(w.token()), Community: w.in, Preset: "jushou", Submit: true,
		Draft: projects.Draft{Title: x.title, Need: x.need, Where: x.where, Class: x.class},
	})
	w.keep(err)
	if w.err != nil || t == isChecked {
		return
	}
	w.at(begun-1, 10)
	switch t {
	case isSomebodys:
		w.took(w.projects.Refuse(ctx, w.team.staff[0], p.ID, projects.OthersDuty, "在物业服务合同里，已经转给物业，十天内答复您"))
		return
	case isReturned:
		w.took(w.projects.Return(ctx, w.team.staff[0], p.ID, "请写清楚放在哪里、给哪几幢楼用，再交上来"))
		return
	}
	w.took(w.projects.Pass(ctx, w.team.staff[0], p.ID))
	w.gather(ctx, p.ID, t, n)
	if slices.Contains([]tale{isAlone, isListed, isOffered, isOffTheLine}, t) || w.err != nil {
		return
	}
	w.decide(ctx, p.ID, x, t)
}

// gather lets neighbours endorse, the branch raise its hand, and the secretary choose.
func (w *works) gather(ctx context.Context, id projects.ID, t tale, n int) {
	voices := 5 + n%3
	if t == isAlone || t == isOffered {
		voices = 2 + n%3
	}
	w.at(22, 20)
	for i := range voices {
		w.clock.Set(w.clock.Now().Add(time.Duration(7+i) * time.Minute))
		w.keep(w.projects.Endorse(ctx, w.who[5+i], id, true))
	}
	w.counted(ctx, id)
	switch t {
	case isAlone:
		return
	case isListed:
		w.at(1, 8)
		_, err := w.projects.Keep(ctx)
		w.keep(err)
		return
	case isOffTheLine:
		w.took(w.projects.Withdraw(ctx, w.who[n%4], id, "隔壁小区的新场地可以一起用，不用另外做了"))
		return
	}
	w.at(20, 15)
	hand := w.token()
	w.took(w.projects.RaiseHand(ctx, w.branch, projects.RaiseHand{
		ID: hand, Project: id, Bring: "支部党员认领，周末轮流到场，材料请共建单位帮忙。", People: 8 + n%7, Weeks: 4 + n%5,
	}))
	if t == isOffered {
		return
	}
	w.at(19, 9)
	w.took(w.projects.ChooseLead(ctx, w.team.secretary, id, hand, "支委会讨论，支部人手够，离得也近"))
}

// counted does what the relay does, which has not begun.
func (w *works) counted(ctx context.Context, id projects.ID) {
	data, err := json.Marshal(projects.Endorsing{About: projects.About{Project: id, Community: w.in}})
	w.keep(err)
	w.keep(w.projects.Count(ctx, docstore.Event{Type: projects.Endorsed, Data: data}))
}

// decide plans, decides, shows and establishes, as far as the tale goes.
func (w *works) decide(ctx context.Context, id projects.ID, x need, t tale) {
	w.at(16, 19)
	w.took(w.projects.WritePlan(ctx, w.branch, projects.WritePlan{Project: id, Seen: 1, Plan: projects.Plan{Text: x.plan, Weeks: x.weeks, Lines: x.lines}}))
	if t == isPlanned {
		return
	}
	w.at(14, 11)
	w.took(w.projects.PutForward(ctx, w.branch, id))
	if t == isWaiting {
		return
	}
	w.at(12, 16)
	minutes := "支委会和居民代表一起看了方案和报价，居民需要，钱不多，同意办。"
	if t == isVotedDown {
		minutes = "同一位置明年有管线改造，现在做了还要拆，先不办，等改造完再提。"
	}
	w.took(w.projects.RecordDecision(ctx, w.team.secretary, projects.RecordDecision{Project: id, Rule: preset.BySecretary, Approved: t != isVotedDown, Minutes: minutes}))
	if t == isVotedDown || w.err != nil {
		return
	}
	published := 11
	if t == isShown || t == isOpposed {
		published = 1
	}
	w.at(published, 9)
	w.took(w.projects.PublishNotice(ctx, w.team.staff[0], id))
	switch t {
	case isShown:
		return
	case isOpposed:
		w.at(0, 8)
		w.took(w.projects.Object(ctx, w.who[12], projects.Object{ID: w.token(), Project: id, Text: "位置离我家窗户太近，晚上会吵，能不能往外挪一点？"}))
		return
	case isReady:
		w.at(2, 9)
		_, err := w.projects.Keep(ctx)
		w.keep(err)
		return
	}
	w.at(10, 15)
	objection := w.token()
	w.took(w.projects.Object(ctx, w.who[13], projects.Object{ID: objection, Project: id, Text: "施工时间能不能避开中午？家里有小孩午睡。"}))
	w.at(9, 10)
	w.took(w.projects.AnswerObjection(ctx, w.team.staff[1], projects.AnswerObjection{
		Project: id, Objection: objection, Answer: "能。已经写进方案：每天 12 点到 14 点不动工，周末上午 9 点以后开始。",
	}))
	w.at(5, 9)
	w.took(w.projects.Establish(ctx, w.team.secretary, id))
	if t.earlier() > 0 {
		w.underway = append(w.underway, underway{id, t, x})
	}
}
