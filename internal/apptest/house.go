package apptest

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"jushou/internal/app"
	"jushou/internal/clock"
	"jushou/internal/config"
)

// Wednesday is when a house opens unless told otherwise: an ordinary working day, 10:05 in Shanghai.
var Wednesday = time.Date(2026, 11, 18, 10, 5, 0, 0, time.FixedZone("CST", 8*60*60))

// House is a running installation.
type House struct {
	*app.App
	// URL is its public address, without a slash at the end.
	URL   string
	Clock *clock.Virtual
	t     testing.TB
	cfg   config.Config
}

// Open starts an installation in the sandbox with the demo district on the embedded store, and stops it when
// the test ends. settings are "NAME=value" without the prefix and go before the defaults.
func Open(t testing.TB, settings ...string) *House {
	t.Helper()
	addr := freeAddr(t)
	environ := []string{"JUSHOU_SANDBOX=1", "JUSHOU_ADDR=" + addr, "JUSHOU_DATA_DIR=" + t.TempDir(), "JUSHOU_LOG_LEVEL=warn"}
	for _, s := range settings {
		environ = append(environ, config.Prefix+s)
	}
	cfg, err := config.Load(environ, "")
	if err != nil {
		t.Fatal(err)
	}
	h := &House{t: t, cfg: cfg, URL: cfg.BaseURL, Clock: clock.Ahead(clock.System{})}
	h.Clock.Set(Wednesday)
	h.start()
	t.Cleanup(h.Close)
	return h
}

func (h *House) start() {
	h.t.Helper()
	a, err := app.New(h.t.Context(), h.cfg, app.Options{Virtual: h.Clock, Log: slog.New(slog.NewTextHandler(testLog{h.t}, &slog.HandlerOptions{Level: h.cfg.LogLevel}))})
	if err != nil {
		h.t.Fatal(err)
	}
	if err := a.Start(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	h.App = a
}

// Restart stops the program and starts it again on the same data.
func (h *House) Restart() {
	h.t.Helper()
	h.Close()
	h.start()
}

// Close stops the program. Closing twice is closing once.
func (h *House) Close() {
	h.t.Helper()
	if h.App == nil {
		return
	}
	if err := h.Stop(context.Background()); err != nil {
		h.t.Errorf("stop: %v", err)
	}
	h.App = nil
}

// Settle waits until the simulator has no push under way and the feed has been worked to its end.
func (h *House) Settle() {
	h.t.Helper()
	h.Sim.Settle()
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	defer cancel()
	if err := h.Drain(ctx); err != nil {
		h.t.Fatalf("work the feed: %v", err)
	}
	h.Sim.Settle()
}

// Pass moves the clock and lets the patrol and everything behind it catch up.
func (h *House) Pass(d time.Duration) {
	h.t.Helper()
	h.Clock.Advance(d)
	for _, sweep := range []string{"rounds", "deliver_due"} {
		if err := h.Sweep(h.t.Context(), sweep); err != nil && !strings.Contains(err.Error(), "elsewhere") {
			h.t.Fatalf("sweep %s: %v", sweep, err)
		}
	}
	h.Settle()
}

func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// testLog writes the program's log where the test's output goes.
type testLog struct{ t testing.TB }

func (l testLog) Write(line []byte) (int, error) {
	l.t.Helper()
	if l.t.Context().Err() == nil { // the runner may stop a moment after the test
		l.t.Log(strings.TrimSpace(fmt.Sprintf("%s", line)))
	}
	return len(line), nil
}
