package wxsim

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jushou/internal/clock"
)

// sealedWorld is a simulator in a mode with an AES key, whose webhook is f.
func sealedWorld(t *testing.T, mode Mode, f func(s *Sim, r *http.Request, body []byte) string) *Sim {
	t.Helper()
	var s *Sim
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			_, err = io.WriteString(w, f(s, r, body))
		}
		if err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(hook.Close)
	var err error
	s, err = New(Options{Account: Account{AppID: "wxmine", Secret: "s", Token: "tok", AESKey: letterKey, Mode: mode}, Callbacks: []string{hook.URL},
		Clock: clock.Standing(time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)), RetryEvery: time.Millisecond,
		Personas: []Persona{{ID: "lin", Follows: true}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// answerIn builds a reply by hand: sealed for appID, signed with token.
func answerIn(t *testing.T, token, appID, inner string) string {
	t.Helper()
	e, err := newEnvelope(letterKey, appID)
	if err != nil {
		t.Fatal(err)
	}
	sealed := e.seal([16]byte{9}, []byte(inner))
	return "<xml><Encrypt><![CDATA[" + sealed + "]]></Encrypt><MsgSignature><![CDATA[" + sign(token, "17", "n", sealed) +
		"]]></MsgSignature><TimeStamp>17</TimeStamp><Nonce><![CDATA[n]]></Nonce></xml>"
}

func hello(s *Sim) string {
	to := s.Personas()[0].OpenID
	return "<xml><ToUserName>" + to + "</ToUserName><FromUserName>" + s.opt.Account.GhID + "</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>好</Content></xml>"
}

func TestASafePushHidesItsContentAndIsSigned(t *testing.T) {
	t.Parallel()
	s := sealedWorld(t, Safe, func(s *Sim, r *http.Request, body []byte) string {
		var out sealedReply
		if err := xml.Unmarshal(body, &out); err != nil {
			t.Error(err)
		}
		q := r.URL.Query()
		if q.Get("encrypt_type") != "aes" || q.Get("msg_signature") != sign("tok", q.Get("timestamp"), q.Get("nonce"), out.Encrypt) ||
			q.Get("signature") != sign("tok", q.Get("timestamp"), q.Get("nonce")) {
			t.Errorf("query %v", q)
		}
		inner, err := s.crypt.open(out.Encrypt)
		if err != nil || !strings.Contains(string(inner), "秘密") || strings.Contains(string(body), "秘密") {
			t.Errorf("inner %s, outer %s, %v", inner, body, err)
		}
		return answerIn(t, "tok", "wxmine", hello(s))
	})
	if d, err := s.SendText("lin", "秘密"); err != nil || d.Verdict != "replied" || d.Reply.Text != "好" {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestACompatPushCarriesBothForms(t *testing.T) {
	t.Parallel()
	s := sealedWorld(t, Compat, func(s *Sim, _ *http.Request, body []byte) string {
		if text := string(body); !strings.Contains(text, "<Content><![CDATA[公开]]>") || !strings.Contains(text, "<Encrypt>") {
			t.Errorf("body %s", text)
		}
		return hello(s)
	})
	if d, err := s.SendText("lin", "公开"); err != nil || d.Verdict != "replied" {
		t.Errorf("a plain reply in compat mode: %+v, %v", d, err)
	}
}

func TestRepliesInSafeModeAreJudged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		reply   func(s *Sim) string
		verdict string
	}{
		"plain success":   {func(*Sim) string { return "success" }, "accepted"},
		"nothing":         {func(*Sim) string { return "" }, "accepted"},
		"plain XML":       {hello, "invalid"},
		"wrong token":     {func(s *Sim) string { return answerIn(t, "other", "wxmine", hello(s)) }, "invalid"},
		"wrong appid":     {func(s *Sim) string { return answerIn(t, "tok", "wxother", hello(s)) }, "invalid"},
		"sealed nonsense": {func(*Sim) string { return answerIn(t, "tok", "wxmine", "hi") }, "invalid"},
		"sealed empty":    {func(*Sim) string { return answerIn(t, "tok", "wxmine", "") }, "invalid"},
		"good":            {func(s *Sim) string { return answerIn(t, "tok", "wxmine", hello(s)) }, "replied"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sealedWorld(t, Safe, func(s *Sim, _ *http.Request, _ []byte) string { return c.reply(s) })
			if d, err := s.SendText("lin", "x"); err != nil || d.Verdict != c.verdict {
				t.Errorf("%+v, %v; want %s", d, err, c.verdict)
			}
		})
	}
}

func TestNewRefusesAnImpossibleAccount(t *testing.T) {
	t.Parallel()
	c := clock.Standing(time.Unix(0, 0))
	for name, o := range map[string]Options{
		"nothing":         {},
		"no clock":        {Account: Account{AppID: "a", Secret: "b", Token: "c"}},
		"safe, no key":    {Account: Account{AppID: "a", Secret: "b", Token: "c", Mode: Safe}, Clock: c},
		"short key":       {Account: Account{AppID: "a", Secret: "b", Token: "c", AESKey: "abc"}, Clock: c},
		"bad snapshot":    {Account: Account{AppID: "a", Secret: "b", Token: "c"}, Clock: c, Snapshot: t.TempDir()},
		"bad app address": {Account: Account{AppID: "a", Secret: "b", Token: "c"}, Clock: c, AppURL: "http://[::1"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
