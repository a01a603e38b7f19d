package bulletin_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// reachable plays every sequence of up to depth steps under the rule and collects the steps between states.
func reachable(b bulletin.Bulletin, r bulletin.Rule, depth int, seen map[string]bool) {
	if depth == 0 {
		return
	}
	writer, second := deliberation.Author{Account: "w", Name: "w"}, deliberation.Author{Account: "s", Name: "s"}
	for _, step := range []func(*bulletin.Bulletin) ([]docstore.Fact, error){
		func(b *bulletin.Bulletin) ([]docstore.Fact, error) {
			return b.Edit(writer, bulletin.Text{Urgency: b.Urgency}, b.Revision, noon)
		},
		func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Submit(writer, r, noon) },
		func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Approve(writer, b.Revision, noon) },
		func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Approve(second, b.Revision, noon) },
		func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Return(second, "错字", noon) },
		func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Withdraw(writer, "日期写错", noon) },
		func(b *bulletin.Bulletin) ([]docstore.Fact, error) { return b.Discard(writer, noon) },
	} {
		next := b
		if _, err := step(&next); err == nil {
			seen[string(b.Status)+" --> "+string(next.Status)] = true
			reachable(next, r, depth-1, seen)
		}
	}
}

func TestTheDrawingIsTheMachine(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/bulletin.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn, played := map[string]bool{}, map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^    (\w+ --> \w+)`).FindAllSubmatch(text, -1) {
		drawn[string(line[1])] = true
	}
	draft := bulletin.Bulletin{Status: bulletin.Draft, Urgency: bulletin.Urgent, Writers: []identity.AccountID{"w"}}
	for _, r := range []bulletin.Rule{{}, {Review: community.ReviewOff}, {UrgentFirst: true}} {
		reachable(draft, r, 5, played)
	}
	for _, step := range slices.Sorted(maps.Keys(played)) {
		if !drawn[step] {
			t.Errorf("not drawn: %s", step)
		}
	}
	for _, step := range slices.Sorted(maps.Keys(drawn)) {
		if !played[step] {
			t.Errorf("drawn but impossible: %s", step)
		}
	}
	if len(played) < 9 {
		t.Fatalf("played only %d steps", len(played))
	}
}
