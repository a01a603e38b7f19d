package projects_test

import (
	"context"
	"errors"
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// ending is a store under a process that ends when it wants to write a project: the write does not happen, nor does anything after it.
type ending struct{ docstore.Store }

var errEnded = errors.New("the process has ended")

func (s ending) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	if w.Kind == projects.ProjectKind {
		return 0, errEnded
	}
	return s.Store.Put(ctx, w, events...)
}

// taken is what the year of the easy preset has lost.
func (g *ground) taken() money.Fen {
	g.T.Helper()
	e, err := g.Year(g.T.Context(), g.secretary, "c1", "easy")
	roomtest.Must(g.T, err)
	return e.Sum()
}

// swept lets the grace of a step pass and the sweep look.
func (g *ground) swept() {
	g.T.Helper()
	g.Clock.Set(g.Clock.Now().Add(projects.HoldGrace))
	for range 2 {
		_, err := g.Keep(g.T.Context())
		roomtest.Must(g.T, err)
	}
}

// followed gives the feed to the relays of the envelope, twice.
func (g *ground) followed() {
	g.T.Helper()
	for range 2 {
		for _, e := range g.Events(projects.Established) {
			roomtest.Must(g.T, g.FollowEstablished(g.T.Context(), e))
		}
		for _, e := range g.Events(projects.VariationApproved) {
			roomtest.Must(g.T, g.FollowVariation(g.T.Context(), e))
		}
	}
}

func TestASumTakenForWhatDidNotHappenGoesBackByItself(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	ends := g.on(ending{g.Store})
	key := g.easy(func(p *preset.Preset) { p.Caps.Works, p.Envelope = 3_000_000, 2_800_000 })
	id := g.propose(g.wang, key).ID
	g.lead(id)
	g.notice(id)
	g.Clock.Set(g.read(id).Notice().DueAt)

	if _, err := ends.Establish(ctx, g.secretary, id); !errors.Is(err, errEnded) {
		t.Fatalf("the process goes on: %v", err)
	}
	if got := g.taken(); got != 2_400_000 {
		t.Fatalf("between the two steps the year has lost %s", got)
	}
	_, err := g.Keep(ctx)
	roomtest.Must(t, err)
	if got := g.taken(); got != 2_400_000 {
		t.Errorf("given back before the step had its time: %s", got)
	}
	g.swept()
	if got := g.taken(); got != 0 {
		t.Errorf("the year still lacks %s", got)
	}

	// Once more, and now it happens: neither the sweep nor the relay changes anything of that.
	must(t)(g.Establish(ctx, g.secretary, id))
	g.swept()
	g.followed()
	g.swept()
	if got := g.taken(); got != 2_400_000 {
		t.Errorf("of an established project the year has lost %s", got)
	}

	token, err := g.varies(id, 300_000, 0)
	roomtest.Must(t, err)
	if _, err := ends.ApproveVariation(ctx, g.secretary, id, token, ""); !errors.Is(err, errEnded) {
		t.Fatalf("the process goes on: %v", err)
	}
	if got := g.taken(); got != 2_700_000 {
		t.Fatalf("between the two steps the year has lost %s", got)
	}
	g.swept()
	if got := g.taken(); got != 2_400_000 {
		t.Errorf("the variation was not approved, and the year has lost %s", got)
	}
	must(t)(g.ApproveVariation(ctx, g.secretary, id, token, ""))
	g.swept()
	if got := g.taken(); got != 2_700_000 {
		t.Errorf("of an approved variation the year has lost %s", got)
	}
}

// TestAStepThatTookItsTimeIsTaken lets the sweep give back what a slow process then uses after all: the relay takes it again.
func TestAStepThatTookItsTimeIsTaken(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.propose(g.wang, g.easy(func(p *preset.Preset) { p.Envelope = 2_800_000 })).ID
	g.lead(id)
	g.notice(id)
	g.Clock.Set(g.read(id).Notice().DueAt)
	slow := &slowly{Store: g.Store, before: g.swept}
	must(t)(g.on(slow).Establish(t.Context(), g.secretary, id))
	if got := g.taken(); got != 0 {
		t.Fatalf("the sweep has not given it back: %s", got)
	}
	g.followed()
	g.swept()
	if got := g.taken(); got != 2_400_000 {
		t.Errorf("the year has lost %s", got)
	}
}

// slowly is a store that lets something else happen before it writes a project.
type slowly struct {
	docstore.Store
	before func()
}

func (s *slowly) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	if w.Kind == projects.ProjectKind {
		s.before()
	}
	return s.Store.Put(ctx, w, events...)
}
