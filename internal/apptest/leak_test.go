package apptest_test

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"

	"jushou/internal/app"
	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/clock"
	"jushou/internal/config"
	"jushou/internal/identity"
	"jushou/web/page"
)

// diary keeps what a program logs.
type diary struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (d *diary) Write(line []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.b.Write(line)
}

func (d *diary) text() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.b.String()
}

// talkative is a house that logs everything, into a diary.
func talkative(t *testing.T) (*app.App, config.Config, *diary) {
	t.Helper()
	dir := t.TempDir()
	apptest.Open(t).CopyDistrict(dir)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, l.Close())
	cfg, err := config.Load([]string{
		config.Prefix + "SANDBOX=1", config.Prefix + "ADDR=" + l.Addr().String(), config.Prefix + "DATA_DIR=" + dir, config.Prefix + "LOG_LEVEL=debug",
	}, "")
	must(t, err)
	said := &diary{}
	then := clock.Ahead(clock.System{})
	then.Set(apptest.Wednesday)
	a, err := app.New(t.Context(), cfg, app.Options{Virtual: then, Log: slog.New(slog.NewTextHandler(said, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	must(t, err)
	must(t, a.Start(t.Context()))
	t.Cleanup(func() { must(t, a.Stop(t.Context())) })
	return a, cfg, said
}

func TestTheLogNamesNobody(t *testing.T) {
	t.Parallel()
	a, cfg, said := talkative(t)
	zhou := demo.Personas()[2]
	base, err := url.Parse(cfg.BaseURL)
	must(t, err)
	jar, err := cookiejar.New(nil)
	must(t, err)
	jar.SetCookies(base, []*http.Cookie{{Name: "wxsim_openid", Value: zhou.OpenID, Path: "/"}})
	client := &http.Client{Jar: jar}
	get := func(path string) *apptest.Page {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, cfg.BaseURL+path, nil)
		must(t, err)
		return apptest.Read(t, client, req)
	}
	post := func(path string, form url.Values) *apptest.Page {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, cfg.BaseURL+path, strings.NewReader(form.Encode()))
		must(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return apptest.Read(t, client, req)
	}
	csrf := get("/me").Want(http.StatusOK).CSRF()
	form := url.Values{
		"_csrf": {csrf}, "community": {string(demo.HomeCommunity)}, "building": {"nowhere"}, "name": {zhou.Name()}, "phone": {zhou.Phone()}, "room": {"怪室号八八"},
		"consent_service": {"1"},
	}
	post("/welcome", form) // an unknown building
	form.Set("phone", zhou.Phone()+"9")
	post("/welcome", form) // an impossible phone
	post("/c/"+string(demo.HomeCommunity)+"/post", url.Values{"_csrf": {csrf}, "board": {"nearby"}, "body": {"不想让日志知道的话"}})
	get("/t/" + strings.Repeat("0", 20) + "?secret=" + zhou.Phone())
	actor, err := a.People.FindByWeChat(t.Context(), zhou.OpenID)
	must(t, err)
	_, _, err = a.People.FindByPhone(t.Context(), actor, demo.HomeCommunity, zhou.Phone())
	if err == nil {
		t.Error("anybody finds people by phone")
	}
	must(t, a.People.Introduce(t.Context(), actor, identity.Introduce{
		Name: zhou.Name(), Phone: zhou.Phone(), Consents: []identity.Consent{{Purpose: identity.PurposeService, Version: "2026-11"}},
	}))
	must(t, a.Drain(t.Context()))
	session := ""
	for _, c := range jar.Cookies(base) {
		if c.Name == page.SessionCookie {
			session = c.Value
		}
	}
	if session == "" || !strings.Contains(said.text(), "refused") {
		t.Fatal("nobody signed in, or nothing was logged")
	}
	for what, secret := range map[string]string{
		"a name": zhou.Name(), "a phone": zhou.Phone(), "an openid": zhou.OpenID, "a session": session, "a token of forms": csrf, "a room": "怪室号八八", "what somebody wrote": "不想让日志知道的话",
		"the account's secret": cfg.WeChat.AppSecret, "the webhook's token": cfg.WeChat.Token,
	} {
		for line := range strings.Lines(said.text()) {
			if strings.Contains(line, secret) {
				t.Errorf("the log holds %s: %.300s", what, line)
				break
			}
		}
	}
}
