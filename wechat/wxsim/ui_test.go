package wxsim_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func (w *world) form(path string, values url.Values) (int, string) {
	w.Helper()
	res, err := stay().PostForm(w.base+path, values)
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func TestTheChatPageShowsThePhonesWithoutInlineCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.want(w.api("menu/create", `{"button":[{"name":"社区","sub_button":[{"name":"议事厅","type":"view","url":"`+w.home()+`/c/1"}]}]}`), 0)
	w.want(w.api("message/template/send", templateTo(w.openID("lin"), answer{"url": w.home() + "/t/1"})), 0)
	w.answerWith(func(_ int, p pushed) (int, string) {
		return 200, passiveText(p, `看<a href="`+w.home()+`/t/2">这里</a><script>alert(1)</script>`)
	})
	if _, err := w.sim.SendText("lin", "<b>灯</b>"); err != nil {
		t.Fatal(err)
	}
	w.sim.Settle()
	res, body := w.download(w.base + "/")
	page := string(body)
	port := w.home()[strings.LastIndex(w.home(), ":"):]
	for _, want := range []string{"林阿姨", "小陈", "&lt;b&gt;灯&lt;/b&gt;", "&lt;script&gt;", "三号楼楼道灯", "详情", "议事厅", "关注公众号",
		`href="http://lin.phone.localhost` + port + `/t/1"`, `href="http://lin.phone.localhost` + port + `/t/2"`} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
	for _, never := range []string{"<b>灯", "<script>alert", "onclick=", "style=\"", "<style"} {
		if strings.Contains(page, never) {
			t.Errorf("%q is in the page", never)
		}
	}
	if csp := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'self'") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
}

func TestThePageShowsTheChosenPhones(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, body := w.download(w.base + "/?phones=chen&phones=lin&phones=nobody")
	if page := string(body); strings.Count(page, `data-phone="`) != 2 || strings.Index(page, `data-phone="chen"`) > strings.Index(page, `data-phone="lin"`) {
		t.Errorf("phones in %d places", strings.Count(page, `data-phone="`))
	}
}

func TestAPhoneIsSentAgainOnlyWhenItChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func(tag string) *http.Response {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.base+"/ui/phone/lin", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("If-None-Match", tag)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res
	}
	first := ask("")
	if again := ask(first.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("unchanged: %d", again.StatusCode)
	}
	if _, err := w.sim.SendText("lin", "变了"); err != nil {
		t.Fatal(err)
	}
	if again := ask(first.Header.Get("ETag")); again.StatusCode != 200 {
		t.Errorf("changed: %d", again.StatusCode)
	}
}

func TestFormsWorkWithoutAScript(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if status, _ := w.form("/ui/act", url.Values{"who": {"lin"}, "kind": {"text"}, "text": {"没有脚本"}}); status != http.StatusSeeOther {
		t.Errorf("text: %d", status)
	}
	w.sim.Settle()
	if len(w.seen()) != 1 || w.seen()[0].fields.Content != "没有脚本" {
		t.Errorf("pushed %+v", w.seen())
	}
	w.form("/ui/clock", url.Values{"advance": {"1h"}})
	if !w.clock.Now().Equal(noon.Add(time.Hour)) {
		t.Errorf("clock %v", w.clock.Now())
	}
	w.form("/ui/fault", url.Values{"name": {"four"}})
	if f := w.sim.Faults(); len(f) != 1 || f[0].Action != "duplicate:4" {
		t.Errorf("faults %v", f)
	}
	res, err := stay().PostForm(w.base+"/ui/persona", url.Values{"nickname": {"新邻居"}, "shown": {"lin,chen,ghost"}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if to := res.Header.Get("Location"); !strings.HasPrefix(to, "/sandbox/?phones=lin%2Cchen%2Cp") {
		t.Errorf("the newcomer's phone is not opened: %s", to)
	}
	if people := w.sim.Personas(); people[len(people)-1].Nickname != "新邻居" {
		t.Errorf("people %+v", people)
	}
}

func TestAQuietStepWaitsForTheApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	release := make(chan struct{})
	w.answerWith(func(int, pushed) (int, string) { <-release; return 200, "success" })
	if got := w.post("/__sim/push", answer{"openid": "lin", "kind": "text", "text": "慢", "async": true}); got["code"] != nil {
		t.Fatal(got)
	}
	done := make(chan int, 1)
	go func() {
		res, err := stay().PostForm(w.base+"/ui/clock", url.Values{"advance": {"1h"}, "quiet": {"1"}})
		if err != nil {
			t.Error(err)
			done <- 0
			return
		}
		res.Body.Close()
		done <- res.StatusCode
	}()
	close(release)
	if status := <-done; status != http.StatusSeeOther || len(w.seen()) != 1 {
		t.Errorf("%d after %d pushes", status, len(w.seen()))
	}
}

func TestAnotherSiteCannotPressTheButtons(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, path := range []string{"/ui/clock", "/__sim/clock"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.base+path, strings.NewReader(`{"advance":"1h"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Sec-Fetch-Site", "cross-site")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusForbidden || !w.clock.Now().Equal(noon) {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}
