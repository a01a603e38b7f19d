package apptest

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
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
	plan  Plan
}

// Plan says how a house differs from the ordinary one: a sandbox with the demo district on the embedded store.
type Plan struct {
	// Settings are "NAME=value" without the prefix; they go before the defaults.
	Settings []string
	// StoreBytes bounds the embedded store; 0 means that the disk does.
	StoreBytes int64
	// Empty leaves the demo district out.
	Empty bool
	// Standing has the clock move by hand only, where a millisecond matters.
	Standing bool

	clock    *clock.Virtual
	replicas []string
}

// Open starts the ordinary installation with some settings changed, and stops it when the test ends.
func Open(t testing.TB, settings ...string) *House {
	t.Helper()
	return Plan{Settings: settings}.Open(t)
}

// Open starts an installation, and stops it when the test ends.
func (p Plan) Open(t testing.TB) *House {
	t.Helper()
	return p.openAt(t, someAddr(t))
}

// Twins starts two replicas of one empty installation, which the settings must let share a store. Both follow one
// clock and one WeChat: the first one's simulator, whose pushes may reach either.
func Twins(t testing.TB, settings ...string) (first, second *House) {
	t.Helper()
	here, there := someAddr(t), someAddr(t)
	first = Plan{Settings: settings, Empty: true, replicas: []string{"http://" + there}}.openAt(t, here)
	platform := "http://" + here + "/sandbox"
	settings = append(settings, "BASE_URL=http://"+here,
		"WECHAT_API_BASE="+platform+"/api", "WECHAT_OPEN_BASE="+platform+"/open", "WECHAT_MP_BASE="+platform+"/mp")
	second = Plan{Settings: settings, Empty: true, clock: first.Clock}.openAt(t, there)
	second.URL = "http://" + there
	return first, second
}

func (p Plan) openAt(t testing.TB, addr string) *House {
	t.Helper()
	dir := t.TempDir()
	environ := []string{
		config.Prefix + "SANDBOX=1", config.Prefix + "ADDR=" + addr, config.Prefix + "DATA_DIR=" + dir, config.Prefix + "LOG_LEVEL=warn",
	}
	for _, s := range p.Settings {
		environ = append(environ, config.Prefix+s)
	}
	cfg, err := config.Load(environ, "")
	if err != nil {
		t.Fatal(err)
	}
	if cfg.MongoURI == "" && !p.Empty {
		if err := moveIn(dir); err != nil {
			t.Fatalf("make the demo district: %v", err)
		}
	}
	h := &House{t: t, cfg: cfg, URL: cfg.BaseURL, Clock: p.clock, plan: p}
	if h.Clock == nil && p.Standing {
		h.Clock = clock.Standing(Wednesday)
	}
	if h.Clock == nil {
		h.Clock = clock.Ahead(clock.System{})
		h.Clock.Set(Wednesday)
	}
	h.start()
	t.Cleanup(h.Close)
	return h
}

func (h *House) start() {
	h.t.Helper()
	log := slog.New(slog.NewTextHandler(testLog{h.t}, &slog.HandlerOptions{Level: h.cfg.LogLevel}))
	a, err := app.New(h.t.Context(), h.cfg, app.Options{
		Virtual: h.Clock, Log: log, StoreBytes: h.plan.StoreBytes, NoDemo: h.plan.Empty, Replicas: h.plan.replicas,
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.App = a
	if err := a.Start(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// Restart stops the program and starts it again on the same data.
func (h *House) Restart() {
	h.t.Helper()
	h.Close()
	h.start()
}

// Enlarge gives the embedded store so many bytes more and starts the program again, as an operator who has
// found room.
func (h *House) Enlarge(bytes int64) {
	h.t.Helper()
	h.plan.StoreBytes += bytes
	h.Restart()
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

// Dir is where the installation keeps its files.
func (h *House) Dir() string { return h.cfg.DataDir }

// Settle waits until the simulator has no push under way and the feed has been worked to its end.
func (h *House) Settle() {
	h.t.Helper()
	h.Sim.Settle()
	ctx, cancel := context.WithTimeout(h.t.Context(), 2*time.Minute)
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

// Eventually asks until the answer is yes, and fails the test if it stays no for longer than patience.
func (h *House) Eventually(patience time.Duration, what string, yes func() bool) {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !yes() {
		select {
		case <-ctx.Done():
			h.t.Fatalf("after %v still not: %s", patience, what)
		case <-tick.C:
		}
	}
}

// Ports for houses lie below the range from which the kernel takes those of outgoing connections: one that was free a
// moment ago would otherwise be gone when the program listens. Each is handed out once.
const firstPort, lastPort = 20_000, 31_999

var handedOut atomic.Int32

func freeAddr() (string, error) {
	for range lastPort - firstPort {
		port := firstPort + (os.Getpid()*97+int(handedOut.Add(1)))%(lastPort-firstPort+1)
		addr := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
		l, err := net.Listen("tcp", addr)
		if err != nil {
			continue // somebody has it
		}
		return addr, l.Close()
	}
	return "", errors.New("no port is free")
}

func someAddr(t testing.TB) string {
	t.Helper()
	addr, err := freeAddr()
	if err != nil {
		t.Fatal(err)
	}
	return addr
}

// testLog writes the program's log where the test's output goes.
type testLog struct{ t testing.TB }

func (l testLog) Write(line []byte) (int, error) {
	l.t.Helper()
	if l.t.Context().Err() == nil { // the runner may stop a moment after the test
		l.t.Log(strings.TrimSpace(string(line)))
	}
	return len(line), nil
}

// Required skips the test, loudly, for the want of a program; with JUSHOU_TEST_NO_SKIP=1 it fails.
func Required(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("JUSHOU_TEST_NO_SKIP") == "1" {
		t.Fatal(why)
	}
	t.Skip("SKIPPED, NOT TESTED: " + why)
}
