package main

import (
	"fmt"
	"time"

	"github.com/valyala/fasthttp"
)

// reading is one kind of page under N1.
type reading struct {
	name string
	// path is what the n-th request asks for, and who asks.
	path func(d *district, n int) (visitor, string)
	// header is sent along: name, value.
	header []string
	// told pages have no target: they show what a cache or a compressor is worth.
	told bool
}

// fresh makes the server render what it would take from its cache.
var fresh = []string{"Cookie", "fresh=1"}

func readings() []reading {
	feed := func(d *district, n int) (visitor, string) {
		v := d.visitors[n%len(d.visitors)]
		return v, "/c/" + string(v.community) + "/topics"
	}
	list := func(d *district, n int) (visitor, string) {
		v := d.visitors[n%len(d.visitors)]
		return v, "/api/v1/communities/" + string(v.community) + "/topics"
	}
	topic := func(d *district, n int) (visitor, string) {
		t := d.hot[n%len(d.hot)]
		return d.neighbour(t.community, n), "/t/" + t.id
	}
	gzip := []string{"Accept-Encoding", "gzip"}
	return []reading{
		{name: "feed page", path: feed},
		{name: "topic page, 30 comments", path: topic},
		{name: "list JSON", path: list},
		{name: "feed page, gzip", path: feed, header: gzip, told: true},
		{name: "feed page, rendered anew", path: feed, header: fresh, told: true},
		{name: "topic page, rendered anew", path: topic, header: fresh, told: true},
	}
}

// primes keep the connections from walking the same way.
const stride, step = 7919, 31

func (r reading) load(d *district, addr string) load {
	return load{
		addr: addr,
		next: func(connection, n int, req *fasthttp.Request) {
			at := connection*stride + n*step
			v, path := r.path(d, at)
			v.ask(req, addr, path)
			for i := 0; i+1 < len(r.header); i += 2 {
				if r.header[i] == "Cookie" {
					req.Header.SetCookie("fresh", "1")
				} else {
					req.Header.Set(r.header[i], r.header[i+1])
				}
			}
		},
		good: func(res *fasthttp.Response) bool { return res.StatusCode() == fasthttp.StatusOK },
	}
}

// size returns how many bytes the page has on the wire; 0 if the server does not know the address.
func (r reading) size(d *district, addr string) (int, error) {
	var req fasthttp.Request
	var res fasthttp.Response
	r.load(d, addr).next(0, 0, &req)
	if err := fasthttp.DoTimeout(&req, &res, 5*time.Second); err != nil {
		return 0, err
	}
	switch res.StatusCode() {
	case fasthttp.StatusOK:
		return len(res.Body()), nil
	case fasthttp.StatusNotFound:
		return 0, nil
	}
	return 0, fmt.Errorf("%s answers %d: %.200s", r.name, res.StatusCode(), res.Body())
}

// against is one round: the baseline and the page right after each other.
type against struct {
	Baseline sample `json:"baseline"`
	Page     sample `json:"page"`
}

func ratio(a against) float64 { return a.Page.PerSecond / a.Baseline.PerSecond }
func tail(a against) float64  { return float64(a.Page.P99) / float64(a.Baseline.P99) }

// reading measures N1 on one district.
func (b *bench) reading(d *district, server, bare *child, claim bool) error {
	for _, r := range readings() {
		if !claim && r.told {
			continue
		}
		size, err := r.size(d, server.addr)
		if err != nil {
			return err
		}
		if size == 0 {
			b.say("N1   %s: THE PROGRAM HAS NO SUCH ADDRESS, not measured", r.name)
			continue
		}
		var rounds []against
		for range b.turns(r.told || !claim) {
			rounds = append(rounds, against{bareLoad(bare, size).drive(b.length), r.load(d, server.addr).drive(b.length)})
		}
		if err := b.compare(d, r, size, rounds, claim); err != nil {
			return err
		}
	}
	if !claim || !b.wants("N4") {
		return nil
	}
	_, most, err := server.memory()
	b.note(finding{Item: "N4", What: "resident memory, at most under N1", Value: mib(most), Target: 200, Stretch: 120, Unit: "MiB"})
	return err
}

// turns is how many rounds a number gets: those without a target make do with fewer.
func (b *bench) turns(told bool) int {
	if told {
		return min(b.rounds, 3)
	}
	return b.rounds
}

func (b *bench) compare(d *district, r reading, size int, rounds []against, claim bool) error {
	what := fmt.Sprintf("%s, 10^%d topics", r.name, digits(d.topics))
	b.raw["N1 "+what] = rounds
	for _, a := range rounds {
		if a.Page.Refused > 0 || a.Baseline.Refused > 0 {
			return fmt.Errorf("%s: %d of %d answers were not pages: %s", what, a.Page.Refused, a.Page.Requests, a.Page.Why+a.Baseline.Why)
		}
	}
	page := func(of func(sample) float64) float64 {
		return median(rounds, func(a against) float64 { return of(a.Page) })
	}
	detail := fmt.Sprintf("%.0f/s, p50 %.2f ms, p99 %.2f ms; S %.0f/s, p99 %.2f ms; %d bytes",
		page(perSecond), page(func(s sample) float64 { return millis(s.P50) }), page(func(s sample) float64 { return millis(s.P99) }),
		median(rounds, func(a against) float64 { return a.Baseline.PerSecond }),
		median(rounds, func(a against) float64 { return millis(a.Baseline.P99) }), size)
	told := r.told || !claim
	b.note(finding{Item: "N1", What: what, Value: median(rounds, ratio), Target: 0.35, Stretch: 0.6, Unit: "S", More: true, Told: told, Detail: detail})
	b.note(finding{Item: "N1", What: what + ": p99", Value: median(rounds, tail), Target: 5, Unit: "× p99 of S", Told: told})
	return nil
}

// digits returns the power of ten of a round number.
func digits(n int) int {
	d := 0
	for ; n >= 10; n /= 10 {
		d++
	}
	return d
}
