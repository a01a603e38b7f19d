package projects_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// byRound saves a preset whose projects a budget round decides about.
func (g *ground) byRound(key preset.Key, envelope money.Fen) preset.Key {
	g.T.Helper()
	p, _ := preset.BuiltinOf("canyu")
	p.Key, p.Version, p.Endorse, p.Envelope, p.Hands = key, 0, preset.Threshold{Count: 1}, envelope, true
	saved, err := g.SavePreset(g.T.Context(), g.secretary, "c1", p)
	roomtest.Must(g.T, err)
	return saved.Key
}

// waits brings a project that costs so much to the decision of a budget round.
func (g *ground) waits(key preset.Key, title string, cost money.Fen) projects.PickedLot {
	g.T.Helper()
	ctx, must := g.T.Context(), must(g.T)
	d := draft()
	d.Title, d.Plan.Lines = title, []projects.Line{{What: "材料和人工", Amount: cost}}
	p, err := g.Propose(ctx, g.wang, projects.Propose{ID: projects.ID(g.Token()), Community: "c1", Preset: key, Draft: d, Submit: true})
	roomtest.Must(g.T, err)
	g.lead(p.ID)
	p = must(g.PutForward(ctx, g.branch, p.ID))
	return projects.PickedLot{Project: p.ID, Revision: p.Plan.Revision}
}

// round is the form of a round of 50,000 yuan.
func (g *ground) round(lots ...projects.PickedLot) projects.PlanRound {
	return projects.PlanRound{ID: projects.RoundID(g.Token()), Community: "c1", Lots: lots, Terms: projects.Terms{
		Question: "自治金先做哪几件？", Money: 5_000_000, Rule: "greedy", OpensAt: g.In(day), ClosesAt: g.In(5 * day),
	}}
}

// planned plans a round of three projects that cost 20,000, 25,000.50 and 30,000 yuan.
func (g *ground) planned() (projects.Round, []projects.PickedLot) {
	g.T.Helper()
	key := g.byRound("rounds", 0)
	lots := []projects.PickedLot{g.waits(key, "小路", 2_000_000), g.waits(key, "车棚", 2_500_050), g.waits(key, "凉亭", 3_000_000)}
	r, err := g.PlanRound(g.T.Context(), g.staff, g.round(lots...))
	roomtest.Must(g.T, err)
	return r, lots
}

// follow gives the feed to the relay of rounds, as often as it likes.
func (g *ground) follow() {
	g.T.Helper()
	for range 2 {
		for _, e := range g.Events(projects.RoundPlanned, projects.SentBack, projects.CancelledBy) {
			roomtest.Must(g.T, g.FollowRound(g.T.Context(), e))
		}
	}
}

// linked fails the test unless exactly the lots stand, each linked to the number of its option, and the poll was drafted so.
func (g *ground) linked(id projects.RoundID, want ...projects.PickedLot) projects.RoundView {
	g.T.Helper()
	r, err := g.Round(g.T.Context(), g.staff, id)
	roomtest.Must(g.T, err)
	drafted := g.polls.drafted[id]
	if len(r.Lots) != len(want) || len(drafted.Lots) != len(want) {
		g.T.Fatalf("%d lots stand and %d were drafted, want %d: %+v", len(r.Lots), len(drafted.Lots), len(want), r.Dropped)
	}
	for i, x := range want {
		p := g.read(x.Project)
		if r.Lots[i].Project != x.Project || drafted.Lots[i].Project != x.Project || p.Poll == nil || p.Poll.Poll != string(id) || p.Poll.Option != i || *p.Poll.Round != *r.Ref() {
			g.T.Errorf("option %d: %+v, linked by %+v", i, r.Lots[i], p.Poll)
		}
	}
	return r
}

func (g *ground) ready(id projects.RoundID) error {
	var options []projects.RoundPoll
	for _, l := range g.polls.drafted[id].Lots {
		options = append(options, projects.RoundPoll{Project: l.Project, Cost: int64(l.Cost)})
	}
	return g.ReadyRound(g.T.Context(), string(id), options)
}

func TestARoundIsPlannedOnce(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	key := g.byRound("rounds", 0)
	lots := []projects.PickedLot{g.waits(key, "小路", 2_000_000), g.waits(key, "车棚", 2_500_050)}
	form := g.round(append(lots, lots[0])...) // one of them ticked twice
	for range 2 {
		r, err := g.PlanRound(ctx, g.staff, form)
		roomtest.Must(t, err)
		if r.State != projects.RoundDrafted || r.Year != 2026 || r.Number != 1 {
			t.Errorf("%s, %d of %d", r.State, r.Number, r.Year)
		}
	}
	g.linked(form.ID, lots...)
	roomtest.Must(t, g.ready(form.ID))
	_, err := g.PlanRound(ctx, g.colleague, form)
	roomtest.Refused(t, err, "project.token_taken")
	_, err = g.PlanRound(ctx, g.staff, g.round(lots...))
	roomtest.Refused(t, err, "project.round_lot") // they stand in another round
	more := []projects.PickedLot{g.waits(key, "凉亭", 1_000_000), g.waits(key, "长椅", 500_000)}
	second, err := g.PlanRound(ctx, g.staff, g.round(more...))
	if err != nil || second.Number != 2 {
		t.Errorf("the second is number %d, %v", second.Number, err)
	}
	g.polls.ballots[string(form.ID)] = projects.Ballot{Community: "c1", Options: 2, Budget: true, Binding: true}
	alone := g.waits(key, "路灯", 700_000)
	_, err = g.LinkPoll(ctx, g.staff, alone.Project, string(form.ID), 0)
	roomtest.Refused(t, err, "project.other_poll") // nobody slips in by hand
}

func TestWhatNoRoundTakes(t *testing.T) {
	t.Parallel()
	g := setup(t)
	key, other := g.byRound("rounds", 4_000_000), g.byRound("others", 0)
	a, b, c := g.waits(key, "小路", 2_000_000), g.waits(key, "车棚", 2_500_050), g.waits(other, "凉亭", 300_000)
	stale := a
	stale.Revision++
	early := g.propose(g.wang, key)
	for code, change := range map[string]func(*projects.PlanRound){
		"project.round_lots":     func(r *projects.PlanRound) { r.Lots = r.Lots[:1] },
		"project.round_mixed":    func(r *projects.PlanRound) { r.Lots = append(r.Lots, c) },
		"project.round_lot":      func(r *projects.PlanRound) { r.Lots[0] = stale },
		"project.not_found":      func(r *projects.PlanRound) { r.Lots[0].Project = "nobody" },
		"project.round_too_dear": func(r *projects.PlanRound) { r.Money = 2_500_049 },
		"project.round_money":    func(r *projects.PlanRound) { r.Money = -1 },
		"project.round_over_year": func(r *projects.PlanRound) {
			r.Money = 4_000_001
		},
		"project.round_turnout": func(r *projects.PlanRound) { r.Turnout = 1001 },
		"topic.bad_token":       func(r *projects.PlanRound) { r.ID = "x" },
	} {
		form := g.round(a, b)
		form.Money = 4_000_000
		change(&form)
		_, err := g.PlanRound(t.Context(), g.staff, form)
		roomtest.Refused(t, err, code)
	}
	form := g.round(a, projects.PickedLot{Project: early.ID, Revision: early.Plan.Revision})
	_, err := g.PlanRound(t.Context(), g.staff, form)
	roomtest.Refused(t, err, "project.round_lot")
	_, err = g.PlanRound(t.Context(), g.wang, g.round(a, b))
	roomtest.Refused(t, err, "identity.denied")
	if left := len(g.Events(projects.RoundPlanned, projects.PollLinked)); left > 0 {
		t.Errorf("%d steps were taken by what was refused", left)
	}
	form = g.round(a, b)
	form.Money = 3_000_000
	_, err = g.PlanRound(t.Context(), g.staff, form)
	roomtest.Must(t, err)
	if left, bounded, err := g.YearLeft(t.Context(), g.staff, "c1", key); err != nil || !bounded || left != 1_000_000 {
		t.Errorf("the year has %v left, %v", left, err)
	}
}

// mortal dies after some writes: from then on nothing is written.
type mortal struct {
	docstore.Store
	left int
}

var errDead = errors.New("the process is dead")

func (m *mortal) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	if m.left--; m.left < 0 {
		return 0, errDead
	}
	return m.Store.Put(ctx, w, events...)
}

// TestARoundSurvivesACrashAnywhere kills the planning after every number of writes and lets the relay, or the same form again, go on.
func TestARoundSurvivesACrashAnywhere(t *testing.T) {
	t.Parallel()
	deaths := 0
	for n := 0; ; n++ {
		g := setup(t)
		key := g.byRound("rounds", 0)
		lots := []projects.PickedLot{g.waits(key, "小路", 2_000_000), g.waits(key, "车棚", 2_500_050), g.waits(key, "凉亭", 3_000_000)}
		form := g.round(lots...)
		alive := g.Store.Store
		g.Store.Store = &mortal{alive, n}
		_, err := g.PlanRound(t.Context(), g.staff, form)
		g.Store.Store = alive
		if err == nil {
			break
		}
		if deaths++; !errors.Is(err, errDead) {
			t.Fatalf("after %d writes: %v", n, err)
		}
		if n%2 == 0 { // one of them goes before anybody comes by again
			must(t)(g.Cancel(t.Context(), g.secretary, lots[0].Project, "居民不要了"))
			lots = lots[1:]
		}
		if len(g.Events(projects.RoundPlanned)) == 0 {
			form.Lots = lots
			_, err = g.PlanRound(t.Context(), g.staff, form)
			roomtest.Must(t, err)
		}
		g.follow()
		g.linked(form.ID, lots...)
		roomtest.Must(t, g.ready(form.ID))
	}
	if deaths < 7 {
		t.Errorf("died %d times only", deaths)
	}
}

func TestARoundFollowsItsProjectsUntilItsOptionsStand(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	r, lots := g.planned()
	must(t)(g.SendBack(ctx, g.secretary, lots[0].Project, "再议"))
	g.follow()
	shown := g.linked(r.ID, lots[1:]...)
	if len(shown.Dropped) != 1 || shown.Dropped[0].Left != projects.LotBack {
		t.Errorf("dropped %+v", shown.Dropped)
	}
	roomtest.Must(t, g.ready(r.ID))
	must(t)(g.PutForward(ctx, g.branch, lots[0].Project))
	g.follow()
	g.linked(r.ID, lots[1:]...) // it comes too late for this one
	if p := g.read(lots[0].Project); p.Poll != nil {
		t.Errorf("it stands in %+v", p.Poll)
	}
	must(t)(g.Cancel(ctx, g.secretary, lots[1].Project, "不办了"))
	roomtest.Refused(t, g.ready(r.ID), "project.round_lots") // before the relay came by
	roomtest.Must(t, g.FollowPoll(ctx, string(r.ID), true))
	if x := g.at(lots[2].Project, preset.Deciding); x.Poll != nil {
		t.Error("the poll was given up and the project is linked still")
	}
	roomtest.Refused(t, g.ready(r.ID), "project.round_ended")
}

func TestOptionsThatStandAreKept(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	r, lots := g.planned()
	for _, phase := range []projects.PollPhase{projects.PollListed, projects.PollVoting, projects.PollOver} {
		g.polls.phases[string(r.ID)] = phase
		_, err := g.SendBack(ctx, g.secretary, lots[0].Project, "再议")
		roomtest.Refused(t, err, "project.in_round")
	}
	g.polls.phases[string(r.ID)] = projects.PollListed
	_, err := g.Cancel(ctx, g.secretary, lots[0].Project, "不办了")
	roomtest.Refused(t, err, "project.in_round")
	g.polls.phases[string(r.ID)] = projects.PollVoting
	must(t)(g.Cancel(ctx, g.secretary, lots[0].Project, "施工方案不合规"))
	g.follow()
	shown, err := g.Round(ctx, g.staff, r.ID)
	roomtest.Must(t, err)
	if len(shown.Lots) != 3 || shown.Lots[0].Left != projects.LotOver || shown.Lots[0].LeftAt.IsZero() {
		t.Errorf("%+v", shown.Lots)
	}
	if said := g.Events(projects.RoundLotLeft); len(said) != 1 {
		t.Errorf("the public is told %d times", len(said))
	}
	roomtest.Refused(t, g.ready(r.ID), "project.round_changed") // had it not been open yet, it would not open
	g.polls.phases[string(r.ID)] = projects.PollOver
	g.polls.verdicts[string(r.ID)] = projects.Verdict{Settled: true, Winners: []int{0, 1}, Count: counted(9, 5, 2)}
	roomtest.Must(t, g.FollowPoll(ctx, string(r.ID), false))
	g.at(lots[0].Project, preset.Cancelled) // whatever the count says
	g.at(lots[1].Project, preset.Noticing)
}

func counted(votes ...int) *projects.RoundCount {
	c := &projects.RoundCount{Ballots: 12, Money: 5_000_000, Spent: 4_500_050}
	for i, n := range votes {
		why := ""
		if i == len(votes)-1 {
			why = "did-not-fit"
		}
		c.Options = append(c.Options, projects.OptionCount{Votes: n, Why: why})
	}
	return c
}

func TestTheResultGoesToEveryProject(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		verdict projects.Verdict
		want    [3]preset.Stage
		state   projects.RoundState
	}{
		{"nothing yet", projects.Verdict{}, [3]preset.Stage{preset.Deciding, preset.Deciding, preset.Deciding}, projects.RoundDrafted},
		{"two of three", projects.Verdict{Settled: true, Winners: []int{0, 1}, Count: counted(9, 5, 2)}, [3]preset.Stage{preset.Noticing, preset.Noticing, preset.Declined}, projects.RoundDecided},
		{"nobody", projects.Verdict{Settled: true, Count: counted(0, 0, 0)}, [3]preset.Stage{preset.Declined, preset.Declined, preset.Declined}, projects.RoundDecided},
		{"too few came", projects.Verdict{Settled: true, Void: true, Count: counted(1, 0, 0)}, [3]preset.Stage{preset.Deciding, preset.Deciding, preset.Deciding}, projects.RoundVoid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g := setup(t)
			r, lots := g.planned()
			g.polls.verdicts[string(r.ID)] = tt.verdict
			for range 2 {
				roomtest.Must(t, g.FollowPoll(t.Context(), string(r.ID), false))
			}
			for i, want := range tt.want {
				x := g.at(lots[i].Project, want)
				switch {
				case want == preset.Noticing && (x.Decision.Amount != r.Lots[i].Cost || x.Decision.Chosen.Votes != tt.verdict.Count.Options[i].Votes || x.Decision.Chosen.Why != ""):
					t.Errorf("%s: %+v, %+v", x.Title, x.Decision, x.Decision.Chosen)
				case want == preset.Declined && (x.Decision.Chosen == nil || x.Decision.Chosen.Ballots != 12 || x.Decision.Rule != preset.ByBudget):
					t.Errorf("%s: %+v", x.Title, x.Decision)
				case tt.verdict.Void && x.Poll != nil:
					t.Errorf("%s is linked still", x.Title)
				}
			}
			shown, err := g.Round(t.Context(), g.staff, r.ID)
			if err != nil || shown.State != tt.state {
				t.Errorf("the round is %s, %v", shown.State, err)
			}
			waiting, err := g.AwaitingRound(t.Context(), g.staff, "c1")
			if free := len(waiting) == 1 && len(waiting[0].Projects) == 3; err != nil || free != tt.verdict.Void {
				t.Errorf("waiting for another round: %+v, %v", waiting, err)
			}
		})
	}
}

// TestARoundThatCannotBeDraftedLetsItsProjectsGo: whoever planned it may not hold polls any more.
func TestARoundThatCannotBeDraftedLetsItsProjectsGo(t *testing.T) {
	t.Parallel()
	g := setup(t)
	key := g.byRound("rounds", 0)
	lots := []projects.PickedLot{g.waits(key, "小路", 2_000_000), g.waits(key, "车棚", 2_500_050)}
	g.polls.fault = fmt.Errorf("away: %w", errDead)
	form := g.round(lots...)
	_, err := g.PlanRound(t.Context(), g.staff, form)
	if !errors.Is(err, errDead) {
		t.Fatalf("the draft failed with %v", err)
	}
	g.polls.fault = fault.New(fault.Denied, "identity.denied")
	g.follow()
	r, err := g.Round(t.Context(), g.staff, form.ID)
	if err != nil || r.State != projects.RoundFailed || r.Fault != "identity.denied" || r.Public() {
		t.Errorf("%s by %q, %v", r.State, r.Fault, err)
	}
	g.polls.fault = nil
	g.Clock.Advance(time.Minute)
	again := g.round(lots...)
	if _, err := g.PlanRound(t.Context(), g.staff, again); err != nil {
		t.Fatal(err)
	}
	g.linked(again.ID, lots...)
}
