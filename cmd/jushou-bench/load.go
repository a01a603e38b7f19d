package main

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// connections is how many keep-alive connections every load has.
const connections = 64

// sample is one stretch of load.
type sample struct {
	PerSecond float64       `json:"per_second"`
	P50       time.Duration `json:"p50_ns"`
	P99       time.Duration `json:"p99_ns"`
	Requests  int           `json:"requests"`
	Refused   int           `json:"refused"` // answers that were not the expected ones
	Why       string        `json:"why,omitempty"`
}

// load is requests of one kind against one server.
type load struct {
	addr string
	// next makes the n-th request of one of the connections; it may keep what it set before.
	next func(connection, n int, req *fasthttp.Request)
	// good reports whether the answer is the expected one.
	good func(*fasthttp.Response) bool
}

// warmUp runs before what is measured: connections open, pools fill.
const warmUp = 250 * time.Millisecond

// drive keeps every connection busy for the time: each sends its next request when the last was answered.
func (l load) drive(d time.Duration) sample {
	client := &fasthttp.HostClient{
		Addr: l.addr, MaxConns: connections, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, MaxIdemponentCallAttempts: 1,
		DisablePathNormalizing: true, NoDefaultUserAgentHeader: true,
	}
	defer client.CloseIdleConnections()
	begin := time.Now().Add(warmUp)
	end := begin.Add(d)
	tallies := make([]tally, connections)
	var all sync.WaitGroup
	for i := range tallies {
		all.Go(func() { tallies[i] = l.work(client, i, begin, end) })
	}
	all.Wait()
	return sum(tallies, d)
}

// tally is what one connection saw.
type tally struct {
	took    []time.Duration
	refused int
	why     string
}

func (l load) work(client *fasthttp.HostClient, connection int, begin, end time.Time) tally {
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(req)
	defer fasthttp.ReleaseResponse(res)
	var t tally
	for n := 0; ; n++ {
		l.next(connection, n, req)
		sent := time.Now()
		if !sent.Before(end) {
			return t
		}
		err := client.Do(req, res)
		took := time.Since(sent)
		switch {
		case sent.Before(begin):
		case err != nil:
			t.refused++
			t.why = err.Error()
		case !l.good(res):
			t.refused++
			t.why = fmt.Sprintf("status %d: %.160s", res.StatusCode(), res.Body())
		default:
			t.took = append(t.took, took)
		}
	}
}

func sum(tallies []tally, d time.Duration) sample {
	var all []time.Duration
	var s sample
	for _, t := range tallies {
		all = append(all, t.took...)
		s.Refused += t.refused
		if t.why != "" {
			s.Why = t.why
		}
	}
	slices.Sort(all)
	s.Requests = len(all)
	s.PerSecond = float64(len(all)) / d.Seconds()
	s.P50, s.P99 = percentile(all, 50), percentile(all, 99)
	return s
}

// percentile returns the value below which p of a hundred sorted values lie.
func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)*p/100, len(sorted)-1)]
}

// median returns the middle one of a quantity over rounds.
func median[S any, V float64 | time.Duration](rounds []S, of func(S) V) V {
	values := make([]V, len(rounds))
	for i, r := range rounds {
		values[i] = of(r)
	}
	slices.Sort(values)
	if len(values) == 0 {
		return 0
	}
	return values[len(values)/2]
}

func perSecond(s sample) float64           { return s.PerSecond }
func itself(d time.Duration) time.Duration { return d }
