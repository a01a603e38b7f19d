package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"jushou/deliberation"
	"jushou/internal/app"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/identity"
)

// dueAtOnce is how many topics each sweep of N3 finds due.
const dueAtOnce = 100

// sweep is one round of N3.
type sweep struct {
	Took time.Duration `json:"took_ns"`
	// P is an indexed point read and a durable write, one after the other, on the same store.
	P time.Duration `json:"p_ns"`
}

func (s sweep) ratio() float64 { return float64(s.Took) / float64(s.P) }

// yard is a store of open topics and the service that sweeps them.
type yard struct {
	store  *sqlite.Store
	clock  *clock.Virtual
	topics *deliberation.Service
	open   int
	rounds []sweep
}

// sweeping measures N3: the stores take turns, so that a slow moment hits all alike.
func (b *bench) sweeping(ctx context.Context) (err error) {
	sizes := []int{10_000, 100_000}
	if b.full {
		sizes = append(sizes, 1_000_000)
	}
	var yards []*yard
	defer func() {
		for _, y := range yards {
			err = errors.Join(err, y.store.Close())
		}
	}()
	for _, n := range sizes {
		y, err := openYard(ctx, filepath.Join(b.dir, fmt.Sprintf("open-%d", n)), n, b.rounds+1)
		if err != nil {
			return err
		}
		yards = append(yards, y)
		b.say("store of %d open topics made", n)
	}
	for round := range b.rounds + 1 {
		for _, y := range yards {
			if err := y.sweep(ctx, round); err != nil {
				return err
			}
		}
	}
	b.judge(yards)
	return nil
}

func (b *bench) judge(yards []*yard) {
	took := func(y *yard) float64 { return median(y.rounds, func(s sweep) float64 { return millis(s.Took) }) }
	for _, y := range yards {
		b.raw[fmt.Sprintf("N3 10^%d", digits(y.open))] = y.rounds
		b.note(finding{
			Item: "N3", What: fmt.Sprintf("sweep of 100 due among 10^%d open", digits(y.open)), Value: median(y.rounds, sweep.ratio),
			Target: 150, Stretch: 60, Unit: "P", Detail: fmt.Sprintf("%.1f ms; P %.0f µs; %.0f fsyncs/s", took(y),
				1000*median(y.rounds, func(s sweep) float64 { return millis(s.P) }), b.machine.Fsyncs),
		})
	}
	first, last := yards[0], yards[len(yards)-1]
	b.note(finding{
		Item: "N3", What: fmt.Sprintf("growth from 10^%d to 10^%d open", digits(first.open), digits(last.open)),
		Value: took(last) / took(first), Target: 1.3, Unit: "×",
	})
}

// sweepStart is when the first Round of the yards is; one follows every hour.
var sweepStart = time.Date(2026, 11, 18, 1, 0, 0, 0, time.UTC)

func openYard(ctx context.Context, dir string, open, rounds int) (*yard, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, filepath.Join(dir, "jushou.db"), app.Schema(), sqlite.Options{})
	if err != nil {
		return nil, err
	}
	days, err := calendar.China()
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	y := &yard{store: store, clock: clock.Standing(sweepStart), open: open}
	directory := community.NewDirectory(store, clock.System{})
	y.topics = deliberation.New(deliberation.Deps{
		Store: store, Clock: y.clock, Directory: directory, Buildings: community.NewPlaces(store),
		Calendar: deliberation.NewRoundCalendar(days), Screener: deliberation.SampleWords(),
	})
	if err := y.fill(ctx, directory, rounds); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return y, nil
}

// fill writes the open topics: a hundred due at each Round, the others in a year.
func (y *yard) fill(ctx context.Context, directory *community.Directory, rounds int) error {
	paths, err := tree(ctx, y.store)
	if err != nil {
		return err
	}
	if err := directory.Refresh(ctx); err != nil {
		return err
	}
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for n := range y.open {
			numbers <- n
		}
	}()
	table := deliberation.Topics(y.store)
	return together(ctx, make([]int, hands), func(ctx context.Context, _ int) error {
		for n := range numbers {
			t := topicAt(y.open, y.open, paths[n%communities], sweepStart.Add(-time.Hour))
			due := sweepStart.AddDate(1, 0, 0)
			// Those due at one Round lie scattered over the store, as they would after a year.
			if round := n % (y.open / dueAtOnce); round < rounds {
				due = sweepStart.Add(time.Duration(round) * time.Hour)
			}
			t.Clock.Rounds = []time.Time{due, due.AddDate(2, 0, 0), due.AddDate(3, 0, 0)}
			t.Clock.DueAt = due
			if _, err := table.Put(ctx, string(t.ID), docstore.Absent, t, posted(t)); err != nil {
				return err
			}
		}
		return nil
	})
}

// tree writes a district, a town and its communities and returns their paths.
func tree(ctx context.Context, store docstore.Store) ([][]community.ID, error) {
	top, err := community.NewDistrict("bench", districtName)
	if err != nil {
		return nil, err
	}
	town, err := top.Below("bench-town", "量测镇")
	if err != nil {
		return nil, err
	}
	nodes := []community.Node{top, town}
	var paths [][]community.ID
	for c := range communities {
		n, err := town.Below(communityID(c), fmt.Sprintf("第%d居民区", c+1))
		if err != nil {
			return nil, err
		}
		nodes, paths = append(nodes, n), append(paths, n.Path)
	}
	places := community.NewPlaces(store)
	for _, n := range nodes {
		if err := places.SaveNode(ctx, n, identity.System("bench").Ref(), sweepStart); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// sweep measures P, then holds the Round. The first is not kept: it fills the caches.
func (y *yard) sweep(ctx context.Context, round int) error {
	p, err := y.point(ctx, round)
	if err != nil {
		return err
	}
	y.clock.Set(sweepStart.Add(time.Duration(round) * time.Hour))
	began := time.Now()
	n, err := y.topics.HoldRounds(ctx)
	took := time.Since(began)
	if err != nil {
		return err
	}
	if n != dueAtOnce {
		return fmt.Errorf("sweep %d among %d changed %d topics, not %d", round, y.open, n, dueAtOnce)
	}
	if round > 0 {
		y.rounds = append(y.rounds, sweep{took, p})
	}
	return nil
}

// points is how many pairs of read and write P is the median of.
const points = 60

func (y *yard) point(ctx context.Context, round int) (time.Duration, error) {
	table := deliberation.Topics(y.store)
	took := make([]time.Duration, points)
	for i := range took {
		q := docstore.Query{
			Index: "feed", Equal: []any{string(communityID(i % communities))}, Desc: true, Limit: 1,
		}
		began := time.Now()
		found, _, err := table.Find(ctx, q)
		if err != nil || len(found) == 0 {
			return 0, fmt.Errorf("point read: %d found: %w", len(found), err)
		}
		t := found[0]
		t.ID = deliberation.TopicID(fmt.Sprintf("point-%d-%d", round, i))
		t.Clock = nil
		t.Community = "points" // outside of what is read and swept
		if _, err := table.Put(ctx, string(t.ID), docstore.Absent, t); err != nil {
			return 0, err
		}
		took[i] = time.Since(began)
	}
	return median(took, itself), nil
}
