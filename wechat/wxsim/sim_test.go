package wxsim_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/internal/clock"
	"jushou/wechat/wxsim"
)

const (
	appID  = "wx1234567890abcdef"
	secret = "0123456789abcdef0123456789abcdef"
	token  = "jushoutoken"
	aesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
)

var noon = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)

// pushed is one request that the webhook got.
type pushed struct {
	query  map[string]string
	body   string
	fields inbound
}

type inbound struct {
	ToUserName, FromUserName, MsgType, Event, EventKey, Content, PicUrl, MediaId, MsgId, MsgID, Ticket, Status, CreateTime string
}

// world is a simulator with a webhook behind it.
type world struct {
	*testing.T
	sim   *wxsim.Sim
	clock *clock.Virtual
	base  string // of the simulator's server, with /sandbox

	mu     sync.Mutex
	pushes []pushed
	answer func(n int, p pushed) (int, string) // n counts from 1
}

func newWorld(t *testing.T, change ...func(*wxsim.Options)) *world {
	t.Helper()
	w := &world{T: t, clock: clock.Standing(noon), answer: func(int, pushed) (int, string) { return 200, "success" }}
	hook := httptest.NewServer(http.HandlerFunc(w.webhook))
	t.Cleanup(hook.Close)
	var sim *wxsim.Sim
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { sim.ServeHTTP(rw, r) }))
	t.Cleanup(server.Close)
	o := wxsim.Options{
		Account:   wxsim.Account{AppID: appID, Secret: secret, Token: token, AESKey: aesKey, Mode: wxsim.Plain},
		Callbacks: []string{hook.URL + "/wechat/callback"}, AppURL: server.URL, Clock: w.clock, Seed: 7,
		RetryEvery: time.Millisecond, PushTimeout: 2 * time.Second,
		Templates: []wxsim.Template{{ID: "T1", Title: "新回应", Content: "议题：{{thing1.DATA}}\n进度：{{phrase2.DATA}}"}},
		Personas: []wxsim.Persona{
			{ID: "lin", Nickname: "林阿姨", Follows: true}, {ID: "chen", Nickname: "小陈"}, {ID: "ghost", Nickname: "快照", Snapshot: true},
		},
	}
	for _, c := range change {
		c(&o)
	}
	var err error
	if sim, err = wxsim.New(o); err != nil {
		t.Fatal(err)
	}
	w.sim, w.base = sim, server.URL+"/sandbox"
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) webhook(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	p := pushed{query: map[string]string{}, body: string(body)}
	for k := range r.URL.Query() {
		p.query[k] = r.URL.Query().Get(k)
	}
	if xml.Unmarshal(body, &p.fields) != nil {
		p.fields = inbound{}
	}
	w.mu.Lock()
	w.pushes = append(w.pushes, p)
	n := len(w.pushes)
	answer := w.answer
	w.mu.Unlock()
	status, text := answer(n, p)
	rw.WriteHeader(status)
	io.WriteString(rw, text)
}

// answerWith says what the webhook answers from now on.
func (w *world) answerWith(f func(n int, p pushed) (int, string)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = f
}

func (w *world) seen() []pushed {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]pushed(nil), w.pushes...)
}

func (w *world) openID(id string) string {
	for _, p := range w.sim.Personas() {
		if p.ID == id {
			return p.OpenID
		}
	}
	w.Fatalf("no persona %s", id)
	return ""
}

type answer map[string]any

func (a answer) code() int {
	n, isNumber := a["errcode"].(float64)
	if !isNumber {
		return 0
	}
	return int(n)
}

func (a answer) text(key string) string { return fmt.Sprint(a[key]) }

func (w *world) read(res *http.Response, err error) answer {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.Fatal(err)
	}
	out := answer{}
	if err := json.Unmarshal(body, &out); err != nil {
		w.Fatalf("%s: %q is not JSON: %v", res.Request.URL.Path, body, err)
	}
	return out
}

func (w *world) get(path string) answer {
	w.Helper()
	return w.read(http.Get(w.base + path))
}

// post sends a body: a string as it stands, anything else as JSON.
func (w *world) post(path string, body any) answer {
	w.Helper()
	text, isText := body.(string)
	if !isText {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(body); err != nil {
			w.Fatal(err)
		}
		text = b.String()
	}
	return w.read(http.Post(w.base+path, "application/json", strings.NewReader(text)))
}

func (w *world) stable(force bool) answer {
	w.Helper()
	return w.post("/api/cgi-bin/stable_token", answer{"grant_type": "client_credential", "appid": appID, "secret": secret, "force_refresh": force})
}

// api posts to an API path with a good token.
func (w *world) api(path string, body any) answer {
	w.Helper()
	return w.post("/api/cgi-bin/"+path+"?access_token="+w.stable(false).text("access_token"), body)
}

func (w *world) want(a answer, code int) {
	w.Helper()
	if a.code() != code {
		w.Errorf("errcode = %d (%v), want %d", a.code(), a["errmsg"], code)
	}
	if code != 0 && !strings.Contains(a.text("errmsg"), " rid: ") {
		w.Errorf("errmsg %q has no rid", a.text("errmsg"))
	}
}

// alive asks a call that needs nothing but the token.
func (w *world) alive(accessToken string) int {
	w.Helper()
	return w.get("/api/cgi-bin/getcallbackip?access_token=" + accessToken).code()
}
