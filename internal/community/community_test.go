package community_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// flaky is a store that counts what is asked and can stop answering.
type flaky struct {
	docstore.Store
	heads, finds atomic.Int64
	down         atomic.Bool
}

func (f *flaky) Head(ctx context.Context, scope string) (int64, error) {
	f.heads.Add(1)
	if f.down.Load() {
		return 0, docstore.ErrUnavailable
	}
	return f.Store.Head(ctx, scope)
}

func (f *flaky) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	f.finds.Add(1)
	if f.down.Load() {
		return docstore.Page{}, docstore.ErrUnavailable
	}
	return f.Store.Find(ctx, q)
}

func newStore(t *testing.T) *flaky {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "db"), docstore.Schema(community.Collections()), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &flaky{Store: store}
}

func save(t *testing.T, p community.Places, n community.Node, err error) community.Node {
	t.Helper()
	if err == nil {
		err = p.SaveNode(t.Context(), n, "system:test", noon)
	}
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// plant makes bs › ld › ld-01, ld-02 and bs › gc.
func plant(t *testing.T, p community.Places) community.Node {
	t.Helper()
	bs, err := community.NewDistrict("bs", "宝山区")
	save(t, p, bs, err)
	ld, err := bs.Below("ld", "罗店镇")
	save(t, p, ld, err)
	gc, err := bs.Below("gc", "顾村镇")
	save(t, p, gc, err)
	for _, id := range []community.ID{"ld-02", "ld-01"} {
		c, err := ld.Below(id, "居民区")
		save(t, p, c, err)
	}
	return ld
}

func ids(nodes []community.Node) (out []community.ID) {
	for _, n := range nodes {
		out = append(out, n.ID)
	}
	return out
}

func TestTheDirectoryKnowsTheTree(t *testing.T) { // not parallel: it counts allocations
	store := newStore(t)
	plant(t, community.NewPlaces(store))
	d := community.NewDirectory(store, clock.Standing(noon))
	ctx := t.Context()
	for under, want := range map[community.ID][]community.ID{
		"": {"ld-01", "ld-02"}, "bs": {"ld-01", "ld-02"}, "ld": {"ld-01", "ld-02"}, "ld-01": {"ld-01"}, "gc": nil, "nowhere": nil,
	} {
		if got, err := d.Communities(ctx, under); err != nil || !slices.Equal(ids(got), want) {
			t.Errorf("Communities(%q) = %v, %v", under, ids(got), err)
		}
	}
	if p, err := d.Path(ctx, "ld-01"); err != nil || !slices.Equal(ids(p), []community.ID{"bs", "ld", "ld-01"}) {
		t.Errorf("Path = %v, %v", ids(p), err)
	}
	n, err := d.Node(ctx, "ld-01")
	if err != nil || n.Level != community.LevelCommunity || !n.Within("bs") || n.Within("gc") {
		t.Errorf("Node = %+v, %v", n, err)
	}
	if _, err := d.Node(ctx, "nowhere"); !errors.Is(err, community.ErrNoNode) {
		t.Errorf("nowhere: %v", err)
	}
	if top, err := d.Districts(ctx); err != nil || !slices.Equal(ids(top), []community.ID{"bs"}) {
		t.Errorf("Districts = %v, %v", ids(top), err)
	}
	if allocs := testing.AllocsPerRun(100, func() { n, err = d.Node(ctx, "ld-01") }); allocs != 0 {
		t.Errorf("a look-up makes %v allocations", allocs)
	}
}

func TestAChangeElsewhereShowsInTwoSeconds(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	places := community.NewPlaces(store)
	ld := plant(t, places)
	real := clock.Standing(noon)
	d := community.NewDirectory(store, real)
	if _, err := d.Node(t.Context(), "ld"); err != nil {
		t.Fatal(err)
	}
	finds := store.finds.Load()
	real.Advance(3 * time.Second)
	if _, err := d.Node(t.Context(), "ld"); err != nil || store.finds.Load() != finds {
		t.Errorf("an unchanged tree was read again: %v", err)
	}
	c, err := ld.Below("ld-03", "新居民区")
	save(t, places, c, err)
	if _, err := d.Node(t.Context(), "ld-03"); !errors.Is(err, community.ErrNoNode) {
		t.Errorf("read before the two seconds: %v", err)
	}
	real.Advance(2 * time.Second)
	if _, err := d.Node(t.Context(), "ld-03"); err != nil {
		t.Errorf("after two seconds: %v", err)
	}
	c, err = ld.Below("ld-04", "又一个")
	save(t, places, c, err)
	if err := d.Follow(t.Context(), docstore.Event{Doc: docstore.Key{Kind: community.KindNode, ID: "ld-04"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Node(t.Context(), "ld-04"); err != nil {
		t.Errorf("after the event: %v", err)
	}
}

func TestTheTreeOutlivesAShortOutage(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	plant(t, community.NewPlaces(store))
	real := clock.Standing(noon)
	d := community.NewDirectory(store, real)
	if _, err := d.Node(t.Context(), "ld"); err != nil {
		t.Fatal(err)
	}
	store.down.Store(true)
	real.Advance(3 * time.Second)
	heads := store.heads.Load()
	for range 50 {
		if _, err := d.Node(t.Context(), "ld"); err != nil {
			t.Fatalf("during a short outage: %v", err)
		}
	}
	if n := store.heads.Load() - heads; n != 1 {
		t.Errorf("asked a store that is down %d times in one moment", n)
	}
	real.Advance(6 * time.Minute)
	if _, err := d.Node(t.Context(), "ld"); !errors.Is(err, docstore.ErrUnavailable) {
		t.Errorf("after six minutes: %v", err)
	}
	store.down.Store(false)
	real.Advance(3 * time.Second)
	if _, err := d.Node(t.Context(), "ld"); err != nil {
		t.Errorf("after the outage: %v", err)
	}
}

func TestAStoreThatNeverAnsweredIsAnError(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	store.down.Store(true)
	d := community.NewDirectory(store, clock.Standing(noon))
	if _, err := d.Node(t.Context(), "ld"); !errors.Is(err, docstore.ErrUnavailable) {
		t.Errorf("a failed read became %v", err)
	}
}

func TestManyReadersWhileTheTreeChanges(t *testing.T) {
	t.Parallel()
	store := newStore(t)
	places := community.NewPlaces(store)
	ld := plant(t, places)
	real := clock.Standing(noon)
	d := community.NewDirectory(store, real)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if n, err := d.Node(t.Context(), "ld"); err != nil || n.ID != "ld" {
					t.Errorf("%+v, %v", n, err)
				}
			}
		})
	}
	for range 5 {
		if err := places.SaveNode(t.Context(), ld, "system:test", noon); err != nil {
			t.Error(err)
		}
		real.Advance(3 * time.Second)
	}
	wg.Wait()
}

func TestNodesGrowOnlyDownwards(t *testing.T) {
	t.Parallel()
	bs, err := community.NewDistrict("bs", " 宝山区 ")
	if err != nil || bs.Name != "宝山区" {
		t.Fatalf("%+v, %v", bs, err)
	}
	ld, _ := bs.Below("ld", "罗店镇")
	c, _ := ld.Below("ld-01", "居民区")
	for name, make := range map[string]func() (community.Node, error){
		"below a community": func() (community.Node, error) { return c.Below("x", "某") },
		"its own ancestor":  func() (community.Node, error) { return ld.Below("bs", "某") },
		"upper case":        func() (community.Node, error) { return bs.Below("LD", "某") },
		"a dot":             func() (community.Node, error) { return bs.Below("l.d", "某") },
		"an id too long":    func() (community.Node, error) { return bs.Below(community.ID(strings.Repeat("a", 25)), "某") },
		"no id":             func() (community.Node, error) { return bs.Below("", "某") },
		"no name":           func() (community.Node, error) { return bs.Below("x", "  ") },
		"a name too long":   func() (community.Node, error) { return bs.Below("x", strings.Repeat("名", 41)) },
	} {
		if n, err := make(); err == nil {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

func TestRoundTimes(t *testing.T) {
	t.Parallel()
	var s community.Settings
	if got := s.RoundTimes(); !slices.Equal(got, []string{"09:00", "14:00", "20:00"}) {
		t.Errorf("defaults %v", got)
	}
	s, err := s.WithRounds([]string{"14:00", "8:05"}, false)
	if err != nil || s.PolicyVersion != 1 || !slices.Equal(s.RoundTimes(), []string{"08:05", "14:00"}) {
		t.Errorf("%+v, %v", s, err)
	}
	if same, err := s.WithRounds([]string{"08:05", "14:00"}, false); err != nil || same.PolicyVersion != 1 {
		t.Errorf("the same again: %+v, %v", same, err)
	}
	if back, err := s.WithRounds(nil, false); err != nil || back.PolicyVersion != 2 || len(back.RoundTimes()) != 3 {
		t.Errorf("back to the defaults: %+v, %v", back, err)
	}
	for _, bad := range [][]string{{"24:00"}, {"9"}, {""}, {"09:00", "9:00"}, slices.Repeat([]string{"09:00"}, 13)} {
		if got, err := s.WithRounds(bad, false); err == nil || got.PolicyVersion != 1 {
			t.Errorf("%v: %+v, %v", bad, got, err)
		}
	}
}

func TestBuildingsAreListedByNumber(t *testing.T) {
	t.Parallel()
	places := community.NewPlaces(newStore(t))
	e, err := community.NewEstate("e1", "ld-01", "美兰湖小区", "罗和路1234弄")
	if err != nil {
		t.Fatal(err)
	}
	for id, name := range map[community.BuildingID]string{"x": "10号楼", "y": "２号楼", "z": "1号楼", "w": "会所"} {
		b, err := community.NewBuilding(id, e, "", name)
		if err == nil {
			_, err = places.Buildings.Put(t.Context(), string(id), docstore.Absent, b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := places.BuildingsIn(t.Context(), "ld-01")
	var names []string
	for _, b := range got {
		names = append(names, b.Name)
	}
	if err != nil || !slices.Equal(names, []string{"会所", "1号楼", "２号楼", "10号楼"}) {
		t.Errorf("%v, %v", names, err)
	}
}

func TestGridsRefuseWhatCannotBe(t *testing.T) {
	t.Parallel()
	if _, err := community.NewGrid("g1", "ld-01", "第一微网格", community.GridHomes); err != nil {
		t.Error(err)
	}
	if g, err := community.NewGrid("g1", "ld-01", "第一微网格", "castle"); err == nil {
		t.Errorf("%+v", g)
	}
}
