package wechat

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/fault"
)

func notice() TemplateMessage {
	return TemplateMessage{
		To: "oA", TemplateID: "TPL", URL: "https://jushou.example/t/1?a=b&c=d", ClientMsgID: "d1",
		Data: map[string]string{"thing1": "三号楼路灯\n不亮了,请看看 🙏", "time2": "2026-11-21 09:00"},
	}
}

func TestATemplateMessageAsThePlatformReceivesIt(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathTemplate, says(`{"errcode":0,"errmsg":"ok","msgid":200228332}`))
	c, _ := newClient(t, p, nil)
	id, err := c.SendTemplate(t.Context(), notice())
	if err != nil || id != "200228332" {
		t.Fatalf("%q, %v", id, err)
	}
	sent := p.made(pathTemplate)[0].body
	body := decoded(t, sent)
	thing := body["data"].(map[string]any)["thing1"].(map[string]any)["value"]
	if body["touser"] != "oA" || body["template_id"] != "TPL" || body["client_msg_id"] != "d1" || thing != "三号楼路灯 不亮了,请看看" {
		t.Errorf("sent %s", sent)
	}
	if !strings.Contains(sent, "?a=b&c=d") || strings.Contains(sent, `\u`) {
		t.Errorf("escaped: %s", sent)
	}
}

func TestATemplateMessageThatCannotBeRightIsNotSent(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	c, _ := newClient(t, p, nil)
	for name, spoil := range map[string]func(*TemplateMessage){
		"no receiver":            func(m *TemplateMessage) { m.To = "" },
		"no template":            func(m *TemplateMessage) { m.TemplateID = "" },
		"no client message id":   func(m *TemplateMessage) { m.ClientMsgID = "" },
		"no data":                func(m *TemplateMessage) { m.Data = nil },
		"a time that is no time": func(m *TemplateMessage) { m.Data = map[string]string{"time1": "尽快"} },
	} {
		m := notice()
		spoil(&m)
		if _, err := c.SendTemplate(t.Context(), m); !errors.Is(err, errMessage) || len(p.made(pathTemplate)) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestABusyPlatformIsAskedThreeTimesWhereCopiesDoNoHarm(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]reply{
		"errcode -1": refuses(-1), "500": status(500), "502": status(502), "503": status(503), "hang up": hangsUp,
		"html with 200": says("<html>proxy</html>"), "empty body": says(""), "half an answer": says(`{"errcode":0,"errm`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlatform(t)
			c, _ := newClient(t, p, nil)
			p.on(pathTemplate, trouble, trouble, says(`{"errcode":0,"errmsg":"ok","msgid":7}`))
			if id, err := c.SendTemplate(t.Context(), notice()); err != nil || id != "7" {
				t.Fatalf("template: %q, %v", id, err)
			}
			p.on(pathTemplate, trouble)
			before := len(p.made(pathTemplate))
			_, err := c.SendTemplate(t.Context(), notice())
			if e := asAPIError(err); e == nil || e.Policy().Action != Retry || !errors.Is(err, ErrUnavailable) || fault.KindOf(err) != fault.Unavailable {
				t.Fatalf("template for good: %v", err)
			}
			if n := len(p.made(pathTemplate)) - before; n != 3 {
				t.Errorf("template tried %d times", n)
			}
			p.on(pathCustom, trouble)
			err = c.SendText(t.Context(), "oA", "hi")
			if e := asAPIError(err); e == nil || !e.Unsure {
				t.Fatalf("text: %v", err)
			}
			if n := len(p.made(pathCustom)); n != 1 {
				t.Errorf("text tried %d times: the person may read it twice", n)
			}
		})
	}
}

func TestARefusedConnectionIsSurelyNotSentAndTriedAgain(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	var tries int
	c, _ := newClient(t, p, func(cfg *Config) {
		cfg.Observe = func(Attempt) { tries++ }
		cfg.Transport = &http.Transport{DisableKeepAlives: true} // so that each try dials
	})
	if _, err := c.token.get(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.Close()
	tries = 0
	err := c.SendText(t.Context(), "oA", "hi")
	if e := asAPIError(err); e == nil || e.Unsure || e.Status != 0 || tries != 3 {
		t.Fatalf("%v after %d tries", err, tries)
	}
}

func TestRefusalsAreTypedAndNotRepeated(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	c, _ := newClient(t, p, nil)
	for _, policy := range Policies() {
		for _, code := range policy.Codes {
			if policy.Action == RefreshToken || code == codeBusy || code == 61450 {
				continue
			}
			p.on(pathTemplate, refuses(code))
			before := len(p.made(pathTemplate))
			_, err := c.SendTemplate(t.Context(), notice())
			e := asAPIError(err)
			if e == nil || e.Code != code || e.Msg != "some words" || e.Rid != "1234abcd-12345678-0badcafe" || e.API != pathTemplate {
				t.Errorf("%d: %#v", code, e)
				continue
			}
			if PolicyOf(err).Action != policy.Action || len(p.made(pathTemplate)) != before+1 {
				t.Errorf("%d: %s after %d calls", code, PolicyOf(err).Action, len(p.made(pathTemplate))-before)
			}
		}
	}
}

func TestErrorsTellNoSecret(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	c, _ := newClient(t, p, nil)
	for name, trouble := range map[string]reply{"refused": refuses(40003), "500": status(500), "hang up": hangsUp, "html": says("<html>")} {
		for _, path := range []string{pathTemplate, pathCustom, "/cgi-bin/qrcode/create", "/cgi-bin/media/get", "/cgi-bin/user/info", "/sns/oauth2/access_token", "/cgi-bin/ticket/getticket", "/cgi-bin/menu/get"} {
			p.on(path, trouble)
		}
		_, template := c.SendTemplate(t.Context(), notice())
		_, qr := c.CreateQR(t.Context(), "s", time.Hour)
		_, media := c.DownloadMedia(t.Context(), "m", 100)
		_, user := c.UserInfo(t.Context(), "oA")
		_, code := c.Exchange(t.Context(), "CODE-SECRET-"+name)
		_, js := c.JSConfig(t.Context(), "https://jushou.example/")
		_, menu := c.GetMenu(t.Context())
		for i, err := range []error{template, c.SendText(t.Context(), "oA", "hi"), qr, media, user, code, js, menu} {
			if err == nil {
				t.Errorf("%s %d: no error", name, i)
				continue
			}
			for _, secret := range []string{testSecret, "TOKEN", "CODE-SECRET", "access_token=", "secret="} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%s: %s tells %s", name, err, secret)
				}
			}
		}
	}
}

func TestEveryCallFollowsItsOwnContext(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	arrived, release := make(chan struct{}, 8), make(chan struct{})
	p.on(pathCustom, func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	defer close(release)
	c, _ := newClient(t, p, nil)
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error)
	go func() { result <- c.SendText(ctx, "oA", "hi") }()
	<-arrived
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Fatalf("the SDK's call outlived its context: %v", err)
	}
	sdk.mu.Lock()
	defer sdk.mu.Unlock()
	for _, call := range sdk.open { // other tests' calls are in it too
		if call.client == c {
			t.Error("the call is still registered")
		}
	}
}

func TestTwoClientsInOneProcessDoNotMeet(t *testing.T) {
	t.Parallel()
	var wait sync.WaitGroup
	for i := range 4 {
		p := newPlatform(t)
		token := fmt.Sprintf("OWN%d", i)
		p.on(pathToken, says(`{"access_token":"`+token+`","expires_in":7200}`))
		p.on(pathTemplate, says(fmt.Sprintf(`{"errcode":0,"errmsg":"ok","msgid":%d}`, i)))
		c, _ := newClient(t, p, nil)
		for range 10 {
			wait.Go(func() {
				if id, err := c.SendTemplate(t.Context(), notice()); err != nil || id != fmt.Sprint(i) {
					t.Errorf("client %d got %q, %v", i, id, err)
				}
			})
		}
		t.Cleanup(func() {
			for _, call := range p.made(pathTemplate) {
				if call.query.Get("access_token") != token {
					t.Errorf("client %d sent %v", i, call.query)
				}
			}
		})
	}
	wait.Wait()
}

func TestEveryAttemptIsObserved(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on(pathTemplate, status(502), refuses(43004))
	var mu sync.Mutex
	var seen []string
	c, _ := newClient(t, p, func(cfg *Config) {
		cfg.Observe = func(a Attempt) {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, fmt.Sprint(a.API, " ", a.Code, " ", a.Status))
			if a.Took < 0 {
				t.Error("negative duration")
			}
		}
	})
	if _, err := c.SendTemplate(t.Context(), notice()); PolicyOf(err).Action != Unfollowed {
		t.Fatal(err)
	}
	want := fmt.Sprint([]string{pathToken + " 0 200", pathTemplate + " -1 502", pathTemplate + " 43004 200"})
	if fmt.Sprint(seen) != want {
		t.Errorf("seen %v\nwant %v", seen, want)
	}
}

func TestOnlyTheSandboxMayReplaceThePlatform(t *testing.T) {
	t.Parallel()
	base := Config{AppID: "wx1", Secret: "s", Cache: newMemory(), Clock: clock.System{}}
	for _, c := range []struct {
		api     string
		sandbox bool
		good    bool
	}{
		{"", false, true},
		{"https://api.weixin.qq.com", false, true},
		{"https://api2.weixin.qq.com/", false, true},
		{"http://api.weixin.qq.com", false, false},
		{"https://api.weixin.qq.com.evil.example", false, false},
		{"https://evilweixin.qq.com", false, false},
		{"http://127.0.0.1:8080/sandbox/api", false, false},
		{"http://127.0.0.1:8080/sandbox/api", true, true},
		{"127.0.0.1:8080", true, false},
		{"http://user:pw@host", true, false},
		{"http://host/?x=1", true, false},
	} {
		cfg := base
		cfg.APIBase, cfg.Sandbox = c.api, c.sandbox
		if _, err := New(cfg); (err == nil) != c.good {
			t.Errorf("%q sandbox %v: %v", c.api, c.sandbox, err)
		}
	}
}

func TestWhatRefusalsSayIsRead(t *testing.T) {
	t.Parallel()
	e := answerError("/x", 200, []byte(`{"errcode":40164,"errmsg":"invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist rid: 65a1b2c3-0011aabb-22ccddee"}`))
	if e.BlockedIP() != "1.2.3.4" || e.Rid != "65a1b2c3-0011aabb-22ccddee" || strings.Contains(e.Msg, "rid") {
		t.Errorf("%+v", e)
	}
	e = answerError("/x", 200, []byte(`{"errcode":47003,"errmsg":"argument invalid! data.thing1.value invalid rid: 1-2-3"}`))
	if e.Field() != "thing1" || e.BlockedIP() != "" {
		t.Errorf("%+v", e)
	}
	for _, fine := range []string{ok, `{"access_token":"x"}`, `{"errmsg":"ok","ticket":"t"}`} {
		if e := answerError("/x", 200, []byte(fine)); e != nil {
			t.Errorf("%s: %v", fine, e)
		}
	}
}

func TestQuotaEndsAtMidnightInShanghai(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ now, want string }{
		{"2026-11-21T15:59:59Z", "2026-11-21T16:00:00Z"},
		{"2026-11-21T16:00:00Z", "2026-11-22T16:00:00Z"},
		{"2026-12-31T20:00:00Z", "2027-01-01T16:00:00Z"},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if at, again := policyOf(45009).NextTry(now); !again || at.UTC().Format(time.RFC3339) != c.want {
			t.Errorf("%s: %v", c.now, at)
		}
	}
	if at, again := policyOf(45011).NextTry(pushTime); !again || at.Sub(pushTime) != time.Minute {
		t.Errorf("45011: %v", at)
	}
	if _, again := policyOf(43004).NextTry(pushTime); again {
		t.Error("43004 is not a matter of time")
	}
	if _, again := policyOf(123456).NextTry(pushTime); again {
		t.Error("an unknown code is not repeated")
	}
}
