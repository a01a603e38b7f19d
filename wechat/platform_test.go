package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"jushou/internal/clock"
)

// platform is a scripted WeChat on a loopback port: each path answers with its script in turn, and
// goes on repeating the last line. It is dumber than wxsim on purpose: it knows no rule, so a test
// states exactly what the platform says.
type platform struct {
	*httptest.Server
	mu      sync.Mutex
	scripts map[string][]reply
	calls   []called
	tokens  int // tokens handed out
}

type reply func(w http.ResponseWriter, r *http.Request)

type called struct {
	path  string
	query url.Values
	body  string
}

func says(body string) reply {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; encoding=utf-8")
		_, _ = io.WriteString(w, body)
	}
}

func refuses(code int) reply {
	return says(fmt.Sprintf(`{"errcode":%d,"errmsg":"some words rid: 1234abcd-12345678-0badcafe"}`, code))
}

func status(code int) reply {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>busy</html>", code) }
}

// hangsUp closes the connection without an answer.
func hangsUp(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) }

const ok = `{"errcode":0,"errmsg":"ok"}`

func newPlatform(t *testing.T) *platform {
	t.Helper()
	p := &platform{scripts: map[string][]reply{}}
	p.Server = httptest.NewServer(http.StripPrefix("/sandbox/api", p))
	t.Cleanup(p.Close)
	return p
}

func (p *platform) on(path string, script ...reply) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.scripts[path] = script
}

func (p *platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	p.mu.Lock()
	p.calls = append(p.calls, called{r.URL.Path, r.URL.Query(), string(body)})
	script := p.scripts[r.URL.Path]
	if len(script) > 1 {
		p.scripts[r.URL.Path] = script[1:]
	}
	if r.URL.Path == "/cgi-bin/stable_token" && script == nil {
		p.tokens++
		script = []reply{says(fmt.Sprintf(`{"access_token":"TOKEN%d","expires_in":7200}`, p.tokens))}
	}
	p.mu.Unlock()
	if script == nil {
		script = []reply{refuses(40066)}
	}
	script[0](w, r)
}

// made returns the calls of a path so far.
func (p *platform) made(path string) []called {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []called
	for _, c := range p.calls {
		if c.path == path {
			found = append(found, c)
		}
	}
	return found
}

// memory is a TokenCache that forgets nothing and can be down. It stands for Redis at its edge; the
// cache's own expiry is coord's to test.
type memory struct {
	mu     sync.Mutex
	values map[string]string
	lives  map[string]time.Duration
	down   bool
}

var errDown = errors.New("cache is down")

func newMemory() *memory {
	return &memory{values: map[string]string{}, lives: map[string]time.Duration{}}
}

func (m *memory) Get(_ context.Context, key string) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down {
		return "", false, errDown
	}
	v, found := m.values[key]
	return v, found, nil
}

func (m *memory) Set(_ context.Context, key, value string, ttl time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down {
		return errDown
	}
	m.values[key], m.lives[key] = value, ttl
	return nil
}

func (m *memory) CompareAndDelete(_ context.Context, key, value string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down {
		return false, errDown
	}
	if m.values[key] != value {
		return false, nil
	}
	delete(m.values, key)
	return true, nil
}

func (m *memory) turn(down bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.down = down
}

const testSecret = "0123456789abcdef0123456789abcdef"

func newClient(t *testing.T, p *platform, change func(*Config)) (*Client, *clock.Virtual) {
	t.Helper()
	now := clock.Standing(pushTime)
	cfg := Config{
		AppID: testAppID, Secret: testSecret, Sandbox: true, Cache: newMemory(), Clock: now,
		APIBase: p.URL + "/sandbox/api", PageHosts: []string{"jushou.example"},
		Pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
	if change != nil {
		change(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c, now
}

func decoded(t *testing.T, body string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	return v
}
