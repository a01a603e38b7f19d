package app

import (
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

func TestWhatAProjectAllowsTheAccounts(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	by := func(id identity.AccountID) deliberation.Author { return deliberation.Author{Account: id} }
	p := projects.Project{
		ID: "rack", Title: "晾衣架", Approved: 500, Proposer: by("wang"), Lead: &projects.Lead{By: by("zhi")},
		Partners: []projects.Partner{{By: by("asked")}, {By: by("lin"), AgreedAt: day}, {By: by("left"), AgreedAt: day, LeftAt: day}},
	}
	tried := 0
	for _, stage := range slices.Concat(preset.Stages(), preset.Endings()) {
		for _, since := range []time.Time{{}, day} {
			p.Stage, p.EstablishedAt = stage, since
			g := granted(p)
			allots := !since.IsZero() && (stage == preset.Established || stage == preset.Working)
			pays := !since.IsZero() && stage != preset.Archived
			if g.Allocate != allots || g.Pay != pays {
				t.Errorf("%s, established %v: allots %v, pays %v", stage, !since.IsZero(), g.Allocate, g.Pay)
			}
			tried++
		}
	}
	g := granted(p)
	if tried < 20 || g.ID != "rack" || g.Title != "晾衣架" || g.Approved != 500 || !slices.Equal(g.Own, []identity.AccountID{"wang", "lin", "zhi"}) {
		t.Errorf("%d stages, %+v", tried, g)
	}
}
