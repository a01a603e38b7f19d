package wxsim_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jushou/wechat/wxsim"
)

// stay is a client that does not follow redirects.
func stay() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (w *world) authorizeURL(scope, back string) string {
	return w.base + "/open/connect/oauth2/authorize?appid=" + appID + "&redirect_uri=" + url.QueryEscape(back) +
		"&response_type=code&scope=" + scope + "&state=abc123"
}

func (w *world) home() string { return strings.TrimSuffix(w.base, "/sandbox") }

func (w *world) fetch(address string) (int, string, string) {
	w.Helper()
	res, err := stay().Get(address)
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	body := make([]byte, 1<<16)
	n := 0
	for {
		k, err := res.Body.Read(body[n:])
		n += k
		if err != nil || n == len(body) {
			break
		}
	}
	return res.StatusCode, string(body[:n]), res.Header.Get("Location")
}

func (w *world) trade(code string) answer {
	w.Helper()
	return w.get("/api/sns/oauth2/access_token?appid=" + appID + "&secret=" + secret + "&code=" + code + "&grant_type=authorization_code")
}

func TestAuthorizeSendsTheChosenPersonBackWithACodeThatWorksOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	address := w.authorizeURL("snsapi_base", w.home()+"/auth?next=%2Ft%2F1")
	status, page, _ := w.fetch(address)
	if status != 200 || !strings.Contains(page, "林阿姨") || !strings.Contains(page, w.openID("lin")) {
		t.Fatalf("the picker: %d %s", status, page)
	}
	status, _, to := w.fetch(address + "&wxsim_openid=" + w.openID("lin"))
	back, err := url.Parse(to)
	if status != 302 || err != nil || back.Query().Get("state") != "abc123" || back.Query().Get("next") != "/t/1" {
		t.Fatalf("%d to %s, %v", status, to, err)
	}
	code := back.Query().Get("code")
	got := w.trade(code)
	if got.text("openid") != w.openID("lin") || got["unionid"] != nil || got["is_snapshotuser"] != nil {
		t.Errorf("traded for %v", got)
	}
	w.want(w.trade(code), 40163)
	w.want(w.get("/api/sns/userinfo?access_token="+got.text("access_token")+"&openid="+w.openID("lin")), 48001)
	w.want(w.get("/api/sns/auth?access_token="+got.text("access_token")+"&openid="+w.openID("lin")), 0)
	w.want(w.get("/api/sns/auth?access_token="+got.text("access_token")+"&openid="+w.openID("chen")), 40003)
}

func TestCodesAndWebTokensAge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := w.sim.Authorize(w.openID("lin"), "snsapi_base")
	w.clock.Advance(5 * time.Minute)
	w.want(w.trade(code), 42003)
	w.want(w.trade("made-up"), 40029)
	w.want(w.get("/api/sns/oauth2/access_token?appid=wxother&secret="+secret+"&code="+code+"&grant_type=authorization_code"), 40029)
	got := w.trade(w.sim.Authorize(w.openID("lin"), "snsapi_base"))
	w.clock.Advance(2 * time.Hour)
	w.want(w.get("/api/sns/auth?access_token="+got.text("access_token")+"&openid="+w.openID("lin")), 42001)
	refresh := "/api/sns/oauth2/refresh_token?appid=" + appID + "&grant_type=refresh_token&refresh_token=" + got.text("refresh_token")
	w.want(w.get(refresh), 0)
	w.clock.Advance(30 * 24 * time.Hour)
	w.want(w.get(refresh), 42002)
}

func TestUserinfoAsksForConsentAndASnapshotPageIsNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	address := w.authorizeURL("snsapi_userinfo", w.home()+"/auth") + "&wxsim_openid=" + w.openID("lin")
	if status, page, _ := w.fetch(address); status != 200 || !strings.Contains(page, "获取你的昵称") {
		t.Fatalf("no consent page: %d", status)
	}
	if _, _, to := w.fetch(address + "&wxsim_consent=0"); strings.Contains(to, "code=") || !strings.Contains(to, "state=abc123") {
		t.Errorf("refusal leads to %s", to)
	}
	_, _, to := w.fetch(address + "&wxsim_consent=1")
	back, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	got := w.trade(back.Query().Get("code"))
	info := w.get("/api/sns/userinfo?access_token=" + got.text("access_token") + "&openid=" + w.openID("lin"))
	if info.text("nickname") != "林阿姨" || got["unionid"] == nil {
		t.Errorf("%v, %v", got, info)
	}
	ghost := w.trade(w.sim.Authorize(w.openID("ghost"), "snsapi_base"))
	if ghost["is_snapshotuser"] != 1.0 || ghost.text("openid") == w.openID("ghost") {
		t.Errorf("snapshot user %v", ghost)
	}
}

func TestAuthorizeRefusesLinksThatWeChatWouldRefuse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := w.authorizeURL("snsapi_base", w.home()+"/auth")
	for name, c := range map[string]struct{ address, number string }{
		"another host":   {w.authorizeURL("snsapi_base", "https://evil.example/auth"), "10003"},
		"bad scope":      {w.authorizeURL("snsapi_all", w.home()+"/auth"), "10005"},
		"another appid":  {strings.Replace(good, appID, "wxother", 1), "10016"},
		"no state":       {strings.Replace(good, "state=abc123", "state=", 1), "10013"},
		"state with -":   {strings.Replace(good, "abc123", "a-b", 1), "10000"},
		"other order":    {strings.Replace(strings.Replace(good, "appid="+appID+"&", "", 1), "&state", "&appid="+appID+"&state", 1), "10000"},
		"no redirect":    {strings.Replace(good, "redirect_uri="+url.QueryEscape(w.home()+"/auth"), "redirect_uri=", 1), "10011"},
		"javascript uri": {w.authorizeURL("snsapi_base", "javascript:alert(1)"), "10003"},
	} {
		status, page, to := w.fetch(c.address + "&wxsim_openid=" + w.openID("lin"))
		if status != 200 || to != "" || !strings.Contains(page, c.number) {
			t.Errorf("%s: %d %q, want a page with %s", name, status, to, c.number)
		}
	}
}

// pages is an app with a session cookie, behind the simulator's web view.
func pages(t *testing.T, w *world) (*wxsim.Sim, string) {
	t.Helper()
	var sim *wxsim.Sim
	mux := http.NewServeMux()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if sim.Owns(r.Host, r.URL.Path) {
			sim.ServeHTTP(rw, r)
			return
		}
		mux.ServeHTTP(rw, r)
	}))
	t.Cleanup(server.Close)
	mux.HandleFunc("/me", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("X-Frame-Options", "DENY")
		rw.Header().Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
		rw.Header().Set("Content-Type", "text/html")
		cookie, err := r.Cookie("sid")
		if err != nil {
			http.Redirect(rw, r, server.URL+"/sandbox/open/connect/oauth2/authorize?appid="+appID+"&redirect_uri="+
				url.QueryEscape(server.URL+"/auth")+"&response_type=code&scope=snsapi_base&state=s", http.StatusFound)
			return
		}
		rw.Write([]byte("me=" + cookie.Value + " host=" + r.Host + " ua=" + r.UserAgent() + ` <a href="` + server.URL + `/x">x</a>`))
	})
	mux.HandleFunc("/auth", func(rw http.ResponseWriter, r *http.Request) {
		http.SetCookie(rw, &http.Cookie{Name: "sid", Value: r.URL.Query().Get("code")[:6], Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		http.Redirect(rw, r, "/me", http.StatusFound)
	})
	var err error
	sim, err = wxsim.New(wxsim.Options{Account: wxsim.Account{AppID: appID, Secret: secret, Token: token}, AppURL: server.URL, Clock: w.clock,
		Personas: []wxsim.Persona{{ID: "lin"}, {ID: "chen"}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	return sim, server.URL
}

// visit opens an address on a phone's host name, which a test machine need not resolve.
func visit(t *testing.T, server, phoneURL string) (*http.Response, string) {
	t.Helper()
	u, err := url.Parse(phoneURL)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server+u.RequestURI(), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = u.Host
	res, err := stay().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	if err := res.Write(&b); err != nil {
		t.Fatal(err)
	}
	return res, b.String()
}

func TestEachPhoneIsSignedInAsItsOwnPersonInOneBrowser(t *testing.T) {
	t.Parallel()
	sim, server := pages(t, newWorld(t))
	bodies := map[string]string{}
	for _, id := range []string{"lin", "chen"} {
		at := sim.PhoneURL(id, server+"/me")
		res, body := visit(t, server, at)
		for range 5 {
			to := res.Header.Get("Location")
			if to == "" {
				break
			}
			next, err := url.Parse(at)
			if err != nil {
				t.Fatal(err)
			}
			if next, err = next.Parse(to); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(next.Host, id+".phone.localhost") {
				t.Fatalf("%s was sent away to %s", id, next)
			}
			at = next.String()
			res, body = visit(t, server, at)
		}
		if res.StatusCode != 200 || res.Header.Get("Set-Cookie") != "" || res.Header.Get("X-Frame-Options") != "" ||
			strings.Contains(res.Header.Get("Content-Security-Policy"), "frame-ancestors") {
			t.Errorf("%s: %d %v", id, res.StatusCode, res.Header)
		}
		for _, want := range []string{"MicroMessenger/", "host=" + strings.TrimPrefix(server, "http://"), `href="http://` + id + ".phone.localhost"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: %q is missing in %s", id, want, body)
			}
		}
		bodies[id] = body[strings.Index(body, "me="):][:9]
	}
	if bodies["lin"] == bodies["chen"] {
		t.Errorf("both phones show the session %s", bodies["lin"])
	}
}

func TestOpenAsStaysOnTheApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if status, _, to := w.fetch(w.base + "/open-as/lin?url=" + url.QueryEscape(w.home()+"/t/1?x=2")); status != 302 || to != "/t/1?x=2" {
		t.Errorf("%d %s", status, to)
	}
	for _, evil := range []string{"https://evil.example/", "//evil.example/", "javascript:alert(1)"} {
		if status, _, to := w.fetch(w.base + "/open-as/lin?url=" + url.QueryEscape(evil)); status == 302 && !strings.HasPrefix(to, "/j") {
			t.Errorf("%s leads to %d %s", evil, status, to)
		}
	}
}
