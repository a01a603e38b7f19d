package wxsim_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jushou/internal/fault"
	"jushou/wechat/wxsim"
)

func (w *world) inject(faults ...wxsim.Fault) {
	w.Helper()
	if err := w.sim.Inject(faults...); err != nil {
		w.Fatal(err)
	}
}

// raw makes a call and returns what came back, whatever it is.
func (w *world) raw(path string, body string) (int, string, error) {
	accessToken := w.stable(false).text("access_token")
	res, err := http.Post(w.base+"/api/cgi-bin/"+path+"?access_token="+accessToken, "application/json", strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, string(text), err
}

const oneMenu = `{"button":[{"name":"说","type":"click","key":"say"}]}`

func TestCallFaults(t *testing.T) {
	t.Parallel()
	menu := wxsim.Match{Path: "menu/create"}
	for action, c := range map[string]struct {
		check func(status int, body string, err error) bool
		done  bool // the call took effect all the same
	}{
		"errcode:-1": {func(s int, b string, _ error) bool { return s == 200 && strings.Contains(b, `"errcode":-1`) }, false},
		"quota0":     {func(_ int, b string, _ error) bool { return strings.Contains(b, "45009") }, false},
		"quota:0":    {func(_ int, b string, _ error) bool { return strings.Contains(b, "45009") }, false},
		"ipBlocked": {func(_ int, b string, _ error) bool {
			return strings.Contains(b, "40164") && strings.Contains(b, "203.0.113.7")
		}, false},
		"secretFrozen": {func(_ int, b string, _ error) bool { return strings.Contains(b, "40243") }, false},
		"tokenRevoke":  {func(_ int, b string, _ error) bool { return strings.Contains(b, "40001") }, false},
		"http:503":     {func(s int, b string, _ error) bool { return s == 503 && strings.Contains(b, "<html>") }, false},
		"drop":         {func(_ int, _ string, err error) bool { return err != nil }, false},
		"dropAfter":    {func(_ int, _ string, err error) bool { return err != nil }, true},
		"half":         {func(s int, b string, _ error) bool { return s == 200 && !strings.HasSuffix(b, "}") }, true},
		"html200":      {func(s int, b string, _ error) bool { return s == 200 && strings.HasPrefix(b, "<!doctype") }, true},
		"emptyBody":    {func(s int, b string, _ error) bool { return s == 200 && b == "" }, true},
		"delay:1":      {func(s int, b string, _ error) bool { return s == 200 && strings.Contains(b, "ok") }, true},
	} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.inject(wxsim.Fault{Match: menu, Action: action})
			if status, body, err := w.raw("menu/create", oneMenu); !c.check(status, body, err) {
				t.Errorf("%d %q %v", status, body, err)
			}
			got := w.get("/api/cgi-bin/menu/get?access_token=" + w.stable(false).text("access_token"))
			if done := got.code() == 0; done != c.done {
				t.Errorf("menu after the fault: %v, want done = %v", got, c.done)
			}
			if len(w.sim.Faults()) != 0 {
				t.Error("the fault waits on")
			}
		})
	}
}

func TestAFaultKeepsToItsMatchItsTurnAndItsNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.inject(wxsim.Fault{Match: wxsim.Match{Path: "template/send", OpenID: w.openID("lin")}, Nth: 2, Times: 2, Action: "errcode:-1"})
	var got []int
	for range 5 {
		got = append(got, w.api("message/template/send", templateTo(w.openID("lin"), nil)).code())
	}
	w.want(w.api("menu/create", oneMenu), 0)
	if want := []int{0, -1, -1, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("codes %v, want %v", got, want)
	}
	if err := w.sim.Inject(wxsim.Fault{Action: "earthquake"}); fault.CodeOf(err) != "wxsim.bad_fault" {
		t.Errorf("unknown action: %v", err)
	}
}

func TestDuplicateConcurrentAndReorderedPushes(t *testing.T) {
	t.Parallel()
	var second atomic.Int32
	replica := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { second.Add(1) }))
	t.Cleanup(replica.Close)
	w := newWorld(t, func(o *wxsim.Options) { o.Callbacks = append(o.Callbacks, replica.URL) })
	w.inject(wxsim.Fault{Action: "duplicate:4"})
	if _, err := w.sim.SendText("lin", "四遍"); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, p := range w.seen() {
		ids[p.fields.MsgId] = true
	}
	if len(w.seen()) != 4 || len(ids) != 1 {
		t.Fatalf("%d pushes with %d ids", len(w.seen()), len(ids))
	}
	w.inject(wxsim.Fault{Action: "concurrent:2"})
	if _, err := w.sim.SendText("lin", "两台"); err != nil {
		t.Fatal(err)
	}
	if len(w.seen()) != 5 || second.Load() != 1 {
		t.Fatalf("%d and %d pushes", len(w.seen()), second.Load())
	}
	w.inject(wxsim.Fault{Action: "reorder"})
	for _, act := range []func() (wxsim.Delivery, error){func() (wxsim.Delivery, error) { return w.sim.Follow("chen", "") }, func() (wxsim.Delivery, error) { return w.sim.Unfollow("chen") }} {
		if _, err := act(); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.seen()[5:]; len(got) != 2 || got[0].fields.Event != "unsubscribe" || got[1].fields.Event != "subscribe" {
		t.Errorf("order %+v", got)
	}
}

func TestForgedPushesAreWhatTheyClaimToBe(t *testing.T) {
	t.Parallel()
	for action, check := range map[string]func(p pushed) bool{
		"badSignature":    func(p pushed) bool { return p.query["signature"] == strings.Repeat("f", 40) },
		"badMsgSignature": func(p pushed) bool { return p.query["msg_signature"] == strings.Repeat("0", 40) },
		"wrongAppid":      func(p pushed) bool { return strings.Contains(p.body, "<Encrypt>") },
		"plaintext":       func(p pushed) bool { return p.query["encrypt_type"] == "" && strings.Contains(p.body, "<Content>") },
		"stale":           func(p pushed) bool { return p.query["timestamp"] == staleStamp },
		"oversize":        func(p pushed) bool { return len(p.body) > 1<<20 },
		"missingMsgId":    func(p pushed) bool { return strings.Contains(p.body, "<Encrypt>") },
		"doctype":         func(p pushed) bool { return strings.Contains(p.body, "<Encrypt>") },
	} {
		t.Run(action, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(o *wxsim.Options) { o.Account.Mode = wxsim.Safe })
			w.answerWith(func(int, pushed) (int, string) { return 401, "no" })
			w.inject(wxsim.Fault{Action: action})
			d, err := w.sim.SendText("lin", "假的")
			if err != nil || d.Verdict != "refused" || len(d.Attempts) != 1 {
				t.Fatalf("%+v %v", d, err)
			}
			if !check(w.seen()[0]) {
				t.Errorf("%+v", w.seen()[0])
			}
			if n := len(w.sim.Chat("lin")); n != 1 {
				t.Errorf("a forgery left %d messages in the chat", n)
			}
		})
	}
}

// staleStamp is an hour before noon.
var staleStamp = strconv.FormatInt(noon.Add(-time.Hour).Unix(), 10)

func TestAReplayedPushRepeatsTheLastStamp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.sim.SendText("lin", "真的"); err != nil {
		t.Fatal(err)
	}
	w.inject(wxsim.Fault{Action: "replay"})
	if _, err := w.sim.SendText("lin", "重放"); err != nil {
		t.Fatal(err)
	}
	got := w.seen()
	if got[0].query["nonce"] != got[1].query["nonce"] || got[0].body == got[1].body {
		t.Errorf("%+v", got)
	}
}
