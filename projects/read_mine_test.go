package projects_test

import (
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/identity"
	"jushou/projects"
)

func TestWhatSomebodyHasToDoWith(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	key := g.easy(nil)
	led := g.propose(g.wang, key).ID
	g.lead(led) // by the branch; zhao endorses
	own := g.propose(g.branch, key).ID
	roomtest.Must(t, g.Follow(ctx, g.qian, led, true))
	roomtest.Must(t, g.Follow(ctx, g.branch, led, true)) // stands among what it carries already
	for name, tt := range map[string]struct {
		who                         identity.Actor
		carries, proposed, supports []projects.ID
	}{
		"who proposed":   {who: g.wang, proposed: []projects.ID{led}},
		"who endorsed":   {who: g.zhao, supports: []projects.ID{led}},
		"who follows":    {who: g.qian, supports: []projects.ID{led}},
		"who carries it": {who: g.branch, carries: []projects.ID{led}, proposed: []projects.ID{own}},
		"somebody else":  {who: g.sun},
	} {
		m, err := g.Mine(ctx, tt.who)
		roomtest.Must(t, err)
		if !only(m.Carries, tt.carries) || !only(m.Proposed, tt.proposed) || !only(m.Supports, tt.supports) {
			t.Errorf("%s: carries %d, proposed %d, supports %d", name, len(m.Carries), len(m.Proposed), len(m.Supports))
		}
	}
	roomtest.Must(t, g.Follow(ctx, g.qian, led, false))
	if m, err := g.Mine(ctx, g.qian); err != nil || !m.None() {
		t.Errorf("who follows no longer has %+v, %v", m, err)
	}
	_, err := g.Mine(ctx, identity.Actor{})
	roomtest.Refused(t, err, identity.ErrSignIn.Code)
}

func only(got []projects.View, want []projects.ID) bool {
	for i := range got {
		if i >= len(want) || got[i].ID != want[i] {
			return false
		}
	}
	return len(got) == len(want)
}
