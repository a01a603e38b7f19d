package apptest_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/identity"
	"jushou/web/page"
)

const home = "/c/" + string(demo.HomeCommunity)

// as asks once, as whoever has the token, and follows no redirect.
func as(t *testing.T, h *apptest.House, token, method, path, body string, headers ...string) *apptest.Page {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, h.URL+path, strings.NewReader(body))
	must(t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if token != "" {
		req.AddCookie(&http.Cookie{Name: page.SessionCookie, Value: token})
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	return apptest.Read(t, browser(t, "127.0.0.1"), req)
}

func TestWhatIsSharedBetweenPeopleHoldsNothingOfOne(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	c := gather(t, h)
	ground := c.ground(t, c.people['p'][0], ":topic")
	h.Settle()
	type seen struct { // pages may say more when the minute changes
		who, path string
		minute    int64
	}
	first, compared := map[seen]string{}, 0
	tokens := map[rune]string{}
	for who := range c.people {
		tokens[who] = c.people[who][0].csrf
	}
	for round := range 3 {
		for _, path := range []string{home, home + "/topics", home + "/topics?board=property", home + "/progress", ground.Replace("/t/:topic"), "/open" + home} {
			order := []rune("snpaqovt")
			if round%2 == 1 {
				order = []rune("tvopqans")
			}
			for _, who := range order {
				v := c.people[who][0]
				minute := h.Clock.Now().Unix() / 60
				body := string(as(t, h, v.token, "GET", path, "").Body)
				for other, token := range tokens {
					if other != who && token != "" && strings.Contains(body, token) {
						t.Fatalf("%s as %c holds the token of %c", path, who, other)
					}
				}
				key, plain := seen{string(who), path, minute}, withoutForms(body)
				if first[key] == "" {
					first[key] = plain
				} else if compared++; first[key] != plain {
					t.Errorf("%s as %c differs when somebody else was there before", path, who)
				}
				if (who == 'p' || who == 'o') && strings.Contains(body, "灯不亮") {
					t.Errorf("%s as %c shows what only members may read", path, who)
				}
			}
		}
	}
	if compared < 40 {
		t.Errorf("only %d pages were compared", compared)
	}
}

// withoutForms leaves out what is new on each page: the tokens of forms and the time to wait.
func withoutForms(body string) string {
	var kept []string
	for _, part := range strings.Split(body, "<") {
		if !strings.Contains(part, `name="token"`) && !strings.Contains(part, "clock-bar") {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "<")
}

func TestARoleThatIsTakenIsGoneAtOnce(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	c := gather(t, h)
	v := c.people['s'][0]
	grant := identity.Grant{Role: identity.RoleStaff, Node: demo.HomeCommunity}
	for range 2 { // the second time from the cache
		as(t, h, v.token, "GET", "/desk"+home, "").Want(http.StatusOK)
	}
	must(t, h.People.RevokeRole(t.Context(), identity.System("test"), v.actor.ID, grant))
	for _, path := range []string{"/desk" + home, "/desk" + home + "/residents", "/api/v1/desk/" + string(demo.HomeCommunity) + "/queue"} {
		if got := as(t, h, v.token, "GET", path, ""); !refused(got.Status, got.Header.Get("Location")) {
			t.Errorf("%s: %d after the role was taken", path, got.Status)
		}
	}
}

func TestASessionThatWasEndedStaysEnded(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	c := gather(t, h)
	v := c.people['n'][0]
	h.Clock.Advance(25 * time.Hour)
	renewed := ""
	for _, cookie := range (&http.Response{Header: as(t, h, v.token, "GET", "/me", "").Header}).Cookies() {
		if cookie.Name == page.SessionCookie {
			renewed = cookie.Value
		}
	}
	if renewed == "" || renewed == v.token {
		t.Fatal("a session that is a day old was not renewed")
	}
	out := as(t, h, v.token, "POST", "/auth/logout", url.Values{"_csrf": {v.csrf}}.Encode())
	if out.Status != http.StatusSeeOther {
		t.Fatalf("sign out: %d", out.Status)
	}
	for name, token := range map[string]string{"the old": v.token, "the renewed": renewed} {
		if got := as(t, h, token, "GET", "/me", ""); !refused(got.Status, got.Header.Get("Location")) {
			t.Errorf("%s token opens /me: %d", name, got.Status)
		}
	}
	forged := v.token[:len(v.token)-2] + "zz"
	for _, token := range []string{forged, "", "1.a.b.0.0.0.x", strings.Repeat("x", 3000), "1." + string(c.people['x'][0].actor.ID) + ".s.0.zzzzzz.zzzzzzz."} {
		if got := as(t, h, token, "GET", "/me", ""); !refused(got.Status, got.Header.Get("Location")) {
			t.Errorf("the token %.30q opens /me: %d", token, got.Status)
		}
	}
}

func TestNobodyIsSentToAnotherSite(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	v := gather(t, h).people['n'][0]
	for _, evil := range []string{
		"//evil.example", "https://evil.example/", `/\evil.example`, `\\evil.example`, "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)",
		"/a\r\nSet-Cookie: jushou=stolen", "@evil.example", ".evil.example", "%2f%2fevil.example",
	} {
		next := "next=" + url.QueryEscape(evil)
		for _, got := range []*apptest.Page{
			as(t, h, v.token, "POST", "/elder", next+"&_csrf="+url.QueryEscape(v.csrf)),
			as(t, h, v.token, "GET", "/desk/login?"+next, ""),
		} {
			to, err := url.Parse(got.Header.Get("Location"))
			if err != nil || to.Host != "" || to.Scheme != "" || !strings.HasPrefix(to.Path, "/") {
				t.Errorf("%q sends to %q", evil, got.Header.Get("Location"))
			}
			if strings.Contains(strings.Join(got.Header.Values("Set-Cookie"), ""), "stolen") {
				t.Errorf("%q sets a cookie", evil)
			}
		}
		phone := h.Phone("lin")
		if end := phone.Get("/auth/wechat?" + next); strings.Contains(end.Path, "evil") {
			t.Errorf("%q after signing in ends at %s", evil, end.Path)
		}
	}
}

func TestAFormOfAnotherSiteDoesNothing(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	c := gather(t, h)
	v := c.people['n'][0]
	body := url.Values{"token": {"00000000000000000001"}, "board": {"nearby"}, "body": {"不是我写的"}}
	with := url.Values{"_csrf": {c.people['n'][1].csrf}}
	for name, headers := range map[string][]string{
		"cross-site": {"Sec-Fetch-Site", "cross-site"}, "same-site": {"Sec-Fetch-Site", "same-site"},
		"an origin": {"Origin", "https://evil.example"}, "no origin": {"Origin", "null"}, "nothing": nil,
	} {
		for _, path := range []string{home + "/post", "/me/delete", "/auth/logout"} {
			got := as(t, h, v.token, "POST", path, body.Encode()+"&"+with.Encode(), headers...)
			if path != "/auth/logout" && got.Status < 400 {
				t.Errorf("%s, %s: %d", name, path, got.Status)
			}
		}
		got := as(t, h, v.token, "POST", "/api/v1"+strings.Replace(home, "/c/", "/communities/", 1)+"/topics", `{"board":"nearby","body":"不是我写的"}`, append(headers, "Content-Type", "text/plain")...)
		if got.Status < 400 {
			t.Errorf("%s, API: %d", name, got.Status)
		}
	}
	as(t, h, v.token, "GET", "/me", "").Want(http.StatusOK)
	as(t, h, v.token, "GET", home+"/topics", "").Not("不是我写的")
}

func TestCodesForTheDeskAreNotMadeByTheThousand(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	made, refused := 0, 0
	for range 80 {
		switch got := as(t, h, "", "GET", "/desk/login", ""); got.Status {
		case http.StatusOK:
			made++
		case http.StatusTooManyRequests:
			refused++
		}
	}
	if made < 40 || refused == 0 {
		t.Errorf("of 80 looks %d made a code and %d were refused", made, refused)
	}
	as(t, h, "", "GET", "/open", "").Want(http.StatusOK)
}

func TestLongHeadersOfPhonesFit(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	as(t, h, "", "GET", "/open?from="+strings.Repeat("x", 3000), "", "Referer", h.URL+"/open?from="+strings.Repeat("x", 3000), "User-Agent", strings.Repeat("MicroMessenger ", 100)).Want(http.StatusOK)
}

func TestABodyThatIsTooLargeIsNotRead(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	addr := strings.TrimPrefix(h.URL, "http://")
	for name, request := range map[string]string{
		"a length":       "POST /elder HTTP/1.1\r\nHost: " + addr + "\r\nContent-Length: 999999999999\r\n\r\nx",
		"a photo":        "POST /photos HTTP/1.1\r\nHost: " + addr + "\r\nContent-Length: 40000000\r\n\r\nx",
		"a push":         "POST /wechat/callback HTTP/1.1\r\nHost: " + addr + "\r\nContent-Length: 40000000\r\n\r\nx",
		"chunks":         "POST /elder HTTP/1.1\r\nHost: " + addr + "\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat(fmt.Sprintf("%x\r\n%s\r\n", 1<<16, strings.Repeat("a", 1<<16)), 8),
		"both":           "POST /elder HTTP/1.1\r\nHost: " + addr + "\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat(fmt.Sprintf("%x\r\n%s\r\n", 1<<16, strings.Repeat("a", 1<<16)), 8),
		"a minus":        "POST /elder HTTP/1.1\r\nHost: " + addr + "\r\nContent-Length: -5\r\n\r\nx",
		"a large header": "GET / HTTP/1.1\r\nHost: " + addr + "\r\nX-A: " + strings.Repeat("a", 1<<20) + "\r\n\r\n",
	} {
		conn, err := net.Dial("tcp", addr)
		must(t, err)
		must(t, conn.SetDeadline(time.Now().Add(10*time.Second)))
		_, _ = conn.Write([]byte(request)) // the server may hang up before all of it is sent
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err == nil && (res.StatusCode < 400 || res.StatusCode >= 500) {
			t.Errorf("%s: %d", name, res.StatusCode)
		}
		if err, ok := err.(net.Error); ok && err.Timeout() {
			t.Errorf("%s: the server waits for the rest", name)
		}
		conn.Close()
	}
}
