package wechat_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/internal/coord/mem"
	"jushou/internal/docstore/sqlite"
	"jushou/wechat"
	"jushou/wechat/oracle"
	"jushou/wechat/wxsim"
)

const (
	appID  = "wx1234567890abcdef"
	secret = "0123456789abcdef0123456789abcdef"
	token  = "jushoutoken"
	aesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
)

// sandbox is our receiver, inbox and client on one side, and the simulator, which wrote its own crypto,
// on the other.
type sandbox struct {
	*testing.T
	sim    *wxsim.Sim
	client *wechat.Client
	inbox  *wechat.Inbox
	clock  *clock.Virtual
	url    string

	mu     sync.Mutex
	firsts []wechat.Push
	copies int
	faults []error
	reply  string
}

func newSandbox(t *testing.T, mode wechat.Mode) *sandbox {
	t.Helper()
	s := &sandbox{T: t, clock: clock.Standing(time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)), reply: "已收到 ]]> <b>"}
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "inbox.db"), wechat.Collections(), sqlite.Options{})
	s.must(err)
	t.Cleanup(func() { s.must(store.Close()) })
	s.inbox = wechat.NewInbox(store, s.clock, 0)
	receiver, err := wechat.NewReceiver(wechat.ReceiverConfig{AppID: appID, Token: token, AESKey: aesKey, Mode: mode, Clock: s.clock})
	s.must(err)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.webhook(receiver, w, r) }))
	t.Cleanup(hook.Close)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.sim.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	s.sim, err = wxsim.New(wxsim.Options{
		Account:   wxsim.Account{AppID: appID, Secret: secret, Token: token, AESKey: aesKey, Mode: wxsim.Mode(mode)},
		Callbacks: []string{hook.URL, hook.URL + "/second"}, AppURL: server.URL, Clock: s.clock, Seed: 7,
		RetryEvery: time.Millisecond, PushTimeout: 2 * time.Second,
		Templates: []wxsim.Template{{ID: "T1", Title: "新回应", Content: "议题：{{thing1.DATA}}\n时间：{{time2.DATA}}"}},
		Personas:  []wxsim.Persona{{ID: "lin", Follows: true}, {ID: "chen"}, {ID: "ghost", Snapshot: true}},
	})
	s.must(err)
	t.Cleanup(func() { s.must(s.sim.Close()) })
	s.url = server.URL + "/sandbox/"
	s.client, err = wechat.New(wechat.Config{
		AppID: appID, Secret: secret, Sandbox: true, Cache: mem.New(), Clock: s.clock, PageHosts: []string{"jushou.example"},
		APIBase: s.url + "api", OpenBase: s.url + "open", MPBase: s.url + "mp",
	})
	s.must(err)
	return s
}

func (s *sandbox) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *sandbox) webhook(receiver *wechat.Receiver, w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	q := wechat.QueryFrom(r.URL.Query().Get)
	p, err := receiver.Open(q, body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.faults = append(s.faults, err)
		http.Error(w, "", http.StatusForbidden)
		return
	}
	first, err := s.inbox.Receive(r.Context(), p)
	if err != nil {
		http.Error(w, "", http.StatusServiceUnavailable)
		return
	}
	if first {
		s.firsts = append(s.firsts, p)
	} else {
		s.copies++
	}
	_, _ = w.Write(receiver.ReplyText(q, p, s.reply))
}

// last returns the last push that was received as a first copy.
func (s *sandbox) last() wechat.Push {
	s.Helper()
	s.sim.Settle()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.firsts) == 0 {
		s.Fatalf("nothing was received; refused: %v", s.faults)
	}
	return s.firsts[len(s.firsts)-1]
}

func (s *sandbox) openID(id string) string {
	s.Helper()
	for _, p := range s.sim.Personas() {
		if p.ID == id {
			return p.OpenID
		}
	}
	s.Fatalf("no persona %s", id)
	return ""
}

func photo(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 8, 8))
	picture.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheSimulatorUnderstandsUsInEveryMode(t *testing.T) {
	t.Parallel()
	for _, mode := range []wechat.Mode{wechat.Plain, wechat.Compat, wechat.Safe} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t, mode)
			sent, err := s.sim.SendText("lin", "三号楼路灯坏了 <b> ]]> & 🙏")
			s.must(err)
			if p := s.last(); p.Content != "三号楼路灯坏了 <b> ]]> & 🙏" || p.From != s.openID("lin") || p.MsgID == "" {
				t.Errorf("received %+v", p)
			}
			if sent.Verdict != "replied" || sent.Reply == nil || sent.Reply.Text != s.reply {
				t.Errorf("the person saw %+v", sent)
			}
			if len(s.faults) > 0 {
				t.Errorf("refused %v", s.faults)
			}
		})
	}
}

func TestAFollowerIsMetNotifiedAndPhotographed(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, wechat.Safe)
	chen := s.openID("chen")
	scenes := wechat.NewSceneSigner([]byte("secret"))
	scene, err := scenes.SignScene("building", "01jd0000000000000000")
	s.must(err)
	qr, err := s.client.CreateQR(t.Context(), scene, time.Hour)
	s.must(err)
	_, err = s.sim.Scan("chen", qr.Ticket)
	s.must(err)
	kind, id, ok := scenes.ParseScene(s.last().Scene)
	if p := s.last(); p.Event != wechat.EventSubscribe || !ok || kind != "building" || id != "01jd0000000000000000" {
		t.Fatalf("met by %+v", p)
	}
	user, err := s.client.UserInfo(t.Context(), chen)
	if s.must(err); !user.Subscribed || user.OpenID != chen || user.Scene != scene {
		t.Errorf("known as %+v", user)
	}

	templates, err := s.client.Templates(t.Context())
	if s.must(err); len(templates) != 1 || templates[0].Title != "新回应" || !reflect.DeepEqual(templates[0].Keys(), []string{"thing1", "time2"}) {
		t.Fatalf("templates %+v", templates)
	}
	msgID, err := s.client.SendTemplate(t.Context(), wechat.TemplateMessage{
		To: chen, TemplateID: templates[0].ID, URL: "https://jushou.example/t/1", ClientMsgID: "d1",
		Data: map[string]string{"thing1": "一个比二十个字还要长得多的议题标题放不进卡片里👍", "time2": "2026年11月21日12:00"},
	})
	s.must(err)
	if p := s.last(); p.Event != wechat.EventTemplateSent || p.Delivery.MsgID != msgID || !p.Delivery.OK() {
		t.Errorf("receipt %+v of %s", p, msgID)
	}

	picture := photo(t)
	_, err = s.sim.SendPhoto("chen", picture)
	s.must(err)
	media, err := s.client.DownloadMedia(t.Context(), s.last().MediaID, 1<<20)
	if s.must(err); !bytes.Equal(media.Body, picture) || media.ContentType != "image/jpeg" {
		t.Errorf("%d bytes of %s", len(media.Body), media.ContentType)
	}
	s.must(s.client.SendText(t.Context(), chen, "看到了 <a href=\"https://jushou.example/?a=1&b=2\">链接</a>"))
	chat := s.sim.Chat("chen")
	if m := chat[len(chat)-1]; m.Via != "custom" || m.Text != "看到了 <a href=\"https://jushou.example/?a=1&b=2\">链接</a>" {
		t.Errorf("last in the chat: %+v", m)
	}
	s.clock.Advance(4 * 24 * time.Hour)
	if err := s.client.SendText(t.Context(), chen, "迟了"); wechat.PolicyOf(err).Action != wechat.NextChannel {
		t.Errorf("outside the window: %v", err)
	}
	if _, err = s.client.DownloadMedia(t.Context(), media.Name, 1<<20); wechat.PolicyOf(err).Action != wechat.Permanent {
		t.Errorf("after three days: %v", err)
	}
	_, err = s.sim.Unfollow("chen")
	s.must(err)
	_, err = s.client.SendTemplate(t.Context(), wechat.TemplateMessage{To: chen, TemplateID: "T1", ClientMsgID: "d2", Data: map[string]string{"thing1": "a", "time2": "12:00"}})
	if wechat.PolicyOf(err).Action != wechat.Unfollowed {
		t.Errorf("to somebody who left: %v", err)
	}
}

func TestMenuTicketAndSignIn(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, wechat.Safe)
	menu := []wechat.Button{{Name: "我的", Sub: []wechat.Button{{Type: "click", Name: "帮助", Key: "HELP"}}}}
	s.must(s.client.CreateMenu(t.Context(), menu))
	got, err := s.client.GetMenu(t.Context())
	if s.must(err); !reflect.DeepEqual(got, menu) {
		t.Errorf("menu %+v", got)
	}
	_, err = s.sim.ClickMenu("lin", "HELP")
	s.must(err)
	if p := s.last(); p.Event != wechat.EventClick || p.EventKey != "HELP" {
		t.Errorf("click %+v", p)
	}
	if _, err := s.client.JSConfig(t.Context(), "https://jushou.example/t/1"); err != nil {
		t.Error(err)
	}
	for range 2 {
		user, err := s.client.Exchange(t.Context(), s.sim.Authorize(s.openID("lin"), "snsapi_base"))
		if s.must(err); user.OpenID != s.openID("lin") || user.Snapshot {
			t.Errorf("signed in %+v", user)
		}
	}
	if user, err := s.client.Exchange(t.Context(), s.sim.Authorize(s.openID("ghost"), "snsapi_base")); err != nil || !user.Snapshot {
		t.Errorf("snapshot %+v, %v", user, err)
	}
	late := s.sim.Authorize(s.openID("lin"), "snsapi_base")
	s.clock.Advance(6 * time.Minute)
	if _, err := s.client.Exchange(t.Context(), late); !errors.Is(err, wechat.ErrCodeUsed) {
		t.Errorf("a late code: %v", err)
	}
}

func TestTroubleOfThePlatformIsSurvivedOrNamed(t *testing.T) {
	t.Parallel()
	notice := func(id string) wechat.TemplateMessage {
		return wechat.TemplateMessage{TemplateID: "T1", ClientMsgID: id, Data: map[string]string{"thing1": "路灯", "time2": "12:00"}}
	}
	for _, c := range []struct {
		action string
		want   wechat.Action // "" for success
	}{
		{"errcode:40001", ""}, {"errcode:42001", ""}, {"errcode:-1", ""}, {"http:500", ""}, {"http:502", ""}, {"drop", ""}, {"dropAfter", ""},
		{"half", ""}, {"html200", ""}, {"emptyBody", ""}, {"tokenRevoke", ""},
		{"errcode:45009", wechat.QuotaUntilMidnight}, {"quota0", wechat.QuotaUntilMidnight}, {"errcode:45011", wechat.Retry}, {"errcode:48001", wechat.FeatureOff},
	} {
		t.Run(c.action, func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t, wechat.Safe)
			s.must(s.sim.Inject(wxsim.Fault{Match: wxsim.Match{Path: "template/send"}, Action: c.action}))
			m := notice("d1")
			m.To = s.openID("lin")
			_, err := s.client.SendTemplate(t.Context(), m)
			if c.want == "" && err != nil || c.want != "" && wechat.PolicyOf(err).Action != c.want {
				t.Fatalf("got %v", err)
			}
			s.sim.Settle()
			if n := len(s.sim.Chat("lin")); c.want == "" && n != 1 || c.want != "" && n != 0 {
				t.Errorf("%d cards in the chat", n)
			}
		})
	}
}

func TestTokensThatEndWithTheVirtualClockAreReplaced(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, wechat.Safe)
	for range 4 {
		if _, err := s.client.UserInfo(t.Context(), s.openID("lin")); err != nil {
			t.Fatal(err)
		}
		s.clock.Advance(3 * time.Hour)
	}
	s.sim.RevokeTokens()
	if _, err := s.client.UserInfo(t.Context(), s.openID("lin")); err != nil {
		t.Fatal(err)
	}
}

func TestPushesThatComeTwiceOrCrookedAreOneOrNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		action string
		first  int // first copies that must have been stored
	}{
		{"duplicate", 1}, {"concurrent", 1}, {"badSignature", 0}, {"badMsgSignature", 0}, {"wrongAppid", 0}, {"plaintext", 0},
		{"stale", 0}, {"oversize", 0}, {"controlChars", 1}, {"unknownEvent", 1}, {"unknownFields", 1}, {"missingMsgId", 1}, {"doctype", 0}, {"replay", 1},
	} {
		t.Run(c.action, func(t *testing.T) {
			t.Parallel()
			s := newSandbox(t, wechat.Safe)
			s.must(s.sim.Inject(wxsim.Fault{Action: c.action}))
			_, err := s.sim.SendText("lin", "路灯坏了")
			s.must(err)
			s.sim.Settle()
			s.mu.Lock()
			defer s.mu.Unlock()
			if len(s.firsts) != c.first || c.first == 0 && len(s.faults) == 0 {
				t.Errorf("%d first copies, %d others, refused %v", len(s.firsts), s.copies, s.faults)
			}
		})
	}
}

func TestAForeignAppIsServedByTheSameSimulator(t *testing.T) {
	t.Parallel()
	s := newSandbox(t, wechat.Safe)
	_, err := s.sim.SendText("lin", "在吗")
	s.must(err)
	foreign := exec.CommandContext(t.Context(), "node", "conformance.js", s.url+"api", appID, secret, s.openID("lin"))
	foreign.Dir = oracle.Dir(t)
	out, err := foreign.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if n := bytes.Count(out, []byte(`"ok":true`)); n < 10 {
		t.Errorf("only %d steps:\n%s", n, out)
	}
}
