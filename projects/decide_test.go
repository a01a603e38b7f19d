package projects_test

import (
	"slices"
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

func TestWhoDecidesIsTheRuleAlone(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	record := func(id projects.ID, d projects.RecordDecision) error {
		d.Project, d.Minutes = id, "会议记录"
		_, err := g.RecordDecision(ctx, g.secretary, d)
		return err
	}
	council, _ := preset.BuiltinOf("weishishi")
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Decision = council.Decision })).ID
	g.lead(id)
	must(t)(g.PutForward(ctx, g.branch, id))
	roomtest.Refused(t, record(id, projects.RecordDecision{Rule: preset.BySecretary, Approved: true}), "project.other_rule")
	roomtest.Refused(t, record(id, projects.RecordDecision{Rule: preset.ByCouncil, Approved: true}), "project.bad_council_vote")
	roomtest.Refused(t, record(id, projects.RecordDecision{Rule: preset.ByCouncil, Council: &projects.CouncilVote{Members: 20, Present: 15, For: 10, Against: 6}}), "project.bad_council_vote")
	_, err := g.LinkPoll(ctx, g.staff, id, "p", 0)
	if fault.CodeOf(err) != "project.no_poll" {
		t.Errorf("a poll for a council: %v", err)
	}
	// Thirteen of twenty are less than two thirds: the council did not decide, whatever the form says.
	roomtest.Must(t, record(id, projects.RecordDecision{Rule: preset.ByCouncil, Approved: true, Council: &projects.CouncilVote{Members: 20, Present: 13, For: 13}}))
	if v := g.read(id); v.Stage != preset.Declined || v.Decision.Approved {
		t.Errorf("%s by %+v", v.Stage, v.Decision)
	}
}

func TestAJuryDecidesByItsPoints(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	bid := g.propose(g.wang, "chuangtou")
	must(t)(g.Pass(ctx, g.staff, bid.ID))
	_, err := g.PutForward(ctx, g.wang, bid.ID)
	roomtest.Refused(t, err, "project.paper_missing")
	for _, key := range []string{"bid", "budget"} {
		must(t)(g.AttachPaper(ctx, g.wang, bid.ID, key, photo(g)))
	}
	must(t)(g.PutForward(ctx, g.wang, bid.ID))
	sheets := []projects.Sheet{{Juror: "甲", Points: []int{20, 20, 15, 15, 5}}, {Juror: "乙", Points: []int{20, 20, 15, 10, 5}}}
	_, err = g.RecordDecision(ctx, g.secretary, projects.RecordDecision{Project: bid.ID, Rule: preset.ByJury, Minutes: "评审会", Sheets: sheets})
	roomtest.Refused(t, err, "project.bad_sheets")
	sheets = append(sheets, projects.Sheet{Juror: "丙", Points: []int{15, 20, 15, 10, 5}})
	must(t)(g.RecordDecision(ctx, g.secretary, projects.RecordDecision{Project: bid.ID, Rule: preset.ByJury, Minutes: "评审会", Sheets: sheets}))
	g.at(bid.ID, preset.Noticing) // 75, 70 and 65 are 70 in the mean
}

func TestAPollDecides(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		verdict projects.Verdict
		want    preset.Stage
	}{
		{"not published", projects.Verdict{}, preset.Deciding},
		{"passed", projects.Verdict{Settled: true, Winners: []int{0}}, preset.Noticing},
		{"failed", projects.Verdict{Settled: true}, preset.Declined},
		{"too few came", projects.Verdict{Settled: true, Void: true}, preset.Deciding},
	} {
		g := setup(t)
		ctx := t.Context()
		id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Decision = preset.Decision{Rule: preset.ByPoll} })).ID
		g.lead(id)
		must(t)(g.PutForward(ctx, g.branch, id))
		fit := projects.Ballot{Community: "c1", Options: 2, Binding: true}
		for code, b := range map[string]projects.Ballot{
			"project.no_poll":      {Community: "c2", Options: 2, Binding: true},
			"project.other_poll":   {Community: "c1", Options: 2},
			"project.bad_option":   {Community: "c1", Binding: true},
			"project.poll_decided": {Community: "c1", Options: 2, Binding: true, Decided: true},
		} {
			g.polls.ballots[code] = b
			_, err := g.LinkPoll(ctx, g.staff, id, code, 0)
			roomtest.Refused(t, err, code)
		}
		g.polls.ballots["fit"], g.polls.ballots["other"] = fit, fit
		must(t)(g.LinkPoll(ctx, g.staff, id, "fit", 0))
		_, err := g.LinkPoll(ctx, g.staff, id, "other", 0)
		roomtest.Refused(t, err, "project.poll_linked")
		g.polls.verdicts["fit"] = tt.verdict
		for range 2 {
			roomtest.Must(t, g.FollowPoll(ctx, "fit", false))
		}
		v := g.at(id, tt.want)
		if tt.verdict.Void && v.Poll != nil {
			t.Errorf("%s: still linked", tt.name)
		}
	}
}

func TestTheYearHoldsTheSum(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	key := g.easy(func(p *preset.Preset) { p.Envelope = 4_000_000 })
	var ids []projects.ID
	for range 2 {
		id := g.propose(g.wang, key).ID
		g.lead(id)
		g.notice(id)
		ids = append(ids, id)
	}
	g.To("2026-03-20 10:00")
	done := make(chan error, len(ids))
	for _, id := range ids {
		go func() { _, err := g.Establish(ctx, g.secretary, id); done <- err }()
	}
	var refused []error
	for range ids {
		if err := <-done; err != nil {
			refused = append(refused, err)
		}
	}
	if len(refused) != 1 || fault.CodeOf(refused[0]) != "project.over_envelope" {
		t.Errorf("of two projects for one sum: %v", refused)
	}
	if year, err := g.Year(ctx, g.wang, "c1", key); err != nil || year.Sum() != 2_400_000 {
		t.Errorf("the year holds %v, %v", year, err)
	}
}

func TestARunningProjectKeepsItsVersion(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	key := g.easy(nil)
	id := g.propose(g.wang, key).ID
	next, err := g.Presets(ctx, g.secretary, "c1")
	roomtest.Must(t, err)
	changed := next[slices.IndexFunc(next, func(p preset.Preset) bool { return p.Key == key })]
	changed.Notice.Days = 30
	saved, err := g.SavePreset(ctx, g.secretary, "c1", changed)
	if err != nil || saved.Version != 2 {
		t.Fatalf("version %d, %v", saved.Version, err)
	}
	_, err = g.SavePreset(ctx, g.secretary, "c1", changed)
	roomtest.Refused(t, err, "preset.stale")
	if v := g.read(id); v.Preset.Version != 1 || v.Preset.Notice.Days != 3 {
		t.Errorf("the project goes by version %d", v.Preset.Version)
	}
	if p := g.propose(g.wang, key); p.Preset.Version != 2 {
		t.Errorf("a new one goes by version %d", p.Preset.Version)
	}
	_, err = g.SavePreset(ctx, g.staff, "c1", changed)
	roomtest.Refused(t, err, identity.ErrDenied.Code)
	town, _ := preset.BuiltinOf("jushou")
	town.Envelope = 1
	if _, err := g.SavePreset(ctx, g.town, "t", town); err != nil {
		t.Fatal(err)
	}
	if p := g.propose(g.wang, "jushou"); p.Preset.Envelope != 1 || p.Preset.Version != 2 {
		t.Errorf("the town's preset does not hold: %+v", p.Preset)
	}
}
