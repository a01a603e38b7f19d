package wechat

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestQRCodes(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on("/cgi-bin/qrcode/create", says(`{"errmsg":"ok","ticket":"a+b/c==","expire_seconds":60,"url":"http://weixin.qq.com/q/x"}`))
	c, _ := newClient(t, p, nil)
	qr, err := c.CreateQR(t.Context(), "b|1|ff", time.Minute)
	if err != nil || qr != (QR{"a+b/c==", "http://weixin.qq.com/q/x", time.Minute}) {
		t.Fatalf("%+v, %v", qr, err)
	}
	if got := c.ShowQRURL(qr.Ticket); got != "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=a%2Bb%2Fc%3D%3D" {
		t.Errorf("shown at %s", got)
	}
	if _, err := c.CreateQR(t.Context(), "b|1|ff", 0); err != nil {
		t.Fatal(err)
	}
	made := p.made("/cgi-bin/qrcode/create")
	if decoded(t, made[0].body)["action_name"] != "QR_STR_SCENE" || decoded(t, made[0].body)["expire_seconds"] != 60.0 {
		t.Errorf("temporary: %s", made[0].body)
	}
	if decoded(t, made[1].body)["action_name"] != "QR_LIMIT_STR_SCENE" || strings.Contains(made[1].body, "expire") {
		t.Errorf("permanent: %s", made[1].body)
	}
	for _, bad := range []struct {
		scene string
		valid time.Duration
	}{{"", time.Hour}, {strings.Repeat("a", 65), time.Hour}, {"a", time.Second}, {"a", 31 * 24 * time.Hour}, {"a", -1}} {
		if _, err := c.CreateQR(t.Context(), bad.scene, bad.valid); !errors.Is(err, errScene) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestMenus(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on("/cgi-bin/menu/create", says(ok))
	p.on("/cgi-bin/menu/get", refuses(46003), says(`{"menu":{"button":[{"name":"我的","sub_button":[{"type":"view","name":"议题","url":"https://a?b=1&c=2","sub_button":[]}]},{"type":"click","name":"帮助","key":"HELP","sub_button":[]}]}}`))
	c, _ := newClient(t, p, nil)
	menu := []Button{{Name: "我的", Sub: []Button{{Type: "view", Name: "议题", URL: "https://a?b=1&c=2"}}}, {Type: "click", Name: "帮助", Key: "HELP"}}
	if err := c.CreateMenu(t.Context(), menu); err != nil {
		t.Fatal(err)
	}
	if body := p.made("/cgi-bin/menu/create")[0].body; !strings.Contains(body, "b=1&c=2") || !strings.Contains(body, "我的") {
		t.Errorf("sent %s", body)
	}
	if got, err := c.GetMenu(t.Context()); err != nil || got != nil {
		t.Errorf("no menu: %+v, %v", got, err)
	}
	if got, err := c.GetMenu(t.Context()); err != nil || fmt.Sprint(got) != fmt.Sprint(menu) {
		t.Errorf("got %+v, %v", got, err)
	}
	click := Button{Type: "click", Name: "a", Key: "k"}
	for name, bad := range map[string][]Button{
		"none": nil, "four": {click, click, click, click}, "six under one": {{Name: "a", Sub: []Button{click, click, click, click, click, click}}},
		"a long name": {{Type: "click", Name: "六个汉字太长", Key: "k"}}, "no name": {{Type: "click", Key: "k"}}, "click without key": {{Type: "click", Name: "a"}},
		"view without url": {{Type: "view", Name: "a"}}, "no type": {{Name: "a"}}, "deep": {{Name: "a", Sub: []Button{{Name: "b", Sub: []Button{click}}}}},
	} {
		if err := c.CreateMenu(t.Context(), bad); !errors.Is(err, errMenu) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPagesAreSignedOnlyForOurHosts(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on("/cgi-bin/ticket/getticket", says(`{"errcode":0,"errmsg":"ok","ticket":"TICKET","expires_in":7200}`))
	c, now := newClient(t, p, nil)
	for range 3 {
		signed, err := c.JSConfig(t.Context(), "https://jushou.example/t/1?from=a#comments")
		if err != nil {
			t.Fatal(err)
		}
		if want := SignPage("TICKET", signed.NonceStr, pushTime.Unix(), "https://jushou.example/t/1?from=a"); signed.Signature != want || signed.AppID != testAppID || signed.Timestamp != pushTime.Unix() {
			t.Errorf("signed %+v", signed)
		}
	}
	if n := len(p.made("/cgi-bin/ticket/getticket")); n != 1 {
		t.Errorf("%d tickets", n)
	}
	now.Advance(110 * time.Minute)
	if _, err := c.JSConfig(t.Context(), "https://jushou.example/"); err != nil {
		t.Fatal(err)
	}
	if n := len(p.made("/cgi-bin/ticket/getticket")); n != 2 {
		t.Errorf("%d tickets after its end", n)
	}
	for _, page := range []string{"https://evil.example/", "https://jushou.example.evil.example/", "https://jushou.example@evil.example/", "//jushou.example/../", "javascript:1", "https://jushou.example:444/", "\x7f"} {
		if _, err := c.JSConfig(t.Context(), page); page[0] != '/' && !errors.Is(err, ErrPageHost) {
			t.Errorf("%q: %v", page, err)
		}
	}
}

func TestMediaAndItsRefusalsInDisguise(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	image := func(contentType, body string) reply {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.Header().Set("Content-Disposition", `attachment; filename="m.jpg"`)
			_, _ = io.WriteString(w, body)
		}
	}
	const path = "/cgi-bin/media/get"
	c, _ := newClient(t, p, nil)
	p.on(path, refuses(42001), status(502), image("image/jpeg", "\xff\xd8bytes"))
	if m, err := c.DownloadMedia(t.Context(), "a&b", 100); err != nil || string(m.Body) != "\xff\xd8bytes" || m.ContentType != "image/jpeg" || m.Name != "m.jpg" {
		t.Fatalf("%+v, %v", m, err)
	}
	if got := p.made(path)[0].query.Get("media_id"); got != "a&b" {
		t.Errorf("asked for %q", got)
	}
	for _, contentType := range []string{"image/jpeg", "text/plain", "application/json"} {
		p.on(path, image(contentType, `{"errcode":40007,"errmsg":"invalid media_id"}`))
		if _, err := c.DownloadMedia(t.Context(), "m", 100); asAPIError(err) == nil || asAPIError(err).Code != 40007 {
			t.Errorf("as %s: %v", contentType, err)
		}
	}
	p.on(path, says(`{"video_url":"http://v"}`))
	if _, err := c.DownloadMedia(t.Context(), "m", 100); !errors.Is(err, ErrMediaType) {
		t.Errorf("video: %v", err)
	}
	p.on(path, image("image/jpeg", strings.Repeat("x", 101)))
	if _, err := c.DownloadMedia(t.Context(), "m", 100); !errors.Is(err, errAnswerTooLong) {
		t.Errorf("too long: %v", err)
	}
}

func TestUsersAndTyping(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	p.on("/cgi-bin/user/info", says(`{"subscribe":1,"openid":"oA","subscribe_time":1409735669,"unionid":"u","subscribe_scene":"ADD_SCENE_QR_CODE","qr_scene_str":"b|1|ff"}`), says(`{"subscribe":0,"openid":"oB"}`))
	p.on("/cgi-bin/message/custom/typing", says(ok), refuses(45081), refuses(45080))
	c, _ := newClient(t, p, nil)
	if u, err := c.UserInfo(t.Context(), "o&A"); err != nil || u != (UserInfo{"oA", "u", true, pushTime, "ADD_SCENE_QR_CODE", "b|1|ff"}) {
		t.Errorf("%+v, %v", u, err)
	}
	if got := p.made("/cgi-bin/user/info")[0].query; got.Get("openid") != "o&A" || got.Get("lang") != "zh_CN" {
		t.Errorf("asked %v", got)
	}
	if u, err := c.UserInfo(t.Context(), "oB"); err != nil || u.Subscribed || !u.Since.IsZero() {
		t.Errorf("%+v, %v", u, err)
	}
	if err := c.Typing(t.Context(), "oA", true); err != nil {
		t.Error(err)
	}
	if err := c.Typing(t.Context(), "oA", true); err != nil {
		t.Errorf("already typing: %v", err)
	}
	if err := c.Typing(t.Context(), "oA", false); PolicyOf(err).Action != NextChannel {
		t.Error(err)
	}
	if got := decoded(t, p.made("/cgi-bin/message/custom/typing")[2].body)["command"]; got != "CancelTyping" {
		t.Errorf("command %v", got)
	}
}
