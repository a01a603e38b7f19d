package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"jushou/web/page"
)

func TestOurOwnFailureShowsOnlyAReference(t *testing.T) {
	t.Parallel()
	s := probe(t, nil)
	for _, path := range []string{"/probe/broken", "/probe/panic"} {
		a := ask(t, s, "GET", path, "")
		if a.StatusCode != http.StatusInternalServerError {
			t.Errorf("%s: status %d", path, a.StatusCode)
		}
		id := a.Header.Get("X-Request-Id")
		if id == "" || !strings.Contains(a.text, id) {
			t.Errorf("%s: the page does not name its reference %q", path, id)
		}
		for _, secret := range []string{"EOF", "boom", "goroutine", ".go:"} {
			if strings.Contains(a.text, secret) {
				t.Errorf("%s: the page tells %q", path, secret)
			}
		}
	}
}

func TestProblemsOfTheAPIHaveAStableCode(t *testing.T) {
	t.Parallel()
	a := ask(t, probe(t, nil), "GET", "/api/v1/probe", "")
	if got := a.Header.Get("Content-Type"); !strings.HasPrefix(got, "application/problem+json") {
		t.Errorf("content type %q", got)
	}
	var problem struct {
		Status       int
		Code, Detail string
	}
	if err := json.Unmarshal([]byte(a.text), &problem); err != nil {
		t.Fatal(err)
	}
	if problem.Status != http.StatusConflict || a.StatusCode != problem.Status || problem.Code != "store.conflict" || problem.Detail == "" {
		t.Errorf("status %d, problem %+v", a.StatusCode, problem)
	}
}

func TestEveryPageIsGuardedByHeaders(t *testing.T) {
	t.Parallel()
	s := probe(t, func(d *Deps) { d.FrameAncestors = []string{"http://*.localhost:8080"} })
	h := ask(t, s, "GET", "/nowhere", "").Header
	policy := h.Get("Content-Security-Policy")
	if !strings.Contains(policy, "frame-ancestors 'self' http://*.localhost:8080") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
	for name, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestSomebodyUnknownIsSentToSignInAndBack(t *testing.T) {
	t.Parallel()
	a := ask(t, probe(t, nil), "GET", "/probe/private?a=1", "")
	if a.StatusCode != http.StatusFound || a.Header.Get("Location") != "/auth/wechat?next=%2Fprobe%2Fprivate%3Fa%3D1" {
		t.Errorf("%d to %q", a.StatusCode, a.Header.Get("Location"))
	}
}

// TestAddressesHaveOneSpelling: limits, proof of origin and the API's errors go by how an address begins.
func TestAddressesHaveOneSpelling(t *testing.T) {
	t.Parallel()
	s := probe(t, nil)
	for _, path := range []string{"/PROBE/form", "/API/v1/probe", "/Probe/private"} {
		if a := ask(t, s, "GET", path, ""); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, a.StatusCode)
		}
	}
}

func TestPostsFromOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	s := probe(t, nil)
	for _, c := range []struct {
		name    string
		headers []string
		want    int
	}{
		{"same origin", []string{"Sec-Fetch-Site", "same-origin"}, http.StatusOK},
		{"typed or scripted", nil, http.StatusOK},
		{"our origin, old browser", []string{"Origin", "http://example.com"}, http.StatusOK},
		{"cross site", []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden},
		{"same site, other host", []string{"Sec-Fetch-Site", "same-site"}, http.StatusForbidden},
		{"other origin, old browser", []string{"Origin", "http://evil.example"}, http.StatusForbidden},
		{"no origin to tell", []string{"Origin", "null"}, http.StatusForbidden},
	} {
		if a := ask(t, s, "POST", "/probe/form", "text=hello", c.headers...); a.StatusCode != c.want {
			t.Errorf("%s: status %d, want %d", c.name, a.StatusCode, c.want)
		}
	}
}

func TestHammeringIsSlowedDownInWords(t *testing.T) {
	t.Parallel()
	s := probe(t, func(d *Deps) { d.Limits = quiet{refuse: true} })
	a := ask(t, s, "POST", "/probe/form", "text=hello")
	if a.StatusCode != http.StatusTooManyRequests || a.Header.Get("Retry-After") != "2" || !strings.Contains(a.text, "请过 2 秒再试") {
		t.Errorf("status %d, retry after %q", a.StatusCode, a.Header.Get("Retry-After"))
	}
	if a := ask(t, s, "GET", "/nowhere", ""); a.StatusCode != http.StatusNotFound {
		t.Errorf("reading was slowed down too: %d", a.StatusCode)
	}
}

func TestNobodyFillsTheMemoryWithoutASession(t *testing.T) {
	t.Parallel()
	header := func(name, value string) *fasthttp.RequestHeader {
		h := &fasthttp.RequestHeader{}
		h.SetRequestURI("/c/luo/post?a=1")
		if name != "" {
			h.Set(name, value)
		}
		return h
	}
	real, sandbox := &Server{}, &Server{deps: Deps{Sandbox: true}}
	for _, c := range []struct {
		name   string
		server *Server
		header *fasthttp.RequestHeader
		want   int
	}{
		{"a stranger", real, header("", ""), formBody},
		{"with a cookie", real, header("Cookie", page.SessionCookie+"=x"), storyBody},
		{"another cookie", real, header("Cookie", "elder=1"), formBody},
		{"a program", real, header("Authorization", "Bearer x"), storyBody},
		{"a phone of the simulator", sandbox, header("", ""), storyBody},
	} {
		if got := c.server.limitBody(c.header).MaxRequestBodySize; got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestBodyBounds(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]int{
		"/me/move": formBody, "/photos": photoBody, "/c/luo/post": storyBody, "/t/1/comments": formBody,
		"/api/v1/communities/luo/topics": formBody, "/api/v1/photos": photoBody,
		"/api/v1/desk/luo/imports": importBody, "/api/v1/imports/1/confirm": formBody, "/desk/c/luo/import": importBody, "/desk/c/luo/duty/roster": formBody, "/": formBody,
	} {
		if got := bodyBound(path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}
