package projects_test

import (
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/projects"
	"jushou/projects/preset"
)

// answering is a proposal for a call, not submitted.
func (g *ground) answering(call string) (projects.Project, error) {
	return g.Propose(g.T.Context(), g.wang, projects.Propose{ID: projects.ID(g.Token()), Community: "c1", Preset: "jushou", Call: call, Draft: draft()})
}

func TestAProposalForACall(t *testing.T) {
	t.Parallel()
	g := setup(t)
	g.calls["open"], g.calls["over"] = true, false
	p, err := g.answering("open")
	roomtest.Must(t, err)
	if p.Preset.Key != "chuangtou" || p.Origin.Kind != projects.FromCall || p.Origin.Call != "open" {
		t.Errorf("carried by %s, from %+v", p.Preset.Key, p.Origin)
	}
	_, err = g.answering("over")
	roomtest.Refused(t, err, "project.call_over")
	_, err = g.answering("nothing")
	roomtest.Refused(t, err, "project.no_call")

	other, err := g.answering("")
	roomtest.Must(t, err)
	found, _, err := g.ForCall(t.Context(), g.wang, "c1", "open", "")
	if err != nil || len(found) != 1 || found[0].ID != p.ID {
		t.Fatalf("%d answers, %v; %s is none", len(found), err, other.ID)
	}
	if seen, _, err := g.ForCall(t.Context(), g.zhao, "c1", "open", ""); err != nil || len(seen) != 0 {
		t.Errorf("a neighbour sees %d that are not submitted, %v", len(seen), err)
	}
	if _, _, err := g.ForCall(t.Context(), g.sun, "c1", "open", ""); err == nil {
		t.Error("somebody from elsewhere sees the answers")
	}
}

// TestACallThatClosesMeanwhile: a draft of yesterday is late today; what the check returned was in time.
func TestACallThatClosesMeanwhile(t *testing.T) {
	t.Parallel()
	g := setup(t)
	g.calls["open"] = true
	ctx := t.Context()
	late, err := g.answering("open")
	roomtest.Must(t, err)
	timely, err := g.answering("open")
	roomtest.Must(t, err)
	timely = must(t)(g.Submit(ctx, g.wang, timely.ID))
	g.calls["open"] = false

	_, err = g.Submit(ctx, g.wang, late.ID)
	roomtest.Refused(t, err, "project.call_over")
	must(t)(g.Return(ctx, g.staff, timely.ID, "请把预算写细一点"))
	if again := must(t)(g.Submit(ctx, g.wang, timely.ID)); again.Stage != preset.Checking {
		t.Errorf("stands at %s", again.Stage)
	}
}

func TestPointsOfAJury(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		sheets []projects.Sheet
		tenths int
		judged bool
	}{
		"no jury":    {nil, 0, false},
		"one":        {[]projects.Sheet{{Points: []int{20, 25, 15}}}, 600, true},
		"a third":    {[]projects.Sheet{{Points: []int{70}}, {Points: []int{70}}, {Points: []int{71}}}, 703, true},
		"nothing":    {[]projects.Sheet{{Points: []int{0}}, {Points: []int{0}}}, 0, true},
		"everything": {[]projects.Sheet{{Points: []int{60, 40}}, {Points: []int{60, 40}}}, 1000, true},
	} {
		if tenths, judged := (projects.Decision{Sheets: tt.sheets}).Points(); tenths != tt.tenths || judged != tt.judged {
			t.Errorf("%s: %d tenths, judged %v", name, tenths, judged)
		}
	}
}
