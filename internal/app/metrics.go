package app

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/pprof"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jushou/internal/eventlog"
	"jushou/internal/patrol"
	"jushou/wechat"
)

// meters are the numbers an operator watches. They are served on the admin address only.
type meters struct {
	registry *prometheus.Registry
	failures *prometheus.CounterVec
	relayed  *prometheus.CounterVec
	behind   *prometheus.GaugeVec
	sweeps   *prometheus.CounterVec
	settled  *prometheus.CounterVec
	calls    *prometheus.HistogramVec
}

func newMeters() *meters {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "jushou", Name: name, Help: help}, labels)
	}
	m := &meters{
		registry: prometheus.NewRegistry(),
		failures: counter("http_failures_total", "Requests that were refused or failed, by status and code.", "status", "code"),
		relayed:  counter("relay_events_total", "Events handled, by relay and outcome.", "relay", "outcome"),
		behind: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Namespace: "jushou", Name: "relay_behind_seconds", Help: "Age of the event a relay handled last.",
		}, []string{"relay"}),
		sweeps:  counter("sweep_runs_total", "Runs of sweeps, by name and outcome.", "sweep", "outcome"),
		settled: counter("sweep_settled_total", "Things that sweeps settled, by name.", "sweep"),
		calls: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "jushou", Name: "wechat_call_seconds", Help: "Calls to the platform, by path and errcode.",
			Buckets: []float64{.01, .05, .1, .25, .5, 1, 2, 5, 8},
		}, []string{"api", "errcode"}),
	}
	m.registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.failures, m.relayed, m.behind, m.sweeps, m.settled, m.calls,
	)
	return m
}

// watchSearch measures how far the search index is behind whenever the numbers are read.
func (m *meters) watchSearch(behind func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Namespace: "jushou", Name: "search_behind_seconds", Help: "Age of the first event the search index has not read; -1 if that is unknown.",
	}, behind))
}

func outcome(err error) string {
	if err != nil {
		return "error"
	}
	return "ok"
}

func (m *meters) request(status int, code string) {
	m.failures.WithLabelValues(strconv.Itoa(status), code).Inc()
}

func (m *meters) relay(o eventlog.Outcome) {
	m.relayed.WithLabelValues(o.Relay, outcome(o.Err)).Inc()
	m.behind.WithLabelValues(o.Relay).Set(o.Behind.Seconds())
}

func (m *meters) sweep(o patrol.Outcome) {
	m.sweeps.WithLabelValues(o.Sweep, outcome(o.Err)).Inc()
	m.settled.WithLabelValues(o.Sweep).Add(float64(o.N))
}

func (m *meters) call(c wechat.Attempt) {
	m.calls.WithLabelValues(c.API, strconv.Itoa(c.Code)).Observe(c.Took.Seconds())
}

// serve answers /metrics and pprof on the admin address until ctx ends. Nothing else is served there,
// and these are served nowhere else.
func (m *meters) serve(ctx context.Context, l net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
