package projects_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

// ground is a town of two communities on a real store, with a clock that is moved by hand.
type ground struct {
	*projects.Service
	*roomtest.Ground
	polls *polls
	calls calls
	books books
	held  *projects.Books
	who   people

	wang, zhao, qian, sun, zhou    identity.Actor // residents: of c1, the last but one of c2, the last of nowhere
	staff, secretary, colleague    identity.Actor
	branch, second, property, next identity.Actor // the last is a branch of c2
	town                           identity.Actor
}

// polls stands in for the polls of the house.
type polls struct {
	ballots  map[string]projects.Ballot
	verdicts map[string]projects.Verdict
	// phases are how far they have come, drafted the rounds whose polls were drafted, as they were last; fault is what a draft meets.
	phases  map[string]projects.PollPhase
	drafted map[projects.RoundID]projects.Round
	fault   error
}

func (p *polls) Named(_ context.Context, _ identity.Actor, poll string) (projects.Ballot, error) {
	b, ok := p.ballots[poll]
	if !ok {
		return b, projects.ErrNotFound
	}
	return b, nil
}

func (p *polls) Verdict(_ context.Context, poll string) (projects.Verdict, error) {
	return p.verdicts[poll], nil
}

// calls stand in for the calls of the house: whether one of c1 is open.
type calls map[string]bool

func (c calls) Rules(_ context.Context, _ identity.Actor, in community.ID, call string, _ time.Time) (preset.Key, bool, error) {
	open, known := c[call]
	if !known || in != "c1" {
		return "", false, projects.ErrNotFound
	}
	return "chuangtou", open, nil
}

func (p *polls) Phase(_ context.Context, poll string) (projects.PollPhase, error) {
	return p.phases[poll], nil
}

func (p *polls) CheckRound(context.Context, identity.Actor, projects.Round) error { return nil }

func (p *polls) DraftRound(_ context.Context, r projects.Round) error {
	if p.fault != nil {
		return p.fault
	}
	p.drafted[r.ID] = r
	if p.phases[string(r.ID)] == projects.PollMissing {
		p.phases[string(r.ID)] = projects.PollDrafting
	}
	return nil
}

// homes are three households wherever one looks.
type homes struct{}

func (homes) Homes(context.Context, community.ID, []community.BuildingID) (int, error) { return 3, nil }

// books stand in for the accounts of the house.
type books map[projects.ID]projects.Spent

func (b books) Spent(_ context.Context, id projects.ID) (projects.Spent, error) { return b[id], nil }

// accounts are the books, and what they hold of a project that is about to end.
type accounts struct {
	books
	held *projects.Books
}

func (a accounts) Books(context.Context, projects.ID, []community.ID) (projects.Books, error) {
	return *a.held, nil
}

// people are those whose standing a test has set; anybody else lives in c1.
type people map[identity.AccountID]identity.Actor

func (p people) Actor(_ context.Context, id identity.AccountID) (identity.Actor, error) {
	if a, ok := p[id]; ok {
		return a, nil
	}
	return roomtest.Lives(id, "邻**", "c1"), nil
}

// leaves takes everything from somebody by which they have a standing, and tells the feed of it.
func (g *ground) leaves(who identity.Actor) {
	g.T.Helper()
	g.changes(identity.Actor{ID: who.ID, Name: who.Name, Masked: who.Masked}, identity.EventLeft)
}

func (g *ground) changes(to identity.Actor, event string) {
	g.T.Helper()
	g.who[to.ID] = to
	data, err := json.Marshal(identity.AccountEvent{Account: to.ID, Community: "c1"})
	roomtest.Must(g.T, err)
	for range 2 { // at least once
		roomtest.Must(g.T, g.FollowStanding(g.T.Context(), docstore.Event{Type: event, Data: data, Doc: docstore.Key{ID: string(to.ID)}}))
	}
}

func setup(t testing.TB) *ground {
	t.Helper()
	g := &ground{
		Ground: roomtest.Open(t, time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC), projects.Collections()),
		polls: &polls{
			ballots: map[string]projects.Ballot{}, verdicts: map[string]projects.Verdict{}, phases: map[string]projects.PollPhase{}, drafted: map[projects.RoundID]projects.Round{},
		},
		books: books{},
		held:  &projects.Books{},
		calls: calls{},
		who:   people{},
	}
	g.Service = g.on(g.Store)
	lives := func(id identity.AccountID, masked string, in community.ID, home identity.HouseholdID) identity.Actor {
		a := roomtest.Lives(id, masked, in)
		a.Memberships[0].Household = home
		return a
	}
	works := roomtest.Works
	g.wang, g.zhao, g.qian = lives("wang", "王**", "c1", "c1.b1.101"), lives("zhao", "赵**", "c1", "c1.b1.102"), lives("qian", "钱**", "c1", "c1.b1.102")
	g.sun, g.zhou = lives("sun", "孙**", "c2", "c2.b9.101"), identity.Actor{ID: "zhou", Name: "周**", Masked: "周**"}
	g.staff, g.secretary, g.colleague = works("li", "李社工", identity.RoleStaff, "c1", ""), works("chen", "陈书记", identity.RoleSecretary, "c1", ""), works("he", "何社工", identity.RoleStaff, "c1", "")
	g.branch, g.second = works("fang", "方支书", identity.RoleBranch, "c1", ""), works("tang", "唐支书", identity.RoleBranch, "c1", "")
	g.property, g.next = works("wu", "吴经理", identity.RolePartner, "c1", "property"), works("shi", "石支书", identity.RoleBranch, "c2", "")
	g.town = works("gu", "顾科长", identity.RoleTown, "t", "")
	for _, a := range []identity.Actor{g.wang, g.zhao, g.qian, g.sun, g.zhou, g.staff, g.secretary, g.colleague, g.branch, g.second, g.property, g.next, g.town} {
		g.who[a.ID] = a
	}
	return g
}

// on is the service as it stands on a store.
func (g *ground) on(store docstore.Store) *projects.Service {
	room := g.Room()
	room.Store = store
	return projects.New(projects.Deps{
		Ground: room, Screener: deliberation.SampleWords(), Calendar: g.Days, Polls: g.polls, Calls: g.calls, Homes: homes{}, Buildings: g.Places,
		Accounts: accounts{g.books, g.held}, People: g.who,
	})
}

const day = 24 * time.Hour

// draft is a small garden path.
func draft() projects.Draft {
	return projects.Draft{
		Title: "3号楼前花园小路", Need: "下雨天花园里都是泥，老人走不了，想铺一条小路。", Where: "3号楼前", Class: preset.Works,
		Plan: projects.Plan{Text: "铺60米透水砖，两边留出种花的地方。联系人13800138000", Weeks: 4, Lines: []projects.Line{{What: "透水砖和人工", Amount: 2_400_000, Quote: "两家报价取低"}}},
	}
}

// propose proposes the path under a preset.
func (g *ground) propose(who identity.Actor, key preset.Key) projects.Project {
	g.T.Helper()
	p, err := g.Propose(g.T.Context(), who, projects.Propose{ID: projects.ID(g.Token()), Community: "c1", Preset: key, Draft: draft(), Submit: true})
	roomtest.Must(g.T, err)
	return p
}

// count gives the feed of endorsements to the counter.
func (g *ground) count() {
	g.T.Helper()
	for _, e := range g.Events(projects.Endorsed) {
		roomtest.Must(g.T, g.Count(g.T.Context(), e))
	}
}

// read returns the project as the secretary sees it.
func (g *ground) read(id projects.ID) projects.View {
	g.T.Helper()
	v, err := g.Project(g.T.Context(), g.secretary, id)
	roomtest.Must(g.T, err)
	return v
}

// at fails the test unless the project stands at a stage.
func (g *ground) at(id projects.ID, want preset.Stage) projects.View {
	g.T.Helper()
	v := g.read(id)
	if v.Stage != want {
		g.T.Fatalf("stands at %s, want %s", v.Stage, want)
	}
	return v
}

// must passes on what a step made.
func must(t testing.TB) func(projects.Project, error) projects.Project {
	return func(p projects.Project, err error) projects.Project {
		t.Helper()
		roomtest.Must(t, err)
		return p
	}
}

// easy saves a preset of c1 that needs one voice, to get on with what a test is about.
func (g *ground) easy(change func(*preset.Preset)) preset.Key {
	g.T.Helper()
	p, _ := preset.BuiltinOf("jushou")
	p.Key, p.Version, p.Endorse = "easy", 0, preset.Threshold{Count: 1}
	if change != nil {
		change(&p)
	}
	saved, err := g.SavePreset(g.T.Context(), g.secretary, "c1", p)
	roomtest.Must(g.T, err)
	return saved.Key
}

// lead brings a project of a preset with hands to its plan, led by the branch.
func (g *ground) lead(id projects.ID) projects.View {
	g.T.Helper()
	ctx, must := g.T.Context(), must(g.T)
	must(g.Pass(ctx, g.staff, id))
	hand := g.Token()
	must(g.RaiseHand(ctx, g.branch, projects.RaiseHand{ID: hand, Project: id, Bring: "出人出力", People: 12, Weeks: 6}))
	must(g.ChooseLead(ctx, g.secretary, id, hand, "离得最近，人手够"))
	roomtest.Must(g.T, g.Endorse(ctx, g.zhao, id, true))
	g.count()
	return g.at(id, preset.Deliberating)
}

// notice brings a project from its plan to a published notice by the secretary's decision.
func (g *ground) notice(id projects.ID) projects.View {
	g.T.Helper()
	ctx, must := g.T.Context(), must(g.T)
	must(g.PutForward(ctx, g.branch, id))
	must(g.RecordDecision(ctx, g.secretary, projects.RecordDecision{Project: id, Rule: preset.BySecretary, Approved: true, Minutes: "支委会同意"}))
	must(g.PublishNotice(ctx, g.staff, id))
	return g.at(id, preset.Noticing)
}

func (g *ground) object(who identity.Actor, id projects.ID) (string, error) {
	token := g.Token()
	_, err := g.Object(g.T.Context(), who, projects.Object{ID: token, Project: id, Text: "路修到我窗下了"})
	return token, err
}

func (g *ground) answer(who identity.Actor, id projects.ID, objection string, upheld bool) error {
	_, err := g.AnswerObjection(g.T.Context(), who, projects.AnswerObjection{Project: id, Objection: objection, Answer: "往外移了两米", Upheld: upheld})
	return err
}
