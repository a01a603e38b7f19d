package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/valyala/fasthttp"

	"jushou/internal/app"
	"jushou/internal/docstore"
)

// visit is one kind of request whose round trips are counted.
type visit struct {
	name string
	most float64
	best float64
	load func(d *district, addr string) load
}

func visits() []visit {
	pages := readings()
	return []visit{
		{"feed", 2, 1, pages[0].load},
		{"topic", 2, 1, pages[1].load},
		{"post", 3, 1, func(d *district, addr string) load { return topicLoad(d, addr, 0) }},
	}
}

// trips is what one kind of request costs: asked for the first time since something changed, and again.
type trips struct {
	name        string
	most, best  float64
	first, then int64
}

// counting measures N10 on a small district, with nothing running but the request.
func (b *bench) counting(ctx context.Context) error {
	d, err := makeDistrict(ctx, filepath.Join(b.dir, "counted"), 2000)
	if err != nil {
		return err
	}
	all, err := count(ctx, d)
	if err != nil {
		return err
	}
	for _, t := range all {
		b.raw["N10 "+t.name] = []int64{t.first, t.then}
		b.note(finding{Item: "N10", What: "store round trips: " + t.name, Value: float64(t.then), Target: t.most, Stretch: t.best, Unit: "trips",
			Detail: fmt.Sprintf("%d when nothing of it is in a cache", t.first)})
	}
	return nil
}

// count asks each kind of request twice and counts.
func count(ctx context.Context, d *district) (_ []trips, err error) {
	var store *counted
	a, err := app.New(ctx, d.cfg, app.Options{Wrap: func(s docstore.Store) docstore.Store {
		store = &counted{Store: s}
		return store
	}})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.Stop(ctx)) }()
	var all []trips
	for _, v := range visits() {
		t := trips{name: v.name, most: v.most, best: v.best}
		for turn, n := range []*int64{&t.first, &t.then} {
			if *n, err = askOnce(a, store, v.load(d, d.cfg.Addr), turn); err != nil {
				return nil, fmt.Errorf("%s: %w", v.name, err)
			}
		}
		all = append(all, t)
	}
	return all, nil
}

// askOnce gives the handler one request and returns how often it asked the store.
func askOnce(a *app.App, store *counted, l load, turn int) (int64, error) {
	var c fasthttp.RequestCtx
	l.next(0, 0, &c.Request)
	if c.Request.Header.IsPost() && turn > 0 {
		l.next(0, 0, &c.Request) // another form token: a new post, not the first one again
	}
	before := store.trips.Load()
	a.Handler()(&c)
	if !l.good(&c.Response) {
		return 0, fmt.Errorf("answers %d: %.200s", c.Response.StatusCode(), c.Response.Body())
	}
	return store.trips.Load() - before, nil
}
