package projects_test

import (
	"slices"
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

func TestWhoHasLeftIsToldNothing(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	id := g.judged()
	for _, who := range []identity.Actor{g.qian, g.zhao} {
		roomtest.Must(t, g.Follow(ctx, who, id, true))
		roomtest.Must(t, g.rates(who, id, 4, ""))
	}
	told := func(want ...identity.AccountID) {
		t.Helper()
		followers, err := g.Followers(ctx, id)
		roomtest.Must(t, err)
		raters, err := g.Raters(ctx, id)
		roomtest.Must(t, err)
		concerned, _, err := g.Concerned(ctx, id)
		roomtest.Must(t, err)
		for name, all := range map[string][]identity.AccountID{"followers": followers, "raters": raters, "concerned": concerned} {
			slices.Sort(all)
			if all = slices.Compact(all); !slices.Equal(all, want) {
				t.Errorf("%s: %v, want %v", name, all, want)
			}
		}
	}
	told("qian", "zhao")
	// The standing is gone before the feed tells of it.
	g.who["zhao"] = identity.Actor{ID: "zhao", Masked: "赵**"}
	told("qian")
	g.leaves(g.zhao)
	told("qian")
	if n, err := g.CountFollowers(ctx, id); err != nil || n != 1 {
		t.Errorf("%d follow, %v", n, err)
	}
	// A membership that staff took away is the same, and a move within the community is not.
	moving := g.qian
	moving.Memberships = slices.Clone(moving.Memberships)
	moving.Memberships[0].Status = identity.MemberPending
	g.changes(moving, identity.EventLeft)
	told()
	g.changes(g.qian, identity.EventVerified)
	if n, err := g.CountFollowers(ctx, id); err != nil || n > 1 {
		t.Errorf("%d follow, %v", n, err)
	}
}

func TestALeadIsReplacedWhileTheWorkIsJudgedAndSettled(t *testing.T) {
	t.Parallel()
	for _, at := range []preset.Stage{preset.Rating, preset.Settling} {
		g := setup(t)
		ctx := t.Context()
		id := g.built(0)
		roomtest.Must(t, g.Put(ctx, id, at))
		must(t)(g.LeaveLead(ctx, g.branch, id, "调走了"))
		if told := g.Events(projects.LeadLeft); len(told) != 1 {
			t.Errorf("%s: told %d times", at, len(told))
		}
		hand := g.Token()
		must(t)(g.RaiseHand(ctx, g.second, projects.RaiseHand{ID: hand, Project: id, Bring: "接着办完"}))
		_, err := g.ReplaceLead(ctx, g.staff, id, hand, "由二支部接手")
		roomtest.Refused(t, err, identity.ErrDenied.Code)
		_, err = g.ReplaceLead(ctx, g.secretary, id, hand, "")
		roomtest.Refused(t, err, "project.no_reason")
		p := must(t)(g.ReplaceLead(ctx, g.secretary, id, hand, "由二支部接手"))
		last := p.History[len(p.History)-1]
		if p.LeadAccount() != "tang" || last.What != projects.LeadReplaced || last.Reason != "由二支部接手" || last.Actor != "chen" || p.Stage != at {
			t.Errorf("%s: led by %q, history ends with %+v", at, p.LeadAccount(), last)
		}
		signed(t, p)
		_, err = g.LeaveLead(ctx, g.branch, id, "再退一次")
		roomtest.Refused(t, err, "project.not_lead")
		if at == preset.Settling {
			roomtest.Must(t, g.states(g.second, id, "接手后核对过"))
		}
	}
}

func TestALeadWhoseStandingEndsLeavesAVacancy(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.judged()
	g.leaves(g.branch)
	v := g.read(id)
	if v.Lead != nil || len(v.Leads) != 1 || v.Raised() != nil && len(v.Raised()) > 0 {
		t.Fatalf("led by %+v, before by %+v, hands %+v", v.Lead, v.Leads, v.Raised())
	}
	if told := g.Events(projects.LeadLeft); len(told) != 1 {
		t.Errorf("told %d times", len(told))
	}
	signed(t, v.Project)
}

// TestAProposerWhoMovesAwayHoldsNothingUp: the work would wait for their word for ever.
func TestAProposerWhoMovesAwayHoldsNothingUp(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.built(1)
	g.names(id, g.zhao)
	roomtest.Must(t, g.says(g.zhao, id, true, ""))
	g.at(id, preset.Accepting)
	g.leaves(g.wang)
	v := g.at(id, preset.Rating)
	if left := g.Events(projects.ProposerLeft); len(left) != 1 {
		t.Errorf("told %d times", len(left))
	}
	if v.ProposerLeft.IsZero() {
		t.Error("not recorded")
	}
	g.changes(g.wang, identity.EventVerified)
	if v := g.read(id); !v.ProposerLeft.IsZero() {
		t.Error("who is back is not the proposer again")
	}
}

func TestWatchersAndRepresentativesWhoMoveAwayAreReplaced(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.built(1)
	g.watches(id, g.qian)
	g.names(id, g.zhao)
	g.leaves(g.zhao)
	g.leaves(g.qian)
	v := g.at(id, preset.Accepting)
	if len(v.Representing()) != 0 || len(v.NamedSupervisors()) != 0 || len(v.Judged().Volunteers) != 0 {
		t.Errorf("represented by %+v, watched by %+v", v.Representing(), v.NamedSupervisors())
	}
	if n := len(g.Events(projects.RepEnded)); n != 1 {
		t.Errorf("told %d times that one is to be named", n)
	}
	g.names(id, g.neighbour(1))
}
