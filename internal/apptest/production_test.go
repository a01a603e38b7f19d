package apptest_test

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"jushou/internal/app"
	"jushou/internal/config"
)

// production is a real installation's program with secrets that open nothing. It is not started: it asks nobody.
func production(t *testing.T) fasthttp.RequestHandler {
	t.Helper()
	var environ []string
	for name, value := range map[string]string{
		"SANDBOX": "0", "ADDR": "127.0.0.1:0", "BASE_URL": "https://jushou.example", "DATA_DIR": t.TempDir(), "SECRET_KEY": strings.Repeat("k", 44),
		"WECHAT_APP_ID": "wx0123456789abcdef", "WECHAT_APP_SECRET": strings.Repeat("a", 32), "WECHAT_TOKEN": "token1234", "WECHAT_AES_KEY": strings.Repeat("A", 43), "WECHAT_MODE": "safe",
	} {
		environ = append(environ, config.Prefix+name+"="+value)
	}
	cfg, err := config.Load(environ, "")
	must(t, err)
	a, err := app.New(t.Context(), cfg, app.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, a.Stop(t.Context())) })
	if a.Sim != nil || a.Virtual != nil {
		t.Fatal("a real installation has a simulator, or a clock that can be moved")
	}
	return a.Handler()
}

func asked(handler fasthttp.RequestHandler, method, host, path string) *fasthttp.Response {
	var req fasthttp.Request
	req.Header.SetMethod(method)
	req.SetRequestURI(path)
	req.Header.SetHost(host)
	req.Header.Set("X-Forwarded-Host", host)
	var ctx fasthttp.RequestCtx
	ctx.Init(&req, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
	handler(&ctx)
	return &ctx.Response
}

func TestARealInstallationHasNoSimulator(t *testing.T) {
	t.Parallel()
	handler := production(t)
	for _, host := range []string{"jushou.example", "lin.phone.localhost", "localhost", "127.0.0.1"} {
		for _, path := range []string{"/sandbox", "/sandbox/", "/sandbox/__sim/clock", "/sandbox/__sim/personas", "/sandbox/api/cgi-bin/token", "/sandbox/open/connect/oauth2/authorize", "/__sim/clock", "/metrics", "/debug/pprof/"} {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				if got := asked(handler, method, host, path).StatusCode(); got != http.StatusNotFound {
					t.Errorf("%s %s at %s: %d", method, path, host, got)
				}
			}
		}
		front := asked(handler, http.MethodGet, host, "/")
		if body := string(front.Body()); front.StatusCode() != http.StatusOK || strings.Contains(body, "sandbox") || strings.Contains(body, "演示") {
			t.Errorf("the front page at %s: %d, or it speaks of the simulator", host, front.StatusCode())
		}
		if policy := string(front.Header.Peek("Content-Security-Policy")); !strings.HasSuffix(policy, "frame-ancestors 'self'") {
			t.Errorf("others may frame the pages: %s", policy)
		}
		if len(front.Header.Peek("Strict-Transport-Security")) == 0 {
			t.Error("browsers are not told to stay with TLS")
		}
	}
}

func TestARealInstallationsCookiesNeedTLS(t *testing.T) {
	t.Parallel()
	got := asked(production(t), http.MethodGet, "evil.example", "/auth/wechat?next=/me")
	cookie := string(got.Header.PeekCookie("signing_in"))
	if to := string(got.Header.Peek("Location")); !strings.HasPrefix(to, "https://open.weixin.qq.com/") || !strings.Contains(to, "jushou.example") || strings.Contains(to, "evil") {
		t.Errorf("signing in leads to %s", to)
	}
	for _, want := range []string{"secure", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("%s is missing from %s", want, cookie)
		}
	}
}
