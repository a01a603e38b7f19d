package wxsim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jushou/internal/fault"
	"jushou/wechat/wxsim"
)

func passiveText(p pushed, text string) string {
	return fmt.Sprintf("<xml><ToUserName><![CDATA[%s]]></ToUserName><FromUserName><![CDATA[%s]]></FromUserName><CreateTime>1</CreateTime>"+
		"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[%s]]></Content></xml>", p.fields.FromUserName, p.fields.ToUserName, strings.ReplaceAll(text, "]]>", "]]]]><![CDATA[>"))
}

func lastOf(t *testing.T, chat []wxsim.Message) wxsim.Message {
	t.Helper()
	if len(chat) == 0 {
		t.Fatal("the chat is empty")
	}
	return chat[len(chat)-1]
}

func TestATextIsPushedAndItsReplyAppears(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.answerWith(func(_ int, p pushed) (int, string) { return 200, passiveText(p, "收到："+p.fields.Content) })
	d, err := w.sim.SendText("lin", "楼道灯坏了 ]]> <b>")
	if err != nil || d.Verdict != "replied" || len(d.Attempts) != 1 {
		t.Fatalf("%+v, %v", d, err)
	}
	p := w.seen()[0]
	if p.fields.Content != "楼道灯坏了 ]]> <b>" || p.fields.FromUserName != w.openID("lin") || p.fields.MsgId == "" {
		t.Errorf("pushed %+v", p.fields)
	}
	if p.fields.CreateTime != fmt.Sprint(noon.Unix()) || p.query["timestamp"] != fmt.Sprint(noon.Unix()) {
		t.Errorf("times %s and %s are not the virtual clock's", p.fields.CreateTime, p.query["timestamp"])
	}
	if m := lastOf(t, w.sim.Chat("lin")); m.Text != "收到：楼道灯坏了 ]]> <b>" || m.From != wxsim.FromAccount || m.Via != "passive" {
		t.Errorf("chat shows %+v", m)
	}
}

func TestFailedPushesAreRepeatedWithTheSameBodyAndAFreshStamp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.answerWith(func(n int, p pushed) (int, string) {
		if n < 4 {
			return 502, "<html>"
		}
		return 200, passiveText(p, "好了")
	})
	d, err := w.sim.SendText("lin", "有人吗")
	if err != nil || d.Verdict != "replied" || len(d.Attempts) != 4 {
		t.Fatalf("%+v, %v", d, err)
	}
	nonces := map[string]bool{}
	for _, p := range w.seen() {
		nonces[p.query["nonce"]] = true
		if p.body != w.seen()[0].body {
			t.Errorf("body changed: %s", p.body)
		}
	}
	if len(nonces) != 4 {
		t.Errorf("%d nonces for four attempts", len(nonces))
	}
}

func TestAPersonSeesTheFaultTextWhenNobodyAnswersOrTheAnswerIsBad(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer   func(p pushed) (int, string)
		attempts int
	}{
		"a redirect": {func(pushed) (int, string) { return 302, "" }, 4},
		"always 500": {func(pushed) (int, string) { return 500, "" }, 4},
		"HTML":       {func(pushed) (int, string) { return 200, "<!doctype html><p>Hi" }, 1},
		"JSON":       {func(pushed) (int, string) { return 200, `{"ok":true}` }, 1},
		"To is not swapped": {func(p pushed) (int, string) {
			q := p
			q.fields.FromUserName, q.fields.ToUserName = p.fields.ToUserName, p.fields.FromUserName
			return 200, passiveText(q, "hi")
		}, 1},
		"too long": {func(p pushed) (int, string) { return 200, passiveText(p, strings.Repeat("长", 683)) }, 1},
		"two articles": {func(p pushed) (int, string) {
			return 200, strings.Replace(strings.Replace(passiveText(p, "x"), "[text]", "[news]", 1), "</xml>",
				"<ArticleCount>2</ArticleCount><Articles><item><Title>a</Title></item><item><Title>b</Title></item></Articles></xml>", 1)
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.answerWith(func(_ int, p pushed) (int, string) { return c.answer(p) })
			d, err := w.sim.SendText("lin", "你好")
			if err != nil || len(d.Attempts) != c.attempts {
				t.Fatalf("%+v, %v", d, err)
			}
			if m := lastOf(t, w.sim.Chat("lin")); m.Text != wxsim.FaultText {
				t.Errorf("chat shows %+v", m)
			}
		})
	}
}

func TestASlowWebhookIsCutOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *wxsim.Options) { o.PushTimeout, o.PushRetries = 30*time.Millisecond, 1 })
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	w.answerWith(func(n int, _ pushed) (int, string) {
		if n == 1 {
			<-release
		}
		return 200, "success"
	})
	d, err := w.sim.SendText("lin", "慢")
	if err != nil || d.Verdict != "accepted" || len(d.Attempts) != 2 || d.Attempts[0].Status != 0 {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestCloseDoesNotWaitForRetries(t *testing.T) {
	t.Parallel()
	began := make(chan struct{}, 4)
	w := newWorld(t, func(o *wxsim.Options) { o.RetryEvery = time.Hour })
	w.answerWith(func(int, pushed) (int, string) { began <- struct{}{}; return 500, "" })
	verdict := make(chan wxsim.Delivery, 1)
	go func() {
		d, err := w.sim.SendText("lin", "在吗")
		if err != nil {
			t.Error(err)
		}
		verdict <- d
	}()
	<-began
	if err := w.sim.Close(); err != nil {
		t.Fatal(err)
	}
	if d := <-verdict; d.Verdict != "failed" || len(d.Attempts) != 1 || len(w.sim.Chat("lin")) != 1 {
		t.Errorf("%+v", d)
	}
}

func TestFollowScanMenuAndPhotoCarryTheirFields(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.want(w.api("qrcode/create", answer{"action_name": "QR_LIMIT_STR_SCENE", "action_info": answer{"scene": answer{"scene_str": "b|3"}}}), 0)
	w.want(w.api("menu/create", `{"button":[{"name":"我要说","type":"click","key":"say"},{"name":"看看","type":"view","url":"https://x/y"}]}`), 0)
	steps := []struct {
		act  func() (wxsim.Delivery, error)
		want inbound
	}{
		{func() (wxsim.Delivery, error) { return w.sim.Scan("chen", "b|3") }, inbound{MsgType: "event", Event: "subscribe", EventKey: "qrscene_b|3"}},
		{func() (wxsim.Delivery, error) { return w.sim.Scan("chen", "b|3") }, inbound{MsgType: "event", Event: "SCAN", EventKey: "b|3"}},
		{func() (wxsim.Delivery, error) { return w.sim.ClickMenu("chen", "say") }, inbound{MsgType: "event", Event: "CLICK", EventKey: "say"}},
		{func() (wxsim.Delivery, error) { return w.sim.ClickMenu("chen", "https://x/y") }, inbound{MsgType: "event", Event: "VIEW", EventKey: "https://x/y"}},
		{func() (wxsim.Delivery, error) { return w.sim.Unfollow("chen") }, inbound{MsgType: "event", Event: "unsubscribe"}},
		{func() (wxsim.Delivery, error) { return w.sim.Follow("chen", "") }, inbound{MsgType: "event", Event: "subscribe"}},
	}
	for i, step := range steps {
		if _, err := step.act(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		got := w.seen()[i].fields
		if got.MsgType != step.want.MsgType || got.Event != step.want.Event || got.EventKey != step.want.EventKey {
			t.Errorf("step %d pushed %+v, want %+v", i, got, step.want)
		}
		if hasTicket := got.Ticket != ""; hasTicket != (i < 2) {
			t.Errorf("step %d: ticket %q", i, got.Ticket)
		}
	}
}

func TestActsThatAPersonCannotDoAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for code, act := range map[string]func() (wxsim.Delivery, error){
		"wxsim.not_following":  func() (wxsim.Delivery, error) { return w.sim.SendText("chen", "hi") },
		"wxsim.empty_text":     func() (wxsim.Delivery, error) { return w.sim.SendText("lin", " \n") },
		"wxsim.no_persona":     func() (wxsim.Delivery, error) { return w.sim.SendText("nobody", "hi") },
		"wxsim.not_a_picture":  func() (wxsim.Delivery, error) { return w.sim.SendPhoto("lin", []byte("GIF?")) },
		"wxsim.no_such_code":   func() (wxsim.Delivery, error) { return w.sim.Scan("lin", "https://pay.example/") },
		"wxsim.no_such_button": func() (wxsim.Delivery, error) { return w.sim.ClickMenu("lin", "gone") },
	} {
		if _, err := act(); fault.CodeOf(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	if n := len(w.seen()); n != 0 {
		t.Errorf("%d pushes for refused acts", n)
	}
}
